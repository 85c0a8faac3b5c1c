"""Figures as people type them: "1,5" and "1.5", "120 000 €", "0 ; 15 ; 30"."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reglo.accounts.language import page_language
from reglo.billing.forms.figures import shown_figure, typed_figure
from reglo.core.figures import is_usable
from reglo.core.terms.figures import number_text

_PLACES = 4
_LONGEST = 30
_MOST = 12  # figures of a list: more settings of a lever than anybody compares
_ENGLISH_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BETWEEN = re.compile(r"\s*[;/|\n]\s*|\s+")
_WRONG = _("Write a number, such as 12.5.")
_BOUNDS = _("Between %(least)s and %(most)s.")


class FigureField(forms.CharField):
    """A number within bounds, with a comma or a point; its value is a Decimal, None where it is left empty."""

    def __init__(self, *, least: Decimal | int, most: Decimal | int, **options: Any) -> None:
        self.least, self.most = Decimal(least), Decimal(most)
        attributes = {"inputmode": "decimal", "autocomplete": "off"} | options.pop("attrs", {})
        super().__init__(max_length=_LONGEST, widget=forms.TextInput(attrs=attributes), **options)

    def clean(self, value: Any) -> Any:
        """The number. Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        number = read_figure(text)
        require_within(number, self.least, self.most)
        return number

    def prepare_value(self, value: Any) -> Any:
        """A number as the language of the page writes it."""
        return shown_number(value) if isinstance(value, Decimal) else value


class FiguresField(forms.CharField):
    """Several numbers within bounds, apart by spaces or semicolons; its value is a tuple of Decimals, each once."""

    def __init__(self, *, least: Decimal | int, most: Decimal | int, **options: Any) -> None:
        self.least, self.most = Decimal(least), Decimal(most)
        super().__init__(
            max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}), **options
        )

    def clean(self, value: Any) -> Any:
        """The numbers. Raises ValidationError."""
        text = super().clean(value)
        numbers = [read_figure(each) for each in _BETWEEN.split(text.strip()) if each]
        if len(numbers) > _MOST:
            raise ValidationError(_("Twelve values at most."))
        for each in numbers:
            require_within(each, self.least, self.most)
        return tuple(dict.fromkeys(numbers))

    def prepare_value(self, value: Any) -> Any:
        """The numbers in a row."""
        return value if isinstance(value, str) or value is None else in_a_row(value)


def read_figure(text: str) -> Decimal:
    """A typed number. Raises ValidationError for what is none, endless or too fine."""
    if page_language() == "en" and _ENGLISH_GROUPS.fullmatch(text.strip()):
        text = text.replace(",", "")
    try:
        number = Decimal(typed_figure(text))
    except InvalidOperation:
        raise ValidationError(_WRONG) from None
    exponent = number.as_tuple().exponent
    if not is_usable(number) or not isinstance(exponent, int) or exponent < -_PLACES:
        raise ValidationError(_WRONG)
    return number


def require_within(number: Decimal, least: Decimal, most: Decimal) -> None:
    """Raise ValidationError for a number out of bounds."""
    if not least <= number <= most:
        bounds = {"least": shown_number(least), "most": shown_number(most)}
        raise ValidationError(_BOUNDS, params=bounds)


def in_a_row(numbers: Iterable[Decimal | int]) -> str:
    """Numbers as `FiguresField` reads them."""
    return " ; ".join(shown_number(Decimal(each)) for each in numbers)


def shown_number(number: Decimal) -> str:
    """A number as one types it in the language of the page."""
    return shown_figure(number_text(number).en, page_language())
