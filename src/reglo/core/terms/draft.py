"""Terms while they are being read: words are gathered into clauses, and clauses make the terms.

A clause is a share and the time it is due: «30 % à la commande», «solde à 30 jours». Nothing is guessed: clauses that
cannot hold together are a Contradiction.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from reglo.core.dates import Region
from reglo.core.findings import Text
from reglo.core.terms.model import (
    ECB_PLUS_10,
    RECOVERY_INDEMNITY,
    Delay,
    DiscountTier,
    EndOfMonth,
    Part,
    PaymentTerms,
    Penalty,
    PenaltyBasis,
    Share,
    Start,
)
from reglo.core.terms.vocabulary import Kind, Word

_T = TypeVar("_T")

_NUMBERS = {"deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4}
_FRACTIONS = {"moitie": 2, "half": 2, "tiers": 3, "third": 3, "quart": 4, "quarter": 4}


class Contradiction(Exception):
    """Clauses that make no terms together; the message says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(slots=True)
class _Clause:
    """A share and the time it is due, as far as it has been read."""

    share: Share | None = None
    is_balance: bool = False
    is_discount: bool = False
    is_deposit: bool = False
    is_net: bool = False
    on_order: bool = False
    days: int | None = None
    start: Start | None = None
    end_of_month: EndOfMonth = EndOfMonth.NO
    day_of_month: int | None = None

    @property
    def has_time(self) -> bool:
        return self.on_order or self.days is not None or self.start is not None or self.has_month

    @property
    def has_month(self) -> bool:
        return self.end_of_month is not EndOfMonth.NO or self.day_of_month is not None

    @property
    def is_at_order(self) -> bool:
        return self.on_order or (self.is_deposit and not self.has_time)

    @property
    def is_empty(self) -> bool:
        return self == _Clause()

    def delay(self) -> Delay:
        """The delay. The date of the invoice alone says from when one counts, not how long."""
        if self.days is None and not self.has_month and self.start in (None, Start.INVOICE):
            raise Contradiction(
                Text(fr="Il manque un délai ou une date de paiement.", en="There is no delay or day of payment.")
            )
        return Delay(
            days=self.days or 0,
            start=self.start or Start.INVOICE,
            end_of_month=self.end_of_month,
            day_of_month=self.day_of_month,
        )


