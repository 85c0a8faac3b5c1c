"""A promise that was told by phone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.collection.forms.items import ItemsField, choices_of
from reglo.collection.forms.money import MoneyField
from reglo.ledger.models import OpenItem


class PromiseForm(forms.Form):
    """Who said what, by when."""

    items = ItemsField()
    amount = MoneyField(label=_("Amount"), required=False, help_text=_("Empty is all that is left to pay of them."))
    by_day = forms.DateField(
        label=_("To be paid on or before"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    told_by = forms.CharField(label=_("Who said so"), max_length=100)

    def __init__(self, items: Iterable[OpenItem], data: Any = None, **options: Any) -> None:
        choices = choices_of(items)
        options["initial"] = {"items": [value for value, _label in choices]} | options.get("initial", {})
        super().__init__(data, **options)
        self.fields["items"].choices = choices  # type: ignore[attr-defined]  # of ItemsField
