"""Quotes that were sent in a period and what became of them until today; one query."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models.functions import Coalesce

from reglo.billing.models import Quote, QuoteState
from reglo.billing.queries.quotes import QuoteStanding
from reglo.core.money import from_minor
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of
from reglo.reporting.links import story_link
from reglo.reporting.report import Asked

_NOTHING = Decimal(0)
_DECIDED = (QuoteStanding.ACCEPTED, QuoteStanding.REFUSED, QuoteStanding.EXPIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentQuote:
    """A quote that was sent. Amounts are without tax."""

    customer_id: int
    customer: str
    on: date  #: its date
    standing: QuoteStanding
    offered: Decimal  #: without its options
    signed: Decimal  #: options that were taken included; 0 unless it is accepted
    days: int | None  #: from its date to the answer; None while there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of some quotes."""

    label: str
    link: str  #: of what is behind it
    quotes: tuple[SentQuote, ...]

    def count(self, standing: QuoteStanding) -> int:
        """How many of them stand so."""
        return sum(each.standing is standing for each in self.quotes)

    @property
    def offered(self) -> Decimal:
        """What they offered together."""
        return sum((each.offered for each in self.quotes), _NOTHING)

    @property
    def signed(self) -> Decimal:
        """What customers signed of them."""
        return sum((each.signed for each in self.quotes), _NOTHING)

    @property
    def conversion(self) -> Decimal | None:
        """Of those that are decided, by an answer or by their last day, the part that was accepted."""
        decided = self._decided
        return Decimal(self.count(QuoteStanding.ACCEPTED)) / len(decided) if decided else None

    @property
    def amount_conversion(self) -> Decimal | None:
        """The same by what they offered."""
        whole = sum((each.offered for each in self._decided), _NOTHING)
        won = (each.offered for each in self._decided if each.standing is QuoteStanding.ACCEPTED)
        return sum(won, _NOTHING) / whole if whole > 0 else None

    @property
    def days(self) -> Decimal | None:
        """Median of the days until an answer."""
        known = [each.days for each in self.quotes if each.days is not None]
        return Decimal(str(median(known))) if known else None

    @property
    def _decided(self) -> Sequence[SentQuote]:
        return [each for each in self.quotes if each.standing in _DECIDED]


def sent_quotes(organisation: Organisation, asked: Asked) -> Iterator[SentQuote]:
    """The quotes of the period that were sent, in order of their dates."""
    rows = Quote.objects.of(organisation).filter(
        quote_date__range=(asked.start, asked.end), currency=asked.currency, deleted_at=None
    )
    values = rows.exclude(state=QuoteState.DRAFT).order_by("quote_date", "pk")
    for pk, name, on, state, until, net, signed, at in values.values_list(
        Coalesce("customer__merged_into", "customer"),
        Coalesce("customer__merged_into__name", "customer__name"),
        "quote_date",
        "state",
        "valid_until",
        "net_minor",
        "answers__net_minor",
        "answers__at",
    ).iterator(chunk_size=2000):
        is_over = state == QuoteState.SENT and until is not None and until < asked.today
        standing = QuoteStanding.EXPIRED if is_over else QuoteStanding(state)
        is_won = standing is QuoteStanding.ACCEPTED
        yield SentQuote(
            customer_id=pk,
            customer=name,
            on=on,
            standing=standing,
            offered=from_minor(net, asked.currency),
            signed=from_minor(signed or 0, asked.currency) if is_won else _NOTHING,
            days=max((today_of(organisation, at) - on).days, 0) if at else None,
        )


def by_customer(organisation: Organisation, quotes: Iterable[SentQuote]) -> list[Outcome]:
    """What became of the quotes of each customer, who signed most first."""
    groups: dict[int, list[SentQuote]] = {}
    for each in quotes:
        groups.setdefault(each.customer_id, []).append(each)
    found = (
        Outcome(label=group[0].customer, link=story_link(organisation, pk), quotes=tuple(group))
        for pk, group in groups.items()
    )
    return sorted(found, key=lambda each: (-each.signed, -each.offered, each.label, each.link))
