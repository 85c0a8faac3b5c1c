"""An entry of camt (Ntry): one line, or one for each detail (TxDtls) where the details are its sum."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.bank import BankLine, LineKind
from reglo.core.findings import Text
from reglo.formats.bank.amounts import written
from reglo.formats.bank.camt.details import Detail, charges_in, read_detail
from reglo.formats.bank.camt.elements import Node, Place, amount_in, child, code_at, day_at, is_credit, text_at
from reglo.formats.bank.camt.kinds import kind_of, kind_of_words
from reglo.formats.bank.plain import joined
from reglo.formats.bank.reading import Faults, refusal
from reglo.formats.data.scalars import BadValue

_ASK = Text(fr="Demandez à la banque un fichier correct.", en="Ask the bank for a correct file.")
#: BOOK is booked; the others are announced: pending, for information, with a date in the future.
_STATES = {"BOOK": True, "PDNG": False, "INFO": False, "FUTR": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What an entry says of all its details."""

    amount: Decimal  #: signed
    currency: str
    booked: date
    valued: date | None
    is_booked: bool
    bank_reference: str
    kind: LineKind
    text: str

    def line(self, detail: Detail, amount: Decimal, bank_reference: str) -> BankLine:
        """The line of one detail."""
        return BankLine(
            booked=self.booked,
            amount=amount,
            currency=self.currency,
            valued=self.valued,
            kind=self.kind if detail.kind is LineKind.OTHER else detail.kind,
            text=joined(detail.text, self.text),
            reference=detail.reference,
            end_to_end=detail.end_to_end,
            payer=detail.payer,
            payer_iban=detail.payer_iban,
            bank_reference=bank_reference,
            charges=detail.charges,
            original_amount=detail.original_amount,
            original_currency=detail.original_currency,
            is_booked=self.is_booked,
        )


def entry_lines(element: Node, place: Place, faults: Faults) -> list[BankLine]:
    """The lines of an entry. Raises UnreadableBankFile for an amount, direction or date that is none."""
    try:
        return _lines(element, place, faults)
    except BadValue as bad:
        raise refusal(place.text(), bad.reason, bad.fix) from bad


def _lines(element: Node, place: Place, faults: Faults) -> list[BankLine]:
    credit = _direction(element)
    # The parties keep the roles of the first movement when it is reversed.
    is_reversal = code_at(element, "RvslInd") in ("true", "1")
    payer_is_debtor = credit != is_reversal
    details = [
        read_detail(each, payer_is_debtor=payer_is_debtor)
        for group in element.all("NtryDtls")
        for each in group.all("TxDtls")
    ]
    entry = _entry(element, credit, is_reversal, details, place, faults)
    if len(details) > 1:
        return _batch(entry, details, credit, place, faults)
    detail = details[0] if details else Detail()
    _compare_single(entry, detail, place, faults)
    if charges := charges_in(element, entry.currency):
        detail = detail.with_charges(charges)
    return [entry.line(detail, entry.amount, entry.bank_reference or detail.bank_reference)]


def _direction(element: Node) -> bool:
    credit = is_credit(element)
    if credit is None:
        raise BadValue(
            Text(
                fr="rien ne dit si l'argent est entré ou sorti (CdtDbtInd).",
                en="nothing says whether the money came in or went out (CdtDbtInd).",
            ),
            _ASK,
        )
    return credit


def _entry(
    element: Node, credit: bool, is_reversal: bool, details: list[Detail], place: Place, faults: Faults
) -> _Entry:
    stated = child(element, "Amt")
    if stated is None:
        raise BadValue(Text(fr="le montant manque (Amt).", en="the amount is missing (Amt)."), _ASK)
    amount, currency = amount_in(stated)
    is_booked = _is_booked(element, place, faults)
    valued = day_at(element, "ValDt")
    kind = LineKind.RETURN if is_reversal else kind_of(element)
    if kind is LineKind.OTHER and all(each.kind is LineKind.OTHER for each in details):
        kind = kind_of_words(element)
    return _Entry(
        amount=amount if credit else -amount,
        currency=currency,
        booked=_booked(element, valued, is_booked, place, faults),
        valued=valued,
        is_booked=is_booked,
        bank_reference=text_at(element, "AcctSvcrRef"),
        kind=kind,
        text=text_at(element, "AddtlNtryInf"),
    )


def _is_booked(element: Node, place: Place, faults: Faults) -> bool:
    state = code_at(element, "Sts", "Cd") or code_at(element, "Sts")
    if state not in _STATES:
        faults.add(
            place.text(),
            Text(fr=f"état « {state} » inconnu.", en=f'state "{state}" unknown.'),
            Text(fr="Le mouvement est pris pour comptabilisé.", en="The entry is taken as booked."),
        )
    return _STATES.get(state, True)


def _booked(element: Node, valued: date | None, is_booked: bool, place: Place, faults: Faults) -> date:
    booked = day_at(element, "BookgDt")
    if booked is not None:
        return booked
    if valued is None:
        raise BadValue(Text(fr="aucune date (BookgDt, ValDt).", en="no date (BookgDt, ValDt)."), _ASK)
    if is_booked:
        faults.add(
            place.text(),
            Text(fr="la date de comptabilisation manque.", en="the booking date is missing."),
            Text(fr="La date de valeur en tient lieu.", en="The date of value stands for it."),
        )
    return valued


def _batch(entry: _Entry, details: list[Detail], credit: bool, place: Place, faults: Faults) -> list[BankLine]:
    """A line for each detail where they have amounts that add up, else one for the whole entry and a fault."""
    amounts = [each.amount_on_account(credit, entry.currency) for each in details]
    if None not in amounts and sum(each for each in amounts if each is not None) == entry.amount:
        references = [
            each.bank_reference or (f"{entry.bank_reference}/{number}" if entry.bank_reference else "")
            for number, each in enumerate(details, 1)
        ]
        return [
            entry.line(detail, amount, reference)
            for detail, amount, reference in zip(details, amounts, references, strict=True)
            if amount is not None
        ]
    faults.add(
        place.text(),
        Text(
            fr=f"les {len(details)} détails n'ont pas de montants dont la somme est {written(entry.amount).fr}.",
            en=f"the {len(details)} details have no amounts whose sum is {written(entry.amount).en}.",
        ),
        Text(fr="Le mouvement est gardé en une seule ligne.", en="The entry is kept as one line."),
    )
    whole = Detail(text=joined(*(part for each in details for part in (each.reference, each.payer, each.text))))
    return [entry.line(whole, entry.amount, entry.bank_reference)]


def _compare_single(entry: _Entry, detail: Detail, place: Place, faults: Faults) -> None:
    """Note a single detail that states another amount in the currency of the entry; charges may explain it."""
    stated = detail.amount
    if stated is None or detail.currency != entry.currency:
        return
    gap = abs(entry.amount) - stated
    if gap and abs(gap) != detail.charges:
        faults.add(
            place.text(),
            Text(
                fr=f"le détail dit {written(stated).fr}, le mouvement {written(abs(entry.amount)).fr}.",
                en=f"the detail says {written(stated).en}, the entry {written(abs(entry.amount)).en}.",
            ),
            Text(fr="Le montant du mouvement est retenu.", en="The amount of the entry is kept."),
        )
