"""Amounts as people type them."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.billing.forms.figures import typed_figure
from reglo.core.money import minor_amount

_LARGEST = Decimal(10) ** 13
_CENT = -2


class MoneyField(forms.CharField):
    """An amount over nothing, "1 234,56" or "1234.56"; its value is a Decimal, None where it is left empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 20)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """The amount. Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = Decimal(typed_figure(text))
        except InvalidOperation:
            raise _wrong() from None
        exponent = amount.as_tuple().exponent
        if not (isinstance(exponent, int) and exponent >= _CENT and 0 < amount < _LARGEST):
            raise _wrong()
        return amount


def minor_of(amount: Decimal | None, currency: str) -> int | None:
    """A typed amount in minor units; None for none."""
    return None if amount is None else minor_amount(amount, currency)


def _wrong() -> forms.ValidationError:
    return forms.ValidationError(_("Write an amount over nothing, such as 1,234.56."), code="invalid")
