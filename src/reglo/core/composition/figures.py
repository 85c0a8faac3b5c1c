"""Figures of a draft that no document can carry: no number, or too large to compute with."""

from collections.abc import Iterator
from decimal import Decimal

from reglo.core.composition.draft import Draft, IncompleteDraft, Reduction
from reglo.core.figures import is_usable, unusable
from reglo.core.findings import Text

#: Before the decimal point: more than any price, quantity or amount that a founder means to type.
_DIGITS = 12


def refuse_unusable_figures(draft: Draft) -> None:
    """Raise IncompleteDraft for the first figure that is not finite, is too large, or is missing."""
    for field, figure in _figures(draft):
        if not is_usable(figure, _DIGITS):
            raise IncompleteDraft(unusable(figure, _DIGITS), field=field)
    for place, deposit in enumerate(draft.deposits):
        if deposit.amount <= 0:
            raise IncompleteDraft(
                Text(
                    fr=f"Un acompte est un montant positif, pas {deposit.amount}.",
                    en=f"A deposit is a positive amount, not {deposit.amount}.",
                ),
                field=f"deposits[{place}].amount",
            )
    for field, reduction in _reductions(draft):
        if (reduction.amount is None) == (reduction.percent is None):
            raise IncompleteDraft(
                Text(
                    fr=f"La remise « {reduction.reason} » a un pourcentage ou un montant hors taxes, l'un des deux.",
                    en=f"The allowance “{reduction.reason}” has a percentage or an amount without tax, and only one.",
                ),
                field=f"{field}.percent",
            )


def _reductions(draft: Draft) -> Iterator[tuple[str, Reduction]]:
    for place, line in enumerate(draft.lines):
        for number, each in enumerate(line.reductions):
            yield f"lines[{place}].reductions[{number}]", each
    for number, each in enumerate(draft.reductions):
        yield f"reductions[{number}]", each


def _figures(draft: Draft) -> Iterator[tuple[str, Decimal | None]]:
    yield "euro_rate", draft.euro_rate
    for place, line in enumerate(draft.lines):
        where = f"lines[{place}]"
        yield f"{where}.quantity", line.quantity
        yield f"{where}.price", line.price
        yield f"{where}.price_with_vat", line.price_with_vat
        yield f"{where}.vat", line.vat if isinstance(line.vat, Decimal) else None
    for where, each in _reductions(draft):
        yield f"{where}.amount", each.amount
        yield f"{where}.percent", each.percent
        yield f"{where}.vat", each.vat if isinstance(each.vat, Decimal) else None
    for place, deposit in enumerate(draft.deposits):
        yield f"deposits[{place}].amount", deposit.amount
