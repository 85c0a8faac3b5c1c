"""What accounts are called, those of the past included: a line keeps its number, and names are asked here."""

from collections.abc import Iterator, Mapping

from reglo.core.accounting import DEFAULT_ACCOUNTS
from reglo.journal.queries import journal_of
from reglo.ledger.queries import chart_of
from reglo.organisations.models import Organisation


def account_labels(organisation: Organisation) -> Mapping[str, str]:
    """The name of each account that is in use, was in use, or is Réglo's own; the latest name of a number counts."""
    labels = {account.number: account.label for account in DEFAULT_ACCOUNTS.values()}
    labels |= dict(_of_the_past(organisation))
    return labels | {account.number: account.label for account in chart_of(organisation).values()}


def _of_the_past(organisation: Organisation) -> Iterator[tuple[str, str]]:
    """What the journal tells of changes, the oldest first: "411000 Clients" before and after."""
    changes = journal_of(organisation.pk).filter(act="accounts-changed").order_by("sequence")
    for before, after in changes.values_list("before", "after"):
        for told in (*before.values(), *after.values()):
            number, _, label = str(told).partition(" ")
            yield number, label
