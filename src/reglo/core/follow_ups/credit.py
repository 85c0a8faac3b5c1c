"""Credit notes (*avoirs*): what may be given back of an invoice, and the lines that give it back.

Amounts are positive. For each VAT rate, the credit notes of an invoice together never give back more than it asked,
neither base nor tax, and crediting the rest closes it to the cent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reglo.core.composition import DraftLine, Reduction
from reglo.core.document import Allowance, Invoice, Line, LineKind, Totals
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.follow_ups.closing import ZERO, Taxed, closing_part
from reglo.core.follow_ups.taxation import Vat, VatKey, line_vats, vats_of
from reglo.core.mentions import Nature
from reglo.core.money import amount_places, round_half_up
from reglo.core.totals import counts, with_totals

_LUMP_SUM = "LS"
_NATURES = {"B": Nature.GOODS, "S": Nature.SERVICES, "M": Nature.MIXED}
_ROUNDING = Text(fr="Arrondi de TVA", en="VAT rounding")


class NothingLeftToCredit(DomainError):
    """More than is left of the invoice, or nothing."""

    code = "nothing-left-to-credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What may still be given back of an invoice."""

    by_vat: Mapping[VatKey, Taxed] = field(default_factory=dict)
    rounding: Decimal = ZERO  #: BT-114, with its sign

    @property
    def gross(self) -> Decimal:
        """With tax, and rounded as the invoice was."""
        return sum((each.gross for each in self.by_vat.values()), ZERO) + self.rounding

    @property
    def is_empty(self) -> bool:
        """Whether all was given back."""
        return not any(each.net or each.tax for each in self.by_vat.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a credit note says, but for the parties."""

    lines: tuple[DraftLine, ...]
    places: tuple[int | None, ...]  #: for each line, which of the invoice's lines that count it gives back
    reductions: tuple[Reduction, ...] = ()
    rounding: Decimal | None = None
    nature: Nature | None = None


def room_of(invoice: Invoice, credit_notes: Sequence[Invoice] = ()) -> Room:
    """What is left of `invoice` after the credit notes on it."""
    left = _taxed(invoice)
    rounding = _rounding(invoice)
    for credit in credit_notes:
        for key, amount in _taxed(credit).items():
            left[key] = left.get(key, Taxed()) - amount
        rounding -= _rounding(credit)
    return Room(by_vat=left, rounding=rounding)


def require_fitting(credit: Invoice, room: Room) -> None:
    """Let a finished credit note pass that gives back no more than is left. Raises NothingLeftToCredit."""
    for key, amount in _taxed(credit).items():
        left = room.by_vat.get(key, Taxed())
        if _exceeds(amount.net, left.net) or _exceeds(amount.tax, left.tax):
            raise NothingLeftToCredit(
                Text(
                    fr=f"{_named(key).fr} : il reste {left.net} HT et {left.tax} de TVA à créditer, "
                    f"pas {amount.net} et {amount.tax}.",
                    en=f"{_named(key).en}: {left.net} without tax and {left.tax} of VAT are left to credit, "
                    f"not {amount.net} and {amount.tax}.",
                ),
                field="lines",
            )
    to_credit = (credit.totals or Totals()).gross or ZERO
    if to_credit + _rounding(credit) > room.gross:
        raise NothingLeftToCredit(
            Text(
                fr=f"Il reste {room.gross} TTC à créditer, pas {to_credit + _rounding(credit)}.",
                en=f"{room.gross} with tax are left to credit, not {to_credit + _rounding(credit)}.",
            ),
            field="lines",
        )


def full_credit(invoice: Invoice) -> Credit:
    """All of an invoice, line by line as it stands."""
    lines = _counting(invoice)
    groups = _groups(invoice)
    return Credit(
        lines=tuple(_draft_line(line, vat, groups) for line, vat in zip(lines, line_vats(invoice), strict=True)),
        places=tuple(range(len(lines))),
        reductions=tuple(_reduction(each, invoice) for each in invoice.allowances),
        rounding=_rounding(invoice) or None,
        nature=_nature(invoice),
    )


def credit_of_lines(
    invoice: Invoice,
    quantities: Mapping[int, Decimal],
    *,
    room: Room,
    left: Mapping[int, Decimal],
    language: str = "fr",
) -> Credit:
    """So many of some lines, with their part of the document's reductions.

    quantities, left: by place among the lines that count; what is to be given back, and what may be. Where the tax of
    what is left could not be told to the cent, a reduction of some cents rounds it. Raises NothingLeftToCredit.
    """
    lines, vats, groups = _counting(invoice), line_vats(invoice), _groups(invoice)
    chosen = {place: quantity for place, quantity in sorted(quantities.items()) if quantity}
    for place, quantity in chosen.items():
        _require_quantity(lines, place, quantity, left)
    if not chosen:
        raise _nothing("lines")
    parts = _parts(invoice, {place: _part_of(lines[place], quantity) for place, quantity in chosen.items()})
    return Credit(
        lines=tuple(_draft_line(parts[place], vats[place], groups) for place in chosen),
        places=tuple(chosen),
        reductions=tuple(_reductions(invoice, tuple(parts.values()), room, language)),
        nature=_nature(invoice),
    )


def credit_of_amounts(invoice: Invoice, amounts: Mapping[VatKey, Decimal], *, room: Room, name: str) -> Credit:
    """An amount without tax for some VAT rates; a few cents less where the tax of the rest asks for it.

    name: what the lines say. Raises NothingLeftToCredit.
    """
    places, vats = amount_places(invoice.currency), vats_of(invoice)
    lines = []
    for key, amount in amounts.items():
        left = room.by_vat.get(key, Taxed())
        if amount and (key not in vats or amount < 0 or _exceeds(amount, left.net)):
            raise NothingLeftToCredit(
                Text(
                    fr=f"{_named(key).fr} : il reste {left.net} HT à créditer, pas {amount}.",
                    en=f"{_named(key).en}: {left.net} without tax are left to credit, not {amount}.",
                ),
                field="amounts",
            )
        part = closing_part(round_half_up(amount, places), left=left, rate=key[1], places=places)
        lines += _lump_sums(part, vats.get(key, ()), name)
    if not lines:
        raise _nothing("amounts")
    return Credit(lines=tuple(lines), places=(None,) * len(lines), nature=_nature(invoice))


def credit_of_rest(invoice: Invoice, *, room: Room, name: str) -> Credit:
    """All that earlier credit notes left, by VAT rate. Raises NothingLeftToCredit."""
    rest = credit_of_amounts(
        invoice, {key: left.net for key, left in room.by_vat.items() if left.net > 0}, room=room, name=name
    )
    return replace(rest, rounding=room.rounding or None)


def _lump_sums(part: Decimal, vats: Sequence[Vat], name: str) -> list[DraftLine]:
    """One line; where two reasons share a category, one that bears the amount and others that only name theirs."""
    if not part:
        return []
    return [
        DraftLine(name=name, unit=_LUMP_SUM, price=part if place == 0 else ZERO, vat=vat)
        for place, vat in enumerate(vats)
    ]


def _taxed(invoice: Invoice) -> dict[VatKey, Taxed]:
    return {
        (each.category, each.rate): Taxed(net=each.taxable or ZERO, tax=each.tax or ZERO)
        for each in invoice.vat_breakdown
    }


def _rounding(invoice: Invoice) -> Decimal:
    return (invoice.totals or Totals()).rounding or ZERO


def _exceeds(amount: Decimal, left: Decimal) -> bool:
    """Whether `amount` is more than `left`, on its side of nothing."""
    return amount < min(left, ZERO) or amount > max(left, ZERO)


def _counting(invoice: Invoice) -> list[Line]:
    return [line for line in invoice.lines if counts(line)]


def _groups(invoice: Invoice) -> Mapping[str | None, str | None]:
    return {
        line.identifier: line.item.name if line.item else None for line in invoice.lines if line.kind == LineKind.GROUP
    }


def _nature(invoice: Invoice) -> Nature:
    return _NATURES.get((invoice.business_process or "M")[:1], Nature.MIXED)


def _draft_line(line: Line, vat: Vat | None, groups: Mapping[str | None, str | None]) -> DraftLine:
    item = line.item
    return DraftLine(
        name=(item.name if item else None) or "",
        description=item.description if item else None,
        reference=item.seller_identifier if item else None,
        quantity=Decimal(1) if line.quantity is None else line.quantity,
        unit=line.unit or _LUMP_SUM,
        price=line.price.net if line.price else ZERO,
        vat=vat,
        reductions=tuple(_line_reduction(each) for each in line.allowances),
        period=line.period,
        group=groups.get(line.parent),
        order_line=line.order_line,
        order=line.order,
        despatch_advice=line.despatch_advice,
        note="\n".join(each.text for each in line.notes if each.text) or None,
    )


def _line_reduction(allowance: Allowance) -> Reduction:
    if allowance.percent is not None:
        return Reduction(reason=allowance.reason or "", percent=allowance.percent)
    return Reduction(reason=allowance.reason or "", amount=allowance.amount)


def _reduction(allowance: Allowance, invoice: Invoice) -> Reduction:
    """A reduction of the whole: as an amount, which does not depend on the other lines."""
    vats = vats_of(invoice).get((allowance.vat_category, allowance.vat_rate), ())
    return Reduction(reason=allowance.reason or "", amount=allowance.amount, vat=vats[0] if vats else None)


def _part_of(line: Line, quantity: Decimal) -> Line:
    """A line of fewer units. Its allowances shrink with it."""
    whole = line.quantity or Decimal(1)
    return replace(
        line,
        quantity=quantity,
        kind=None,
        allowances=tuple(
            each
            if each.percent is not None
            else replace(each, amount=round_half_up((each.amount or ZERO) * quantity / whole, 2))
            for each in (replace(allowance, base=None) for allowance in line.allowances)
        ),
    )


def _parts(invoice: Invoice, parts: Mapping[int, Line]) -> Mapping[int, Line]:
    """The same with their net amounts, which `core.totals` works out."""
    made = with_totals(Invoice(currency=invoice.currency, lines=tuple(parts.values())))
    return {
        place: replace(line, parent=part.parent) for (place, part), line in zip(parts.items(), made.lines, strict=True)
    }


def _reductions(invoice: Invoice, parts: Sequence[Line], room: Room, language: str) -> list[Reduction]:
    """The part of the document's reductions, and what rounds: the sum of a rate is one that closes."""
    places = amount_places(invoice.currency)
    reductions = []
    for key in dict.fromkeys((line.vat_category, line.vat_rate) for line in parts):
        credited = _net_of(parts, key)
        whole = _net_of(_counting(invoice), key)
        wanted = credited
        for allowance in invoice.allowances:
            if (allowance.vat_category, allowance.vat_rate) == key and whole:
                amount = round_half_up((allowance.amount or ZERO) * credited / whole, places)
                reductions.append(replace(_reduction(allowance, invoice), amount=amount))
                wanted -= amount
        left = room.by_vat.get(key, Taxed())
        closing = closing_part(min(wanted, max(left.net, ZERO)), left=left, rate=key[1], places=places)
        if wanted > closing:
            vats = vats_of(invoice).get(key, ())
            rounding = Reduction(
                reason=_ROUNDING.in_language(language), amount=wanted - closing, vat=vats[0] if vats else None
            )
            reductions.append(rounding)
    return [each for each in reductions if each.amount]


def _net_of(lines: Sequence[Line], key: VatKey) -> Decimal:
    return sum((line.net_amount or ZERO for line in lines if (line.vat_category, line.vat_rate) == key), ZERO)


def _require_quantity(lines: Sequence[Line], place: int, quantity: Decimal, left: Mapping[int, Decimal]) -> None:
    if place not in range(len(lines)):
        raise _nothing(f"lines[{place}]")
    most = left.get(place, lines[place].quantity or Decimal(1))
    if _exceeds(quantity, most):
        name = lines[place].item
        raise NothingLeftToCredit(
            Text(
                fr=f"« {(name and name.name) or place + 1} » : il reste {most} à créditer, pas {quantity}.",
                en=f"“{(name and name.name) or place + 1}”: {most} are left to credit, not {quantity}.",
            ),
            field=f"lines[{place}]",
        )


def _named(key: VatKey) -> Text:
    category, rate = key
    if category == "S" and rate is not None:
        percent = f"{rate.normalize():f}"
        return Text(fr=f"TVA à {percent.replace('.', ',')} %", en=f"VAT at {percent} %")
    return Text(fr="Sans TVA", en="Without VAT")


def _nothing(where: str) -> NothingLeftToCredit:
    return NothingLeftToCredit(Text(fr="Il n'y a rien à créditer.", en="There is nothing to credit."), field=where)
