"""What a customer does about money on the portal: it sees, pays, promises, disputes, asks for a plan, answers."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from reglo.collection.models import Dispute, DisputeState, Plan, Promise, Proposal, ProposalKind, ProposalState
from reglo.collection.queries.exposure import owed_items, owed_of
from reglo.collection.services.proposals import Wish, draft_proposal, send_proposal
from reglo.core.dates import next_business_day
from reglo.delivery.models import Message, MessageKind, PortalLink
from reglo.delivery.services import link_for
from reglo.delivery.signing import token_of
from reglo.ledger.queries import balance_of
from reglo.organisations.queries import today_of
from tests.collection.debts import a_debt, pay
from tests.portal.pictures import PNG
from tests.portal.shop import Shop, a_browser, a_shop
from tests.site import INES, a_customer, a_member

pytestmark = pytest.mark.django_db(transaction=True)


def a_debt_of(shop: Shop, price: str = "450.00") -> Any:
    """An issued invoice of the shop's customer: twice the price and 20 %."""
    return a_debt(shop.customer, price)


def items_of(shop: Shop) -> list[Any]:
    return list(owed_items(shop.organisation, [shop.customer.pk]))


def today(shop: Shop) -> Any:
    return today_of(shop.organisation, timezone.now())


def digits(page: str) -> str:
    """A page with plain spaces in its amounts."""
    return page.replace("\u202f", " ").replace("\xa0", " ")


def confirmed(browser: Client, url: str, data: dict[str, Any], **files: Any) -> Any:
    """Fill a form in, read the words, press the button."""
    words = browser.post(url, data)
    assert words.status_code == 200
    assert "step" in words.content.decode(), words.content.decode()
    return browser.post(url, {**data, "step": "confirm", **files}, follow=True)


def test_the_statement_says_what_the_ledger_says() -> None:
    shop = a_shop()
    a_debt_of(shop), a_debt_of(shop, "100.00")
    pay(items_of(shop)[0], 30_000)
    owed = owed_of(shop.organisation, [shop.customer.pk], today=today(shop))
    assert {each.currency: each.balance_minor for each in owed} == balance_of(shop.customer, on=date(2027, 12, 31))
    page = a_browser().get(shop.url("owed/"))
    assert page.context["account"].owed == owed
    assert owed[0].balance_minor == 108_000 + 24_000 - 30_000
    assert "1 020,00" in digits(page.content.decode())
    assert "1 020,00" in digits(a_browser().get(shop.url()).content.decode())


def test_what_was_paid_is_thanked_for_and_asked_for_no_more() -> None:
    shop = a_shop()
    invoice = a_debt_of(shop)
    pay(items_of(shop)[0], 108_000, now=timezone.now(), on=today(shop))
    page = a_browser().get(shop.url("owed/"))
    assert not page.context["account"].items
    assert [each.reference for each in page.context["account"].paid] == [invoice.number]
    assert not a_browser().get(shop.url(f"invoices/{invoice.pk}/")).context["open_minor"]


def test_a_transfer_is_offered_for_all_for_some_and_for_a_sum() -> None:
    shop = a_shop()
    first = a_debt_of(shop)
    a_debt_of(shop, "100.00")
    whole = a_browser().get(shop.url("pay/")).context["transfer"]
    assert (whole.minor, whole.iban) == (132_000, "FR7630006000011234567890189")
    assert whole.qr.startswith("<svg")
    one = a_browser().get(shop.url("pay/"), {"items": items_of(shop)[0].pk}).context["transfer"]
    assert one.minor == 108_000
    assert one.reference.startswith("RF")
    assert first.number not in one.reference or one.reference.startswith("RF")
    some = a_browser().get(shop.url("pay/"), {"items": items_of(shop)[0].pk, "amount": "12,50"}).context["transfer"]
    assert some.minor == 1250
    wrong = a_browser().get(shop.url("pay/"), {"items": "999999", "amount": "-3"})
    assert wrong.status_code == 200
    assert wrong.context["transfer"] is None


def test_a_promise_is_read_in_words_then_made_and_a_double_click_is_one() -> None:
    shop = a_shop()
    a_member(shop.organisation)
    a_debt_of(shop)
    day = today(shop) + timedelta(days=9)
    data = {"items": [items_of(shop)[0].pk], "amount": "", "by_day": day.isoformat(), "name": "Claire Petit"}
    browser, url = a_browser(), shop.url("promise/")
    words = browser.post(url, data)
    assert "1 080,00" in digits(words.content.decode())
    assert not Promise.objects.exists()
    for _ in range(2):
        assert browser.post(url, {**data, "step": "confirm"}, follow=True).status_code == 200
    promise = Promise.objects.get()
    assert (promise.by, promise.amount_minor, promise.told_by, promise.told_from) == (
        day,
        108_000,
        "Claire Petit",
        "127.0.0.1",
    )
    assert Message.objects.filter(kind=MessageKind.NOTICE).count() == 1
    changed = browser.post(url, {**data, "step": "change"})
    assert changed.context["form"]["name"].value() == "Claire Petit"


