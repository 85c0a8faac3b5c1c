"""Quotes: written by several, sent once, answered once, with proof."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from reglo.billing.models import Quote, QuoteAnswer, QuoteState
from reglo.billing.offers import choosable, content_of_choice, quote_content_with, read_offer
from reglo.billing.queries.quotes import (
    QuoteStanding,
    offered_document,
    open_quote,
    quote_pdf,
    quotes_to_follow_up,
    standing_of,
)
from reglo.billing.seals import sha256
from reglo.billing.services.drafts import NotOfThisOrganisation, StaleDraft
from reglo.billing.services.quotes import (
    QuoteAlreadyAnswered,
    QuoteClosed,
    QuoteExpired,
    QuoteIncomplete,
    QuoteNotOpen,
    create_quote,
    delete_quote,
    duplicate_quote,
    note_followed_up,
    note_quote_accepted,
    plan_follow_up,
    refuse_quote,
    restore_quote,
    save_quote,
    set_validity,
)
from reglo.core.errors import DomainError
from reglo.core.quotes import BadChoice
from reglo.core.terms import Delay, PaymentTerms
from reglo.formats.data.stored import write_stored
from reglo.journal.models import JournalEntry
from reglo.terms.models import AgreementState, TermsAgreement
from tests.billing.quotes import a_line, a_quote, a_sent_quote, accepted, sent, with_choices
from tests.formats.pdf_reading import text
from tests.site import INES, NOW, TODAY, a_customer, an_organisation

pytestmark = pytest.mark.django_db


def saved(quote: Quote, content: dict[str, Any], version: int = 1) -> Quote:
    return save_quote(
        quote_id=quote.pk, organisation=quote.organisation, content=content, version=version, by=INES, now=NOW
    )


def by_us(quote: Quote) -> dict[str, Any]:
    return {"quote_id": quote.pk, "organisation": quote.organisation, "by": INES, "now": NOW}


# Written


def test_a_new_quote_knows_its_total_before_any_choice() -> None:
    quote = a_quote()
    assert (quote.state, quote.number) == (QuoteState.DRAFT, "")
    assert (quote.net_minor, quote.gross_minor) == (120_000, 144_000)
    assert quote.title == "Éclairage du hall"
    assert "librairie" in quote.search


def test_the_second_of_two_writers_is_told_and_overwrites_nothing() -> None:
    quote = a_quote()
    saved(quote, with_choices(title="Premier"))
    with pytest.raises(StaleDraft):
        saved(quote, with_choices(title="Second"))
    assert Quote.objects.get(pk=quote.pk).title == "Premier"


def test_the_same_content_twice_is_saved_once() -> None:
    quote = a_quote()
    assert saved(quote, with_choices(title="Un")).content_version == 2
    assert saved(quote, with_choices(title="Un"), version=1).content_version == 2


def test_what_is_wrong_is_kept_as_it_was_typed() -> None:
    quote = saved(a_quote(), {"lines": [a_line(price="douze")]})
    assert quote.content["lines"][0]["price"] == "douze"
    assert quote.net_minor == 0


def test_a_customer_of_another_organisation_is_refused() -> None:
    organisation, stranger = an_organisation(), a_customer(an_organisation())
    with pytest.raises(NotOfThisOrganisation):
        create_quote(organisation=organisation, customer=stranger, content={}, by=INES, now=NOW)


def test_a_quote_of_another_organisation_is_not_there() -> None:
    quote, other = a_quote(), an_organisation()
    for act in (delete_quote, restore_quote, duplicate_quote):
        with pytest.raises(Quote.DoesNotExist):
            act(quote_id=quote.pk, organisation=other, by=INES, now=NOW)


def test_a_deleted_quote_is_restored_as_it_was() -> None:
    quote = a_quote()
    delete_quote(**by_us(quote))
    with pytest.raises(QuoteClosed):
        saved(quote, with_choices(title="Autre"))
    restore_quote(**by_us(quote))
    assert saved(quote, with_choices(title="Autre")).title == "Autre"


def test_a_copy_says_the_same_for_another_day() -> None:
    quote = a_sent_quote(content=with_choices(issue_date="2026-01-02"))
    copy = duplicate_quote(**by_us(quote))
    assert (copy.state, copy.number, copy.copied_from_id) == (QuoteState.DRAFT, "", quote.pk)
    assert copy.content["lines"] == quote.content["lines"]
    assert "issue_date" not in copy.content


# Sent


def test_sending_gives_a_number_a_validity_and_a_document_that_stays() -> None:
    quote = a_sent_quote()
    assert quote.number == "D2026-0001"
    assert (quote.quote_date, quote.valid_until) == (TODAY, TODAY + timedelta(days=30))
    assert quote.follow_up_on == TODAY + timedelta(days=7)
    assert quote.document_sha256 == sha256(bytes(quote.document))
    offer = read_offer(bytes(quote.document))
    assert offer.draft.number == "D2026-0001"
    assert json.loads(bytes(quote.document))["format"] == "reglo-quote-1"


def test_numbers_of_quotes_follow_each_other_and_leave_those_of_invoices_alone() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    numbers = [sent(a_quote(organisation, customer)).number for _ in range(3)]
    assert numbers == ["D2026-0001", "D2026-0002", "D2026-0003"]


def test_a_quote_that_is_sent_again_is_as_it_was() -> None:
    first = a_sent_quote()
    again = sent(first, now=NOW + timedelta(days=1), today=TODAY + timedelta(days=1))
    assert (again.number, bytes(again.document)) == (first.number, bytes(first.document))


def test_a_quote_that_was_sent_is_not_edited() -> None:
    quote = a_sent_quote()
    with pytest.raises(QuoteClosed):
        saved(quote, with_choices(title="Autre"))
    with pytest.raises(QuoteClosed):
        set_validity(**by_us(quote), valid_until=TODAY + timedelta(days=3))


def test_the_database_itself_refuses_to_change_what_was_sent() -> None:
    quote = a_sent_quote()
    for change in ({"content": {}}, {"net_minor": 1}, {"document": b"{}"}, {"number": "D1"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Quote.objects.filter(pk=quote.pk).update(**change)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"lines": []},
        {"lines": [a_line(price="douze")]},
        {"lines": [a_line(optional=True)]},
        with_choices(lines=[a_line(), a_line(optional=True, price="x")]),
        with_choices(
            lines=[a_line(), a_line(vat="10", optional=True)], reductions=[{"reason": "Remise", "percent": "5"}]
        ),
    ],
)
def test_what_cannot_be_offered_is_not_sent_and_uses_no_number(content: dict[str, Any]) -> None:
    quote = a_quote(content=content)
    with pytest.raises(DomainError):
        sent(quote)
    kept = Quote.objects.get(pk=quote.pk)
    assert (kept.state, kept.number) == (QuoteState.DRAFT, "")
    assert sent(a_quote(quote.organisation)).number == "D2026-0001"


def test_rows_that_say_nothing_are_left_out_when_a_quote_is_sent() -> None:
    quote = a_sent_quote(content=with_choices(lines=[{"quantity": "1"}, *with_choices()["lines"]]))
    assert len(read_offer(bytes(quote.document)).lines) == 4
    assert accepted(quote, options=[1, 3]).gross_minor == 180_000


def test_validity_is_chosen_before_sending() -> None:
    quote = a_quote()
    set_validity(**by_us(quote), valid_until=TODAY + timedelta(days=90))
    assert sent(quote).valid_until == TODAY + timedelta(days=90)
    for day in (TODAY - timedelta(days=1), date(9999, 1, 1)):
        with pytest.raises(QuoteIncomplete):
            set_validity(**by_us(a_quote()), valid_until=day)


def test_a_validity_that_passed_while_it_was_a_draft_is_not_sent() -> None:
    quote = a_quote()
    set_validity(**by_us(quote), valid_until=TODAY)
    with pytest.raises(QuoteIncomplete):
        sent(quote, now=NOW + timedelta(days=2), today=TODAY + timedelta(days=2))


def test_a_quote_cites_the_agreement_that_binds_the_customer() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    terms = PaymentTerms(delay=Delay(days=45))
    agreement = TermsAgreement.objects.create(
        organisation=organisation,
        customer=customer,
        version=1,
        state=AgreementState.ACCEPTED,
        terms=write_stored(terms),
        sha256="c" * 64,
        created_at=NOW,
    )
    quote = a_sent_quote(organisation=organisation, customer=customer)
    offer = read_offer(bytes(quote.document))
    assert quote.agreement == agreement
    assert (offer.draft.terms, offer.agreement_sha256) == (terms, "c" * 64)
    assert "accord de règlement n° 1" in " ".join(text(quote_pdf(quote)).split())


# Answered


def test_a_signature_is_kept_with_its_proof() -> None:
    quote = a_sent_quote()
    answer = accepted(quote, options=[1, 3])
    assert (answer.name, answer.consent, answer.address) == ("Claire Petit", "J'accepte ce devis.", "192.0.2.7")
    assert answer.document_sha256 == quote.document_sha256
    assert answer.options == [1, 3]
    assert (answer.net_minor, answer.gross_minor) == (150_000, 180_000)
    assert Quote.objects.get(pk=quote.pk).state == QuoteState.ACCEPTED
    entry = JournalEntry.objects.get(organisation_id=quote.organisation_id, act="quote-accepted")
    assert entry.after["sha256"] == quote.document_sha256


def test_the_same_answer_again_is_the_first_one() -> None:
    quote = a_sent_quote()
    first = accepted(quote, options=[3, 1])
    assert accepted(quote, options=[1, 3], name="Somebody").pk == first.pk
    assert QuoteAnswer.objects.count() == 1


def test_another_answer_is_refused() -> None:
    quote = a_sent_quote()
    accepted(quote, options=[2])
    with pytest.raises(QuoteAlreadyAnswered):
        accepted(quote, options=[3])
    with pytest.raises(QuoteAlreadyAnswered):
        refuse_quote(**by_us(quote), name="Claire", reason="trop cher")


def test_the_last_day_of_validity_still_counts_and_the_next_does_not() -> None:
    quote = a_sent_quote()
    with pytest.raises(QuoteExpired):
        accepted(quote, now=NOW + timedelta(days=31))
    assert standing_of(Quote.objects.get(pk=quote.pk), TODAY + timedelta(days=31)) is QuoteStanding.EXPIRED
    assert accepted(quote, now=NOW + timedelta(days=30)).accepted


def test_a_refusal_tells_why() -> None:
    quote = a_sent_quote()
    answer = refuse_quote(**by_us(quote), name="Claire", reason="Budget\x00 trop court")
    assert (answer.accepted, answer.reason) == (False, "Budget trop court")
    assert Quote.objects.get(pk=quote.pk).state == QuoteState.REFUSED


def test_a_quote_that_was_not_sent_or_was_taken_back_is_not_answered() -> None:
    draft, taken_back = a_quote(), a_sent_quote()
    delete_quote(**by_us(taken_back))
    for quote in (draft, taken_back):
        with pytest.raises(QuoteNotOpen):
            accepted(quote)


@pytest.mark.parametrize("missing", [{"name": " "}, {"name": "\x00"}, {"consent": ""}])
def test_without_name_or_consent_there_is_no_signature(missing: dict[str, str]) -> None:
    quote = a_sent_quote()
    with pytest.raises(QuoteNotOpen):
        accepted(quote, **missing)
    assert not QuoteAnswer.objects.exists()


@pytest.mark.parametrize("options", [[], [0], [2, 3], [99], [-1, 2]])
def test_a_choice_that_is_not_offered_is_refused(options: list[int]) -> None:
    with pytest.raises(BadChoice):
        accepted(a_sent_quote(), options=options)


def test_a_signature_on_paper_is_noted_even_after_the_quote_expired() -> None:
    quote = a_sent_quote()
    answer = note_quote_accepted(
        quote_id=quote.pk,
        organisation=quote.organisation,
        by=INES,
        now=NOW + timedelta(days=60),
        name="Claire",
        note="Bon de commande BC-12, classeur 2026",
        options=[2],
    )
    assert (answer.accepted, answer.consent, answer.address) == (True, "", None)
    assert "BC-12" in answer.reason


def test_an_accepted_quote_is_not_deleted() -> None:
    quote = a_sent_quote()
    accepted(quote)
    with pytest.raises(QuoteClosed):
        delete_quote(**by_us(quote))


def test_the_database_itself_refuses_to_change_an_answer() -> None:
    answer = accepted(a_sent_quote())
    with pytest.raises(DatabaseError), transaction.atomic():
        QuoteAnswer.objects.filter(pk=answer.pk).update(name="Somebody else")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM billing_quoteanswer WHERE id = %s", [answer.pk])


def test_long_and_strange_texts_of_a_signature_are_cut_and_kept() -> None:
    answer = accepted(a_sent_quote(), name="<script>" + "x" * 500, user_agent="z" * 5000)
    assert len(answer.name) == 200
    assert len(answer.user_agent) == 300


# Asked about again


def test_an_unanswered_quote_is_asked_about_on_its_day_and_once() -> None:
    quote = a_sent_quote()
    day = TODAY + timedelta(days=7)
    assert not quotes_to_follow_up(day - timedelta(days=1)).exists()
    assert list(quotes_to_follow_up(day)) == [quote]
    note_followed_up(quote)
    assert not quotes_to_follow_up(day).exists()
    plan_follow_up(**by_us(quote), on=day + timedelta(days=7))
    assert list(quotes_to_follow_up(day + timedelta(days=7))) == [quote]


def test_nobody_is_asked_about_a_quote_that_was_answered_deleted_or_has_expired() -> None:
    answered, deleted, expired = a_sent_quote(), a_sent_quote(), a_sent_quote()
    accepted(answered)
    delete_quote(**by_us(deleted))
    assert list(quotes_to_follow_up(TODAY + timedelta(days=8))) == [expired]
    assert not quotes_to_follow_up(TODAY + timedelta(days=31)).exists()


def test_a_follow_up_is_planned_only_for_a_day_to_come_of_an_open_quote() -> None:
    quote = a_sent_quote()
    with pytest.raises(QuoteIncomplete):
        plan_follow_up(**by_us(quote), on=TODAY - timedelta(days=1))
    accepted(quote)
    with pytest.raises(QuoteClosed):
        plan_follow_up(**by_us(quote), on=TODAY)


# Choices and pages


def test_each_choice_can_be_worked_out_before_it_is_made() -> None:
    quote = a_sent_quote()
    totals = [offered_document(quote, choice).totals for choice in (None, (1, 3))]
    assert [str(each.gross) for each in totals if each] == ["1440.00", "1800.00"]


def test_content_with_a_choice_keeps_the_places_of_its_lines() -> None:
    content = quote_content_with(with_choices(), [1, 3])
    assert [bool(line.get("optional")) for line in content["lines"]] == [False, False, True, False]
    assert not any(line.alternative for line in choosable(content))
    assert [line["name"] for line in content_of_choice(with_choices(), [1, 3])["lines"]] == [
        "Étude",
        "Visite",
        "Laiton",
    ]


@pytest.mark.parametrize(
    "content",
    [
        {"lines": "no list"},
        {"lines": [1, None, "x"]},
        {"lines": [{"optional": {"a": 1}, "alternative": ["x"], "name": {"b": 2}}]},
        {"title": ["x"], "lines": [a_line(alternative="A" * 500)]},
        {"title": "x" * 5000, "reductions": "many"},
    ],
)
def test_content_of_any_shape_is_kept_and_offers_nothing_wrong(content: dict[str, Any]) -> None:
    quote = a_quote(content=content)
    assert Quote.objects.get(pk=quote.pk).content == content
    assert len(quote.title) <= 200
    try:
        sent(quote)
    except DomainError:
        assert Quote.objects.get(pk=quote.pk).number == ""


def test_the_page_of_an_accepted_quote_shows_the_signature() -> None:
    quote = a_sent_quote()
    assert "Options et variantes" in text(quote_pdf(quote))
    accepted(quote, options=[1, 3])
    page = text(quote_pdf(open_quote(quote.organisation, quote.pk)))
    assert "par Claire Petit" in page
    assert "Options et variantes" not in page
    assert "1 800,00 €" in page
