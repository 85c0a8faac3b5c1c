"""How the lines of a finished document were taxed, in the words of a draft."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import count

from reglo.core.composition import VAT_TREATMENTS, VatSituation
from reglo.core.document import Invoice, VatBreakdown
from reglo.core.totals import counts

Vat = Decimal | VatSituation
VatKey = tuple[str | None, Decimal | None]
"""Category and rate: what one entry of the VAT breakdown is about."""


def line_vats(invoice: Invoice) -> tuple[Vat | None, ...]:
    """For each line that counts, its rate, or why there is none.

    Where one category has two reasons, the document does not say which line has which: the lines have them in turn, so
    that what is made of them names both again.
    """
    turns: Mapping[VatKey, count[int]] = {key: count() for key in vats_of(invoice)}
    found = vats_of(invoice)
    vats = []
    for line in invoice.lines:
        if counts(line):
            choices = found.get((line.vat_category, line.vat_rate), ())
            key = (line.vat_category, line.vat_rate)
            vats.append(choices[next(turns[key]) % len(choices)] if choices else line.vat_rate)
    return tuple(vats)


def vats_of(invoice: Invoice) -> Mapping[VatKey, tuple[Vat, ...]]:
    """For each entry of the VAT breakdown, its rate or the reasons why there is none."""
    return {(each.category, each.rate): _vats(each) for each in invoice.vat_breakdown}


def _vats(entry: VatBreakdown) -> tuple[Vat, ...]:
    if entry.category == "S" and entry.rate is not None:
        return (entry.rate,)
    reasons = (entry.exemption_reason or "").split(" ; ")
    of_category = {name: each for name, each in VAT_TREATMENTS.items() if each.category == entry.category}
    by_reason = [name for reason in reasons for name, each in of_category.items() if each.reason == reason]
    by_code = [name for name, each in of_category.items() if each.code == entry.exemption_code]
    return tuple(by_reason or by_code[:1] or list(of_category)[:1])
