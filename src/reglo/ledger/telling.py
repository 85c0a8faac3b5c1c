"""What an entry that nobody has booked yet would say: a sentence and its lines, for the page that asks first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reglo.accounts.language import page_language
from reglo.core.accounting import Account, AccountRole, EntryLine, Reason
from reglo.core.terms.figures import minor_text
from reglo.ledger.models import OpenItem
from reglo.ledger.services.settlement import vat_of_document

_VAT = frozenset({AccountRole.VAT_PENDING, AccountRole.VAT_COLLECTED})
_Chart = Mapping[AccountRole, Account]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedLine:
    """A line of the entry: account, and what it is debited or credited by in minor units."""

    account: Account
    debit_minor: int
    credit_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An entry before it is booked."""

    sentence: str
    lines: tuple[BookedLine, ...]
    currency: str


def booked(sentence: str, lines: Sequence[EntryLine], chart: _Chart, currency: str) -> Booked:
    """An entry by its sentence and its lines."""
    shown = tuple(
        BookedLine(account=chart[line.role], debit_minor=max(line.amount, 0), credit_minor=max(-line.amount, 0))
        for line in lines
    )
    return Booked(sentence=sentence, lines=shown, currency=currency)


def told_write_off(item: OpenItem, reason: Reason, lines: Sequence[EntryLine], chart: _Chart) -> Booked:
    """A write-off: what is lost, and what becomes of the VAT within."""
    tax = sum(line.amount for line in lines if line.role in _VAT)
    loss = sum(line.amount for line in lines if line.role is AccountRole.BAD_DEBTS)
    vat_role = next((line.role for line in lines if line.role in _VAT), AccountRole.VAT_COLLECTED)
    values = {
        "loss": _amount(loss, item),
        "tax": _amount(tax, item),
        "customer": item.customer.name,
        "bad_debts": chart[AccountRole.BAD_DEBTS].number,
        "vat": chart[vat_role].number,
    }
    if not vat_of_document(item)[1]:
        sentence = _("%(loss)s owed by %(customer)s become a loss (account %(bad_debts)s). There is no VAT in them.")
    elif not tax:
        sentence = _(
            "%(loss)s owed by %(customer)s become a loss (account %(bad_debts)s). No VAT is taken back: what was due "
            "when the invoice was issued stays due."
        )
    elif reason is Reason.WRITE_OFF_WITH_VAT and vat_role is AccountRole.VAT_COLLECTED:
        sentence = _(
            "%(loss)s owed by %(customer)s become a loss (account %(bad_debts)s), and the VAT of %(tax)s is taken back "
            "(account %(vat)s)."
        )
    else:
        sentence = _(
            "%(loss)s owed by %(customer)s become a loss (account %(bad_debts)s). The VAT of %(tax)s waited for the "
            "payment (account %(vat)s): it will never be due."
        )
    return booked(sentence % values, lines, chart, item.currency)


def told_doubt(item: OpenItem, lines: Sequence[EntryLine], chart: _Chart) -> Booked:
    """A receivable becomes doubtful."""
    sentence = _(
        "%(amount)s owed by %(customer)s move from account %(customers)s to account %(doubtful)s. The customer still "
        "owes them, by the same due date, and nothing changes in the VAT."
    ) % {
        "amount": _amount(item.open_minor, item),
        "customer": item.customer.name,
        "customers": chart[AccountRole.CUSTOMERS].number,
        "doubtful": chart[AccountRole.DOUBTFUL_CUSTOMERS].number,
    }
    return booked(sentence, lines, chart, item.currency)


def told_allowance(item: OpenItem, change: int, lines: Sequence[EntryLine], chart: _Chart) -> Booked:
    """An allowance grows or shrinks by `change`."""
    values = {
        "amount": _amount(abs(change), item),
        "allowance": chart[AccountRole.ALLOWANCE].number,
        "charge": chart[AccountRole.ALLOWANCE_CHARGE].number,
        "release": chart[AccountRole.ALLOWANCE_RELEASE].number,
    }
    if change > 0:
        sentence = _(
            "The allowance grows by %(amount)s, without tax (account %(allowance)s), against a charge (account "
            "%(charge)s). What the customer owes does not change."
        )
    elif change < 0:
        sentence = _(
            "%(amount)s of the allowance are released (account %(allowance)s), against an income (account "
            "%(release)s). What the customer owes does not change."
        )
    else:
        sentence = _("The allowance stands at this amount already: nothing is booked.")
    return booked(sentence % values, lines, chart, item.currency)


def _amount(minor: int, item: OpenItem) -> str:
    return minor_text(minor, item.currency).in_language(page_language())
