"""A year later: what was agreed, beside what happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reglo.core.errors import DomainError
from reglo.core.figures import is_usable, unusable
from reglo.core.findings import Text
from reglo.core.negotiation.deal import Deal, Offer
from reglo.core.negotiation.sums import Cause, Position, Sums, money, rounded
from reglo.core.negotiation.year import settled_on, worth_after
from reglo.core.terms.figures import amount_text, number_text

_SEEN = (Cause.SALES, Cause.COSTS, Cause.DISCOUNT, Cause.WAITING, Cause.VAT)  # what invoices and payments show


class NothingHappened(DomainError):
    """No invoice of the year was paid: there is nothing to compare."""

    code = "nothing-happened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An invoice of the year, and what came of it. EUR."""

    issued: date
    net: Decimal  #: over 0; a credit note is taken off the invoice that it corrects
    gross: Decimal  #: not below `net`
    paid: date | None = None  #: in full, or with the discount taken off; None if it is still open
    received: Decimal | None = None  #: by default all of it

    def __post_init__(self) -> None:
        for name in ("net", "gross", "received"):
            if not is_usable(getattr(self, name)):
                raise NothingHappened(unusable(getattr(self, name)), field=name)
        if not 0 < self.net <= self.gross:
            raise NothingHappened(
                Text(
                    fr="Une facture est attendue dont le montant est positif et la TVA aussi.",
                    en="An invoice is expected with an amount above zero and a tax not below.",
                ),
                field="gross",
            )


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure as it was expected and as it came."""

    expected: Decimal
    real: Decimal

    @property
    def difference(self) -> Decimal:
        """Real less expected."""
        return self.real - self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was agreed beside what happened, from the invoices that are paid. EUR; penalties, orders and loss apart."""

    paid_invoices: int
    still_open: Decimal  #: with tax, of invoices that are not paid
    volume: Beside  #: without tax
    days: Beside  #: from invoice to payment, of an average euro
    discount: Beside  #: given up, without tax
    gain: Beside  #: against the terms of before; real: at the real volume

    @property
    def why(self) -> Text:
        """In a sentence."""
        real, expected = amount_text(self.gain.real), amount_text(self.gain.expected)
        days, promised = number_text(self.days.real), number_text(self.days.expected)
        return Text(
            fr=(
                f"Gain de {real.fr} au lieu de {expected.fr} attendus\N{NO-BREAK SPACE}; payé en {days.fr} jours au "
                f"lieu de {promised.fr}."
            ),
            en=f"A gain of {real.en} instead of {expected.en} expected; paid in {days.en} days instead of "
            f"{promised.en}.",
        )


def outcome_of(agreed: Offer, deal: Deal, invoices: Iterable[Happened]) -> Outcome:
    """What became of `agreed` in the year of `invoices`. deal: as it was when it was agreed.

    Raises NothingHappened if none is paid.
    """
    listed = tuple(invoices)
    paid = [each for each in listed if each.paid is not None]
    if not paid:
        raise NothingHappened(
            Text(
                fr="Aucune facture de l'année n'est payée\N{NO-BREAK SPACE}: rien à comparer.",
                en="No invoice of the year is paid: there is nothing to compare.",
            ),
            field="invoices",
        )
    sums = Sums(deal)
    expected, before = sums.position(agreed), sums.position(deal.current)
    net = float(sum(each.net for each in paid))
    return Outcome(
        paid_invoices=len(paid),
        still_open=sum((each.gross for each in listed if each.paid is None), Decimal(0)),
        volume=Beside(money(expected.ours[Cause.SALES]), money(net)),
        days=Beside(rounded(expected.figures.days / (1 - expected.mix.discount), 1), rounded(_mean_days(paid), 1)),
        discount=Beside(money(-expected.ours[Cause.DISCOUNT]), money(sum(_discount(each) for each in paid))),
        gain=Beside(money(_seen(expected) - _seen(before)), money(_real_gain(paid, expected, deal))),
    )


def _seen(position: Position) -> float:
    return sum(position.ours[cause] for cause in _SEEN)


def _real_gain(paid: Sequence[Happened], agreed: Position, deal: Deal) -> float:
    """What was got, less what the terms of before would have brought for the same goods on the same days."""
    return sum(_brought(each, agreed.price, deal) - _would_have_brought(each, agreed.price, deal) for each in paid)


def _would_have_brought(invoice: Happened, price: float, deal: Deal) -> float:
    """The same goods at the price and the terms of before."""
    before = replace(deal, yearly_net=_at_old_price(invoice, price), orders=1)
    return _seen(Sums(before, (invoice.issued,)).position(replace(deal.current, volume=None, minimum_order=None)))


def _at_old_price(invoice: Happened, price: float) -> Decimal:
    return Decimal(str(float(invoice.net) / (1 + price)))


def _brought(invoice: Happened, price: float, deal: Deal) -> float:
    """What an invoice brought, on its own day: payment less tax, each at its time, and less costs."""
    costs = float(_at_old_price(invoice, price)) * (1 - float(deal.margin_percent) / 100)
    paid = invoice.paid or invoice.issued
    growth = 1 + float(deal.own_money_percent) / 100
    received = float(_received(invoice))
    tax = received * float(1 - invoice.net / invoice.gross)
    settled = settled_on(deal, invoice.issued, paid)
    waits = (paid - invoice.issued).days, (settled - invoice.issued).days
    return received * worth_after(growth, waits[0]) - tax * worth_after(growth, waits[1]) - costs


def _received(invoice: Happened) -> Decimal:
    return invoice.gross if invoice.received is None else invoice.received


def _discount(invoice: Happened) -> float:
    return float((invoice.gross - _received(invoice)) * invoice.net / invoice.gross)


def _mean_days(paid: Iterable[Happened]) -> float:
    euros = euro_days = 0.0
    for each in paid:
        received = float(_received(each))
        euros += received
        euro_days += received * ((each.paid or each.issued) - each.issued).days
    return euro_days / euros if euros > 0 else 0.0
