"""The entries of what happens after a document: money, settlements without money, doubt, claims, reversal."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from reglo.core.accounting.accounts import AccountRole
from reglo.core.accounting.lines import EntryLine, VatPart, credit, debit, require_balanced, tax_of_parts
from reglo.core.accounting.vat import vat_between


class Reason(StrEnum):
    """Why a part of a receivable is settled without its money coming in."""

    DISCOUNT = "discount"  #: for early payment (*escompte*): reduces the base of VAT (CGI 267, II 1°)
    BANK_FEE = "bank-fee"  #: kept by a bank on the way
    ROUNDING = "rounding"
    WRITE_OFF = "write-off"  #: *passage en perte*
    WRITE_OFF_WITH_VAT = "write-off-with-vat"  #: VAT recovered, after a rectified duplicate (CGI 272, 1)


class EventKind(StrEnum):
    """What an entry is about."""

    DOCUMENT = "document"  #: an invoice, credit note, deposit or corrective invoice was issued
    REPLACEMENT = "replacement"  #: the entry of a document is taken back, since a corrective one takes its place
    PAYMENT = "payment"
    REFUND = "refund"
    DISCOUNT = "discount"
    BANK_FEE = "bank-fee"
    ROUNDING = "rounding"
    WRITE_OFF = "write-off"
    WRITE_OFF_WITH_VAT = "write-off-with-vat"
    DOUBTFUL = "doubtful"
    ALLOWANCE = "allowance"
    ALLOWANCE_RELEASE = "allowance-release"
    PENALTY = "penalty"
    TRANSFER = "transfer"  #: money moves between one's own accounts
    ALLOCATION = "allocation"  #: what follows from one: VAT on receipts becomes due, a doubtful receivable is paid
    REVERSAL = "reversal"


_CHARGES: Mapping[Reason, AccountRole] = {
    Reason.DISCOUNT: AccountRole.DISCOUNTS,
    Reason.BANK_FEE: AccountRole.BANK_FEES,
    Reason.ROUNDING: AccountRole.ROUNDING_LOSS,
    Reason.WRITE_OFF: AccountRole.BAD_DEBTS,
    Reason.WRITE_OFF_WITH_VAT: AccountRole.BAD_DEBTS,
}
#: Reasons by which VAT goes down even if it was due at issue.
_REDUCES_VAT = frozenset({Reason.DISCOUNT, Reason.WRITE_OFF_WITH_VAT})
#: Reasons by which VAT that was never due (not paid) is never going to be.
_ENDS_PENDING_VAT = _REDUCES_VAT | {Reason.WRITE_OFF}


def payment_lines(money: AccountRole, amount: int) -> tuple[EntryLine, ...]:
    """Money from a customer: D 512 / C 411."""
    return require_balanced((debit(money, amount), credit(AccountRole.CUSTOMERS, amount)))


def refund_lines(money: AccountRole, amount: int) -> tuple[EntryLine, ...]:
    """Money back to a customer: D 411 / C 512."""
    return require_balanced((debit(AccountRole.CUSTOMERS, amount), credit(money, amount)))


def fee_lines(money: AccountRole, amount: int) -> tuple[EntryLine, ...]:
    """What the bank takes for itself: D 627 / C 512; negative where it gives back."""
    return require_balanced((debit(AccountRole.BANK_FEES, amount), credit(money, amount)))


def transfer_lines(to: AccountRole, source: AccountRole, amount: int) -> tuple[EntryLine, ...]:
    """Money from one account of one's own to another, such as cheques brought to the bank: D 512 / C 5112."""
    return require_balanced((debit(to, amount), credit(source, amount)))


def settlement_vat(
    reason: Reason, parts: Sequence[VatPart], vat_account: AccountRole, *, total: int, before: int, amount: int
) -> tuple[VatPart, ...]:
    """The VAT within `amount` of a document that a settlement takes back.

    parts, total: VAT of the document as it was booked on `vat_account`, and its whole. before: what of it is settled.
    """
    reduces = _ENDS_PENDING_VAT if vat_account is AccountRole.VAT_PENDING else _REDUCES_VAT
    if reason not in reduces:
        return ()
    return vat_between(parts, total=total, before=before, after=before + amount)


def settlement_lines(
    reason: Reason,
    amount: int,
    *,
    customers: AccountRole = AccountRole.CUSTOMERS,
    vat: Sequence[VatPart] = (),
    vat_account: AccountRole = AccountRole.VAT_COLLECTED,
) -> tuple[EntryLine, ...]:
    """A part of a receivable that is settled without money: D 665, 627, 658 or 654, and 4457x / C 411 or 416."""
    tax = tax_of_parts(vat)
    return require_balanced(
        (
            debit(_CHARGES[reason], amount - tax),
            *(debit(vat_account, part.tax, part.times(-1)) for part in vat),
            credit(customers, amount),
        )
    )


def surplus_lines(amount: int) -> tuple[EntryLine, ...]:
    """A few cents too much that are kept: D 411 / C 758."""
    return require_balanced((debit(AccountRole.CUSTOMERS, amount), credit(AccountRole.ROUNDING_GAIN, amount)))


def doubtful_lines(amount: int) -> tuple[EntryLine, ...]:
    """A receivable becomes doubtful: D 416 / C 411."""
    return require_balanced((debit(AccountRole.DOUBTFUL_CUSTOMERS, amount), credit(AccountRole.CUSTOMERS, amount)))


def allowance_lines(amount: int) -> tuple[EntryLine, ...]:
    """What will probably be lost, without tax: D 6817 / C 491."""
    return require_balanced((debit(AccountRole.ALLOWANCE_CHARGE, amount), credit(AccountRole.ALLOWANCE, amount)))


def release_lines(amount: int) -> tuple[EntryLine, ...]:
    """An allowance that is not needed any more: D 491 / C 7817."""
    return require_balanced((debit(AccountRole.ALLOWANCE, amount), credit(AccountRole.ALLOWANCE_RELEASE, amount)))


def penalty_lines(*, interest: int, indemnity: int) -> tuple[EntryLine, ...]:
    """Late-payment interest and recovery indemnity, outside VAT: D 411 / C 7631."""
    return require_balanced(
        (
            debit(AccountRole.CUSTOMERS, interest + indemnity),
            credit(AccountRole.INTEREST, interest),
            credit(AccountRole.INDEMNITY, indemnity),
        )
    )


def reversed_lines(lines: Sequence[EntryLine]) -> tuple[EntryLine, ...]:
    """The same the other way round."""
    return tuple(
        EntryLine(role=line.role, amount=-line.amount, vat=line.vat and line.vat.times(-1), part=line.part)
        for line in lines
    )
