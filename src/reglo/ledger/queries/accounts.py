"""What accounts hold, and which account is used for what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from reglo.core.accounting import DEFAULT_ACCOUNTS, Account, AccountRole
from reglo.ledger.models import LedgerHead, Line
from reglo.ledger.services.head import account_in
from reglo.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountBalance:
    """Movements of an account over some days, in one currency."""

    account: str
    currency: str
    debit_minor: int
    credit_minor: int

    @property
    def balance_minor(self) -> int:
        """Debits less credits."""
        return self.debit_minor - self.credit_minor


def chart_of(organisation: Organisation) -> Mapping[AccountRole, Account]:
    """The account that an organisation uses for each role now."""
    head = LedgerHead.objects.filter(organisation=organisation).first()
    return DEFAULT_ACCOUNTS if head is None else {role: account_in(head, role) for role in AccountRole}


def account_balances(organisation: Organisation, *, start: date, end: date) -> tuple[AccountBalance, ...]:
    """What moved on each account from `start` to `end`, both included, in the order of their numbers (*balance*)."""
    lines = Line.objects.of(organisation).filter(date__range=(start, end))
    sums = lines.values("account", "currency").annotate(debit=Sum("debit_minor"), credit=Sum("credit_minor"))
    return tuple(
        AccountBalance(
            account=row["account"], currency=row["currency"], debit_minor=row["debit"], credit_minor=row["credit"]
        )
        for row in sums.order_by("account", "currency")
    )


def lines_of_account(organisation: Organisation, account: str) -> QuerySet[Line]:
    """The lines of an account, the newest first."""
    lines = Line.objects.of(organisation).filter(account=account).select_related("entry", "customer")
    return lines.order_by("-date", "-id")
