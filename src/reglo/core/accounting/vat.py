"""VAT that becomes due as its document is paid (*TVA sur les encaissements*, CGI 269, 2 c).

How much of a document's VAT is due hangs only on how much of it is settled, so parts of any number and size come to
the whole to the cent, and what is undone goes back by the same cents.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from reglo.core.accounting.accounts import AccountRole
from reglo.core.accounting.lines import EntryLine, VatPart, credit, debit


def _share(amount: int, settled: int, total: int) -> int:
    """`settled`/`total` of `amount`, halves away from zero; all of it where all is settled."""
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) * settled + total) // (2 * total))


def vat_between(parts: Sequence[VatPart], *, total: int, before: int, after: int) -> tuple[VatPart, ...]:
    """What of the VAT of a document becomes due when its settled amount goes from `before` to `after`.

    total: of the document, with tax, > 0; 0 ≤ before, after ≤ total. Negative parts where it goes down. A last part
    takes the remainder: all steps from 0 to `total` come to `parts`.
    """
    if not (0 <= before <= total and 0 <= after <= total and total > 0):
        raise ValueError(f"{before} to {after} of {total}")
    return tuple(
        VatPart(
            part.category,
            part.rate,
            _share(part.base, after, total) - _share(part.base, before, total),
            _share(part.tax, after, total) - _share(part.tax, before, total),
        )
        for part in parts
    )


def parts_within(parts: Sequence[VatPart], rounding: int, amount: int) -> tuple[tuple[VatPart, ...], int]:
    """What VAT stands within `amount` of a document, and how much of its rounding (BT-114): exactly `amount` together.

    For a deposit that is deducted in part; `parts` and `rounding` themselves where it is deducted whole.
    """
    figures = [figure for part in parts for figure in (part.base, part.tax)] + [rounding]
    total = sum(figures)
    if total <= 0:
        return (), amount
    reached = [0, *accumulate(figures)]
    taken = [_share(after, amount, total) - _share(before, amount, total) for before, after in pairwise(reached)]
    found = tuple(
        VatPart(part.category, part.rate, base, tax)
        for part, base, tax in zip(parts, taken[::2], taken[1::2], strict=False)
    )
    return found, taken[-1]


def due_lines(parts: Iterable[VatPart]) -> Iterator[EntryLine]:
    """VAT pending becomes VAT collected."""
    for part in parts:
        if part.tax:
            yield debit(AccountRole.VAT_PENDING, part.tax, part.times(-1))
            yield credit(AccountRole.VAT_COLLECTED, part.tax, part)
