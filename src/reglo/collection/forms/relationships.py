"""How one deals with a customer, as it is typed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from reglo.collection.models import Relationship
from reglo.collection.wording import CHANNELS, STANCES
from reglo.customers.models import Customer

_STANCE_HELP = _(
    "Considerate: after the due date later by half and one tone softer, no formal notice without you. "
    "Firm: at two thirds of the days."
)


class RelationshipForm(forms.Form):
    """The profile of a relationship."""

    stance = forms.ChoiceField(
        label=_("Profile"), choices=list(STANCES.items()), widget=forms.RadioSelect, help_text=_STANCE_HELP
    )
    channel = forms.ChoiceField(
        label=_("Reminders by"), required=False, choices=[("", _("As the policy says")), *CHANNELS.items()]
    )
    contact = forms.TypedChoiceField(label=_("Reminders go to"), required=False, coerce=int, empty_value=None)
    weekday = forms.TypedChoiceField(
        label=_("Preferred day"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Any day")), *WEEKDAYS.items()],
    )
    difficulty = forms.CharField(
        label=_("Known difficulty"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "While something stands here, what is firm or harder is put before you and never leaves by itself."
        ),
    )
    is_strategic = forms.BooleanField(
        label=_("Strategic customer: a formal notice is always your decision"), required=False
    )
    paused_until = forms.DateField(
        label=_("Leave alone until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    insolvent_since = forms.DateField(
        label=_("Insolvency proceedings opened on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Sauvegarde, redressement or liquidation, as published in the BODACC. From then on nothing is asked any "
            "more (C. com. L622-7), and you are reminded to declare your claim within two months (R622-24)."
        ),
    )
    limit = forms.DecimalField(
        label=_("Accepted exposure, in euro"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
    )

    def __init__(self, customer: Customer, known: Relationship, data: Any = None) -> None:
        facts = {
            "stance": known.stance,
            "channel": known.channel,
            "contact": known.contact_id or "",
            "weekday": "" if known.weekday is None else known.weekday,
            "difficulty": known.difficulty,
            "is_strategic": known.is_strategic,
            "paused_until": known.paused_until,
            "insolvent_since": known.insolvent_since,
            "limit": None if known.limit_minor is None else Decimal(known.limit_minor).scaleb(-2),
        }
        super().__init__(data, initial=facts)
        people = [each for each in customer.contacts.all() if each.archived_at is None]
        self.fields["contact"].choices = [  # type: ignore[attr-defined]  # a field of choices
            ("", _("Whoever pays")),
            *((each.pk, f"{each.name} – {each.email}") for each in people),
        ]

    def facts(self) -> dict[str, object]:
        """The values as the row keeps them."""
        facts = dict(self.cleaned_data)
        limit = facts.pop("limit")
        facts["contact_id"] = facts.pop("contact")
        return facts | {"limit_minor": None if limit is None else int(limit * 100)}
