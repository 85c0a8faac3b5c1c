"""What a report is asked for, from an address."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reglo.reporting.report import Asked, ReportKind, Span

_FIRST_YEAR, _LAST_YEAR = 1990, 2200


class AskedForm(forms.Form):
    """The days, the currency and the breakdown of a report. What is left out has a default."""

    start = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    end = forms.DateField(label=_("To"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    by = forms.ChoiceField(label=_("By"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), required=False)

    def __init__(self, data: Any, *, kind: ReportKind, currencies: list[str], today: date) -> None:
        """kind: of the report, currencies: that the organisation has entries in, the first by default."""
        self._kind, self._currencies, self._today = kind, currencies, today
        typed = {name: value for name, value in data.items() if value}
        super().__init__(self._usual() | typed, auto_id="asked-%s")
        by: Any = self.fields["by"]
        by.choices = [(each.key, each.label) for each in kind.groupings]
        currency: Any = self.fields["currency"]
        currency.choices = [(each, each) for each in currencies]
        self._drop_what_cannot_be_asked()

    def _usual(self) -> dict[str, str]:
        """The days that are shown where none were asked for."""
        start, end = self._usual_days()
        return {"start": start.isoformat(), "end": end.isoformat()}

    def _usual_days(self) -> tuple[date, date]:
        return (self._today, self._today) if self._kind.span is Span.DAY else self._kind.usual_period(self._today)

    def _drop_what_cannot_be_asked(self) -> None:
        if self._kind.span is Span.DAY:
            del self.fields["start"]
            self.fields["end"].label = _("At the end of")
        if len(self._kind.groupings) < 2:
            del self.fields["by"]
        if len(self._currencies) < 2:
            del self.fields["currency"]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, and years that no firm has books of."""
        facts = super().clean() or {}
        start, end = facts.get("start"), facts.get("end")
        for name, day in (("start", start), ("end", end)):
            if day and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
                self.add_error(name, ValidationError(_("A year from 1990 to 2200 is needed."), code="year"))
        if start and end and end < start:
            self.add_error("end", ValidationError(_("The last day is before the first."), code="order"))
        return facts

    @property
    def asked(self) -> Asked:
        """What was asked for; of a faulty form, the defaults in place of the faulty values."""
        facts = getattr(self, "cleaned_data", {})
        start, end = self._usual_days()
        last = facts.get("end") or end
        return Asked(
            start=min(facts.get("start") or start, last),
            end=last,
            today=self._today,
            currency=facts.get("currency") or self._currencies[0],
            by=facts.get("by") or (self._kind.groupings[0].key if self._kind.groupings else ""),
        )
