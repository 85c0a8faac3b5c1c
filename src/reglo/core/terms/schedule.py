"""From terms to dates and amounts: when what is due, and what paying early earns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from reglo.core.dates import Region, end_of_month, next_business_day, on_or_after
from reglo.core.findings import Text
from reglo.core.money import minor_units, round_half_up
from reglo.core.terms.model import Delay, EndOfMonth, Instalment, InvalidTerms, PaymentTerms, Share, Start

_HUNDRED = Decimal(100)
LAST_YEAR = 9900  #: of dates: room for ten years of delay before the last date that Python has


def end_of_delay(delay: Delay, start: date) -> date:
    """The last day of `delay` when it is counted from `start`."""
    day = end_of_month(start) if delay.end_of_month is EndOfMonth.BEFORE_DAYS else start
    day += timedelta(days=delay.days)
    if delay.end_of_month is EndOfMonth.AFTER_DAYS:
        day = end_of_month(day)
    return day if delay.day_of_month is None else on_or_after(day, delay.day_of_month)


def start_of_delay(delay: Delay, *, invoice_date: date, delivery_date: date | None, receipt_date: date | None) -> date:
    """The day from which `delay` is counted.

    Where the day is not known it is the date of the invoice: an invoice that names no day of delivery says that it was
    that very day (CGI ann. II art. 242 nonies A, 10°), and an electronic one arrives when it is sent.
    """
    known = {
        Start.INVOICE: invoice_date,
        Start.RECEIPT: receipt_date,
        Start.DELIVERY: delivery_date,
        Start.SERVICE: delivery_date,
    }
    start = known[delay.start] or invoice_date
    if start.year > LAST_YEAR:
        raise InvalidTerms(
            Text(fr=f"Une date après l'an {LAST_YEAR}.", en=f"A date after the year {LAST_YEAR}."),
            field="invoice_date",
        )
    return start


def due_dates(
    terms: PaymentTerms,
    *,
    invoice_date: date,
    gross: Decimal | None = None,
    delivery_date: date | None = None,
    receipt_date: date | None = None,
    order_date: date | None = None,
    paid: Decimal = Decimal(0),
    currency: str = "EUR",
) -> tuple[Instalment, ...]:
    """What is due when, in the order of the terms: deposit, instalments, balance.

    gross: total with tax (BT-112), not negative; without it the amounts are None. delivery_date: of the goods, or the
    end of the service. receipt_date: of the invoice. order_date: when the deposit is due, else the date of the invoice.
    paid: what was paid already (BT-113, such as the deposit), which settles the first instalments first; those that it
    settles whole are left out, as is an instalment of nothing.
    """
    dates = _dates(
        terms,
        invoice_date=invoice_date,
        delivery_date=delivery_date,
        receipt_date=receipt_date,
        order_date=order_date,
    )
    shares = _shares(terms)
    if gross is None:
        return tuple(Instalment(date=day, share=share) for day, share in zip(dates, shares, strict=True))
    _require_payable(gross)
    amounts = _split(shares, gross, minor_units(currency))
    planned = zip(dates, shares, amounts, strict=True)
    return tuple(_still_due((Instalment(date=day, share=share, amount=amount) for day, share, amount in planned), paid))


def due_date(
    terms: PaymentTerms,
    *,
    invoice_date: date,
    delivery_date: date | None = None,
    receipt_date: date | None = None,
) -> date:
    """The last day to pay everything: BT-9."""
    instalments = due_dates(terms, invoice_date=invoice_date, delivery_date=delivery_date, receipt_date=receipt_date)
    return max(instalment.date for instalment in instalments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """A discount that can still be earned (*escompte*)."""

    percent: Decimal
    last_day: date  #: of payment
    amount: Decimal | None = None  #: what it saves, with tax; None where the total is not known
    to_pay: Decimal | None = None  #: total less discount


def discounts(
    terms: PaymentTerms,
    *,
    invoice_date: date,
    gross: Decimal | None = None,
    delivery_date: date | None = None,
    receipt_date: date | None = None,
    currency: str = "EUR",
) -> tuple[Discount, ...]:
    """The early-payment discounts on `gross` (total with tax, not negative), in the order of the terms."""
    if gross is not None:
        _require_payable(gross)
    start = start_of_delay(
        terms.delay, invoice_date=invoice_date, delivery_date=delivery_date, receipt_date=receipt_date
    )
    offers = []
    for tier in terms.discounts:
        saved = None if gross is None else round_half_up(gross * tier.percent / _HUNDRED, minor_units(currency))
        to_pay = None if gross is None or saved is None else gross - saved
        last_day = start + timedelta(days=tier.days)
        offers.append(Discount(percent=tier.percent, last_day=last_day, amount=saved, to_pay=to_pay))
    return tuple(offers)


def _dates(
    terms: PaymentTerms,
    *,
    invoice_date: date,
    delivery_date: date | None,
    receipt_date: date | None,
    order_date: date | None,
) -> list[date]:
    def due(delay: Delay) -> date:
        start = start_of_delay(delay, invoice_date=invoice_date, delivery_date=delivery_date, receipt_date=receipt_date)
        return moved(end_of_delay(delay, start), terms.next_business_day)

    deposit = [] if terms.deposit is None else [order_date or invoice_date]
    return [*deposit, *(due(part.delay) for part in terms.instalments), due(terms.delay)]


def moved(day: date, region: Region | None) -> date:
    """`day`, or the business day that takes its place where that was agreed."""
    return day if region is None else next_business_day(day, region)


def _shares(terms: PaymentTerms) -> list[Share | None]:
    deposit = [] if terms.deposit is None else [terms.deposit]
    return [*deposit, *(part.share for part in terms.instalments), None]


def _require_payable(gross: Decimal) -> None:
    if not (gross.is_finite() and gross >= 0):
        raise InvalidTerms(
            Text(
                fr=f"Un total à payer n'est pas négatif\N{NO-BREAK SPACE}: {gross}.",
                en=f"A total to pay is not negative: {gross}.",
            ),
            field="gross",
        )


def _split(shares: Iterable[Share | None], gross: Decimal, places: int) -> list[Decimal]:
    """Amounts of the shares; none takes more than is left, and the balance takes the rest."""
    left, amounts = gross, []
    for share in shares:
        wanted = left if share is None else _amount(share, gross, places)
        amounts.append(min(wanted, left))
        left -= amounts[-1]
    return amounts


def _amount(share: Share, gross: Decimal, places: int) -> Decimal:
    if share.amount is not None:
        return round_half_up(share.amount, places)
    parts = gross * share.percent / _HUNDRED if share.percent is not None else gross / (share.one_in or 1)
    return round_half_up(parts, places)


def _still_due(planned: Iterable[Instalment], paid: Decimal) -> Iterable[Instalment]:
    """What is left of each instalment after `paid` has settled the first ones."""
    for instalment in planned:
        amount = instalment.amount or Decimal(0)
        settled = min(paid, amount)
        paid -= settled
        if amount > settled:
            yield Instalment(date=instalment.date, amount=amount - settled, share=instalment.share)
