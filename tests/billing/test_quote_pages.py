"""Pages of quotes: by role and organisation, as a reader uses them, with what strangers may type."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reglo.billing.models import Quote, QuoteState
from reglo.customers.models import Customer
from reglo.organisations.models import Role
from tests.billing.quotes import a_quote, a_sent_quote, accepted, an_accepted_quote, with_choices
from tests.site import a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db


def url(quote: Quote, name: str) -> str:
    return reverse(f"billing:{name}", kwargs={"slug": quote.organisation.slug, "pk": quote.pk})


def visitor(quote: Quote, role: Role = Role.SALES) -> Client:
    return logged_in(a_member(quote.organisation, role))


def now(quote: Quote) -> Quote:
    return Quote.objects.get(pk=quote.pk)


def test_the_list_shows_each_quote_with_its_state_in_few_queries() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    for _ in range(2):
        a_quote(organisation, customer)
    client = logged_in(a_member(organisation))
    address = reverse("billing:quotes", kwargs={"slug": organisation.slug})
    page = client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    assert "Librairie du Port SARL" in page.content.decode()
    for _ in range(8):
        a_quote(organisation, customer)
    with CaptureQueriesContext(connection) as second:
        client.get(address)
    assert len(second) == len(first)


@pytest.mark.parametrize("state", ["draft", "sent", "expired", "accepted", "refused", "deleted"])
def test_the_list_can_be_narrowed_to_a_state(state: str) -> None:
    quote = a_quote()
    address = reverse("billing:quotes", kwargs={"slug": quote.organisation.slug})
    page = visitor(quote).get(address, {"state": state}).content.decode()
    assert ("Éclairage du hall" in page) is (state == "draft")


@pytest.mark.parametrize("made", [a_quote, a_sent_quote, an_accepted_quote])
def test_the_page_of_a_quote_stands_in_each_state(made: Any) -> None:
    quote = made()
    page = visitor(quote).get(url(quote, "quote"))
    assert page.status_code == 200
    assert quote.number in page.content.decode()


def test_a_quote_that_cannot_be_made_yet_says_why() -> None:
    quote = a_quote(content={"lines": []})
    page = visitor(quote).get(url(quote, "quote")).content.decode()
    assert "Ajoutez au moins une ligne" in page


def test_a_new_quote_begins_with_its_customer() -> None:
    organisation = an_organisation()
    customer = a_customer(organisation)
    client = logged_in(a_member(organisation))
    address = reverse("billing:quote-new", kwargs={"slug": organisation.slug})
    assert "Librairie du Port SARL" in client.get(address, {"q": "librairie"}).content.decode()
    answer = client.post(address, {"customer": customer.pk})
    assert answer.url == url(Quote.objects.get(), "quote-editor")


@pytest.mark.parametrize("pk", ["", "x", "0", "9" * 30, "-1"])
def test_a_new_quote_for_nobody_is_not_made(pk: str) -> None:
    organisation, stranger = an_organisation(), a_customer(an_organisation())
    client = logged_in(a_member(organisation))
    address = reverse("billing:quote-new", kwargs={"slug": organisation.slug})
    for each in (pk, str(stranger.pk)):
        assert client.post(address, {"customer": each}).status_code == 404
    assert not Quote.objects.exists()


def test_the_editor_saves_options_and_answers_the_total_without_them() -> None:
    quote = a_quote()
    client = visitor(quote)
    assert client.get(url(quote, "quote-editor")).status_code == 200
    posted = {
        "version": "1",
        "customer": quote.customer_id,
        "lines[0].name": "Étude",
        "lines[0].quantity": "2",
        "lines[0].price": "450",
        "lines[0].vat": "20",
        "lines[0].nature": "services",
        "lines[1].name": "Visite",
        "lines[1].quantity": "1",
        "lines[1].price": "100",
        "lines[1].vat": "20",
        "lines[1].optional": "1",
    }
    answer = client.post(url(quote, "quote-live"), posted)
    assert answer.status_code == 200
    assert "1 080,00 €" in answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    assert "100,00" in answer.content.decode()
    assert now(quote).content["lines"][1]["optional"] is True
    assert client.post(url(quote, "quote-live"), {**posted, "title": "Autre"}).status_code == 409


def test_a_quote_that_was_sent_is_not_opened_in_the_editor() -> None:
    quote = a_sent_quote()
    assert visitor(quote).get(url(quote, "quote-editor")).url == url(quote, "quote")
    posted = {"version": "1", "lines[0].name": "Autre"}
    assert visitor(quote).post(url(quote, "quote-live"), posted).status_code == 422
    assert now(quote).content == quote.content


def test_pdf_and_pictures_of_a_quote() -> None:
    quote = a_quote()
    client = visitor(quote, Role.READER)
    pdf = client.get(url(quote, "quote-pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert "data:image/png" in client.get(url(quote, "quote-preview")).content.decode()
    empty = a_quote(content={})
    assert visitor(empty).get(url(empty, "quote-pdf")).status_code == 404
    assert visitor(empty).get(url(empty, "quote-preview")).status_code == 200


def test_a_quote_is_numbered_without_being_sent() -> None:
    quote = a_quote()
    visitor(quote).post(url(quote, "quote-fix"))
    assert now(quote).state == QuoteState.SENT
    incomplete = a_quote(content={"lines": []})
    page = visitor(incomplete).post(url(incomplete, "quote-fix"), follow=True).content.decode()
    assert "Ajoutez au moins une ligne" in page
    assert now(incomplete).state == QuoteState.DRAFT


def test_an_acceptance_on_paper_is_noted_with_its_options() -> None:
    quote = a_sent_quote()
    posted = {"name": "Claire", "note": "BC-12", "option-1": "on", "alternative-0": "3"}
    assert visitor(quote).post(url(quote, "quote-accept"), posted).url == url(quote, "quote")
    answer = now(quote).answers.get()
    assert (answer.options, answer.reason) == ([1, 3], "BC-12")


@pytest.mark.parametrize("posted", [{}, {"name": "Claire", "alternative-0": "1"}, {"name": "", "alternative-0": "2"}])
def test_an_acceptance_that_says_too_little_is_asked_again(posted: dict[str, str]) -> None:
    quote = a_sent_quote()
    assert visitor(quote).post(url(quote, "quote-accept"), posted).status_code == 422
    assert now(quote).state == QuoteState.SENT


def test_a_draft_cannot_be_noted_as_accepted() -> None:
    quote = a_quote()
    assert visitor(quote).post(url(quote, "quote-accept"), {"name": "x", "alternative-0": "2"}).status_code == 404


def test_refusal_validity_and_follow_up_are_noted() -> None:
    quote = a_quote()
    client = visitor(quote)
    assert client.post(url(quote, "quote-validity"), {"valid_until": "2999-01-01"}).status_code == 422
    assert client.post(url(quote, "quote-validity"), {"valid_until": "hier"}).status_code == 422
    client.post(url(quote, "quote-fix"))
    client.post(url(quote, "quote-follow-up"), {"follow_up_on": ""})
    assert now(quote).follow_up_on is None
    client.post(url(quote, "quote-refuse"), {"name": "Claire", "reason": "Trop cher"})
    assert now(quote).state == QuoteState.REFUSED


def test_a_deleted_quote_can_be_taken_back() -> None:
    quote = a_quote()
    client = visitor(quote)
    page = client.post(url(quote, "quote-delete"), follow=True).content.decode()
    assert url(quote, "quote-restore") in page
    assert client.get(url(quote, "quote")).status_code == 200
    client.post(url(quote, "quote-restore"))
    assert now(quote).deleted_at is None
    signed = a_sent_quote()
    accepted(signed)
    visitor(signed).post(url(signed, "quote-delete"))
    assert now(signed).deleted_at is None


def test_a_copy_opens_in_the_editor() -> None:
    quote = a_sent_quote()
    answer = visitor(quote).post(url(quote, "quote-duplicate"))
    assert answer.url == url(Quote.objects.exclude(pk=quote.pk).get(), "quote-editor")


def test_scripts_in_a_quote_are_shown_as_text() -> None:
    script = "<script>alert(1)</script>"
    quote = a_sent_quote(content=with_choices(title=script))
    accepted(quote, name=script, consent=script)
    for name in ("quote", "quote-bill"):
        page = visitor(quote, Role.OWNER).get(url(quote, name)).content.decode()
        assert script not in page


WRITING = ("quote-fix", "quote-validity", "quote-follow-up", "quote-refuse", "quote-delete", "quote-restore",
           "quote-duplicate", "quote-live", "quote-keep-mine", "quote-accept")  # fmt: skip


@pytest.mark.parametrize("name", WRITING)
def test_readers_write_nothing_and_strangers_find_nothing(name: str) -> None:
    quote = a_sent_quote()
    assert visitor(quote, Role.READER).post(url(quote, name)).status_code == 403
    stranger = logged_in(a_member(an_organisation()))
    assert stranger.post(url(quote, name)).status_code == 404
    own = an_organisation()
    address = reverse(f"billing:{name}", kwargs={"slug": own.slug, "pk": quote.pk})
    assert logged_in(a_member(own)).post(address).status_code == 404
    assert now(quote).state == QuoteState.SENT


@pytest.mark.parametrize("name", ["quote", "quote-pdf", "quote-preview", "quote-bill"])
def test_a_quote_of_another_organisation_is_not_shown(name: str) -> None:
    quote, own = an_accepted_quote(), an_organisation()
    address = reverse(f"billing:{name}", kwargs={"slug": own.slug, "pk": quote.pk})
    assert logged_in(a_member(own)).get(address).status_code == 404
    assert Client().get(url(quote, name)).status_code == 302


def test_no_customer_is_made_for_a_quote_that_was_sent() -> None:
    quote = a_sent_quote()
    before = Customer.objects.count()
    answer = visitor(quote, Role.OWNER).post(
        url(quote, "quote-customer"), {"name": "Nouveau client", "kind": "business"}
    )
    assert answer.status_code == 409
    assert Customer.objects.count() == before