@dataclass(slots=True)
class Draft:
    """Terms while they are being read."""

    clauses: list[_Clause] = field(default_factory=lambda: [_Clause()])
    tiers: list[DiscountTier] = field(default_factory=list)
    penalties: list[Penalty | None] = field(default_factory=list)
    indemnities: list[Decimal | None] = field(default_factory=list)
    next_business_day: Region | None = None

    def read(self, said: Iterable[Word]) -> PaymentTerms:
        """The terms that the words make. Raises Contradiction, or InvalidTerms for figures that cannot be."""
        for word in said:
            _READERS[word.kind](self, word)
        return self._terms()

    @property
    def _last(self) -> _Clause:
        return self.clauses[-1]

    def _begin(self) -> _Clause:
        """A new clause, unless the last one is still empty."""
        if not self._last.is_empty:
            self.clauses.append(_Clause())
        return self._last

    # Words, one method a kind.

    def _no_discount(self, _: Word) -> None:
        """«Pas d'escompte»: nothing to add."""

    def _no_penalty(self, _: Word) -> None:
        self.penalties.append(None)

    def _no_indemnity(self, _: Word) -> None:
        self.indemnities.append(None)

    def _penalty_legal(self, word: Word) -> None:
        times = word.values[0]
        self.penalties.append(Penalty(PenaltyBasis.LEGAL, Decimal(_NUMBERS.get(times, times))))

    def _penalty_ecb(self, word: Word) -> None:
        self.penalties.append(Penalty(PenaltyBasis.ECB, Decimal(word.values[0])))

    def _penalty_fixed(self, word: Word) -> None:
        self.penalties.append(Penalty(PenaltyBasis.FIXED, Decimal(word.values[0])))

    def _written_indemnity(self, word: Word) -> None:
        self.indemnities.append(_money(word.values[0]))

    def _business_day(self, word: Word) -> None:
        self.next_business_day = Region.ALSACE_MOSELLE if word.values else Region.FRANCE

    def _times(self, word: Word) -> None:
        count, listed = word.values
        days = _integers(listed)
        if len(days) != _NUMBERS.get(count, 0) and str(len(days)) != count:
            raise Contradiction(
                Text(
                    fr=f"{count} échéances, mais {len(days)} délais sont donnés.",
                    en=f"{count} instalments, but {len(days)} delays are given.",
                )
            )
        self._equal_parts(days)

    def _equal_parts(self, days: list[int]) -> None:
        for each in days[:-1]:
            self._begin()
            self._last.share, self._last.days = Share(one_in=len(days)), each
        self._begin()
        self._last.is_balance, self._last.days = True, days[-1]

    def _split(self, word: Word) -> None:
        """«50/50»: order and delivery. «30/60/90»: equal parts after so many days."""
        figures = _integers(word.values[0])
        if sum(figures) == 100 and len(figures) == 2:
            self._begin()
            self._last.share, self._last.on_order = Share(percent=Decimal(figures[0])), True
            self._begin()
            self._last.is_balance, self._last.start = True, Start.DELIVERY
        elif sum(figures) != 100 and sorted(set(figures)) == figures:
            self._equal_parts(figures)
        else:
            raise Contradiction(
                Text(
                    fr=f"{word.values[0]}\N{NO-BREAK SPACE}: dites quand chaque part est due.",
                    en=f"{word.values[0]}: say when each part is due.",
                )
            )

    def _short_discount(self, word: Word) -> None:
        percent, days = word.values
        self.tiers.append(DiscountTier(percent=Decimal(percent), days=int(days)))

    def _net_days(self, word: Word) -> None:
        self._net(word)
        self._days(word)

    def _net(self, _: Word) -> None:
        if self._last.share is not None:
            self._begin()
        self._last.is_net = True

    def _share(self, share: Share) -> None:
        awaits_share = self._last.on_order and self._last.share is None
        if not awaits_share and (self._last.has_time or self._last.share is not None or self._last.is_balance):
            follows_discount = self._last.is_discount
            self._begin().is_discount = follows_discount
        self._last.share = share

    def _percent(self, word: Word) -> None:
        if Decimal(word.values[0]) == 100:
            self._begin().is_balance = True
            return
        self._share(Share(percent=Decimal(word.values[0])))

    def _amount(self, word: Word) -> None:
        self._share(Share(amount=_money(word.values[0])))

    def _fraction(self, word: Word) -> None:
        self._share(Share(one_in=int(word.values[0])))

    def _named_fraction(self, word: Word) -> None:
        self._share(Share(one_in=_FRACTIONS[word.values[0]]))

    def _days(self, word: Word) -> None:
        if self._last.days is not None or self._last.on_order:
            self._begin()
        self._last.days = int(word.values[0])
        if self._last.end_of_month is EndOfMonth.AFTER_DAYS:
            self._last.end_of_month = EndOfMonth.BEFORE_DAYS

    def _end_of_month(self, _: Word) -> None:
        self._last.end_of_month = EndOfMonth.AFTER_DAYS

    def _after_end_of_month(self, _: Word) -> None:
        self._last.end_of_month = EndOfMonth.BEFORE_DAYS

    def _day_of_month(self, word: Word) -> None:
        if self._last.day_of_month is not None:
            raise _two_times()
        number, *following = word.values
        self._last.day_of_month = int(number)
        if following and self._last.end_of_month is EndOfMonth.NO:
            self._last.end_of_month = _end_before(self._last.day_of_month)

    def _order(self, _: Word) -> None:
        if self._last.days is not None or self._last.start is not None or self._last.has_month:
            raise _two_times()
        self._last.on_order = True

    def _deposit(self, _: Word) -> None:
        if self._last.has_time:
            self._begin()
        self._last.is_deposit = True

    def _balance(self, _: Word) -> None:
        self._begin().is_balance = True

    def _discount(self, _: Word) -> None:
        if self._last.has_time:
            self._begin()
        self._last.is_discount = True

    def _at_once(self, _: Word) -> None:
        if self._last.days is not None or self._last.has_month:
            raise _two_times()
        self._last.days = 0

    def _starting(self, start: Start) -> None:
        if self._last.start not in (None, start):
            raise Contradiction(
                Text(fr="Deux points de départ pour un seul délai.", en="Two starting points for one delay.")
            )
        self._last.start = start

    # From clauses to terms.

    def _terms(self) -> PaymentTerms:
        clauses = [clause for clause in self.clauses if not clause.is_empty]
        _mark_discounts(clauses)
        payments = [clause for clause in clauses if not clause.is_discount]
        balance = _balance(payments)
        others = [clause for clause in payments if clause is not balance]
        return PaymentTerms(
            delay=balance.delay(),
            deposit=_deposit(others),
            instalments=tuple(_part(clause) for clause in others if not clause.is_at_order),
            discounts=(*self.tiers, *(_tier(clause) for clause in clauses if clause.is_discount)),
            penalty=_only(self.penalties, ECB_PLUS_10),
            indemnity=_only(self.indemnities, RECOVERY_INDEMNITY),
            next_business_day=self.next_business_day,
        )


def _mark_discounts(clauses: list[_Clause]) -> None:
    """«2 % à 10 jours, net à 30 jours»: before a net delay of the whole, percentages are discounts."""
    wholes = [clause for clause in clauses if clause.is_net and clause.share is None and not clause.is_balance]
    if not wholes:
        return
    for clause in clauses[: clauses.index(wholes[0])]:
        timed = clause.days is not None and not clause.on_order and not clause.is_deposit
        clause.is_discount = clause.is_discount or (timed and clause.share is not None)


