"""Of which days a statement is asked for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reglo.reporting.forms.handing import HandingForm
from reglo.reporting.periods import Period
from reglo.reporting.statements.account import Days


class StatementForm(HandingForm):
    """First and last day, and the currency where there are several. What is left out has a default."""

    currency = forms.ChoiceField(label=_("Currency"), required=False)

    def __init__(self, data: Any, *, usual: Period, currencies: Sequence[str]) -> None:
        """usual: the days where none are asked for. currencies: of the accounts, the first by default."""
        self._usual, self._currencies = usual, currencies
        typed = {name: value for name, value in data.items() if value}
        shown = {"start": usual.start.isoformat(), "end": usual.end.isoformat(), "currency": currencies[0]}
        super().__init__(shown | typed)
        field: Any = self.fields["currency"]
        field.choices = [(each, each) for each in currencies]
        if len(currencies) < 2:
            del self.fields["currency"]

    def clean(self) -> dict[str, Any]:
        """Refuse days that end before they begin."""
        facts = super().clean() or {}
        start, end = facts.get("start"), facts.get("end")
        if start and end and end < start:
            self.add_error("end", ValidationError(_("The last day is before the first."), code="order"))
        return facts

    @property
    def days(self) -> Days:
        """The days that were asked for; of a faulty form, the usual ones."""
        facts = self.cleaned_data if self.is_valid() else {}
        start: date = facts.get("start") or self._usual.start
        end: date = facts.get("end") or self._usual.end
        return Days(start=start, end=end, currency=facts.get("currency") or self._currencies[0])


class StatementsForm(StatementForm):
    """The same for many customers at once."""

    only_late = forms.BooleanField(label=_("Only customers with something past its due date"), required=False)
