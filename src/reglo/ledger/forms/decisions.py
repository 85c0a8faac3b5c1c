"""What people type when they decide about a receivable."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reglo.accounts.language import page_language
from reglo.core.money import from_minor, minor_amount, minor_units
from reglo.core.terms.figures import minor_text
from reglo.formats.data.scalars import BadValue
from reglo.formats.data.table.cells import Habits, number_in
from reglo.ledger.models import OpenItem

_LONGEST = 20  #: characters of an amount: more than anybody is owed


def typed_amount(minor: int, currency: str) -> str:
    """An amount as one types it in the language of the page: "1200,00"."""
    text = f"{from_minor(minor, currency):f}"
    return text if page_language() == "en" else text.replace(".", ",")


class AmountField(forms.CharField):
    """An amount of money in the currency of an item, from nothing up; its value is minor units."""

    def __init__(self, *, currency: str = "EUR", **facts: Any) -> None:
        super().__init__(max_length=_LONGEST, **facts)
        self.currency = currency
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> int:
        """Minor units."""
        text: str = super().clean(value)
        mark = "." if page_language() == "en" else ","
        try:
            amount = number_in(text.replace("€", "").strip(), Habits(frozenset({mark})), Habits())
        except BadValue as bad:
            raise forms.ValidationError(gettext("Write an amount, like 1234.50."), code="no-amount") from bad
        if amount < 0 or amount != round(amount, minor_units(self.currency)):
            raise forms.ValidationError(gettext("Write an amount, like 1234.50."), code="no-amount")
        return minor_amount(amount, self.currency)


class ReversalForm(forms.Form):
    """From when an entry does not hold any more."""

    on = forms.DateField(
        label=_("Date of the entry"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )


class DecisionForm(ReversalForm):
    """When, and why."""

    note = forms.CharField(
        label=_("Why"),
        max_length=120,
        required=False,
        help_text=_("Kept with the entry: judgment, liquidation, letter returned…"),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=100)

    field_order = ("amount", "recovers_vat", "on", "note")


class WriteOffForm(DecisionForm):
    """How much is lost."""

    amount = AmountField(label=_("Amount lost, with tax"))
    recovers_vat = forms.BooleanField(
        label=_("Take back the VAT that was due when the invoice was issued"),
        required=False,
        help_text=_(
            "Only once the debt is certainly lost, and the customer has a duplicate of the invoice that says that it "
            "stays unpaid and gives no right to deduct (CGI art. 272, 1)."
        ),
    )

    def __init__(self, *args: Any, item: OpenItem, offers_vat: bool, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.item = item
        _in_currency(self.fields["amount"], item.currency)
        if not offers_vat:
            del self.fields["recovers_vat"]

    def clean_amount(self) -> int:
        """More than nothing, and no more than is open."""
        amount: int = self.cleaned_data["amount"]
        if not 0 < amount <= self.item.open_minor:
            left = minor_text(self.item.open_minor, self.item.currency).in_language(page_language())
            raise forms.ValidationError(
                gettext("Write an amount from a cent to the %(left)s that are left."), params={"left": left}
            )
        return amount


class AllowanceForm(DecisionForm):
    """What will probably be lost."""

    amount = AmountField(
        label=_("Loss to expect, without tax"), help_text=_("What the allowance is to come to; 0 releases it.")
    )

    def __init__(self, *args: Any, item: OpenItem, most_minor: int, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.item, self.most_minor = item, most_minor
        _in_currency(self.fields["amount"], item.currency)

    def clean_amount(self) -> int:
        """No more than is open without its tax."""
        amount: int = self.cleaned_data["amount"]
        if amount > self.most_minor:
            most = minor_text(self.most_minor, self.item.currency).in_language(page_language())
            raise forms.ValidationError(
                gettext("%(most)s without tax are left to receive: do not expect a larger loss."), params={"most": most}
            )
        return amount


def _in_currency(field: forms.Field, currency: str) -> None:
    assert isinstance(field, AmountField)
    field.currency = currency
