"""Why something cannot be done with a negotiation, and how to mend it."""

from reglo.core.errors import DomainError
from reglo.core.findings import Finding, Text
from reglo.negotiation.models import Negotiation, NegotiationState

_COLON = "\N{NO-BREAK SPACE}:"


class Closed(DomainError):
    """The negotiation is agreed or abandoned."""

    code = "negotiation-closed"


class NoFacts(DomainError):
    """Nothing can be offered before the facts of the deal are given."""

    code = "negotiation-without-facts"


class HasRounds(DomainError):
    """A negotiation with offers is archived, not deleted."""

    code = "negotiation-has-rounds"


class NoCustomer(DomainError):
    """An agreement binds a customer, and a prospect is none yet."""

    code = "negotiation-without-customer"


class NotOurs(DomainError):
    """Only our own offers have a letter."""

    code = "round-not-ours"


class AlreadyDrafted(DomainError):
    """The offer has an agreement already."""

    code = "round-already-drafted"


class UnlawfulOffer(DomainError):
    """What is void or fined is not offered."""

    code = "unlawful-offer"


def require_open(row: Negotiation) -> None:
    """Raise Closed for a negotiation that is over."""
    if row.state != NegotiationState.OPEN:
        raise Closed(
            Text(
                fr=f"Cette négociation est close{_COLON} rouvrez-la pour la changer.",
                en="This negotiation is closed: reopen it to change it.",
            )
        )


def require_facts(row: Negotiation) -> None:
    """Raise NoFacts while nothing is known of the deal."""
    if row.deal is None:
        raise NoFacts(Text(fr="Donnez d'abord les faits de l'affaire.", en="Give the facts of the deal first."))


def require_lawful(bars: tuple[Finding, ...]) -> None:
    """Raise UnlawfulOffer with every article that bars an offer."""
    if bars:
        raise UnlawfulOffer(
            Text(
                fr=" ".join(f"{bar.message.fr} ({bar.source}) {bar.fix.fr}" for bar in bars),
                en=" ".join(f"{bar.message.en} ({bar.source}) {bar.fix.en}" for bar in bars),
            )
        )
