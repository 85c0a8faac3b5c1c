"""The rows of the VAT report, all from the same moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reglo.core.accounting import EventKind
from reglo.core.money import from_minor
from reglo.core.parties import MEMBER_STATES
from reglo.core.vat_return import FilledLine, Territory, VatSale, fill_return, line_of
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem
from reglo.ledger.queries import VatMove
from reglo.organisations.models import Organisation

#: VAT of these entries is due since a document was issued; of the others with the money.
_AT_ISSUE = frozenset({EventKind.DOCUMENT, EventKind.REPLACEMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """Base and tax of a category and rate, by when they became due."""

    category: str
    rate: Decimal
    base_at_issue: Decimal
    tax_at_issue: Decimal
    base_on_payment: Decimal
    tax_on_payment: Decimal

    @property
    def base(self) -> Decimal:
        """Both together."""
        return self.base_at_issue + self.base_on_payment

    @property
    def tax(self) -> Decimal:
        """Both together."""
        return self.tax_at_issue + self.tax_on_payment


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRow:
    """A line of an entry that a figure is made of."""

    entry_id: int
    date: date
    reference: str
    line: str  #: of the return
    category: str
    rate: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class EuRow:
    """What a business customer in the EU was billed without VAT (*état récapitulatif*, CGI 289 B)."""

    customer: str
    country: str
    vat_number: str
    is_goods: bool  #: a supply of goods; else services, declared in the DES
    amount: Decimal


def rate_rows(moves: Iterable[VatMove], currency: str) -> list[RateRow]:
    """By category and rate, the highest rate first."""
    sums: dict[tuple[str, Decimal], list[int]] = {}
    for move in moves:
        base, tax = (0, 1) if move.kind in _AT_ISSUE else (2, 3)
        row = sums.setdefault((move.category, move.rate.normalize()), [0, 0, 0, 0])
        row[base] += move.base_minor
        row[tax] += move.tax_minor
    rows = []
    for (category, rate), cents in sorted(sums.items(), key=lambda each: (-each[0][1], each[0][0])):
        amounts = [from_minor(each, currency) for each in cents]
        rows.append(
            RateRow(
                category=category,
                rate=rate,
                base_at_issue=amounts[0],
                tax_at_issue=amounts[1],
                base_on_payment=amounts[2],
                tax_on_payment=amounts[3],
            )
        )
    return rows


def total_of(rows: Iterable[RateRow]) -> RateRow:
    """The sum of some rows."""
    known = list(rows)
    return RateRow(
        category="",
        rate=Decimal(0),
        base_at_issue=sum((each.base_at_issue for each in known), Decimal(0)),
        tax_at_issue=sum((each.tax_at_issue for each in known), Decimal(0)),
        base_on_payment=sum((each.base_on_payment for each in known), Decimal(0)),
        tax_on_payment=sum((each.tax_on_payment for each in known), Decimal(0)),
    )


def return_lines(rows: Iterable[RateRow], territory: Territory) -> tuple[FilledLine, ...]:
    """The lines of the form."""
    sales = [VatSale(category=each.category, rate=each.rate, base=each.base, tax=each.tax) for each in rows]
    return fill_return(sales, territory)


def proof_rows(moves: Iterable[VatMove], territory: Territory, currency: str) -> list[ProofRow]:
    """Each move with the line on which it stands."""
    return [
        ProofRow(
            entry_id=each.entry_id,
            date=each.date,
            reference=each.reference,
            line=line_of(each.category, each.rate, territory).code,
            category=each.category,
            rate=each.rate,
            base=from_minor(each.base_minor, currency),
            tax=from_minor(each.tax_minor, currency),
        )
        for each in moves
    ]


def eu_rows(organisation: Organisation, moves: Iterable[VatMove], currency: str) -> list[EuRow]:
    """What businesses in other EU countries were billed without VAT, by customer."""
    untaxed = [each for each in moves if each.category in ("K", "AE") and not each.tax_minor]
    customers = _customers(organisation, {each.entry_id for each in untaxed})
    sums: dict[tuple[int, bool], int] = {}
    known: dict[int, Customer] = {}
    for move in untaxed:
        customer = customers.get(move.entry_id)
        if customer is not None and customer.country in MEMBER_STATES - {organisation.country}:
            known[customer.pk] = customer
            key = (customer.pk, move.category == "K")
            sums[key] = sums.get(key, 0) + move.base_minor
    rows = [
        EuRow(
            customer=known[pk].name,
            country=known[pk].country,
            vat_number=known[pk].vat_number,
            is_goods=is_goods,
            amount=from_minor(cents, currency),
        )
        for (pk, is_goods), cents in sums.items()
    ]
    return sorted(rows, key=lambda row: (row.country, row.customer, not row.is_goods))


def _customers(organisation: Organisation, entries: set[int]) -> Mapping[int, Customer]:
    """The customer of each of some entries."""
    items = OpenItem.objects.of(organisation).filter(entry__in=entries).select_related("customer")
    return {each.entry_id: each.customer for each in items}
