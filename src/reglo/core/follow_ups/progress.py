"""Progress invoices (*situations*) and what a final invoice still bills: the work done to date, less what was billed.

Each bills only what is new. A cumulated invoice from which the earlier ones are deducted would state their VAT a second
time, and nothing in EN 16931 could take it back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reglo.core.composition import Draft, DraftLine, Reduction
from reglo.core.document import Invoice
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.follow_ups.closing import ZERO, Taxed, closing_part, tax_of
from reglo.core.follow_ups.taxation import Vat, VatKey
from reglo.core.mentions import Nature
from reglo.core.money import round_half_up
from reglo.core.terms.figures import number_text
from reglo.core.totals import counts

_LUMP_SUM = "LS"
_ONE = Decimal(1)


class ProgressGoesBack(DomainError):
    """Less work done than was billed already."""

    code = "progress-goes-back"


class NothingLeftToBill(DomainError):
    """All of it was billed already, or nothing new is to be billed."""

    code = "nothing-left-to-bill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A line or a reduction of the quote, which is billed bit by bit."""

    place: str  #: in the quote: "lines[2]", "reductions[0]"
    name: str
    net: Decimal  #: of the whole; less than zero for a reduction
    vat: Vat | None  #: as the draft says it
    key: VatKey
    nature: Nature | None = None
    group: str | None = None
    reference: str | None = None
    billed: Decimal = ZERO  #: what other invoices billed of it already

    @property
    def rate(self) -> Decimal | None:
        """In percent."""
        return self.key[1]

    @property
    def is_reduction(self) -> bool:
        """Whether it is a reduction of the whole quote."""
        return self.place.startswith("reductions")

    @property
    def left(self) -> Decimal:
        """What is still to be billed, without tax."""
        return self.net - self.billed

    def share_of(self, amount: Decimal) -> Decimal:
        """`amount` as a fraction of the whole, 1 for all of it."""
        return amount / self.net if self.net else _ONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What an invoice bills of a position."""

    position: Position
    amount: Decimal


def positions_of(draft: Draft, offer: Invoice, bills: Sequence[Mapping[str, Decimal]] = ()) -> tuple[Position, ...]:
    """What is to be billed of a quote.

    offer: the document that `draft` makes. bills: of each invoice, less its credit notes, what it billed by place.
    """
    lines = [line for line in offer.lines if counts(line)]
    whole = [
        Position(
            place=f"lines[{place}]",
            name=typed.name,
            net=made.net_amount or ZERO,
            vat=typed.vat,
            key=(made.vat_category, made.vat_rate),
            nature=typed.nature,
            group=typed.group,
            reference=typed.reference,
        )
        for place, (typed, made) in enumerate(zip(draft.lines, lines, strict=True))
    ]
    whole += [
        Position(
            place=f"reductions[{place}]",
            name=typed.reason,
            net=-(made.amount or ZERO),
            vat=typed.vat if typed.vat is not None else draft.lines[0].vat,
            key=(made.vat_category, made.vat_rate),
        )
        for place, (typed, made) in enumerate(zip(draft.reductions, offer.allowances, strict=True))
    ]
    return tuple(replace(each, billed=sum((bill.get(each.place, ZERO) for bill in bills), ZERO)) for each in whole)


def progress_parts(
    positions: Sequence[Position],
    shares: Mapping[str, Decimal],
    *,
    bills: Sequence[Mapping[str, Decimal]] = (),
    places: int = 2,
) -> tuple[Part, ...]:
    """What to bill now, when so much of each position is done to date.

    shares: by place of a line, a fraction from 0 to 1; a line that is not named stays where it is. The reductions of
    the quote follow the lines that are taxed as they are. All at 1 bills the rest. Raises ProgressGoesBack,
    NothingLeftToBill.
    """
    to_date = {
        each.place: _to_date(each, shares.get(each.place), places) for each in positions if not each.is_reduction
    }
    to_date |= {
        each.place: _reduced_to_date(each, positions, to_date, places) for each in positions if each.is_reduction
    }
    parts = [Part(position=each, amount=to_date[each.place] - each.billed) for each in positions]
    for key in dict.fromkeys(each.key for each in positions):
        parts = _closed(parts, key, bills, places)
    if not any(part.amount for part in parts):
        raise NothingLeftToBill(
            Text(fr="Il n'y a rien de nouveau à facturer.", en="There is nothing new to bill."), field="percent"
        )
    return tuple(part for part in parts if part.amount)


def _to_date(position: Position, share: Decimal | None, places: int) -> Decimal:
    if share is None:
        return position.billed
    if not ZERO <= share <= _ONE:
        raise ProgressGoesBack(
            Text(
                fr=f"« {position.name} » : l'avancement va de 0 à 100 %.",
                en=f"“{position.name}”: progress goes from 0 to 100 %.",
            ),
            field=position.place,
        )
    to_date = round_half_up(position.net * share, places)
    if abs(to_date) < abs(position.billed):
        if share == round_half_up(position.share_of(position.billed), 4):
            return position.billed
        raise _going_back(position)
    return to_date


def _going_back(position: Position) -> ProgressGoesBack:
    billed = number_text(round_half_up(position.share_of(position.billed) * 100, 2))
    return ProgressGoesBack(
        Text(
            fr=f"« {position.name} » : {billed.fr} % sont déjà facturés ; pour revenir en arrière, faites un avoir.",
            en=f"“{position.name}”: {billed.en} % are billed already; to go back, make a credit note.",
        ),
        field=position.place,
    )


def _reduced_to_date(
    reduction: Position, positions: Sequence[Position], to_date: Mapping[str, Decimal], places: int
) -> Decimal:
    """A reduction of the whole, as far as the lines are done to which it applies."""
    lines = [each for each in positions if each.key == reduction.key and not each.is_reduction]
    whole = sum((each.net for each in lines), ZERO)
    done = sum((to_date[each.place] for each in lines), ZERO)
    return round_half_up(reduction.net * (done / whole if whole else _ONE), places)


def _closed(parts: list[Part], key: VatKey, bills: Sequence[Mapping[str, Decimal]], places: int) -> list[Part]:
    """The parts of one VAT rate, so that their tax and that of the rest come to the tax of the whole."""
    taxed = [part for part in parts if part.position.key == key]
    wanted = sum((part.amount for part in taxed), ZERO)
    left = _left(taxed, key[1], bills, places)
    if wanted == left.net:
        return parts
    surplus = wanted - closing_part(wanted, left=left, rate=key[1], places=places)
    largest = max(taxed, key=lambda part: part.amount / wanted if wanted else ZERO)
    return [replace(part, amount=part.amount - surplus) if part is largest else part for part in parts]


def _left(taxed: Sequence[Part], rate: Decimal | None, bills: Sequence[Mapping[str, Decimal]], places: int) -> Taxed:
    """What is left of one rate before this invoice."""
    positions = [part.position for part in taxed]
    whole = sum((each.net for each in positions), ZERO)
    billed = [sum((bill.get(each.place, ZERO) for each in positions), ZERO) for bill in bills]
    return Taxed(
        net=whole - sum(billed, ZERO),
        tax=tax_of(whole, rate, places) - sum((tax_of(each, rate, places) for each in billed), ZERO),
    )


def left_to_bill(
    positions: Sequence[Position], *, bills: Sequence[Mapping[str, Decimal]] = (), places: int = 2
) -> Taxed:
    """What is left of all positions, net and tax."""
    left = Taxed()
    for key in dict.fromkeys(each.key for each in positions):
        taxed = [Part(position=each, amount=ZERO) for each in positions if each.key == key]
        left = left + _left(taxed, key[1], bills, places)
    return left


def bill_of(
    parts: Sequence[Part], *, label: str, language: str = "fr"
) -> tuple[tuple[DraftLine, ...], tuple[Reduction, ...]]:
    """Lines and reductions of the invoice that bills `parts`, in their order; lines first.

    label: which one it is, "Situation n° 2".
    """
    lines = tuple(_line(part, label, language) for part in parts if not part.position.is_reduction)
    reductions = tuple(
        Reduction(reason=part.position.name, amount=-part.amount, vat=part.position.vat)
        for part in parts
        if part.position.is_reduction
    )
    return lines, reductions


def _line(part: Part, label: str, language: str) -> DraftLine:
    position = part.position
    return DraftLine(
        name=position.name,
        description=_progress(part, label).in_language(language),
        quantity=_ONE.copy_sign(part.amount),
        unit=_LUMP_SUM,
        price=abs(part.amount),
        vat=position.vat,
        nature=position.nature,
        group=position.group,
        reference=position.reference,
    )


def _progress(part: Part, label: str) -> Text:
    """How far the work is, and what of it was billed before."""
    position = part.position
    before = number_text(_percent(position, position.billed))
    to_date = number_text(_percent(position, position.billed + part.amount))
    if not position.billed:
        return Text(fr=f"{label} : {to_date.fr} % à ce jour", en=f"{label}: {to_date.en} % to date")
    return Text(
        fr=f"{label} : {to_date.fr} % à ce jour, dont {before.fr} % déjà facturés",
        en=f"{label}: {to_date.en} % to date, of which {before.en} % were billed before",
    )


def _percent(position: Position, amount: Decimal) -> Decimal:
    return round_half_up(position.share_of(amount) * 100, 2).normalize() + Decimal(0)