@pytest.mark.parametrize(
    "changes",
    [
        {"by_day": "2001-01-01"},
        {"by_day": "2999-01-01"},
        {"by_day": "soon"},
        {"amount": "1e9"},
        {"amount": "-5"},
        {"amount": "99999999"},
        {"amount": "0,001"},
        {"items": ["999999999"]},
        {"items": ["x'; drop table"]},
        {"items": []},
        {"name": ""},
        {"name": "x" * 5000},
    ],
)
def test_a_promise_that_cannot_be_is_refused_with_a_sentence(changes: dict[str, Any]) -> None:
    shop = a_shop()
    a_debt_of(shop)
    day = today(shop) + timedelta(days=9)
    data = {"items": [items_of(shop)[0].pk], "amount": "", "by_day": day.isoformat(), "name": "Claire"} | changes
    for step in ({}, {"step": "confirm"}):
        answer = a_browser().post(shop.url("promise/"), {**data, **step})
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert not Promise.objects.exists()


def test_something_is_wrong_with_a_line_and_a_picture_shows_it() -> None:
    shop = a_shop()
    a_member(shop.organisation)
    invoice = a_debt_of(shop)
    browser, url = a_browser(), shop.url(f"invoices/{invoice.pk}/dispute/")
    page = browser.get(url)
    line = page.context["form"].fields["line"].choices[1][0]
    data = {"scope": "line", "line": line, "amount": "", "reason": "Une heure de trop", "name": "Claire"}
    photo = SimpleUploadedFile("../../<b>preuve.exe", PNG, content_type="text/html")
    answer = confirmed(browser, url, data, attached=photo)
    dispute = Dispute.objects.get()
    assert dispute.amount_minor == 108_000
    assert dispute.opened_from == "127.0.0.1"
    kept = dispute.files.get()
    assert (kept.media_type, kept.name) == ("image/png", "b-preuve.png")
    assert "Une heure de trop" in answer.content.decode()
    assert Message.objects.filter(kind=MessageKind.NOTICE).count() == 1
    again = browser.post(url, {**data, "step": "confirm"}, follow=True)
    assert again.status_code == 200
    assert Dispute.objects.count() == 1
    thread = browser.post(
        shop.url(f"disputes/{dispute.pk}/"), {"text": "Voyez", "name": "Claire", "attached": photo}, follow=True
    )
    assert "Voyez" in thread.content.decode()
    assert browser.get(url).status_code == 302
    browser.post(shop.url(f"disputes/{dispute.pk}/withdraw/"))
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.WITHDRAWN


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"",
        b"%PDF-" + b"0" * (5 * 1024 * 1024 + 1),
        PNG[:16] + b"\xff\xff\xff\xff\xff\xff\xff\xff" + PNG[24:],
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
    ],
)
def test_a_file_that_is_no_harmless_picture_or_pdf_is_refused(content: bytes) -> None:
    shop = a_shop()
    invoice = a_debt_of(shop)
    data = {"scope": "whole", "line": "", "amount": "", "reason": "Faux", "name": "Claire", "step": "confirm"}
    file = SimpleUploadedFile("preuve.pdf", content, content_type="application/pdf")
    answer = a_browser().post(shop.url(f"invoices/{invoice.pk}/dispute/"), {**data, "attached": file})
    assert answer.status_code == 200
    assert not Dispute.objects.exists()


def test_a_plan_within_the_limits_is_in_force_at_once() -> None:
    shop = a_shop()
    a_member(shop.organisation)
    a_debt_of(shop)
    ids = [each.pk for each in items_of(shop)]
    data = {"items": ids, "count": "3", "first": "", "reason": "Un mois difficile", "name": "Claire"}
    answer = confirmed(a_browser(), shop.url("plan/"), data)
    plan = Plan.objects.get()
    assert [each.amount_minor for each in plan.parts.order_by("on")] == [36_000, 36_000, 36_000]
    assert plan.proposal.state == ProposalState.ACCEPTED
    assert plan.proposal.answered_from == "127.0.0.1"
    assert plan.proposal.sha256
    assert "360,00" in digits(answer.content.decode())
    confirmed_again = a_browser().post(shop.url("plan/"), {**data, "step": "confirm"}, follow=True)
    assert confirmed_again.status_code == 200
    assert Plan.objects.count() == 1
    assert not a_browser().get(shop.url("promise/")).context["items"]


