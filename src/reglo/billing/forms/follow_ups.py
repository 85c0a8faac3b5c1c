"""What is typed to bill a quote or to credit an invoice."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.billing.forms.figures import typed_figure
from reglo.billing.queries.follow_ups import QuoteBilling
from reglo.billing.services.follow_ups import (
    AmountsCredit,
    LinesCredit,
    WholeCredit,
    deposit_content,
    final_content,
    progress_content,
)
from reglo.core.composition import DocumentKind
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.follow_ups import Position, VatKey
from reglo.core.terms import Share
from reglo.formats.data.tree import Tree

_HUNDRED = Decimal(100)
_DIGITS = 12


class NoFigure(DomainError):
    """Something that is no figure where one is wanted, or none at all."""

    code = "no-figure"


class FigureField(forms.CharField):
    """A figure as people type it, as a Decimal; None where the field is empty."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "6"})

    def __init__(self, **facts: Any) -> None:
        super().__init__(required=False, max_length=30, **facts)

    def to_python(self, value: Any) -> Any:  # Django's own signature; a Decimal or None
        """The figure. Raises ValidationError."""
        typed = typed_figure(str(value or ""))
        if not typed:
            return None
        digits = typed.lstrip("-").replace(".", "", 1)
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS):
            raise forms.ValidationError(_("Write a figure, such as 30 or 1 250.50."), code="figure")
        return Decimal(typed)

    def run_validators(self, value: Any) -> None:
        """Nothing more: a Decimal has no length."""

    def validate(self, value: Any) -> None:
        """Nothing more: an empty field is no figure."""


class BillForm(forms.Form):
    """How to bill an accepted quote."""

    way = forms.ChoiceField(
        label=_("What do you want to make?"),
        choices=(
            ("deposit", _("A deposit invoice, before the work")),
            ("progress", _("A progress invoice, for the work done so far")),
            ("final", _("The final invoice, for all that is left")),
        ),
        widget=forms.RadioSelect,
    )
    percent = FigureField(label=_("Deposit in percent"))
    amount = FigureField(label=_("or an amount with VAT"))
    overall = FigureField(label=_("Progress of the whole to date, in percent"))

    def __init__(self, data: Any = None, *, billing: QuoteBilling, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.billing = billing
        for position in self.positions:
            self.fields[_share_name(position)] = FigureField(label=position.name)

    @property
    def positions(self) -> Sequence[Position]:
        """The lines that are billed bit by bit."""
        return [each for each in self.billing.positions if not each.is_reduction]

    def rows(self) -> Sequence[tuple[Position, forms.BoundField, Decimal]]:
        """For each line, its field, and how much of it was billed, in percent."""
        return [
            (each, self[_share_name(each)], each.share_of(each.billed) * _HUNDRED if each.net else _HUNDRED)
            for each in self.positions
        ]

    @property
    def kind(self) -> DocumentKind:
        """Of the document that is made."""
        return DocumentKind.DEPOSIT if self.cleaned_data["way"] == "deposit" else DocumentKind.INVOICE

    def share(self) -> Share:
        """How much the deposit is. Raises NoFigure, InvalidTerms."""
        typed = self.cleaned_data
        if typed["amount"] is not None:
            return Share(amount=typed["amount"])
        if typed["percent"] is None:
            raise NoFigure(
                Text(fr="Indiquez un pourcentage ou un montant.", en="Give a percentage or an amount."), field="percent"
            )
        return Share(percent=typed["percent"])

    def shares(self) -> Mapping[str, Decimal]:
        """How much of each line is done, as fractions; a line of its own goes before the whole. Raises NoFigure."""
        typed = self.cleaned_data
        said = {
            each.place: typed[_share_name(each)] if typed[_share_name(each)] is not None else typed["overall"]
            for each in self.positions
        }
        shares = {place: share / _HUNDRED for place, share in said.items() if share is not None}
        if not shares:
            raise NoFigure(
                Text(
                    fr="Indiquez l'avancement, de l'ensemble ou ligne par ligne.",
                    en="Give the progress, of the whole or line by line.",
                ),
                field="overall",
            )
        return shares

    def content(self) -> Tree:
        """What the document says. Raises DomainError."""
        way = self.cleaned_data["way"]
        if way == "deposit":
            return deposit_content(self.billing, self.share())
        return final_content(self.billing) if way == "final" else progress_content(self.billing, self.shares())


class CreditForm(forms.Form):
    """How much of an invoice to give back."""

    scope = forms.ChoiceField(
        label=_("What do you want to give back?"),
        choices=(
            ("whole", _("All that is left of the invoice")),
            ("lines", _("Some lines, or a part of their quantity")),
            ("amounts", _("An amount for each VAT rate")),
        ),
        initial="whole",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Stands on the credit note: goods sent back, mistake in the price…"),
    )

    def __init__(self, data: Any = None, *, quantities: Mapping[int, Decimal], keys: Sequence[VatKey]) -> None:
        super().__init__(data)
        self._places, self._keys = tuple(quantities), tuple(keys)
        for place in self._places:
            self.fields[f"quantity-{place}"] = FigureField(label=_("Quantity"))
        for number in range(len(self._keys)):
            self.fields[f"amount-{number}"] = FigureField(label=_("Amount without VAT"))

    def quantity_field(self, place: int) -> forms.BoundField:
        """The field of a line."""
        return self[f"quantity-{place}"]

    def amount_field(self, number: int) -> forms.BoundField:
        """The field of a VAT rate."""
        return self[f"amount-{number}"]

    def wanted(self) -> WholeCredit | LinesCredit | AmountsCredit:
        """What to give back."""
        typed = self.cleaned_data
        if typed["scope"] == "lines":
            quantities = {place: typed[f"quantity-{place}"] for place in self._places}
            return LinesCredit(quantities={place: each for place, each in quantities.items() if each is not None})
        if typed["scope"] == "amounts":
            amounts = {key: typed[f"amount-{number}"] for number, key in enumerate(self._keys)}
            return AmountsCredit(amounts={key: each for key, each in amounts.items() if each is not None})
        return WholeCredit()


class CorrectForm(forms.Form):
    """Why an invoice is replaced."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Stands on the corrective invoice: wrong address, wrong order number…"),
    )


def _share_name(position: Position) -> str:
    return "share-" + position.place.removeprefix("lines[").removesuffix("]")
