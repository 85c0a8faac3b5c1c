"""Sums as the extended profiles make them: of the lines that count, and apart for each reason for an exemption."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from typing import NamedTuple

from reglo.core.document import Allowance, Invoice, Line, VatBreakdown
from reglo.core.totals import counts
from reglo.rules.en16931.rounding import ZERO, to_cents

_CENT = Decimal("0.01")


class Key(NamedTuple):
    """What an amount bears."""

    category: str | None
    rate: Decimal | None
    reason: str
    code: str


class Bearing(NamedTuple):
    """The amounts that bear one thing, and how many there are."""

    lines: Decimal = ZERO
    allowances: Decimal = ZERO
    charges: Decimal = ZERO
    number: int = 0

    @property
    def taxable(self) -> Decimal:
        """What BT-116 should be; each kind of amount is rounded by itself."""
        return to_cents(self.lines) - to_cents(self.allowances) + to_cents(self.charges)

    @property
    def tolerance(self) -> Decimal:
        """A cent for each amount that was rounded."""
        return _CENT * self.number

    def plus(self, other: "Bearing") -> "Bearing":
        """Both together."""
        return Bearing(
            self.lines + other.lines,
            self.allowances + other.allowances,
            self.charges + other.charges,
            self.number + other.number,
        )


class ExtendedSums:
    """The amounts of a document that count, by what they bear."""

    def __init__(self, invoice: Invoice, *, in_ubl: bool) -> None:
        counted = [line for line in invoice.lines if (_counts_in_ubl(line) if in_ubl else counts(line))]
        self.number_of_lines = len(counted)
        self.lines = sum((line.net_amount or ZERO for line in counted), ZERO)
        self.number = len(counted) + len(invoice.allowances) + len(invoice.charges)
        self.services = ZERO  #: sum of the charges for logistics, which only Factur-X EXTENDED has
        self.number_of_services = 0
        self._bearings: dict[Key, Bearing] = {}
        self._services: dict[Key, Bearing] = {}
        for line in counted:
            key = Key(line.vat_category, line.vat_rate, line.exemption_reason or "", line.exemption_code or "")
            self._add(key, Bearing(lines=line.net_amount or ZERO, number=1))
        for each in invoice.allowances:
            self._add(Key(each.vat_category, each.vat_rate, "", ""), Bearing(allowances=each.amount or ZERO, number=1))
        for each in invoice.charges:
            self._add(Key(each.vat_category, each.vat_rate, "", ""), Bearing(charges=each.amount or ZERO, number=1))

    def _add(self, key: Key, bearing: Bearing) -> None:
        self._bearings[key] = self._bearings.get(key, Bearing()).plus(bearing)

    def add(self, category: str | None, rate: Decimal | None, bearing: Bearing) -> None:
        """Let one more amount count, though not in the number of lines."""
        self._add(Key(category, rate, "", ""), bearing)

    def add_services(self, services: Iterable[Allowance]) -> None:
        """Let charges for logistics count."""
        for each in services:
            key = Key(each.vat_category, each.vat_rate, "", "")
            self._services[key] = self._services.get(key, Bearing()).plus(
                Bearing(charges=each.amount or ZERO, number=1)
            )
            self.services += each.amount or ZERO
            self.number_of_services += 1
        self.number += self.number_of_services

    def uses(self, category: str) -> bool:
        """Whether a line that counts, an allowance or a charge bears a VAT category."""
        return any(key.category == category for key in self._bearings)

    def services_use(self, category: str) -> bool:
        """Whether a charge for logistics bears a VAT category."""
        return any(key.category == category for key in self._services)

    def _all(self) -> Iterator[tuple[Key, Bearing]]:
        yield from self._bearings.items()
        yield from self._services.items()

    def bearing(self, entry: VatBreakdown) -> Bearing:
        """What bears the category and rate of an entry, for whatever reason."""
        return _together(found for key, found in self._all() if _is_of(key, entry))

    def bearing_for_its_reason(self, entry: VatBreakdown) -> Bearing:
        """The same, for the reason of the entry alone."""
        reason = ((entry.exemption_reason or "").strip(), (entry.exemption_code or "").strip())
        return _together(
            found
            for key, found in self._all()
            if _is_of(key, entry) and (key.reason.strip(), key.code.strip()) == reason
        )


def _together(bearings: Iterable[Bearing]) -> Bearing:
    return reduce(Bearing.plus, bearings, Bearing())


def _counts_in_ubl(line: Line) -> bool:
    """UBL writes the line above and the kind of a line in one place: who is below another and says no more is out."""
    return counts(line) and not (line.kind is None and line.parent is not None)


def _is_of(key: Key, entry: VatBreakdown) -> bool:
    return key.category == entry.category and (entry.category == "O" or key.rate == entry.rate)
