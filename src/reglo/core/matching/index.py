"""What may be paid, and by whom, found in no time: by number, amount, customer, IBAN, name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Self, TypeVar

from reglo.core.matching.model import CustomerFacts, Match, OpenItem, SettledItem
from reglo.core.matching.names import NameIndex, words_of
from reglo.core.matching.numbers import NumberIndex, Strength
from reglo.core.money import minor_amount

_Place = TypeVar("_Place", tuple[str, int], tuple[int, str])


class MatchingIndex:
    """Open items, customers and lately settled items of one organisation.

    Built once for many lines; `add`, `reduce`, `remember` and `know` keep it up to date. The order in which things are
    given does not matter: answers are sorted.
    """

    def __init__(
        self,
        items: Iterable[OpenItem],
        customers: Iterable[CustomerFacts] = (),
        settled: Iterable[SettledItem] = (),
    ) -> None:
        self._items: dict[int, OpenItem] = {}
        self._by_amount: dict[tuple[str, int], tuple[int, ...]] = {}
        self._by_customer: dict[tuple[int, str], tuple[int, ...]] = {}
        self._numbers = NumberIndex()
        self._facts: dict[int, CustomerFacts] = {}
        self._ibans: dict[str, dict[int, date | None]] = {}
        self._payers: dict[str, frozenset[int]] = {}
        self._fill(items)
        for facts in customers:
            self.know(facts)
        self.names = NameIndex({key: facts.names for key, facts in self._facts.items()})
        self._settled: dict[int, SettledItem] = {}
        self._settled_numbers = NumberIndex()
        self._settled_by_amount = defaultdict[tuple[int, str, int], list[int]](list)
        for each in sorted(settled, key=lambda each: each.key):
            self.remember(each)

    def _fill(self, items: Iterable[OpenItem]) -> None:
        by_amount = defaultdict[tuple[str, int], list[int]](list)
        by_customer = defaultdict[tuple[int, str], list[int]](list)
        for item in items:
            self._items[item.key] = item
            self._numbers.add(item.key, item.number, item.references)
            by_amount[item.currency, minor_amount(item.amount, item.currency)].append(item.key)
            by_customer[item.customer, item.currency].append(item.key)
        self._by_amount = {amount: tuple(keys) for amount, keys in by_amount.items()}
        self._by_customer = {owner: tuple(keys) for owner, keys in by_customer.items()}

    def copy(self) -> Self:
        """An index whose items can be reduced without touching this one; customers and payments are shared."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._items = dict(self._items)
        other._by_amount = dict(self._by_amount)
        other._by_customer = dict(self._by_customer)
        return other

    def add(self, item: OpenItem) -> None:
        """Make an open item known."""
        self._numbers.add(item.key, item.number, item.references)
        self._put(item)

    def reduce(self, key: int, amount: Decimal) -> None:
        """Take `amount` off what is open on an item; one on which nothing is left is closed. Its discounts lapse.

        amount: with the sign of what is open. Raises KeyError if no such item is open.
        """
        item = self._items.pop(key)
        if left := item.amount - amount:
            self._put(replace(item, amount=left, discounts=()))

    def apply(self, match: Match) -> None:
        """Take what a match settles off its items."""
        for key in match.items:
            self.reduce(key, sum((each.amount for each in match.allocations if each.item == key), Decimal(0)))

    def remember(self, settled: SettledItem) -> None:
        """Make a payment known, so that another line that names what it settled does not pay it twice."""
        self._settled[settled.key] = settled
        self._settled_numbers.add(settled.key, settled.number, settled.references)
        amount = minor_amount(settled.amount, settled.currency)
        self._settled_by_amount[settled.customer, settled.currency, amount].append(settled.key)

    def know(self, facts: CustomerFacts) -> None:
        """Replace what is known of a customer, after it was learnt. Names count from the next index on."""
        self._facts[facts.key] = facts
        for known in facts.ibans:
            self._ibans.setdefault(known.iban, {})[facts.key] = known.since
        for payer in facts.payer_names:
            as_words = " ".join(words_of(payer))
            self._payers[as_words] = self._payers.get(as_words, frozenset()) | {facts.key}

    def _put(self, item: OpenItem) -> None:
        """Keys of closed items stay in the tables; who reads them looks whether the item is open."""
        self._items[item.key] = item
        _enter(self._by_amount, (item.currency, minor_amount(item.amount, item.currency)), item.key)
        _enter(self._by_customer, (item.customer, item.currency), item.key)

    def item(self, key: int) -> OpenItem | None:
        """The open item of a key."""
        return self._items.get(key)

    def of_customer(self, customer: int, currency: str) -> list[OpenItem]:
        """Its open items, oldest due first."""
        keys = self._by_customer.get((customer, currency), ())
        return sorted((self._items[key] for key in keys if key in self._items), key=age)

    def with_amount(self, amount: Decimal, currency: str) -> Iterator[OpenItem]:
        """Items on which exactly this is open, in no order."""
        for key in self._by_amount.get((currency, minor_amount(amount, currency)), ()):
            item = self._items.get(key)
            if item is not None and item.amount == amount:
                yield item

    def is_common(self, amount: Decimal, currency: str, count: int) -> bool:
        """Whether more than `count` items have exactly this open."""
        return any(at >= count for at, _ in enumerate(self.with_amount(amount, currency)))

    def named_in(self, text: str, currency: str) -> dict[int, Strength]:
        """Open items in a currency that a text names."""
        found = self._numbers.find(text)
        return {key: found[key] for key in sorted(found) if self._is_open(key, currency)}

    def _is_open(self, key: int, currency: str) -> bool:
        item = self._items.get(key)
        return item is not None and item.currency == currency

    def one_slip_from(self, item: OpenItem) -> Iterator[OpenItem]:
        """Open items whose number is that of `item` but for one slip of the pen."""
        found = (self._items.get(key) for key in sorted(self._numbers.one_slip_from(item.number)))
        return (each for each in found if each is not None and each.number != item.number)

    def settled_named_in(self, text: str) -> list[SettledItem]:
        """Settled items that a text names plainly."""
        found = self._settled_numbers.find(text)
        return [self._settled[key] for key in sorted(found) if found[key] >= Strength.NUMBER]

    def settled_with(self, customer: int, currency: str, minor: int) -> list[SettledItem]:
        """Payments of a customer of exactly this amount."""
        return [self._settled[key] for key in self._settled_by_amount.get((customer, currency, minor), ())]

    def owners_of(self, iban: str) -> dict[int, date | None]:
        """Customers that paid from an account, and since when."""
        return self._ibans.get(iban, {}) if iban else {}

    def known_as(self, payer: str) -> frozenset[int]:
        """Customers for which somebody of this name paid before."""
        return self._payers.get(" ".join(words_of(payer)), frozenset()) if payer and self._payers else frozenset()

    def facts(self, customer: int) -> CustomerFacts:
        """What is known of a customer: nothing, where nothing was given."""
        return self._facts.get(customer) or CustomerFacts(key=customer, names=())

    def name(self, customer: int) -> str:
        """How sentences call a customer."""
        names = self.facts(customer).names
        return names[0] if names else f"n° {customer}"


def _enter(table: dict[_Place, tuple[int, ...]], place: _Place, key: int) -> None:
    known: tuple[int, ...] = table.get(place, ())
    if key not in known:
        table[place] = (*known, key)


def age(item: OpenItem) -> tuple[date, date, int]:
    """The order in which items are paid where nobody says otherwise: C. civ. 1342-10."""
    return item.due, item.issued, item.key
