"""Pages that bill a quote, credit an invoice or replace it: amounts as one chooses, and a draft at the end."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reglo.billing.models import Draft, Invoice, Quote
from reglo.billing.services.issue import issue_draft
from reglo.organisations.models import Role
from tests.billing.quotes import a_sent_quote, an_accepted_quote
from tests.billing.test_follow_ups import SEVERAL_RATES, an_invoice, issued
from tests.site import INES, NOW, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db


def url(row: Quote | Invoice, name: str) -> str:
    return reverse(f"billing:{name}", kwargs={"slug": row.organisation.slug, "pk": row.pk})


def client_of(row: Quote | Invoice, role: Role = Role.BOOKKEEPER) -> Client:
    return logged_in(a_member(row.organisation, role))


def said(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def live(client: Client, address: str, typed: dict[str, str]) -> str:
    answer = client.get(address, typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return said(answer)


def test_amounts_of_each_way_to_bill_show_before_anything_is_made() -> None:
    quote = an_accepted_quote()
    client, address = client_of(quote), url(quote, "quote-bill")
    assert "324,00 €" in live(client, address, {"way": "deposit", "percent": "30"})
    assert "250,00 €" in live(client, address, {"way": "deposit", "amount": "250"})
    assert "540,00 €" in live(client, address, {"way": "progress", "overall": "50"})
    assert "270,00 €" in live(client, address, {"way": "progress", "share-0": "25"})
    assert "1 080,00 €" in live(client, address, {"way": "final"})
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kind", "gross"),
    [
        ({"way": "deposit", "percent": "30"}, "386", 32_400),
        ({"way": "deposit", "amount": "100,50"}, "386", 10_050),
        ({"way": "progress", "overall": "40"}, "380", 43_200),
        ({"way": "final"}, "380", 108_000),
    ],
)
def test_the_choice_becomes_a_draft(typed: dict[str, str], kind: str, gross: int) -> None:
    quote = an_accepted_quote()
    answer = client_of(quote).post(url(quote, "quote-bill"), typed)
    draft = Draft.objects.get()
    assert (draft.kind, draft.gross_minor, draft.quote_id) == (kind, gross, quote.pk)
    assert answer.url == reverse("billing:draft", kwargs={"slug": quote.organisation.slug, "pk": draft.pk})


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"way": "all"},
        {"way": "deposit"},
        {"way": "deposit", "percent": "0"},
        {"way": "deposit", "percent": "120"},
        {"way": "deposit", "percent": "beaucoup"},
        {"way": "deposit", "amount": "-5"},
        {"way": "deposit", "amount": "99999999999999999999"},
        {"way": "progress"},
        {"way": "progress", "overall": "101"},
        {"way": "progress", "overall": "NaN"},
        {"way": "progress", "share-0": "-1"},
        {"way": "progress", "overall": "0"},
    ],
)
def test_what_makes_no_bill_is_told_and_makes_no_draft(typed: dict[str, str]) -> None:
    quote = an_accepted_quote()
    client, address = client_of(quote), url(quote, "quote-bill")
    assert client.post(address, typed).status_code == 422
    assert client.get(address, typed, headers={"HX-Request": "true"}).status_code == 200
    assert not Draft.objects.exists()


def test_what_was_billed_shows_on_the_page_of_the_quote() -> None:
    quote = an_accepted_quote()
    client = client_of(quote)
    client.post(url(quote, "quote-bill"), {"way": "final"})
    draft = Draft.objects.get()
    invoice = issue_draft(draft_id=draft.pk, organisation=draft.organisation, by=INES, now=NOW)
    assert invoice.number in said(client.get(url(quote, "quote")))
    assert client.get(url(quote, "quote-bill")).status_code == 200


def test_a_quote_that_is_not_accepted_has_nothing_to_bill() -> None:
    quote = a_sent_quote()
    for answer in (client_of(quote).get(url(quote, "quote-bill")), client_of(quote).post(url(quote, "quote-bill"))):
        assert answer.url == url(quote, "quote")
    assert not Draft.objects.exists()


def test_a_credit_note_shows_its_amounts_and_becomes_a_draft() -> None:
    invoice = an_invoice(SEVERAL_RATES)
    client, address = client_of(invoice), url(invoice, "invoice-credit")
    assert client.get(address).status_code == 200
    whole = live(client, address, {"scope": "whole"})
    assert "Total" in whole
    assert "120,00 €" in live(client, address, {"scope": "amounts", "amount-0": "100"})
    assert "504,54 €" in live(client, address, {"scope": "lines", "quantity-0": "1"})
    client.post(address, {"scope": "whole", "reason": "Commande annulée"})
    draft = Draft.objects.exclude(pk=invoice.draft_id).get()
    assert (draft.kind, draft.gross_minor, draft.corrects_id) == ("381", invoice.gross_minor, invoice.pk)
    assert draft.content["notes"] == ["Commande annulée"]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"scope": "lines"},
        {"scope": "lines", "quantity-0": "3"},
        {"scope": "lines", "quantity-0": "-1"},
        {"scope": "lines", "quantity-0": "deux"},
        {"scope": "amounts"},
        {"scope": "amounts", "amount-0": "900.01"},
        {"scope": "whole", "reason": "x" * 501},
    ],
)
def test_what_makes_no_credit_note_is_told(typed: dict[str, str]) -> None:
    invoice = an_invoice()
    client, address = client_of(invoice), url(invoice, "invoice-credit")
    assert client.post(address, typed).status_code == 422
    assert client.get(address, typed, headers={"HX-Request": "true"}).status_code == 200
    assert not Draft.objects.exclude(pk=invoice.draft_id).exists()


def test_an_invoice_is_replaced_from_its_page() -> None:
    invoice = an_invoice()
    client, address = client_of(invoice), url(invoice, "invoice-correct")
    assert client.get(address).status_code == 200
    client.post(address, {"reason": "Mauvaise adresse"})
    draft = Draft.objects.exclude(pk=invoice.draft_id).get()
    assert (draft.kind, draft.corrects_id) == ("384", invoice.pk)
    issued(draft)
    refused = client.get(address)
    assert refused.status_code == 409
    assert "est remplacée par" in said(refused)
    assert client.get(url(invoice, "invoice-credit")).status_code == 409


@pytest.mark.parametrize("name", ["invoice-credit", "invoice-correct"])
def test_corrections_are_for_those_who_write_in_their_own_organisation(name: str) -> None:
    invoice, own = an_invoice(), an_organisation()
    assert client_of(invoice, Role.READER).get(url(invoice, name)).status_code == 403
    address = reverse(f"billing:{name}", kwargs={"slug": own.slug, "pk": invoice.pk})
    assert logged_in(a_member(own)).get(address).status_code == 404


def test_readers_do_not_bill() -> None:
    quote = an_accepted_quote()
    assert client_of(quote, Role.READER).get(url(quote, "quote-bill")).status_code == 403


def test_the_editor_keeps_which_line_of_the_quote_a_line_bills() -> None:
    quote = an_accepted_quote()
    client = client_of(quote)
    client.post(url(quote, "quote-bill"), {"way": "progress", "overall": "40"})
    draft = Draft.objects.get()
    address = reverse("billing:draft", kwargs={"slug": quote.organisation.slug, "pk": draft.pk})
    more = re.search(r'name="lines\[0\]\.more" value="([^"]*)"', client.get(address).content.decode())
    assert more is not None
    posted = {"lines[0].name": "Conseil", "lines[0].price": "300", "lines[0].vat": "20", "lines[0].nature": "services"}
    posted |= {"version": "1", "customer": str(quote.customer_id), "kind": "380", "lines[0].quantity": "1"}
    client.post(address, {**posted, "lines[0].more": unescape(more[1])})
    draft.refresh_from_db()
    assert draft.content["lines"][0]["price"] == "300"
    assert draft.content["lines"][0]["quote_line"] == 0
