"""The sums of a document: line amounts, VAT by category and rate, totals.

The only place in Réglo that computes them. Rounding is half-up to the minor unit of the currency (two decimals at most,
see `amount_places`), at the places that EN 16931 names and nowhere else: each line net amount (BT-131), each allowance
or charge given by percent, the tax of each VAT breakdown (BR-CO-17). Sums of rounded amounts are exact.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Context, Decimal, localcontext

from reglo.core.document import Allowance, Invoice, Line, LineKind, Price, Totals, VatBreakdown
from reglo.core.figures import refuse_unusable_figures
from reglo.core.money import amount_places, round_half_up

ZERO = Decimal(0)
_HUNDRED = Decimal(100)
#: Of our own, so that no sum depends on the caller's; wide enough for the product of any two usable figures.
_ARITHMETIC = Context(prec=100)


def with_totals(draft: Invoice) -> Invoice:
    """Complete `draft` with every amount that can be computed, replacing what stood there.

    Taken from the draft: quantities, prices, allowances and charges, VAT categories and rates, what was paid (BT-113),
    the rounding (BT-114), VAT in the accounting currency (BT-111), and the exemption reasons of its VAT breakdown or
    its lines. A line without price or quantity keeps the net amount it has.

    Raises UnusableFigure for what is no number.
    """
    refuse_unusable_figures(draft)
    with localcontext(_ARITHMETIC):
        return _completed(draft)


def _completed(draft: Invoice) -> Invoice:
    places = amount_places(draft.currency)
    lines = _grouped(tuple(_computed_line(line, places) for line in draft.lines), places)
    net_of_lines = sum((line.net_amount or ZERO for line in lines if counts(line)), ZERO)
    allowances = tuple(_computed_allowance(each, net_of_lines, places) for each in draft.allowances)
    charges = tuple(_computed_allowance(each, net_of_lines, places) for each in draft.charges)
    draft = replace(draft, lines=lines, allowances=allowances, charges=charges)
    breakdown = _vat_breakdown(draft)
    return replace(draft, vat_breakdown=breakdown, totals=_totals(draft, net_of_lines, breakdown, places))


def counts(line: Line) -> bool:
    """Whether a line enters the totals: groups and information lines do not (EXT-FR-FE-163)."""
    return line.kind in (None, LineKind.DETAIL)


def _vat_breakdown(invoice: Invoice) -> tuple[VatBreakdown, ...]:
    """BG-23: one entry a category and rate, from lines and document-level allowances and charges (BR-CO-17)."""
    places = amount_places(invoice.currency)
    taxable: dict[tuple[str | None, Decimal | None], Decimal] = {}
    for category, rate, amount in _taxed_amounts(invoice):
        key = (category, rate)
        taxable[key] = taxable.get(key, ZERO) + amount
    reasons = _exemption_reasons(invoice)
    return tuple(
        VatBreakdown(
            taxable=round_half_up(base, places),
            tax=round_half_up(base * (rate or ZERO) / _HUNDRED, places),
            category=category,
            rate=rate,
            exemption_reason=reasons.get((category, rate), (None, None))[0],
            exemption_code=reasons.get((category, rate), (None, None))[1],
        )
        for (category, rate), base in sorted(taxable.items(), key=_breakdown_order)
    )


def _breakdown_order(entry: tuple[tuple[str | None, Decimal | None], Decimal]) -> tuple[Decimal, str]:
    (category, rate), _ = entry
    return (-(rate or ZERO), category or "")


def _computed_line(line: Line, places: int) -> Line:
    """BT-131 from quantity, price and the line's allowances and charges; as it stands where a part is missing."""
    price = _computed_price(line.price)
    gross = _price_of_quantity(line.quantity, price)
    allowances = tuple(_computed_allowance(each, gross or ZERO, places) for each in line.allowances)
    charges = tuple(_computed_allowance(each, gross or ZERO, places) for each in line.charges)
    net_amount = line.net_amount
    if gross is not None:
        net_amount = round_half_up(gross + _sum(charges) - _sum(allowances), places)
    return replace(line, price=price, allowances=allowances, charges=charges, net_amount=net_amount)


