"""What a customer sees and does with a key, from the first page to the signature."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reglo.billing.models import QuoteAnswer, QuoteState
from reglo.delivery.models import Message, MessageKind
from reglo.delivery.services import deliver_message
from reglo.journal.models import JournalEntry
from reglo.terms.models import AgreementAnswer, AgreementState
from tests.delivery.messages import a_message
from tests.portal.shop import a_billed, a_browser, a_sent_quote, a_shop, sent_terms
from tests.site import a_member

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_page_lists_what_waits_and_what_is_owed() -> None:
    shop = a_shop()
    quote, invoice = a_sent_quote(shop), a_billed(shop)
    sent_terms(shop)
    page = a_browser().get(shop.url()).content.decode()
    assert quote.number in page
    assert invoice.number in page
    assert "/terms/" in page
    assert "1\u202f080,00" in page or "1 080,00" in page
    assert page.count("<h1") == 1


def test_an_empty_portal_says_so() -> None:
    shop = a_shop()
    assert 'class="empty"' in a_browser().get(shop.url()).content.decode()


def test_the_link_of_a_mail_opens_the_document() -> None:
    shop = a_shop()
    message = a_message(a_billed(shop))
    deliver_message(message_id=message.pk, now=timezone.now())
    address = next(word for word in mail.outbox[-1].body.split() if "/p/" in word)
    answer = a_browser().get(address.partition("/p/")[1] + address.partition("/p/")[2])
    assert answer.status_code == 200
    assert message.invoice.number in answer.content.decode()


def test_a_quote_is_signed_with_its_options_for_the_amount_on_the_page() -> None:
    shop = a_shop()
    owner = a_member(shop.organisation)
    quote = a_sent_quote(shop)
    browser = a_browser()
    url = shop.url(f"quotes/{quote.pk}/")
    page = browser.get(url)
    assert page.context["totals"].gross.startswith("960,00")
    live = browser.get(url + "totals/", {"taken": "1", "way-1": "3"})
    assert live.context["totals"].gross.startswith("1")
    shown = live.context["totals"].gross
    answer = browser.post(
        url, {"name": "Claire Petit", "consent": "on", "taken": "1", "way-1": "3", "shown": shown}, follow=True
    )
    assert answer.status_code == 200
    quote.refresh_from_db()
    signed = QuoteAnswer.objects.get()
    assert quote.state == QuoteState.ACCEPTED
    assert signed.options == [1, 3]
    assert signed.gross_minor == 156_000
    assert signed.address == "127.0.0.1"
    assert shown in signed.consent
    assert quote.number in signed.consent
    notice = Message.objects.get(kind=MessageKind.NOTICE)
    assert notice.to == owner.email
    assert quote.number in notice.subject
    assert JournalEntry.objects.filter(act="quote-accepted", customer_id=shop.customer.pk).count() == 1


def test_a_total_that_was_not_on_the_page_is_shown_before_it_is_signed() -> None:
    shop = a_shop()
    quote = a_sent_quote(shop)
    url = shop.url(f"quotes/{quote.pk}/")
    first = a_browser().get(url).context["totals"].gross
    answer = a_browser().post(url, {"name": "C", "consent": "on", "taken": "1", "way-1": "2", "shown": first})
    assert answer.status_code == 200
    assert not QuoteAnswer.objects.exists()
    assert answer.context["totals"].gross != first


@pytest.mark.parametrize(
    "typed",
    [
        {"consent": "on"},
        {"name": "Claire"},
        {"name": "  ", "consent": "on"},
        {"name": "x" * 201, "consent": "on"},
    ],
)
def test_a_signature_needs_a_name_and_the_consent(typed: dict[str, str]) -> None:
    shop = a_shop()
    quote = a_sent_quote(shop)
    url = shop.url(f"quotes/{quote.pk}/")
    shown = a_browser().get(url).context["totals"].gross
    a_browser().post(url, {"way-1": "2", "shown": shown, **typed})
    assert not QuoteAnswer.objects.exists()


@pytest.mark.parametrize("choice", [{}, {"way-1": "0"}, {"way-1": "x"}, {"way-1": "2", "taken": "99"}, {"taken": "2"}])
def test_a_choice_that_is_not_offered_is_refused_kindly(choice: dict[str, str]) -> None:
    shop = a_shop()
    quote = a_sent_quote(shop)
    url = shop.url(f"quotes/{quote.pk}/")
    assert a_browser().post(url, {"name": "C", "consent": "on", **choice}).status_code == 200
    if choice != {"taken": "2"}:
        assert a_browser().get(url + "totals/", choice).status_code == 422
    assert QuoteAnswer.objects.count() == 0


def test_a_second_click_on_sign_is_the_same_signature() -> None:
    shop = a_shop()
    quote = a_sent_quote(shop)
    url = shop.url(f"quotes/{quote.pk}/")
    shown = a_browser().get(url).context["totals"].gross
    for _ in range(2):
        a_browser().post(url, {"name": "Claire", "consent": "on", "way-1": "2", "shown": shown})
    assert QuoteAnswer.objects.count() == 1


def test_a_refusal_carries_its_reason_to_the_owner() -> None:
    shop = a_shop()
    a_member(shop.organisation)
    quote = a_sent_quote(shop)
    url = shop.url(f"quotes/{quote.pk}/refuse/")
    assert "reason" in a_browser().post(url, {"name": "Claire"}).context["refusal"].errors
    a_browser().post(url, {"name": "Claire", "reason": "Trop cher <script>"})
    quote.refresh_from_db()
    assert quote.state == QuoteState.REFUSED
    notice = Message.objects.get(kind=MessageKind.NOTICE)
    assert "Trop cher" in notice.text
    assert "<script>" not in notice.html


def test_an_expired_quote_cannot_be_signed() -> None:
    shop = a_shop()
    quote = a_sent_quote(shop, days_ago=40)
    url = shop.url(f"quotes/{quote.pk}/")
    page = a_browser().get(url)
    assert 'id="sign"' not in page.content.decode()
    a_browser().post(url, {"name": "C", "consent": "on", "way-1": "2", "shown": page.context["totals"].gross})
    assert not QuoteAnswer.objects.exists()


def test_terms_are_accepted_with_proof() -> None:
    shop = a_shop()
    a_member(shop.organisation)
    agreement = sent_terms(shop)
    url = shop.url(f"terms/{agreement.pk}/")
    page = a_browser().get(url).content.decode()
    assert agreement.sha256 in page
    a_browser().post(
        url, {"name": "Claire", "consent": "on", "answer": "accept", "text_sha256": agreement.sha256, "remark": ""}
    )
    agreement.refresh_from_db()
    answer = AgreementAnswer.objects.get()
    assert agreement.state == AgreementState.ACCEPTED
    assert answer.accepted
    assert answer.text_sha256 == agreement.sha256
    assert answer.address == "127.0.0.1"
    assert Message.objects.filter(kind=MessageKind.NOTICE).count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Claire", "answer": "accept"},
        {"name": "", "answer": "accept", "consent": "on"},
        {"name": "Claire", "answer": "decline"},
        {"name": "Claire", "answer": "accept", "consent": "on", "text_sha256": "0" * 64},
    ],
)
def test_terms_are_not_answered_by_half(typed: dict[str, str]) -> None:
    shop = a_shop()
    agreement = sent_terms(shop)
    answer = a_browser().post(shop.url(f"terms/{agreement.pk}/"), {"text_sha256": agreement.sha256, **typed})
    assert answer.status_code == 200
    assert not AgreementAnswer.objects.exists()


def test_something_else_is_proposed_in_words() -> None:
    shop = a_shop()
    agreement = sent_terms(shop)
    typed = {"name": "Claire", "answer": "decline", "remark": "45 jours ?", "text_sha256": agreement.sha256}
    a_browser().post(shop.url(f"terms/{agreement.pk}/"), typed)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.DECLINED


def test_an_invoice_shows_how_to_pay_and_gives_its_files() -> None:
    shop = a_shop()
    invoice = a_billed(shop)
    browser = a_browser()
    page = browser.get(shop.url(f"invoices/{invoice.pk}/")).content.decode()
    assert "FR76 3000 6000 0112 3456 7890 189" in page.replace("\xa0", " ")
    assert "<svg" in page
    pdf = browser.get(shop.url(f"invoices/{invoice.pk}/pdf/"))
    assert pdf.content.startswith(b"%PDF-")
    assert browser.get(shop.url(f"invoices/{invoice.pk}/xml/")).content.startswith(b"<?xml")


def test_a_question_reaches_the_owner_and_the_story_once() -> None:
    shop = a_shop()
    a_member(shop.organisation)
    invoice = a_billed(shop)
    url = shop.url(f"question/?about=invoice-{invoice.pk}")
    for _ in range(2):
        assert a_browser().post(url, {"text": "Pourquoi deux jours ?\n<b>"}).status_code == 302
    entry = JournalEntry.objects.get(act="question-asked")
    assert entry.customer_id == shop.customer.pk
    assert entry.after["text"].startswith("Pourquoi deux jours ?")
    assert entry.address == "127.0.0.1"
    notice = Message.objects.get(kind=MessageKind.NOTICE)
    assert "Pourquoi deux jours ?" in notice.text
    assert "<b>" not in notice.html
    assert f"/o/{shop.organisation.slug}/invoices/{invoice.pk}" in notice.text


def test_a_question_without_words_is_refused() -> None:
    shop = a_shop()
    assert "text" in a_browser().post(shop.url("question/"), {"text": "  "}).context["form"].errors


def test_an_invoice_counts_as_opened_when_a_browser_says_so_once_a_day() -> None:
    shop = a_shop()
    message = a_message(a_billed(shop))
    url, seen = shop.url(f"invoices/{message.invoice_id}/"), shop.url(f"seen/invoice/{message.invoice_id}/")
    a_browser().head(url)
    a_browser().get(url)
    a_browser().get(url + "pdf/")
    message.refresh_from_db()
    assert message.opened_at is None
    browser = a_browser()
    browser.get(url)
    for _ in range(3):
        assert browser.post(seen).status_code == 204
    message.refresh_from_db()
    assert message.opened_at is not None
    assert JournalEntry.objects.filter(act="invoice-opened", customer_id=shop.customer.pk).count() == 1


def test_downloading_after_reading_the_page_counts_as_opened() -> None:
    shop = a_shop()
    message = a_message(a_billed(shop))
    browser = a_browser()
    browser.get(shop.url(f"invoices/{message.invoice_id}/"))
    browser.get(shop.url(f"invoices/{message.invoice_id}/pdf/"))
    message.refresh_from_db()
    assert message.opened_at is not None


def test_the_portal_speaks_the_customers_language_until_another_is_chosen() -> None:
    shop = a_shop(language="en")
    browser = a_browser(**{"accept-language": "fr"})
    assert 'lang="en"' in browser.get(shop.url()).content.decode()
    browser.post("/language/", {"language": "fr", "next": shop.url()})
    assert 'lang="fr"' in browser.get(shop.url()).content.decode()


def test_the_first_page_asks_the_same_number_of_queries_however_much_there_is() -> None:
    shop = a_shop()
    a_billed(shop)
    browser = a_browser()
    browser.get(shop.url())
    with CaptureQueriesContext(connection) as few:
        browser.get(shop.url())
    for _ in range(3):
        a_billed(shop)
        a_sent_quote(shop)
    with CaptureQueriesContext(connection) as many:
        browser.get(shop.url())
    assert len(many) == len(few) <= 10
