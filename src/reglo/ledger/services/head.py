"""The end of an organisation's ledger: held by every write, first of all, so that no two wait crosswise.

In a transaction that also issues, the order is: draft, series, this, chain of seals, head of the journal.
"""

from django.db import transaction

from reglo.core.accounting import DEFAULT_ACCOUNTS, Account, AccountRole
from reglo.ledger.models import LedgerHead

_SEQUENCES = 2**32


def locked_head(organisation_id: int) -> LedgerHead:
    """The end of the ledger, ours until the transaction ends; the first entry of an organisation makes it."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the ledger is written within the transaction of what it books")
    heads = LedgerHead.objects.select_for_update()
    try:
        return heads.get(organisation_id=organisation_id)
    except LedgerHead.DoesNotExist:
        # Of two who make it at once, the second waits for the first, then finds its row.
        LedgerHead.objects.get_or_create(organisation_id=organisation_id)
        return heads.get(organisation_id=organisation_id)


def next_in(head: LedgerHead, year: int) -> tuple[int, int, int]:
    """Id, sequence and number in its year of the next entry; the head remembers them."""
    head.sequence += 1
    number = head.numbers.get(str(year), 0) + 1
    head.numbers[str(year)] = number
    head.save(update_fields=["sequence", "numbers"])
    return head.organisation_id * _SEQUENCES + head.sequence, head.sequence, number


def account_in(head: LedgerHead, role: AccountRole) -> Account:
    """The account that an organisation uses for a role."""
    changed = head.accounts.get(role.value)
    return Account(changed["number"], changed["label"]) if changed else DEFAULT_ACCOUNTS[role]
