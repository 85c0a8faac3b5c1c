"""Whether the law allows terms: C. com. L441-10 to L441-12, and the procurement code for public buyers.

A delay is lawful if it fits one of the longest delays allowed on every day of the year, so it is tried on every day of
two years, a leap year among them. Deliveries are taken to be invoiced on the day (C. com. L441-9), and invoices to be
received on the day they are made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from reglo.core.dates import Region, end_of_decade
from reglo.core.findings import Finding, Text
from reglo.core.rates import Rate, RateKind, RateTable, RateUnknown, rate_for, shipped_rates
from reglo.core.terms.figures import percent_text
from reglo.core.terms.model import (
    ECB_PLUS_8,
    ECB_PLUS_10,
    RECOVERY_INDEMNITY,
    BuyerKind,
    Delay,
    EndOfMonth,
    PaymentTerms,
    Penalty,
    PenaltyBasis,
    Start,
)
from reglo.core.terms.schedule import LAST_YEAR, end_of_delay, moved
from reglo.core.terms.statutes import TERM_RULES

_SAMPLE = tuple(date(2027, 1, 1) + timedelta(days=n) for n in range(731))


class Sector(StrEnum):
    """A trade with a longest delay of its own: C. com. L441-11 II, L441-12."""

    GENERAL = "general"
    TRANSPORT = "transport"  #: road haulage, vehicle rental, forwarding, shipping and customs agency
    PERISHABLE = "perishable"  #: perishable, frozen and tinned food (*denrées périssables*)
    LIVESTOCK = "livestock"  #: live cattle for consumption, fresh meat (*bétail, viandes fraîches*)
    ALCOHOL = "alcohol"  #: drinks under the duty on alcohols
    WINE = "wine"  #: grapes, must, wine
    EXPORT = "export"  #: bought free of VAT (CGI 275) to be resold as it is outside the EU


def check_terms(
    terms: PaymentTerms,
    *,
    sector: Sector = Sector.GENERAL,
    buyer_kind: BuyerKind = BuyerKind.BUSINESS,
    periodic: bool = False,
    agreed: bool = True,
    on: date | None = None,
    rates: RateTable | None = None,
) -> tuple[Finding, ...]:
    """Where `terms` break the law of payment delays, with article and mend.

    sector: of what is sold. periodic: the invoice sums up several deliveries (CGI 289 I 3). agreed: the buyer accepted
    the terms; if not, the law's own delay holds. on: the day whose legal rate is the floor of penalties, by default the
    newest known. rates: by default those that Réglo ships.
    """
    if buyer_kind is BuyerKind.CONSUMER:
        return tuple(_consumer(terms))
    delays = _check_delays(terms, _cap(sector, buyer_kind, periodic=periodic, agreed=agreed))
    if buyer_kind.is_public:
        return (*delays, *_public_rate(terms))
    return (*delays, *_from_receipt(terms), *_penalty(terms.penalty, on, rates), *_indemnity(terms))


def last_lawful_day(issued: date, buyer_kind: BuyerKind) -> date | None:
    """The last day to which an agreement may put off what is delivered and invoiced on `issued`; trades aside.

    None where no delay is set: for a consumer, and at the end of the calendar.
    """
    if buyer_kind is BuyerKind.CONSUMER or issued.year > LAST_YEAR:
        return None
    cap = _PUBLIC.get(buyer_kind, _AGREED)
    return max(limit.last_day(issued) for limit in (*cap.limits, *cap.to_be_express))


@dataclass(frozen=True, slots=True)
class _Limit:
    """One longest delay that the law allows."""

    delay: Delay
    from_decade: bool = False  #: counted from the end of the ten days of delivery

    def last_day(self, day: date) -> date:
        """The last day to pay what was delivered and invoiced on `day`."""
        return end_of_delay(self.delay, end_of_decade(day) if self.from_decade else day)


@dataclass(frozen=True, slots=True)
class _Cap:
    """The limits of a case: a delay that fits one of them, whatever the day, is lawful."""

    rule: str
    limits: tuple[_Limit, ...]
    to_be_express: tuple[_Limit, ...] = ()  #: lawful too, but only if expressly agreed


def _days(count: int, end_of_month: EndOfMonth = EndOfMonth.NO) -> _Limit:
    return _Limit(Delay(days=count, end_of_month=end_of_month))


_END_OF_MONTH_45 = (_days(45, EndOfMonth.AFTER_DAYS), _days(45, EndOfMonth.BEFORE_DAYS))
_AGREED = _Cap("FR-TERMS-CAP", (_days(60),), to_be_express=_END_OF_MONTH_45)
_NOT_AGREED = _Cap("FR-TERMS-DEFAULT", (_days(30),))
_PERIODIC = _Cap("FR-TERMS-PERIODIC", (_days(45),))
_PERISHABLE_PERIODIC = _Cap("FR-TERMS-PERISHABLE", (_Limit(Delay(days=30), from_decade=True),))
_SECTORS = {
    Sector.TRANSPORT: _Cap("FR-TERMS-TRANSPORT", (_days(30),)),
    Sector.PERISHABLE: _Cap("FR-TERMS-PERISHABLE", (_days(30),)),
    Sector.LIVESTOCK: _Cap("FR-TERMS-LIVESTOCK", (_days(20),)),
    Sector.ALCOHOL: _Cap("FR-TERMS-ALCOHOL", (_days(30, EndOfMonth.BEFORE_DAYS),)),
    Sector.WINE: _Cap("FR-TERMS-WINE", (_days(60), *_END_OF_MONTH_45)),
    Sector.EXPORT: _Cap("FR-TERMS-EXPORT", (_days(90),)),
}
_NEVER_OVER_30_DAYS = (Sector.TRANSPORT, Sector.PERISHABLE, Sector.LIVESTOCK)
_PUBLIC = {
    BuyerKind.PUBLIC: _Cap("FR-TERMS-PUBLIC", (_days(30),)),
    BuyerKind.PUBLIC_HEALTH: _Cap("FR-TERMS-PUBLIC", (_days(50),)),
    BuyerKind.PUBLIC_COMPANY: _Cap("FR-TERMS-PUBLIC", (_days(60),)),
}


def _cap(sector: Sector, buyer_kind: BuyerKind, *, periodic: bool, agreed: bool) -> _Cap:
    """The cap of a case. Without agreement, a trade has 30 days as any other, unless its own cap is shorter."""
    if buyer_kind in _PUBLIC:
        return _PUBLIC[buyer_kind]
    if not agreed and sector not in _NEVER_OVER_30_DAYS:
        return _NOT_AGREED
    if sector is Sector.PERISHABLE and periodic and agreed:
        return _PERISHABLE_PERIODIC
    if sector in _SECTORS:
        return _SECTORS[sector]
    return _PERIODIC if periodic else _AGREED


def _check_delays(terms: PaymentTerms, cap: _Cap) -> Iterator[Finding]:
    """The delay of each instalment and of the balance against the cap."""
    for where, delay in _delays(terms):
        too_long = _too_long(delay, cap, None)
        if too_long is not None:
            yield TERM_RULES[cap.rule].finding(where, too_long)
            continue
        if terms.next_business_day is not None:
            moved_too_far = _too_long(delay, cap, terms.next_business_day)
            if moved_too_far is not None:
                yield TERM_RULES["FR-TERMS-BUSINESS-DAY"].finding(where, moved_too_far)
        if not any(_first_breach(delay, limit, None) is None for limit in cap.limits):
            yield TERM_RULES["FR-TERMS-END-OF-MONTH"].finding(where)


def _delays(terms: PaymentTerms) -> Iterator[tuple[str, Delay]]:
    """The delays of the terms, each with its path."""
    for place, part in enumerate(terms.instalments):
        yield f"instalments[{place}].delay", part.delay
    yield "delay", terms.delay


def _from_receipt(terms: PaymentTerms) -> Iterator[Finding]:
    for where, delay in _delays(terms):
        at_once = delay.days == 0 and delay.end_of_month is EndOfMonth.NO
        if delay.start is Start.RECEIPT and not at_once:
            yield TERM_RULES["FR-TERMS-FROM-RECEIPT"].finding(where)


def _too_long(delay: Delay, cap: _Cap, region: Region | None) -> Text | None:
    """None if `delay` fits a limit of the cap, else how it goes beyond the one it comes nearest to."""
    breaches = []
    for limit in (*cap.limits, *cap.to_be_express):
        day = _first_breach(delay, limit, region)
        if day is None:
            return None
        breaches.append((moved(end_of_delay(delay, day), region), limit.last_day(day), day))
    due, last, day = min(breaches, key=lambda breach: breach[0] - breach[1])
    return Text(
        fr=f"Une facture du {day:%d/%m/%Y} serait payable le {due:%d/%m/%Y}, au lieu du {last:%d/%m/%Y} au plus tard.",
        en=f"An invoice of {day} would be payable on {due}, and not by {last} as it must.",
    )


@lru_cache(maxsize=256)
def _first_breach(delay: Delay, limit: _Limit, region: Region | None) -> date | None:
    """The first day of the sample on which `delay` ends after `limit`."""
    return next((day for day in _SAMPLE if moved(end_of_delay(delay, day), region) > limit.last_day(day)), None)


def _penalty(penalty: Penalty | None, on: date | None, rates: RateTable | None) -> Iterator[Finding]:
    if penalty is None:
        yield TERM_RULES["FR-TERMS-PENALTY"].finding("penalty")
        return
    try:
        too_low = _too_low(penalty, on, rates)
    except RateUnknown:
        # So long ago that there is nothing to hold it against.
        return
    if too_low is not None:
        yield TERM_RULES["FR-TERMS-PENALTY-FLOOR"].finding("penalty", too_low)


def _too_low(penalty: Penalty, on: date | None, rates: RateTable | None) -> Text | None:
    """How the penalty stays below three times the legal rate, or None.

    ECB + 10 points and more is never too low: the law's own rate is lawful whatever it comes to.
    """
    if penalty.basis is PenaltyBasis.ECB and penalty.value >= ECB_PLUS_10.value:
        return None
    legal = _rate(RateKind.LEGAL, on, rates)
    percent = _percent_a_year(penalty, legal, on, rates)
    if percent >= 3 * legal.percent:
        return None
    given, floor, once = percent_text(percent), percent_text(3 * legal.percent), percent_text(legal.percent)
    return Text(
        fr=f"{given.fr} est moins que 3 × {once.fr} = {floor.fr} (semestre {legal.half_year}).",
        en=f"{given.en} is less than 3 × {once.en} = {floor.en} (half-year {legal.half_year}).",
    )


def _percent_a_year(penalty: Penalty, legal: Rate, on: date | None, rates: RateTable | None) -> Decimal:
    if penalty.basis is PenaltyBasis.FIXED:
        return penalty.value
    if penalty.basis is PenaltyBasis.LEGAL:
        return penalty.value * legal.percent
    return _rate(RateKind.ECB, on, rates).percent + penalty.value


def _rate(kind: RateKind, on: date | None, rates: RateTable | None) -> Rate:
    """The rate on a day, or the newest known."""
    return (rates or shipped_rates()).last(kind) if on is None else rate_for(kind, on, rates)


def _indemnity(terms: PaymentTerms) -> Iterator[Finding]:
    if terms.indemnity is None or terms.indemnity < RECOVERY_INDEMNITY:
        yield TERM_RULES["FR-TERMS-INDEMNITY"].finding("indemnity")


def _public_rate(terms: PaymentTerms) -> Iterator[Finding]:
    if terms.penalty not in (None, ECB_PLUS_8):
        yield TERM_RULES["FR-TERMS-PUBLIC-RATE"].finding("penalty")


def _consumer(terms: PaymentTerms) -> Iterator[Finding]:
    if terms.penalty is not None or terms.indemnity is not None:
        yield TERM_RULES["FR-TERMS-CONSUMER"].finding("penalty" if terms.penalty is not None else "indemnity")
