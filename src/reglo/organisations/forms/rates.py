"""A rate of interest of a half-year, as one types it."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.core.dates import HalfYear
from reglo.core.rates import RateKind

RATE_NAMES = {
    RateKind.ECB: _("ECB main refinancing rate"),
    RateKind.LEGAL: _("Legal rate, professionals"),
    RateKind.LEGAL_INDIVIDUALS: _("Legal rate, individuals"),
}
_OFFERED = 6  #: half-years, the next one first


class RateForm(forms.Form):
    """Which rate, of which half-year, and where it is written."""

    kind = forms.ChoiceField(label=_("Rate"), choices=[(kind.value, name) for kind, name in RATE_NAMES.items()])
    half_year = forms.ChoiceField(label=_("Half-year"))
    percent = forms.CharField(
        label=_("Percent a year"),
        max_length=10,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("Without the points that your terms add to it: 2,15."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The order and its date, or the decision of the ECB.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Offer the half-years around `today`."""
        super().__init__(*args, **kwargs)
        half_year: Any = self.fields["half_year"]
        half_year.choices = [(str(each), str(each)) for each in offered_half_years(today)]

    def clean_percent(self) -> Decimal:
        """The rate, typed with a comma or a point."""
        text = self.cleaned_data["percent"].replace(",", ".").replace("%", "").strip()
        try:
            percent = Decimal(text)
        except InvalidOperation:
            percent = Decimal("NaN")
        if not percent.is_finite():
            raise forms.ValidationError(_("Write a number, such as 2,15."), code="number")
        return percent


def offered_half_years(today: date) -> list[HalfYear]:
    """The next half-year and those before it, newest first."""
    newest = HalfYear.of(today).following
    steps = [2 * newest.year + newest.half - 1 - number for number in range(_OFFERED)]
    return [HalfYear(step // 2, step % 2 + 1) for step in steps]
