"""A negotiation worked out: what the largest customer asks for costs, and what both would gain by."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Sum
from django.utils import translation

from reglo.charts.drawing import svg_of
from reglo.core.negotiation import Band, Deal, Fairness, FairPoint, Limit, Measure, Offer, Side, Wish
from reglo.core.terms import Delay
from reglo.core.terms.figures import amount_text
from reglo.customers.models import Customer
from reglo.journal.services import Actor
from reglo.ledger.models import OpenItem
from reglo.ledger.models import Side as BookSide
from reglo.negotiation.doubt_sheet import doubt_sheet_of
from reglo.negotiation.letters import first_draft, letter_pdf
from reglo.negotiation.models import Counterpart, MoneySource
from reglo.negotiation.queries.answering import Table, doubts_of, story_of, table_of
from reglo.negotiation.queries.known import known_of
from reglo.negotiation.services import (
    begin_negotiation,
    draft_agreement,
    draw_limits,
    give_facts,
    note_round,
    write_letter,
)
from reglo.negotiation.sheet import sheet_of
from reglo.organisations.models import Organisation

_ASKED_DAYS, _ASKED_OFF = 60, Decimal(2)  #: days and percent that the customer asks for
_MARGIN = Decimal(28)  #: percent
_OVERDRAFT = Decimal(7)  #: percent a year
_THEIR_MONEY = Band(Decimal(3), Decimal(4), Decimal(6))
_LEAST_GAIN = Decimal(-400)  #: euros a year: beyond it the firm walks away


def negotiate(organisation: Organisation, folder: Path, *, by: Actor, now: datetime, today: date) -> list[str]:
    """Work it out, write letter and drawings into `folder`, draft the agreement; what there is to say of it."""
    folder.mkdir(parents=True, exist_ok=True)
    customer, facts = _largest(organisation), {"organisation": organisation, "by": by, "now": now}
    deal = _deal(organisation, customer, today)
    row = begin_negotiation(kind=Counterpart.CUSTOMER, name="", customer=customer, **facts)
    give_facts(negotiation_id=row.pk, deal=deal, source=MoneySource.OVERDRAFT, **facts)
    row = draw_limits(negotiation_id=row.pk, limits=[Limit(Wish.WILL_NOT, Measure.GAIN, _LEAST_GAIN)], **facts)
    terms = replace(deal.current.terms, delay=Delay(days=_ASKED_DAYS))
    asked = replace(deal.current, terms=terms, price_percent=-_ASKED_OFF)
    note_round(negotiation_id=row.pk, side=Side.THEIRS, offer=asked, on=today, note="Par téléphone.", **facts)
    table = table_of(row, asked, today=today)
    fair = next((each for each in table.answer.fair if each.kind is Fairness.NASH), None)
    if fair is not None:
        ours = note_round(negotiation_id=row.pk, side=Side.OURS, offer=fair.point.offer, on=today, **facts)
        subject, letter = first_draft(row, ours, language="fr", sender=by.name)
        ours = write_letter(round_id=ours.pk, language="fr", subject=subject, letter=letter, **facts)
        draft_agreement(round_id=ours.pk, **facts)
        (folder / "lettre.pdf").write_bytes(letter_pdf(row, ours))
    with translation.override("fr"):
        shown = asked if fair is None else fair.point.offer
        drawings: list[Any] = [
            sheet_of(table, story_of(row).points).chart,
            doubt_sheet_of(doubts_of(row, shown)).tornado,
        ]
        for drawing in drawings:
            (folder / f"{drawing.key}.svg").write_text(svg_of(drawing), encoding="utf-8")
    return list(_said(customer, table, fair))


def _largest(organisation: Organisation) -> Customer:
    """Who was billed most."""
    billed = OpenItem.objects.of(organisation).filter(side=BookSide.DEBIT, kind="document")
    first = billed.values("customer").annotate(sum=Sum("amount_minor")).order_by("-sum", "customer").first()
    assert first is not None
    return Customer.objects.get(pk=first["customer"])


def _deal(organisation: Organisation, customer: Customer, today: date) -> Deal:
    """The year to come, from what the books say of the last one."""
    known = known_of(organisation, customer, today=today)
    assert known.billed is not None
    return Deal(
        yearly_net=known.billed,
        from_day=today.replace(day=1),
        margin_percent=_MARGIN,
        own_money_percent=_OVERDRAFT,
        their_money=_THEIR_MONEY,
        months=known.months if any(known.months) else (Decimal(1),) * 12,
        orders=max(known.invoices, 1),
        vat_percent=known.vat_percent,
        vat_regime=known.vat_regime,
        lateness=known.lateness,
        current=Offer(terms=known.terms),
        buyer_kind=known.buyer_kind,
    )


def _said(customer: Customer, table: Table, fair: FairPoint | None) -> Iterator[str]:
    cost, answer = amount_text(table.answer.ours.cost).fr, table.answer
    yield f"{customer.name} demande {_ASKED_DAYS} jours et {_ASKED_OFF} % de remise : cela coûterait {cost} par an."
    yield answer.why.fr
    if fair is not None:
        yield fair.meaning.fr
    yield from (f"{line.label.fr} : {amount_text(line.amount).fr}" for line in answer.ours.lines)
