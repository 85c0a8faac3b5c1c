"""Figures of a draft that no document can carry: no number, or too large to compute with."""

from collections.abc import Iterator
from decimal import Decimal

from reglo.core.composition.draft import Draft, IncompleteDraft, Reduction
from reglo.core.findings import Text

#: Any two of them multiply exactly in the 28 digits of Decimal, cents included.
_LARGEST = Decimal(10) ** 12


def refuse_unusable_figures(draft: Draft) -> None:
    """Raise IncompleteDraft for the first figure that is not finite, is too large, or a deposit that is none."""
    for field, figure in _figures(draft):
        if figure is not None and not (figure.is_finite() and abs(figure) < _LARGEST):
            raise IncompleteDraft(
                Text(
                    fr=f"« {figure} » n'est pas un nombre utilisable : il en faut un de moins de 13 chiffres.",
                    en=f"“{figure}” is not a usable number: it must have less than 13 digits.",
                ),
                field=field,
            )
    for place, deposit in enumerate(draft.deposits):
        if deposit.amount <= 0:
            raise IncompleteDraft(
                Text(
                    fr=f"Un acompte est un montant positif, pas {deposit.amount}.",
                    en=f"A deposit is a positive amount, not {deposit.amount}.",
                ),
                field=f"deposits[{place}].amount",
            )


def _figures(draft: Draft) -> Iterator[tuple[str, Decimal | None]]:
    yield "euro_rate", draft.euro_rate
    for place, line in enumerate(draft.lines):
        where = f"lines[{place}]"
        yield f"{where}.quantity", line.quantity
        yield f"{where}.price", line.price
        yield f"{where}.price_with_vat", line.price_with_vat
        yield f"{where}.vat", line.vat if isinstance(line.vat, Decimal) else None
        yield from _of_reductions(line.reductions, f"{where}.reductions")
    yield from _of_reductions(draft.reductions, "reductions")
    for place, deposit in enumerate(draft.deposits):
        yield f"deposits[{place}].amount", deposit.amount


def _of_reductions(reductions: tuple[Reduction, ...], where: str) -> Iterator[tuple[str, Decimal | None]]:
    for place, each in enumerate(reductions):
        yield f"{where}[{place}].amount", each.amount
        yield f"{where}[{place}].percent", each.percent
        yield f"{where}[{place}].vat", each.vat if isinstance(each.vat, Decimal) else None
