"""What people type into the pages of this room."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reglo.banking.models import AsideReason, Means
from reglo.banking.wording import ASIDE_REASONS, COLUMN_FIELDS
from reglo.billing.forms.figures import shown_figure, typed_figure
from reglo.core.money import from_minor, minor_units
from reglo.formats.bank import DateOrder
from reglo.organisations.models import BankAccount

_LONGEST_ID = 18
_LARGEST = Decimal(10) ** 11


def typed_minor(text: str, currency: str) -> int | None:
    """An amount that was typed, "1 234,50", in minor units; None for other text, and for more than anybody pays."""
    figure = typed_figure(text)
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", figure):
        return None
    minor = Decimal(figure).scaleb(minor_units(currency))
    return int(minor) if minor == int(minor) and minor < _LARGEST else None


def typed_from(minor: int, currency: str, language: str) -> str:
    """An amount as one types it."""
    return shown_figure(f"{from_minor(minor, currency):f}", language)


class AmountField(forms.CharField):
    """An amount of money, as people type it; its value is minor units > 0."""

    def __init__(self, *, currency: str = "EUR", **facts: Any) -> None:
        super().__init__(max_length=30, **facts)
        self.currency = currency
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> int:
        """Minor units."""
        text = super().clean(value)
        minor = typed_minor(text, self.currency)
        if not minor:
            raise forms.ValidationError(_now("Write an amount greater than zero, like 1234.50."))
        return minor


class PaymentForm(forms.Form):
    """Money that came in."""

    amount = AmountField(label=_("Amount"))
    on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    means = forms.ChoiceField(label=_("Means"), choices=Means.choices, initial=Means.TRANSFER)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=100,
        required=False,
        help_text=_("Number of the cheque, words of the transfer: what helps to find it again."),
    )
    bank_account = forms.ModelChoiceField(
        label=_("Bank account"), queryset=BankAccount.objects.none(), required=False, empty_label=None
    )
    discount = forms.BooleanField(required=False)
    rounds = forms.BooleanField(
        label=_("Write off a difference of a few cents"),
        required=False,
        help_text=_("At most 5 cents, missing or too much."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(
        self, data: QueryDict | None, *, currency: str, accounts: Sequence[BankAccount], discount: str, **facts: Any
    ) -> None:
        super().__init__(data, **facts)
        amount = self.fields["amount"]
        assert isinstance(amount, AmountField)
        amount.currency = currency
        account = self.fields["bank_account"]
        assert isinstance(account, forms.ModelChoiceField)
        account.queryset = BankAccount.objects.filter(pk__in=[each.pk for each in accounts])
        if len(accounts) < 2:
            del self.fields["bank_account"]
        if discount:
            self.fields["discount"].label = discount
        else:
            del self.fields["discount"]


class RefundForm(forms.Form):
    """Money given back."""

    amount = AmountField(label=_("Amount"))
    on = PaymentForm.base_fields["on"]
    means = PaymentForm.base_fields["means"]
    reference = PaymentForm.base_fields["reference"]
    key = PaymentForm.base_fields["key"]


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; its value is the list of them."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file by itself."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in files]


class UploadForm(forms.Form):
    """Files of a bank."""

    file = FilesField(
        label=_("Files of your bank"),
        help_text=_("camt.053, camt.054, CFONB 120, OFX, MT940, CSV or XLSX, up to 100 MB each."),
        widget=ManyFiles(attrs={"class": "form-control"}),
    )


class ColumnsForm(forms.Form):
    """What each column of a table is: one choice a column, named by its place."""

    date_order = forms.ChoiceField(
        label=_("Dates such as 03/04/2026"),
        required=False,
        choices=[
            ("", _("As the file shows")),
            (DateOrder.DAY_FIRST.value, _("3 April: day first")),
            (DateOrder.MONTH_FIRST.value, _("4 March: month first")),
        ],
    )

    def __init__(self, headers: Sequence[str], columns: Mapping[str, str], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.headers = tuple(headers)
        choices = [("", _("– leave out –")), *COLUMN_FIELDS.items()]
        for place, header in enumerate(self.headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=columns.get(header, "")
            )

    def columns(self) -> dict[str, str]:
        """What was chosen, by header."""
        return {header: self.cleaned_data[f"column_{place}"] for place, header in enumerate(self.headers)}

    def order(self) -> DateOrder | None:
        """How dates are written."""
        chosen = self.cleaned_data["date_order"]
        return DateOrder(chosen) if chosen else None


class AsideForm(forms.Form):
    """Why lines are no payments."""

    reason = forms.ChoiceField(label=_("Why it is no payment of a customer"), choices=list(ASIDE_REASONS.items()))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def why(self) -> AsideReason:
        """The reason that was chosen."""
        return AsideReason(self.cleaned_data["reason"])


def split_of(data: QueryDict, currency: str) -> tuple[dict[int, int], list[int], list[str]]:
    """What somebody allocates to which open item: amounts by item, items that are ticked whole, and bad amounts."""
    amounts: dict[int, int] = {}
    bad: list[str] = []
    for name, text in data.items():
        if not name.startswith("item-") or not (key := _id(name.removeprefix("item-"))) or not str(text).strip():
            continue
        minor = typed_minor(str(text), currency)
        if minor is None:
            bad.append(str(text)[:30])
        elif minor:
            amounts[key] = minor
    whole = [key for each in data.getlist("whole") if (key := _id(each))]
    return amounts, whole, bad


def _id(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_ID else 0
