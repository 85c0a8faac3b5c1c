"""Random sales: drafts of several rates and reasons, with reductions, as founders type them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from reglo.core.composition import Draft, Reduction, VatSituation, compose_invoice
from reglo.core.document import Invoice
from reglo.core.follow_ups import Taxed, VatKey
from tests.core.composition.drafts import a_draft, a_draft_line

RATES = [Decimal(rate) for rate in ("20", "10", "5.5", "2.1")]
prices = st.decimals("0.05", "9999.99", places=2)
quantities = st.decimals("0.25", "40", places=2)
percents = st.decimals("0.5", "60", places=1)


def _line(rate: Decimal | VatSituation, quantity: Decimal, price: Decimal, off: Decimal | None) -> Any:
    reductions = () if off is None else (Reduction(reason="Remise", percent=off),)
    return a_draft_line(vat=rate, quantity=quantity, price=price, reductions=reductions)


lines = st.builds(
    _line,
    st.sampled_from([*RATES, VatSituation.MEDICAL, VatSituation.TEACHING]),
    quantities,
    prices,
    st.none() | percents,
)


@st.composite
def sales(draw: st.DrawFn, **terms: Any) -> Draft:
    """One to six lines; perhaps a reduction of the whole at one of their rates."""
    chosen = tuple(draw(st.lists(lines, min_size=1, max_size=6)))
    reductions = ()
    if draw(st.booleans()):
        line = draw(st.sampled_from(chosen))
        most = (line.price * line.quantity * Decimal("0.4")).quantize(Decimal("0.01"))
        if most > Decimal("0.01"):
            amount = draw(st.decimals("0.01", most, places=2))
            reductions = (Reduction(reason="Fidélité", amount=amount, vat=line.vat),)
    return a_draft(lines=chosen, reductions=reductions, **terms)


def taxed(invoice: Invoice) -> Mapping[VatKey, Taxed]:
    """What a document asks for each VAT rate."""
    return {
        (each.category, each.rate): Taxed(net=each.taxable or Decimal(0), tax=each.tax or Decimal(0))
        for each in invoice.vat_breakdown
    }


def together(*documents: Invoice) -> Mapping[VatKey, Taxed]:
    """What several documents ask for each VAT rate."""
    sums: dict[VatKey, Taxed] = {}
    for document in documents:
        for key, amount in taxed(document).items():
            sums[key] = sums.get(key, Taxed()) + amount
    return {key: amount for key, amount in sums.items() if amount.net or amount.tax}


def composed(draft: Draft, **terms: Any) -> Invoice:
    """The document of a draft, with other terms."""
    return compose_invoice(replace(draft, **terms))


A_DAY = date(2026, 10, 1)
