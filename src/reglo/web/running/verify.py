"""Whether what must never change did not: journal, documents and ledger of every organisation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from reglo.billing import verify as documents
from reglo.billing import verify_posting
from reglo.core.findings import Text
from reglo.journal import verify as journal
from reglo.ledger import verify as ledger
from reglo.organisations.models import Organisation


class _Break(Protocol):
    """What a room finds: the first place at which a chain does not hold."""

    @property
    def reason(self) -> Text:
        """Which place, and what is wrong there."""
        ...


_CHAINS: tuple[tuple[Text, Callable[[Organisation], _Break | None]], ...] = (
    (Text(fr="historique", en="journal"), lambda organisation: journal.first_break(organisation.pk)),
    (Text(fr="documents", en="documents"), documents.first_break),
    (Text(fr="écritures", en="ledger"), ledger.first_break),
    (Text(fr="écritures des documents", en="ledger entries of documents"), verify_posting.first_break),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found of one chain."""

    organisation: str
    chain: Text
    reason: Text | None  #: why the chain does not hold, at its first break; None where it holds


def verify_chains() -> Iterator[Verdict]:
    """Walk every chain of every organisation."""
    for organisation in Organisation.objects.order_by("pk"):
        for chain, first_break in _CHAINS:
            found = first_break(organisation)
            yield Verdict(organisation=organisation.slug, chain=chain, reason=found.reason if found else None)


def missing_triggers() -> frozenset[str]:
    """The triggers that the database has lost, without which it would let sealed rows be changed."""
    return journal.missing_triggers() | ledger.missing_triggers() | documents.missing_triggers()
