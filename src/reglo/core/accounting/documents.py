"""The entry of an issued document.

Invoice: D 411 / C 70x, 44571. Deposit: D 411 / C 4191, 44571. Final invoice: D 411, 4191 / C 70x, 44571. Credit note:
the other way round. VAT that is only due when it is paid stands on 44574 until then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reglo.core.accounting.accounts import AccountRole
from reglo.core.accounting.lines import EntryLine, VatPart, credit, debit, require_balanced, tax_of_parts, vat_sum
from reglo.core.composition import DocumentKind
from reglo.core.mentions import Nature
from reglo.core.parties import VatRegime

_SALES: Mapping[Nature, AccountRole] = {
    Nature.GOODS: AccountRole.SALES_GOODS,
    Nature.SERVICES: AccountRole.SALES_SERVICES,
    Nature.MIXED: AccountRole.SALES_MIXED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What of a document is booked, in minor units of its currency, all positive as the document says it.

    vat: its VAT breakdown. rounding: BT-114. deposits: VAT breakdown of what is deducted of deposit invoices.
    instalments: what is asked at each due date; one where the document has one. is_of_deposit: a credit note on a
    deposit invoice, which gives back what was never sold.
    """

    kind: DocumentKind
    nature: Nature
    regime: VatRegime
    vat: tuple[VatPart, ...]
    rounding: int = 0
    deposits: tuple[VatPart, ...] = ()
    instalments: tuple[int, ...] = ()
    is_of_deposit: bool = False

    @property
    def receivable(self) -> int:
        """What the customer owes by this document, or is owed by a credit note."""
        whole = sum(part.base + part.tax for part in self.vat)
        return whole + self.rounding - sum(part.base + part.tax for part in self.deposits)


def document_lines(facts: DocumentFacts) -> tuple[EntryLine, ...]:
    """The lines of a document; none for one of nothing."""
    sign = -1 if facts.kind is DocumentKind.CREDIT_NOTE else 1
    return require_balanced(_lines(facts, sign))


def _lines(facts: DocumentFacts, sign: int) -> Iterator[EntryLine]:
    yield from _customer_lines(facts, sign)
    for part in vat_sum(facts.deposits):
        yield debit(AccountRole.DEPOSITS, sign * part.base, part.times(-sign))
    income = _income(facts)
    for part in vat_sum(facts.vat):
        yield credit(income, sign * part.base, part.times(sign))
    account = _vat_account(facts)
    for part in vat_sum((*facts.vat, *(each.times(-1) for each in facts.deposits))):
        yield credit(account, sign * part.tax, part.times(sign))
    yield from _rounding(sign * facts.rounding)


def _customer_lines(facts: DocumentFacts, sign: int) -> Iterator[EntryLine]:
    """One line a due date; what the due dates do not say is due with the last."""
    parts = _instalments(facts.instalments, facts.receivable)
    for place, amount in enumerate(parts):
        yield debit(AccountRole.CUSTOMERS, sign * amount, part=place)


def _instalments(asked: Sequence[int], receivable: int) -> tuple[int, ...]:
    if len(asked) < 2 or sum(asked) != receivable or min(asked) <= 0:
        return (receivable,)
    return tuple(asked)


def _income(facts: DocumentFacts) -> AccountRole:
    if facts.kind is DocumentKind.DEPOSIT or facts.is_of_deposit:
        return AccountRole.DEPOSITS
    return _SALES[facts.nature]


def _vat_account(facts: DocumentFacts) -> AccountRole:
    """When the tax is due: CGI 269.

    Goods when delivered, taken to be when invoiced; services when paid, or when invoiced by option; deposits on goods
    when paid (since 2023) whatever the option, which is for services. Documents of both kinds follow the regime. Where
    nothing is left to pay, nothing is waited for.
    """
    is_deposit = facts.kind is DocumentKind.DEPOSIT or facts.is_of_deposit
    waits = is_deposit if facts.nature is Nature.GOODS else facts.regime is VatRegime.RECEIPTS
    waits = waits and facts.receivable > 0 and tax_of_parts(facts.vat) != 0
    return AccountRole.VAT_PENDING if waits else AccountRole.VAT_COLLECTED


def _rounding(rounding: int) -> Iterator[EntryLine]:
    """BT-114: what the total was rounded by, upwards or downwards."""
    yield credit(AccountRole.ROUNDING_GAIN if rounding > 0 else AccountRole.ROUNDING_LOSS, rounding)