def test_a_plan_beyond_the_limits_waits_for_a_person() -> None:
    shop = a_shop()
    a_debt_of(shop)
    ids = [each.pk for each in items_of(shop)]
    data = {"items": ids, "count": "20", "first": "", "reason": "", "name": "Claire"}
    for _ in range(2):
        confirmed(a_browser(), shop.url("plan/"), data)
    asked = Proposal.objects.get()
    assert asked.state == ProposalState.ASKED
    assert not Plan.objects.exists()
    assert a_browser().get(shop.url(f"proposals/{asked.pk}/")).status_code == 200


def a_sent_proposal(shop: Shop, kind: ProposalKind = ProposalKind.PLAN) -> Proposal:
    """A proposal that waits for its answer."""
    by_day = next_business_day(today(shop) + timedelta(days=20))
    made = draft_proposal(
        organisation=shop.organisation,
        customer=shop.customer,
        item_ids=[each.pk for each in items_of(shop)],
        wish=Wish(kind=kind, by_day=by_day, count=3, percent=5),
        by=INES,
        now=timezone.now(),
    )
    return send_proposal(
        proposal_id=made.pk, organisation=shop.organisation, contact=shop.contact, by=INES, now=timezone.now()
    )


def test_a_proposal_is_accepted_with_proof() -> None:
    shop = a_shop()
    a_debt_of(shop)
    sent = a_sent_proposal(shop)
    browser, url = a_browser(**{"User-Agent": "Firefox"}), shop.url(f"proposals/{sent.pk}/")
    assert shop.url(f"proposals/{sent.pk}/") in browser.get(shop.url()).content.decode()
    data = {"name": "Claire", "answer": "", "sha256": sent.sha256, "act": "accept"}
    assert browser.post(url, data).context["form"].errors["consent"]
    assert browser.post(url, {**data, "consent": "on", "sha256": "0" * 64}).context["form"].errors
    assert not Plan.objects.exists()
    for _ in range(2):
        browser.post(url, {**data, "consent": "on"}, follow=True)
    sent.refresh_from_db()
    assert (sent.state, sent.answered_by, sent.answered_from) == (ProposalState.ACCEPTED, "Claire", "127.0.0.1")
    assert sent.answered_with == "Firefox"
    assert Plan.objects.count() == 1


def test_pages_about_money_are_there_for_their_customer_alone() -> None:
    theirs = a_shop()
    invoice = a_debt_of(theirs)
    proposal = a_sent_proposal(theirs)
    confirmed(
        a_browser(),
        theirs.url(f"invoices/{invoice.pk}/dispute/"),
        {"scope": "whole", "line": "", "amount": "", "reason": "Faux", "name": "Claire"},
    )
    dispute = Dispute.objects.get()
    paths = [f"invoices/{invoice.pk}/dispute/", f"disputes/{dispute.pk}/", f"proposals/{proposal.pk}/"]
    neighbour = a_customer(theirs.organisation, name="Voisin")
    link_for(neighbour.contacts.get(), organisation=theirs.organisation, now=timezone.now())
    same_seller = Shop(theirs.organisation, neighbour, token_of(PortalLink.objects.get(contact__customer=neighbour).pk))
    for other in (a_shop(), same_seller):
        for path in [*paths, f"disputes/{dispute.pk}/withdraw/"]:
            if "withdraw" not in path:
                assert a_browser().get(other.url(path)).status_code == 404, path
            posted = a_browser().post(other.url(path), {"name": "x", "text": "x", "act": "accept"})
            assert posted.status_code == 404, path
        for path in ("owed/", "pay/", "promise/", "plan/"):
            assert invoice.number not in a_browser().get(other.url(path)).content.decode(), path
        day = (today(other) + timedelta(days=3)).isoformat()
        stolen = {"items": [items_of(theirs)[0].pk], "by_day": day, "name": "x", "step": "confirm"}
        a_browser().post(other.url("promise/"), stolen)
    assert not Promise.objects.exists()
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.OPEN
    for path in (*paths, "owed/", "pay/", "promise/", "plan/"):
        for token in (theirs.token[:-1], "1.x"):
            assert a_browser().get(f"/p/{token}/{path}").status_code == 404
    PortalLink.objects.update(revoked_at=timezone.now())
    for path in (*paths, "owed/", "promise/"):
        assert a_browser().get(theirs.url(path)).status_code == 404


def test_the_statement_makes_the_same_number_of_queries_however_long_it_is(
    django_assert_max_num_queries: Any,
) -> None:
    shop = a_shop()
    for _ in range(4):
        a_debt_of(shop)
    with django_assert_max_num_queries(32):
        assert a_browser().get(shop.url("owed/")).status_code == 200


def test_the_statement_is_a_pdf_to_take_away_that_says_what_is_owed() -> None:
    shop = a_shop()
    a_debt_of(shop)
    answer = a_browser().get(shop.url("owed/statement.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "attachment" in answer["Content-Disposition"]