def _balance(payments: list[_Clause]) -> _Clause:
    """The clause that takes what the others leave."""
    if not payments:
        raise Contradiction(Text(fr="Il n'est pas dit quand payer.", en="It is not said when to pay."))
    candidates = [clause for clause in payments if clause.is_balance or clause.share is None]
    if any(clause.on_order for clause in candidates):
        raise Contradiction(
            Text(
                fr="À la commande on paie une part ; le tout se paie comptant.",
                en="On order one pays a share; the whole is paid immediately.",
            )
        )
    if not candidates and sum(each.share.fraction for each in payments if each.share is not None) == 1:
        return payments[-1]
    if not candidates:
        raise Contradiction(
            Text(fr="Il n'est pas dit quand payer le solde.", en="It is not said when the balance is due.")
        )
    if len(candidates) > 1:
        raise _two_times()
    return candidates[0]


def _deposit(others: list[_Clause]) -> Share | None:
    orders = [clause for clause in others if clause.is_at_order]
    if len(orders) > 1:
        raise Contradiction(Text(fr="Deux acomptes à la commande.", en="Two deposits on order."))
    return orders[0].share if orders else None


def _two_times() -> Contradiction:
    return Contradiction(
        Text(fr="Plusieurs délais sont donnés pour la même somme.", en="Several delays are given for the same sum.")
    )


def _end_before(day_of_month: int) -> EndOfMonth:
    """«Le 10 du mois suivant»: the month ends first, else an invoice of the 5th would be due on the 10th.

    Every month must be longer than that, else the end of one would pass for the day in the next.
    """
    if day_of_month > 28:
        raise Contradiction(
            Text(
                fr=f"Certains mois n'ont pas de {day_of_month}\N{NO-BREAK SPACE}: écrivez «\N{NO-BREAK SPACE}30 jours "
                "fin de mois\N{NO-BREAK SPACE}».",
                en=f'Not every month has a {day_of_month}th: write "30 days end of month".',
            )
        )
    return EndOfMonth.AFTER_DAYS


def _only(said: list[_T], default: _T) -> _T:
    """What was said, once or several times alike, or `default`."""
    if any(each != said[0] for each in said):
        raise Contradiction(
            Text(
                fr="Les pénalités ou l'indemnité sont dites deux fois, autrement.",
                en="Penalties or indemnity are said twice, and differently.",
            )
        )
    return said[0] if said else default


def _part(clause: _Clause) -> Part:
    if clause.share is None:
        raise Contradiction(Text(fr="Une échéance est sans part.", en="An instalment has no share."))
    return Part(share=clause.share, delay=clause.delay())


def _tier(clause: _Clause) -> DiscountTier:
    at_once = clause.start in (Start.RECEIPT, Start.INVOICE) and clause.days is None
    days = 0 if at_once else clause.days
    if clause.share is None or clause.share.percent is None or days is None or clause.has_month or clause.on_order:
        raise Contradiction(
            Text(
                fr="Un escompte est un pourcentage et un nombre de jours.",
                en="A discount is a percentage and a number of days.",
            )
        )
    return DiscountTier(percent=clause.share.percent, days=days)


def _money(figure: str) -> Decimal:
    return Decimal(figure.replace(" ", ""))


def _integers(listed: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", listed)]


_READERS: dict[Kind, Callable[[Draft, Word], None]] = {
    Kind.NO_DISCOUNT: Draft._no_discount,
    Kind.NO_PENALTY: Draft._no_penalty,
    Kind.NO_INDEMNITY: Draft._no_indemnity,
    Kind.PENALTY_LEGAL: Draft._penalty_legal,
    Kind.PENALTY_ECB: Draft._penalty_ecb,
    Kind.PENALTY_FIXED: Draft._penalty_fixed,
    Kind.INDEMNITY: Draft._written_indemnity,
    Kind.BUSINESS_DAY: Draft._business_day,
    Kind.TIMES: Draft._times,
    Kind.SHORT_DISCOUNT: Draft._short_discount,
    Kind.NET_DAYS: Draft._net_days,
    Kind.NET: Draft._net,
    Kind.PERCENT: Draft._percent,
    Kind.AMOUNT: Draft._amount,
    Kind.FRACTION: Draft._fraction,
    Kind.NAMED_FRACTION: Draft._named_fraction,
    Kind.SPLIT: Draft._split,
    Kind.DAYS: Draft._days,
    Kind.AFTER_END_OF_MONTH: Draft._after_end_of_month,
    Kind.END_OF_MONTH: Draft._end_of_month,
    Kind.DAY_OF_MONTH: Draft._day_of_month,
    Kind.ORDER: Draft._order,
    Kind.DEPOSIT: Draft._deposit,
    Kind.BALANCE: Draft._balance,
    Kind.DISCOUNT: Draft._discount,
    Kind.AT_ONCE: Draft._at_once,
    Kind.DELIVERY: lambda draft, _: draft._starting(Start.DELIVERY),
    Kind.SERVICE: lambda draft, _: draft._starting(Start.SERVICE),
    Kind.RECEIPT: lambda draft, _: draft._starting(Start.RECEIPT),
    Kind.INVOICE: lambda draft, _: draft._starting(Start.INVOICE),
}
