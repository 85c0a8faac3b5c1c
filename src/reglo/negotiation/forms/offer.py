"""An offer, lever by lever: the same form for what we propose, what they propose, and what one only tries."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.core.negotiation import Offer, UnusableDeal
from reglo.core.terms import DiscountTier, PaymentTerms
from reglo.negotiation.forms.figures import FigureField
from reglo.organisations.forms import attach
from reglo.terms.forms import TermsForm

_MOST = 10**12


def _slider(least: int, most: int, step: str, suffix: str = "") -> dict[str, str]:
    """What the script needs to put a slider below a field."""
    return {"data-slider": f"{least} {most} {step}", "data-suffix": suffix}


class OfferForm(TermsForm):
    """Terms, two tiers of discount, price, volume, minimum order. The trade is a fact of the deal, not of an offer."""

    sector = None  # type: ignore[assignment]  # so does Django take an inherited field away
    discount_2_percent = forms.DecimalField(
        min_value=Decimal("0.01"), max_value=99, required=False, label=_("Second discount, %"), localize=True
    )
    discount_2_days = forms.IntegerField(min_value=0, max_value=3650, required=False, label=_("if paid within … days"))
    price_percent = FigureField(
        least=Decimal("-99.99"),
        most=1000,
        required=False,
        label=_("Change of all prices, %"),
        help_text=_("−2 is 2 % cheaper than today."),
        attrs=_slider(-10, 10, "0.1"),
    )
    volume = FigureField(
        least=Decimal("0.01"),
        most=_MOST,
        required=False,
        label=_("Committed volume a year, € without tax"),
        help_text=_("At today's prices; empty for none."),
    )
    minimum_order = FigureField(
        least=Decimal("0.01"),
        most=_MOST,
        required=False,
        label=_("Minimum order, € without tax"),
        help_text=_("Empty for none."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"].widget.attrs |= _slider(0, 90, "1")
        self.fields["deposit"].widget.attrs |= _slider(0, 60, "5", " %")
        self.fields["discount_percent"].widget.attrs |= _slider(0, 3, "0.05")

    @classmethod
    def initial_of_offer(cls, offer: Offer) -> dict[str, Any]:
        """What the fields show for `offer`."""
        values = cls.initial_of(offer.terms)
        for tier in offer.terms.discounts[1:2]:
            values |= {"discount_2_percent": tier.percent.normalize(), "discount_2_days": tier.days}
        return values | {
            "price_percent": offer.price_percent,
            "volume": offer.volume,
            "minimum_order": offer.minimum_order,
        }

    def clean(self) -> dict[str, Any]:
        """The fields, and the offer that they make together as "offer"."""
        values = super().clean()
        terms = values.get("terms")
        if self.errors or not isinstance(terms, PaymentTerms):
            return values
        try:
            values["offer"] = Offer(
                terms=terms,
                price_percent=values["price_percent"] or Decimal(0),
                volume=values["volume"],
                minimum_order=values["minimum_order"],
            )
        except UnusableDeal as error:
            attach(error, self)
        return values

    def offer(self) -> Offer:
        """The offer of a valid form."""
        found = self.cleaned_data["offer"]
        assert isinstance(found, Offer)
        return found

    def _discounts(self, values: dict[str, Any]) -> Iterator[DiscountTier]:
        yield from super()._discounts(values)
        percent, days = values["discount_2_percent"], values["discount_2_days"]
        if (percent is None) is not (days is None):
            self.add_error("discount_2_percent", _("A discount needs a percentage and a number of days."))
        elif percent is not None:
            yield DiscountTier(percent=percent, days=days)