def _price_of_quantity(quantity: Decimal | None, price: Price | None) -> Decimal | None:
    """What the quantity costs before allowances and charges, not rounded."""
    if quantity is None or price is None or price.net is None:
        return None
    per = price.base_quantity
    return quantity * price.net if per is None else quantity * price.net / per


def _computed_price(price: Price | None) -> Price | None:
    """Net price from gross price and discount (BT-146 = BT-148 − BT-147), where only those are given."""
    if price is None or price.net is not None or price.gross is None:
        return price
    return replace(price, net=price.gross - (price.discount or ZERO))


def _computed_allowance(each: Allowance, base: Decimal, places: int) -> Allowance:
    """An amount from its percent: of the base it names, else of `base`, which it then names."""
    if each.percent is None:
        return each
    named = round_half_up(base if each.base is None else each.base, places)
    return replace(each, base=named, amount=round_half_up(named * each.percent / _HUNDRED, places))


def _grouped(lines: tuple[Line, ...], places: int) -> tuple[Line, ...]:
    """Group lines get the sum of the lines below them."""
    if not any(line.kind == LineKind.GROUP for line in lines):
        return lines
    children: dict[str | None, list[Line]] = {}
    for line in lines:
        children.setdefault(line.parent, []).append(line)

    def total(line: Line, seen: frozenset[str]) -> Decimal:
        if line.kind == LineKind.INFORMATION:
            return ZERO
        if line.kind != LineKind.GROUP or line.identifier is None or line.identifier in seen:
            return line.net_amount or ZERO
        below = seen | {line.identifier}
        return sum((total(child, below) for child in children.get(line.identifier, [])), ZERO)

    return tuple(
        replace(line, net_amount=round_half_up(total(line, frozenset()), places))
        if line.kind == LineKind.GROUP
        else line
        for line in lines
    )


def _taxed_amounts(invoice: Invoice) -> Iterable[tuple[str | None, Decimal | None, Decimal]]:
    for line in invoice.lines:
        if counts(line):
            yield line.vat_category, line.vat_rate, line.net_amount or ZERO
    for allowance in invoice.allowances:
        yield allowance.vat_category, allowance.vat_rate, -(allowance.amount or ZERO)
    for charge in invoice.charges:
        yield charge.vat_category, charge.vat_rate, charge.amount or ZERO


_Reasons = dict[tuple[str | None, Decimal | None], tuple[str | None, str | None]]


def _exemption_reasons(invoice: Invoice) -> _Reasons:
    reasons: _Reasons = {}
    for line in invoice.lines:
        if line.exemption_reason or line.exemption_code:
            reasons.setdefault((line.vat_category, line.vat_rate), (line.exemption_reason, line.exemption_code))
    for entry in invoice.vat_breakdown:
        if entry.exemption_reason or entry.exemption_code:
            reasons[(entry.category, entry.rate)] = (entry.exemption_reason, entry.exemption_code)
    return reasons


def _sum(allowances: tuple[Allowance, ...]) -> Decimal:
    return sum((each.amount or ZERO for each in allowances), ZERO)


def _totals(draft: Invoice, lines: Decimal, breakdown: tuple[VatBreakdown, ...], places: int) -> Totals:
    """BG-22 by BR-CO-10 to BR-CO-16."""
    given = draft.totals or Totals()
    allowances, charges = _sum(draft.allowances), _sum(draft.charges)
    net = lines - allowances + charges
    vat = sum((entry.tax or ZERO for entry in breakdown), ZERO)
    gross = net + vat
    due = gross - (given.paid or ZERO) + (given.rounding or ZERO)
    return Totals(
        lines=round_half_up(lines, places),
        allowances=round_half_up(allowances, places) if draft.allowances else None,
        charges=round_half_up(charges, places) if draft.charges else None,
        net=round_half_up(net, places),
        vat=round_half_up(vat, places),
        vat_accounting=given.vat_accounting,
        gross=round_half_up(gross, places),
        paid=given.paid,
        rounding=given.rounding,
        due=round_half_up(due, places),
    )
