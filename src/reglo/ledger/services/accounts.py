"""Choosing the accounts that events are booked on."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from reglo.core.accounting import DEFAULT_ACCOUNTS, Account, AccountRole
from reglo.journal.services import Actor, record
from reglo.ledger.services.head import account_in, locked_head
from reglo.organisations.models import Organisation


def change_accounts(
    *, organisation: Organisation, accounts: Mapping[AccountRole, Account], by: Actor, now: datetime
) -> None:
    """Use other accounts from now on; what is booked stays on the account that it was booked on."""
    with transaction.atomic(durable=True):
        head = locked_head(organisation.pk)
        changed = {role: account for role, account in accounts.items() if account != account_in(head, role)}
        if not changed:
            return
        before = {role.value: _shown(account_in(head, role)) for role in changed}
        for role, account in changed.items():
            head.accounts.pop(role.value, None)
            if account != DEFAULT_ACCOUNTS[role]:
                head.accounts[role.value] = {"number": account.number, "label": account.label}
        head.save(update_fields=["accounts"])
        after = {role.value: _shown(account) for role, account in changed.items()}
        record(
            "accounts-changed",
            organisation_id=organisation.pk,
            subject=organisation,
            by=by,
            at=now,
            before=before,
            after=after,
        )


def _shown(account: Account) -> str:
    return f"{account.number} {account.label}"
