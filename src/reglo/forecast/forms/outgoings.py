"""What goes out, how much, when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.collection.forms.money import MoneyField, minor_of
from reglo.core.money import from_minor
from reglo.forecast.models import Frequency, KnownOutgoing, OutgoingKind
from reglo.forecast.services.outgoings import OutgoingFacts

_DATE = {"type": "date"}


class OutgoingForm(forms.Form):
    """A known outgoing."""

    kind = forms.ChoiceField(label=pgettext_lazy("outgoing", "Kind"), choices=OutgoingKind.choices)
    label = forms.CharField(label=_("Label"), max_length=100, required=False, help_text=_("“Workshop”, say."))
    amount = MoneyField(label=_("Amount, in euro"))
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices, initial=Frequency.MONTH)
    first_on = forms.DateField(
        label=_("First time"),
        widget=forms.DateInput(_DATE, "%Y-%m-%d"),
        help_text=_("The day on which it leaves the account; the next ones follow on the same day."),
    )
    last_on = forms.DateField(label=_("Last time"), required=False, widget=forms.DateInput(_DATE, "%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        """Refuse what ends before it begins."""
        facts = super().clean() or {}
        first, last = facts.get("first_on"), facts.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", forms.ValidationError(_("It ends before it begins."), code="order"))
        return facts

    @property
    def facts(self) -> OutgoingFacts:
        """What was typed, of a valid form."""
        typed = self.cleaned_data
        return OutgoingFacts(
            kind=OutgoingKind(typed["kind"]),
            label=typed["label"],
            amount_minor=minor_of(typed["amount"], "EUR") or 0,
            frequency=Frequency(typed["frequency"]),
            first_on=typed["first_on"],
            last_on=typed["last_on"],
        )


def facts_of(outgoing: KnownOutgoing) -> dict[str, Any]:
    """What an outgoing is, for its form."""
    return {
        "kind": outgoing.kind,
        "label": outgoing.label,
        "amount": str(from_minor(outgoing.amount_minor, "EUR")),
        "frequency": outgoing.frequency,
        "first_on": outgoing.first_on,
        "last_on": outgoing.last_on,
    }
