"""A line, an item, a customer: with what the test is about, and otherwise plain."""

from datetime import date
from decimal import Decimal

from reglo.core.bank import BankLine, LineKind
from reglo.core.composition.reference import creditor_reference
from reglo.core.matching import CustomerFacts, Discount, Habit, KnownIban, MatchingIndex, OpenItem, SettledItem

BOOKED = date(2026, 5, 4)
DUPONT, MARTIN = 1, 2
IBAN = {DUPONT: "FR7630006000011234567890189", MARTIN: "FR7610107001011234567890129"}


def an_item(
    key: int = 1,
    amount: str = "1200.00",
    *,
    customer: int = DUPONT,
    number: str = "",
    issued: date = date(2026, 4, 1),
    due: date = date(2026, 5, 1),
    discount: str | None = None,
    last_day: date = BOOKED,
    currency: str = "EUR",
) -> OpenItem:
    number = number or f"F2026-{key:04d}"
    reference = creditor_reference(number)
    return OpenItem(
        key=key,
        customer=customer,
        number=number,
        amount=Decimal(amount),
        currency=currency,
        issued=issued,
        due=due,
        references=(reference,) if reference else (),
        discounts=(Discount(last_day=last_day, amount=Decimal(discount)),) if discount else (),
    )


def a_line(
    amount: str = "1200.00",
    text: str = "",
    *,
    payer: str = "",
    iban: str = "",
    reference: str = "",
    kind: LineKind = LineKind.TRANSFER,
    booked: date = BOOKED,
    charges: str = "0",
    currency: str = "EUR",
    is_booked: bool = True,
) -> BankLine:
    return BankLine(
        booked=booked,
        amount=Decimal(amount),
        currency=currency,
        text=text,
        payer=payer,
        payer_iban=iban,
        reference=reference,
        kind=kind,
        charges=Decimal(charges),
        is_booked=is_booked,
    )


def dupont(*, knows_iban: bool = True, habits: frozenset[Habit] = frozenset()) -> CustomerFacts:
    ibans = (KnownIban(iban=IBAN[DUPONT], since=date(2025, 3, 1)),) if knows_iban else ()
    return CustomerFacts(key=DUPONT, names=("Dupont Électricité SAS",), ibans=ibans, habits=habits)


def martin() -> CustomerFacts:
    return CustomerFacts(key=MARTIN, names=("Martin Bâtiment SARL",), ibans=(KnownIban(iban=IBAN[MARTIN]),))


def an_index(
    *items: OpenItem, facts: CustomerFacts | None = None, settled: tuple[SettledItem, ...] = ()
) -> MatchingIndex:
    return MatchingIndex(items, (facts or dupont(), martin()), settled)


def a_settled(key: int = 90, amount: str = "1200.00", *, number: str = "F2026-0900") -> SettledItem:
    return SettledItem(
        key=key, customer=DUPONT, number=number, amount=Decimal(amount), currency="EUR", paid=date(2026, 4, 10)
    )
