"""What is typed about a proposal, on our side."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.collection.forms.items import ItemsField, choices_of
from reglo.collection.models import ProposalKind
from reglo.collection.services.proposals import LONGEST_WORDS, MOST_INSTALMENTS
from reglo.customers.models import Contact
from reglo.ledger.models import OpenItem

KINDS = {
    ProposalKind.PLAN: _("Instalments"),
    ProposalKind.DISCOUNT: _("A discount for payment now"),
    ProposalKind.DATE: _("Another date"),
    ProposalKind.WAIVER: _("Penalties given up if paid by a day"),
    ProposalKind.SPLIT: _("The undisputed part now"),
}
"""What each kind of proposal is called."""

_FIELDS = {
    ProposalKind.PLAN: ("items", "count", "by_day", "waives_penalties"),
    ProposalKind.DISCOUNT: ("items", "percent", "by_day"),
    ProposalKind.DATE: ("items", "by_day", "waives_penalties"),
    ProposalKind.WAIVER: ("items", "by_day"),
    ProposalKind.SPLIT: ("by_day",),
}
_DAYS = {
    ProposalKind.PLAN: _("First instalment on"),
    ProposalKind.DATE: _("New date"),
}


class ProposalForm(forms.Form):
    """What is proposed; which fields there are hangs on the kind."""

    items = ItemsField()
    count = forms.IntegerField(label=_("Instalments, one a month"), min_value=2, max_value=MOST_INSTALMENTS)
    percent = forms.DecimalField(label=_("Discount in percent"), min_value=0, max_value=100, decimal_places=2)
    by_day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    waives_penalties = forms.BooleanField(
        label=_("Give up late-payment interest and the indemnity, if it is kept"), required=False
    )

    def __init__(self, kind: ProposalKind, items: Iterable[OpenItem], data: Any = None, **options: Any) -> None:
        choices = choices_of(items)
        options["initial"] = {"items": [value for value, _label in choices]} | options.get("initial", {})
        super().__init__(data, **options)
        for name in list(self.fields):
            if name not in _FIELDS[kind]:
                del self.fields[name]
        self.fields["by_day"].label = _DAYS.get(kind, _("To be paid on or before"))
        if "items" in self.fields:
            self.fields["items"].choices = choices  # type: ignore[attr-defined]  # of ItemsField


class SendForm(forms.Form):
    """To whom a proposal goes."""

    contact = forms.ModelChoiceField(label=_("Recipient"), queryset=Contact.objects.none(), empty_label=None)

    def __init__(self, contacts: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["contact"].queryset = contacts  # type: ignore[attr-defined]  # a ModelChoiceField


class AnswerForm(forms.Form):
    """What one says to what a customer asked for."""

    answer = forms.CharField(
        label=_("A word to the customer"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ToldAnswerForm(forms.Form):
    """An answer that was told by phone."""

    name = forms.CharField(label=_("Who said so"), max_length=100)
