"""What accounts hold, and which account is used for what."""

from collections.abc import Mapping

from reglo.core.accounting import DEFAULT_ACCOUNTS, Account, AccountRole
from reglo.ledger.models import LedgerHead
from reglo.ledger.services.head import account_in
from reglo.organisations.models import Organisation


def chart_of(organisation: Organisation) -> Mapping[AccountRole, Account]:
    """The account that an organisation uses for each role now."""
    head = LedgerHead.objects.filter(organisation=organisation).first()
    return DEFAULT_ACCOUNTS if head is None else {role: account_in(head, role) for role in AccountRole}
