"""What rules about the whole document need to know, counted once: sums and numbers by VAT category and rate.

Everything else in this package looks at one part of the document at a time, or asks here.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from reglo.core.document import Allowance, Invoice, Party, Totals, VatBreakdown
from reglo.formats.profiles import Profile, profile_of
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import CAC, CBC, RAM, RSM
from reglo.rules.en16931.extended_sums import Bearing, ExtendedSums
from reglo.rules.en16931.foreign_taxes import foreign_taxes
from reglo.rules.en16931.rounding import ZERO
from reglo.rules.en16931.unread import unread_in

_UBL_TOTALS = f"{{{CAC}}}LegalMonetaryTotal"
_CII_SETTLEMENT = f"{{{RSM}}}SupplyChainTradeTransaction/{{{RAM}}}ApplicableHeaderTradeSettlement"
_CII_SERVICE = f"{{{RAM}}}SpecifiedLogisticsServiceCharge"
_UBL_VAT_TOTAL, _UBL_ENTRY = f"{{{CAC}}}TaxTotal", f"{{{CAC}}}TaxSubtotal"
_UBL_AMOUNT = f"{{{CBC}}}TaxAmount"
#: The currency of the document, and its totals of VAT.
_UBL_VAT_TOTALS = (f"{{{CBC}}}DocumentCurrencyCode", f"{{{CAC}}}TaxTotal/{{{CBC}}}TaxAmount")
_CII_VAT_TOTALS = (
    f"{_CII_SETTLEMENT}/{{{RAM}}}InvoiceCurrencyCode",
    f"{_CII_SETTLEMENT}/{{{RAM}}}SpecifiedTradeSettlementHeaderMonetarySummation/{{{RAM}}}TaxTotalAmount",
)
_NOBODY = Party()
_NOTHING = Totals()

_Key = tuple[str | None, Decimal | None]


class Entry(NamedTuple):
    """An entry of the VAT breakdown (BG-23), and the document around it."""

    entry: VatBreakdown
    facts: "Facts"


class Sums:
    """Amounts of one kind (lines, allowances or charges) by VAT category and rate."""

    __slots__ = ("by_category", "by_rate", "mentions", "numbers", "total")

    def __init__(self, amounts: Iterable[tuple[str | None, Decimal | None, Decimal | None]]) -> None:
        by_rate: dict[_Key, Decimal] = {}
        numbers: dict[str | None, int] = {}
        for category, rate, amount in amounts:
            key = (category, rate)
            by_rate[key] = by_rate.get(key, ZERO) + (amount or ZERO)
            numbers[category] = numbers.get(category, 0) + 1
        by_category: dict[str | None, Decimal] = {}
        for (category, _), amount in by_rate.items():
            by_category[category] = by_category.get(category, ZERO) + amount
        self.by_rate = by_rate
        self.by_category = by_category
        self.mentions: dict[str | None, int] = {}  #: how many of `numbers` count in no sum
        self.numbers = numbers  #: how many lines, allowances or charges bear a category
        self.total = sum(by_category.values(), ZERO)

    def add(self, category: str | None, rate: Decimal | None, amount: Decimal) -> None:
        """Let one more amount count in its category and rate, and nowhere else."""
        key = (category, rate)
        self.by_rate[key] = self.by_rate.get(key, ZERO) + amount
        self.by_category[category] = self.by_category.get(category, ZERO) + amount

    def mention(self, category: str | None, rate: Decimal | None) -> None:
        """Let one more thing bear a category and rate, whose amount counts in no sum."""
        self.add(category, rate, ZERO)
        self.numbers[category] = self.numbers.get(category, 0) + 1
        self.mentions[category] = self.mentions.get(category, 0) + 1


class Facts:
    """A document with its sums."""

    def __init__(self, reading: Reading) -> None:
        invoice, services = _services_apart(reading)
        self.invoice: Invoice = invoice
        self.services = services  #: charges for logistics: the sheets do not see them as charges (BG-21)
        self.syntax: Syntax = reading.syntax
        self.profile: Profile = profile_of(invoice.specification)
        self.seller: Party = invoice.seller or _NOBODY
        self.buyer: Party = invoice.buyer or _NOBODY
        self.totals: Totals = invoice.totals or _NOTHING
        self.lines = Sums((line.vat_category, line.vat_rate, line.net_amount) for line in invoice.lines)
        self.allowances = Sums(map(_taxed, invoice.allowances))
        self.charges = Sums(map(_taxed, invoice.charges))
        self.breakdown: dict[str | None, int] = {}  #: how many entries of BG-23 bear a category
        for entry in invoice.vat_breakdown:
            self.breakdown[entry.category] = self.breakdown.get(entry.category, 0) + 1
        self.root = reading.root
        #: Terms that stand more often than they may; the model holds the first.
        self.repeated = frozenset(each.term for each in reading.problems if each.kind == "repeated")
        self.foreign = foreign_taxes(reading)
        self.unread = unread_in(reading)
        if self.syntax is not Syntax.CII:
            self._count_foreign_taxes()
            self._count_unread_taxes()

    def _count_foreign_taxes(self) -> None:
        """UBL sums what bears a category whether or not it is one of VAT."""
        kinds = {"line": self.lines, "silent line": self.lines, "allowance": self.allowances, "charge": self.charges}
        for each in self.foreign:
            if each.kind in kinds:
                kinds[each.kind].add(each.code, each.rate, each.amount or ZERO)

    def _count_unread_taxes(self) -> None:
        """In UBL a category counts as used wherever an allowance bears it, and as broken down in any TaxTotal."""
        for each in self.unread.categories:
            (self.charges if each.is_charge else self.allowances).mention(
                each.allowance.vat_category, each.allowance.vat_rate
            )
        for unread in self.unread.entries:
            if unread.is_of_document:
                category = unread.entry.category
                self.breakdown[category] = self.breakdown.get(category, 0) + 1

    @cached_property
    def extended_sums(self) -> ExtendedSums:
        """The amounts as the extended profiles count them."""
        made = ExtendedSums(self.invoice, in_ubl=self.syntax is not Syntax.CII and self.root is not None)
        for each in self.foreign if self.syntax is not Syntax.CII else ():
            amount = each.amount or ZERO
            bearings = {
                "line": Bearing(lines=amount, number=1),
                "allowance": Bearing(allowances=amount, number=1),
                "charge": Bearing(charges=amount, number=1),
            }
            if each.kind in bearings:
                made.add(each.code, each.rate, bearings[each.kind])
        made.add_services(self.services)
        return made

    @property
    def has_totals(self) -> bool:
        """Whether the document has the group that the rules on totals look at; our own data must have it."""
        if self.syntax is Syntax.CII or self.root is None:
            return self.invoice.totals is not None or self.syntax is Syntax.DATA
        return self.root.find(_UBL_TOTALS) is not None

    @property
    def has_settlement(self) -> bool:
        """Whether a Factur-X document has the group in which everything about payment stands; others need none."""
        if self.syntax is not Syntax.CII or self.root is None or self.profile is Profile.EXTENDED_CTC_FR:
            return True
        return self.root.find(_CII_SETTLEMENT) is not None

    @cached_property
    def own_vat_totals(self) -> int:
        """How many totals of VAT there are in the currency of the document, as the document spells it."""
        if self.root is None:
            return 0 if self.totals.vat is None else 1
        currency_at, totals_at = _CII_VAT_TOTALS if self.syntax is Syntax.CII else _UBL_VAT_TOTALS
        currency = self.root.findtext(currency_at)
        return sum(1 for total in self.root.iterfind(totals_at) if total.get("currencyID") == currency)

    @property
    def lacks_a_vat_total(self) -> bool:
        """Whether a UBL document breaks VAT down without a total, in whatever currency."""
        totals = [] if self.root is None else self.root.findall(_UBL_VAT_TOTAL)
        return any(each.find(_UBL_ENTRY) is not None and each.find(_UBL_AMOUNT) is None for each in totals)

    def taxable(self, category: str | None) -> Decimal:
        """Lines less allowances plus charges of a VAT category, as they stand in the document."""
        return (
            self.lines.by_category.get(category, ZERO)
            + self.charges.by_category.get(category, ZERO)
            - self.allowances.by_category.get(category, ZERO)
        )

    def taxable_at(self, category: str | None, rate: Decimal | None) -> Decimal:
        """The same, of one rate within the category."""
        key = (category, rate)
        return (
            self.lines.by_rate.get(key, ZERO)
            + self.charges.by_rate.get(key, ZERO)
            - self.allowances.by_rate.get(key, ZERO)
        )

    def uses(self, category: str, rate: Decimal | None) -> bool:
        """Whether a line, allowance or charge bears this category and rate."""
        key = (category, rate)
        return key in self.lines.by_rate or key in self.allowances.by_rate or key in self.charges.by_rate


def _taxed(each: Allowance) -> tuple[str | None, Decimal | None, Decimal | None]:
    return each.vat_category, each.vat_rate, each.amount


def _services_apart(reading: Reading) -> tuple[Invoice, tuple[Allowance, ...]]:
    """The invoice without the charges for logistics of a CII document, which are the last it has, and those."""
    invoice, root = reading.invoice, reading.root
    settlement = None if root is None or reading.syntax is not Syntax.CII else root.find(_CII_SETTLEMENT)
    number = 0 if settlement is None else sum(1 for _ in settlement.iterchildren(_CII_SERVICE))
    if not number:
        return invoice, ()
    return replace(invoice, charges=invoice.charges[:-number]), invoice.charges[-number:]
