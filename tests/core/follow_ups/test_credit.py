"""Credit notes: a full one gives back all, many small ones never more."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.composition import DocumentKind, Draft, compose_invoice
from reglo.core.document import DocumentReference, Invoice
from reglo.core.follow_ups import (
    Credit,
    NothingLeftToCredit,
    credit_of_amounts,
    credit_of_lines,
    credit_of_rest,
    full_credit,
    require_fitting,
    room_of,
)
from reglo.core.totals import counts
from reglo.formats.reading import Reading, Syntax
from reglo.rules.check import check_document
from tests.core.composition.drafts import SOUND, a_draft, a_draft_line
from tests.core.follow_ups.sales import sales, taxed

CREDITED = {name: draft for name, draft in SOUND.items() if draft.kind is not DocumentKind.CREDIT_NOTE}


def made(credit: Credit, draft: Draft) -> Invoice:
    """The credit note itself."""
    return compose_invoice(
        replace(
            draft,
            number="A2026-0001",
            kind=DocumentKind.CREDIT_NOTE,
            lines=credit.lines,
            reductions=credit.reductions,
            rounding=credit.rounding,
            nature=credit.nature,
            deposits=(),
            paid_on=None,
            preceding_invoices=(DocumentReference(number=draft.number, issue_date=draft.issue_date),),
        )
    )


@pytest.mark.parametrize("name", CREDITED)
def test_a_full_credit_gives_back_each_kind_of_sale_to_the_cent(name: str) -> None:
    invoice = compose_invoice(CREDITED[name])
    credit = made(full_credit(invoice), CREDITED[name])
    assert credit.vat_breakdown == invoice.vat_breakdown
    assert credit.totals is not None
    assert invoice.totals is not None
    assert (credit.totals.net, credit.totals.vat, credit.totals.gross) == (
        invoice.totals.net,
        invoice.totals.vat,
        invoice.totals.gross,
    )
    assert credit.totals.rounding == invoice.totals.rounding
    assert room_of(invoice, [credit]).is_empty
    require_fitting(credit, room_of(invoice))
    assert check_document(Reading(invoice=credit, syntax=Syntax.DATA)).accepted


@settings(max_examples=150, deadline=None)
@given(sales())
def test_a_full_credit_gives_back_any_sale_to_the_cent(draft: Draft) -> None:
    invoice = compose_invoice(draft)
    credit = made(full_credit(invoice), draft)
    assert taxed(credit) == taxed(invoice)
    assert credit.vat_breakdown == invoice.vat_breakdown


@settings(max_examples=150, deadline=None)
@given(sales(), st.data())
def test_credits_by_amount_and_the_rest_close_the_invoice_for_each_rate(draft: Draft, data: st.DataObject) -> None:
    invoice, notes = compose_invoice(draft), list[Invoice]()
    for _ in range(3):
        room = room_of(invoice, notes)
        wanted = {
            key: data.draw(st.decimals(0, left.net, places=2)) for key, left in room.by_vat.items() if left.net > 0
        }
        try:
            credit = made(credit_of_amounts(invoice, wanted, room=room, name="Avoir partiel"), draft)
        except NothingLeftToCredit:
            continue
        require_fitting(credit, room)
        notes.append(credit)
    room = room_of(invoice, notes)
    if not room.is_empty:
        last = made(credit_of_rest(invoice, room=room, name="Solde"), draft)
        require_fitting(last, room)
        notes.append(last)
    assert room_of(invoice, notes).is_empty
    assert room_of(invoice, notes).gross == 0


@settings(max_examples=150, deadline=None)
@given(sales(), st.data())
def test_credits_by_line_never_give_back_more_than_was_asked(draft: Draft, data: st.DataObject) -> None:
    invoice, notes = compose_invoice(draft), list[Invoice]()
    left = {place: line.quantity or Decimal(1) for place, line in enumerate(filter(counts, invoice.lines))}
    for _ in range(4):
        chosen = {place: data.draw(st.decimals(0, most, places=2)) for place, most in left.items()}
        room = room_of(invoice, notes)
        try:
            credit = made(credit_of_lines(invoice, chosen, room=room, left=left), draft)
        except NothingLeftToCredit:
            continue
        require_fitting(credit, room)
        notes.append(credit)
        left = {place: most - chosen[place] for place, most in left.items()}
    room = room_of(invoice, notes)
    if not room.is_empty and any(each.net > 0 for each in room.by_vat.values()):
        notes.append(made(credit_of_rest(invoice, room=room, name="Solde"), draft))
    assert room_of(invoice, notes).is_empty


@settings(deadline=None)
@given(sales())
def test_what_is_credited_in_full_cannot_be_credited_again(draft: Draft) -> None:
    invoice = compose_invoice(draft)
    credit = made(full_credit(invoice), draft)
    with pytest.raises(NothingLeftToCredit):
        require_fitting(credit, room_of(invoice, [credit]))
    with pytest.raises(NothingLeftToCredit):
        credit_of_rest(invoice, room=room_of(invoice, [credit]), name="Solde")


def test_credits_written_by_hand_that_do_not_close_still_never_exceed() -> None:
    draft = a_draft(lines=(a_draft_line(quantity=Decimal(1), price=Decimal("0.07")),))
    invoice = compose_invoice(draft)
    by_hand = made(
        full_credit(compose_invoice(replace(draft, lines=(replace(draft.lines[0], price=Decimal("0.03")),)))), draft
    )
    require_fitting(by_hand, room_of(invoice))
    rest = made(credit_of_rest(invoice, room=room_of(invoice, [by_hand]), name="Solde"), draft)
    require_fitting(rest, room_of(invoice, [by_hand]))
    left = room_of(invoice, [by_hand, rest]).by_vat["S", Decimal(20)]
    assert Decimal(0) <= left.net <= Decimal("0.02")
    assert left.tax >= 0


@pytest.mark.parametrize("quantity", ["2.01", "-1"])
def test_no_more_units_are_credited_than_were_billed(quantity: str) -> None:
    invoice = compose_invoice(a_draft())
    with pytest.raises(NothingLeftToCredit):
        credit_of_lines(invoice, {0: Decimal(quantity)}, room=room_of(invoice), left={})


def test_a_line_that_is_not_there_is_not_credited() -> None:
    invoice = compose_invoice(a_draft())
    with pytest.raises(NothingLeftToCredit):
        credit_of_lines(invoice, {7: Decimal(1)}, room=room_of(invoice), left={})


def test_a_rate_that_the_invoice_does_not_have_is_not_credited() -> None:
    invoice = compose_invoice(a_draft())
    with pytest.raises(NothingLeftToCredit):
        credit_of_amounts(invoice, {("S", Decimal("5.5")): Decimal(1)}, room=room_of(invoice), name="Avoir")


def test_nothing_is_not_credited() -> None:
    invoice = compose_invoice(a_draft())
    for nothing in ({}, {0: Decimal(0)}):
        with pytest.raises(NothingLeftToCredit):
            credit_of_lines(invoice, nothing, room=room_of(invoice), left={})


def test_lines_keep_their_share_of_the_reductions_of_the_whole() -> None:
    draft = SOUND["goods and services, several rates"]
    invoice = compose_invoice(draft)
    credit = made(credit_of_lines(invoice, {0: Decimal(1)}, room=room_of(invoice), left={}), draft)
    assert taxed(credit)["S", Decimal(20)].net == Decimal("600.00") - Decimal("31.50")
