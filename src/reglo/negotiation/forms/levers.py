"""Which levers are in play, and which settings of each are tried."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.negotiation.forms.figures import FiguresField
from reglo.negotiation.in_play import InPlay

_DAYS = ("delays", "end_of_month", "parts")
_FREE = _("Empty: this lever stays as it is today.")


class LeversForm(forms.Form):
    """Lists of settings."""

    delays = FiguresField(least=0, most=3650, label=_("Delays, days from the invoice"), help_text=_FREE)
    end_of_month = FiguresField(least=0, most=3650, label=_("Delays to the end of the month, days"), help_text=_FREE)
    deposits = FiguresField(least=0, most=99, label=_("Deposits, %"), help_text=_("0 is none."))
    parts = FiguresField(least=1, most=4, label=_("Equal instalments"), help_text=_("2 is half now, half a month on."))
    discounts = FiguresField(
        least=0,
        most=99,
        label=_("Early-payment discounts, %"),
        help_text=_("Empty: three across the band between both costs of money."),
    )
    discount_days = forms.IntegerField(min_value=0, max_value=3650, label=_("for payment within … days"))
    penalty_points = FiguresField(
        least=0, most=100, label=_("Late penalties, points above the ECB rate"), help_text=_("By law 10.")
    )
    prices = FiguresField(least=-99, most=1000, label=_("Changes of price, %"), help_text=_("0 is today's price."))
    volumes = FiguresField(
        least=0, most=10**12, label=_("Committed volumes, € a year without tax"), help_text=_("0 is none.")
    )
    minimum_orders = FiguresField(
        least=0, most=10**12, label=_("Minimum orders, € without tax"), help_text=_("0 is none.")
    )

    def __init__(self, data: Any = None, *, in_play: InPlay) -> None:
        super().__init__(data, initial=asdict(in_play))

    def clean(self) -> dict[str, Any]:
        """Days and parts are whole numbers."""
        values = super().clean() or {}
        for name in _DAYS:
            if any(each != each.to_integral_value() for each in values.get(name, ())):
                self.add_error(name, _("Write whole numbers here."))
        return values

    def in_play(self) -> InPlay:
        """The levers of a valid form."""
        values = dict(self.cleaned_data)
        return InPlay(**values | {name: tuple(int(each) for each in values[name]) for name in _DAYS})
