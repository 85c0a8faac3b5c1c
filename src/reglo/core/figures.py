"""Figures that no sum can be made with: not a number, endless, beyond all reason, or a price for no quantity."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from reglo.core.document import Allowance, Invoice, Line, Totals
from reglo.core.errors import DomainError
from reglo.core.findings import Text

#: Digits before the decimal point of the largest figure: that of a product of two which a founder types.
_DIGITS = 26

_Figures = Iterator[tuple[str, Decimal | None]]


class UnusableFigure(DomainError):
    """A figure that cannot be computed with."""

    code = "unusable-figure"


def is_usable(figure: Decimal | None, digits: int = _DIGITS) -> bool:
    """Whether `figure` can be computed with; one that is absent can. digits: most before the decimal point."""
    return figure is None or (figure.is_finite() and figure.adjusted() < digits)


def unusable(figure: Decimal | None, digits: int = _DIGITS) -> Text:
    """Why a figure is refused."""
    return Text(
        fr=f"« {figure} » n'est pas un nombre utilisable : il en faut un d'au plus {digits} chiffres.",
        en=f"“{figure}” is not a usable number: it must have {digits} digits at most.",
    )


def refuse_unusable_figures(invoice: Invoice) -> None:
    """Raise UnusableFigure for the first figure of `invoice` that totals are made from and cannot be."""
    for where, figure in _figures(invoice):
        if not is_usable(figure):
            raise UnusableFigure(unusable(figure), field=where)
    for place, line in enumerate(invoice.lines):
        if line.price is not None and line.price.base_quantity == 0:
            raise UnusableFigure(
                Text(
                    fr="Un prix s'entend pour une quantité : 1, 100… mais pas 0.",
                    en="A price is for a quantity: 1, 100… but not 0.",
                ),
                field=f"lines[{place}].price.base_quantity",
            )


def _figures(invoice: Invoice) -> _Figures:
    for place, line in enumerate(invoice.lines):
        yield from _of_line(f"lines[{place}]", line)
    yield from _of_allowances("allowances", invoice.allowances)
    yield from _of_allowances("charges", invoice.charges)
    totals = invoice.totals or Totals()
    yield "totals.paid", totals.paid
    yield "totals.rounding", totals.rounding
    yield "totals.vat_accounting", totals.vat_accounting


def _of_line(where: str, line: Line) -> _Figures:
    yield f"{where}.quantity", line.quantity
    yield f"{where}.net_amount", line.net_amount
    yield f"{where}.vat_rate", line.vat_rate
    if line.price is not None:
        yield f"{where}.price.net", line.price.net
        yield f"{where}.price.gross", line.price.gross
        yield f"{where}.price.discount", line.price.discount
        yield f"{where}.price.base_quantity", line.price.base_quantity
    yield from _of_allowances(f"{where}.allowances", line.allowances)
    yield from _of_allowances(f"{where}.charges", line.charges)


def _of_allowances(where: str, allowances: Iterable[Allowance]) -> _Figures:
    for place, each in enumerate(allowances):
        yield f"{where}[{place}].amount", each.amount
        yield f"{where}[{place}].base", each.base
        yield f"{where}[{place}].percent", each.percent
        yield f"{where}[{place}].vat_rate", each.vat_rate
