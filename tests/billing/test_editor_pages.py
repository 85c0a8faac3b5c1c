"""The pages of the editor: what is typed is saved and answered; strangers and hostile texts change nothing."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reglo.billing.models import Draft, Invoice
from reglo.organisations.models import BankAccount, Organisation, Role
from tests.site import NOW, a_content, a_customer, a_draft, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}"


class Desk:
    """Somebody at the editor of a draft."""

    def __init__(self, role: Role = Role.OWNER, **changes: Any) -> None:
        self.organisation = an_organisation()
        self.customer = a_customer(self.organisation)
        self.draft = a_draft(self.organisation, self.customer, **changes)
        self.client = logged_in(a_member(self.organisation, role))

    def url(self, name: str = "draft") -> str:
        return reverse(f"billing:{name}", kwargs={"slug": self.organisation.slug, "pk": self.draft.pk})

    def type(self, **fields: str) -> HttpResponse:
        """What the script posts."""
        form = self.form() | fields
        return self.client.post(self.url("draft-live"), json.dumps(form), content_type="application/json")

    def form(self) -> dict[str, str]:
        self.draft.refresh_from_db()
        line = "lines[0]."
        return {
            "version": str(self.draft.content_version),
            "customer": str(self.draft.customer_id or ""),
            "kind": self.draft.kind,
            "terms_are": "usual",
            f"{line}name": "Conseil",
            f"{line}quantity": "2",
            f"{line}unit": "DAY",
            f"{line}price": "450,00",
            f"{line}vat": "20",
            f"{line}nature": "S",
        }


def _text(response: HttpResponse) -> str:
    return unescape(re.sub(r"<[^>]+>|\s+", " ", response.content.decode()))


def test_an_answer_says_totals_and_due_date_and_saves() -> None:
    desk = Desk()
    response = desk.type(**{"lines[0].price": "1 234,50"})
    assert response.status_code == 200
    said = _text(response).replace("\u202f", " ").replace("\u00a0", " ")
    assert "2 469,00 €" in said
    assert "2 962,80 €" in said
    desk.draft.refresh_from_db()
    assert (desk.draft.content["lines"][0]["price"], desk.draft.content_version) == ("1234.50", 2)
    assert 'data-version="2"' in response.content.decode()


def test_the_answer_is_the_same_for_a_plain_form() -> None:
    desk = Desk()
    response = desk.client.post(desk.url("draft-live"), desk.form() | {"project": "P1"})
    assert response.status_code == 200
    desk.draft.refresh_from_db()
    assert desk.draft.content["project"] == "P1"


def test_what_is_missing_leads_to_its_field_fatal_first() -> None:
    desk = Desk()
    response = desk.type(**{"lines[0].price": "", "lines[1].name": "Pose", "lines[1].price": "x", "customer": ""})
    page = response.content.decode()
    assert 'data-focus="f-lines-0-price"' in page
    assert 'data-focus="f-lines-1-price"' in page
    assert 'data-focus="f-customer"' in page
    assert "CGI ann. II art. 242 nonies A" in page
    assert re.search(r"<button[^>]*data-issue[^>]* disabled aria-describedby", page)
    desk.draft.refresh_from_db()
    assert desk.draft.content["lines"][1] == {"name": "Pose", "price": "x"}


def test_what_is_missing_at_the_customer_leads_to_its_page() -> None:
    desk = Desk()
    desk.customer.siren = ""
    desk.customer.save()
    page = desk.type().content.decode()
    assert reverse("customers:edit", kwargs={"slug": desk.organisation.slug, "pk": desk.customer.pk}) in page


def test_the_second_of_two_people_keeps_what_was_typed_and_may_choose() -> None:
    desk = Desk()
    form = desk.form()
    other = logged_in(a_member(desk.organisation, name="Paul Roux"))
    other.post(desk.url("draft-live"), form | {"project": "Paul's"})
    response = desk.client.post(desk.url("draft-live"), form | {"project": "mine"})
    assert response.status_code == 409
    assert "Paul Roux" in _text(response)
    assert desk.url("draft-keep-mine") in response.content.decode()
    kept = desk.client.post(desk.url("draft-keep-mine"), form | {"project": "mine"})
    assert kept.status_code == 302
    first, second = Draft.objects.of(desk.organisation).order_by("pk")
    assert (first.content["project"], second.content["project"]) == ("Paul's", "mine")


def test_without_script_a_stale_form_shows_what_was_typed_and_the_choice() -> None:
    desk = Desk()
    form = desk.form()
    desk.type(project="newer")
    response = desk.client.post(desk.url(), form | {"project": "typed by hand", "act": "save"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "typed by hand" in page
    assert desk.url("draft-keep-mine") in page


def test_without_script_the_form_saves_and_has_a_row_for_the_next_line() -> None:
    desk = Desk()
    form = desk.form() | {"lines[1].name": "Pose", "lines[1].price": "10", "act": "add"}
    response = desk.client.post(desk.url(), form, follow=True)
    page = response.content.decode()
    assert 'name="lines[1].name" value="Pose"' in page
    assert 'name="lines[2].name" value=""' in page


@pytest.mark.parametrize(
    ("act", "names"),
    [
        ("remove:0", ["b", "c"]),
        ("up:2", ["a", "c", "b"]),
        ("down:0", ["b", "a", "c"]),
        ("duplicate:1", ["a", "b", "b", "c"]),
        ("up:0", ["a", "b", "c"]),
        ("remove:9", ["a", "b", "c"]),
        ("remove:x", ["a", "b", "c"]),
        ("remove:-1", ["a", "b", "c"]),
    ],
)
def test_without_script_buttons_move_and_remove_lines(act: str, names: list[str]) -> None:
    desk = Desk()
    lines = {f"lines[{place}].name": name for place, name in enumerate("abc")}
    desk.client.post(desk.url(), desk.form() | lines | {"act": act})
    desk.draft.refresh_from_db()
    assert [each["name"] for each in desk.draft.content["lines"]] == names


def test_issuing_twice_by_a_double_click_makes_one_invoice() -> None:
    desk = Desk()
    form = {"version": desk.draft.content_version}
    first = desk.client.post(desk.url("draft-issue"), form)
    second = desk.client.post(desk.url("draft-issue"), form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Invoice.objects.of(desk.organisation).count() == 1


def test_the_question_says_number_date_and_that_it_is_for_good() -> None:
    desk = Desk()
    said = _text(desk.client.get(desk.url("draft-issue")))
    assert "F2026-0001" in said or re.search(r"F20\d\d-0001", said)
    assert "claire@librairie.example" in said


def test_what_somebody_changed_meanwhile_is_not_issued() -> None:
    desk = Desk()
    desk.type(project="changed")
    response = desk.client.post(desk.url("draft-issue"), {"version": 1})
    assert response.status_code == 409
    assert not Invoice.objects.of(desk.organisation).exists()


def test_an_incomplete_draft_is_not_issued_and_the_page_says_why() -> None:
    desk = Desk(content={"lines": []})
    response = desk.client.post(desk.url("draft-issue"), {"version": 1})
    assert response.status_code == 409
    assert not Invoice.objects.of(desk.organisation).exists()


def test_a_deleted_draft_offers_to_be_restored() -> None:
    desk = Desk()
    page = desk.client.post(desk.url("draft-delete"), follow=True).content.decode()
    assert desk.url("draft-restore") in page
    assert desk.client.get(desk.url()).status_code == 410
    assert desk.client.post(desk.url("draft-restore"), follow=True).status_code == 200
    assert desk.client.get(desk.url()).status_code == 200


def test_ticked_drafts_are_issued_each_by_itself_with_a_report() -> None:
    desk = Desk()
    faulty = a_draft(desk.organisation, desk.customer, content={"lines": []})
    foreign = a_draft(an_organisation())
    address = reverse("billing:drafts-issue", kwargs={"slug": desk.organisation.slug})
    response = desk.client.post(address, {"id": [desk.draft.pk, faulty.pk, foreign.pk, "x", "9" * 30]})
    page = response.content.decode()
    [issued] = Invoice.objects.all()
    assert issued.draft == desk.draft
    assert issued.number in page
    assert reverse("billing:draft", kwargs={"slug": desk.organisation.slug, "pk": faulty.pk}) in page
    assert str(foreign.pk) not in re.findall(r"/drafts/(\d+)/", page)


@pytest.mark.parametrize("field", ["customer", "series"])
def test_rows_of_another_organisation_are_not_there(field: str) -> None:
    desk = Desk()
    other = an_organisation()
    foreign = a_customer(other).pk if field == "customer" else _series(other)
    assert desk.type(**{field: str(foreign)}).status_code == 404
    assert desk.type(**{field: "9" * 30}).status_code == 404
    assert desk.type(**{field: "x"}).status_code == 404


def _series(organisation: Organisation) -> int:
    from reglo.billing.services.numbering import default_series

    return default_series(organisation).pk


def test_a_bank_account_of_another_organisation_is_missing_and_its_iban_is_not_told() -> None:
    desk, other = Desk(), an_organisation()
    account = BankAccount.objects.of(other).get()
    BankAccount.objects.filter(pk=account.pk).update(iban="DE89370400440532013000")
    page = desk.type(**{"payment.bank_account_id": str(account.pk)}).content.decode()
    assert 'data-focus="f-payment-bank_account_id"' in page
    assert "DE89" not in page
    assert "DE89" not in desk.client.get(desk.url()).content.decode()


def test_a_product_of_another_organisation_is_only_a_number() -> None:
    desk = Desk()
    response = desk.type(**{"lines[0].product_id": "999999"})
    assert response.status_code == 200


@pytest.mark.parametrize("name", ["draft", "draft-preview", "draft-pdf", "draft-customer", "draft-issue"])
def test_a_stranger_finds_no_draft(name: str) -> None:
    desk = Desk()
    stranger = logged_in(a_member(an_organisation()))
    assert stranger.get(desk.url(name)).status_code == 404


def test_who_may_only_read_sees_the_draft_and_saves_nothing() -> None:
    desk = Desk(Role.READER)
    page = desk.client.get(desk.url()).content.decode()
    assert re.search(r'<fieldset class="editor-main" disabled>', page)
    assert desk.type(project="x").status_code == 403
    assert desk.client.post(desk.url("draft-issue"), {"version": 1}).status_code == 403


def test_who_sells_writes_drafts_and_issues_none() -> None:
    desk = Desk(Role.SALES)
    response = desk.type(project="x")
    assert response.status_code == 200
    assert "data-issue" not in response.content.decode()
    assert desk.client.get(desk.url("draft-issue")).status_code == 403


def test_hostile_text_in_every_field_is_shown_as_text() -> None:
    desk = Desk()
    page = desk.client.get(desk.url()).content.decode()
    names = set(re.findall(r'name="([^"]+)"', page)) - {"csrfmiddlewaretoken", "version", "customer", "kind", "act"}
    names = {name.replace("NEW", "0") for name in names}
    fields = {name: HOSTILE for name in names if not name.endswith((".more", "terms_are"))} | {"terms_are": "others"}
    response = desk.type(**fields)
    assert response.status_code == 200
    for shown in (response, desk.client.get(desk.url()), desk.client.get(desk.url("draft-preview"))):
        answer = shown.content.decode()
        assert "<script>alert" not in answer
        assert "<img src=x" not in answer
    assert desk.client.get(desk.url("draft-issue")).status_code == 200


@pytest.mark.parametrize("body", ["[]", "null", '{"version": 1}', '{"version": {}}', "{", '{"a": ["b"]}'])
def test_json_that_is_no_form_is_refused(body: str) -> None:
    desk = Desk()
    assert desk.client.post(desk.url("draft-live"), body, content_type="application/json").status_code == 400


def test_a_draft_of_a_thousand_lines_is_saved_shown_and_answered() -> None:
    desk = Desk()
    lines = {
        f"lines[{place}].{key}": value
        for place in range(1000)
        for key, value in (("name", f"Ligne {place}"), ("price", "1,00"), ("vat", "20"), ("nature", "S"))
    }
    response = desk.type(**lines)
    assert response.status_code == 200
    assert response.content.decode().count("<li") < 50
    desk.draft.refresh_from_db()
    assert len(desk.draft.content["lines"]) == 1000
    page = desk.client.get(desk.url()).content.decode()
    assert 'name="lines[999].name" value="Ligne 999"' in page
    assert 'data-place="1' not in page


def test_numbers_in_the_form_are_never_grouped() -> None:
    desk = Desk(content_version=123_456)
    page = desk.client.get(desk.url()).content.decode()
    assert 'name="version" value="123456"' in page


def test_the_preview_shows_the_pages_and_the_pdf_is_one() -> None:
    desk = Desk()
    assert b"data:image/png;base64," in desk.client.get(desk.url("draft-preview")).content
    response = desk.client.get(desk.url("draft-pdf"))
    assert response.content.startswith(b"%PDF")
    assert response.headers["Content-Type"] == "application/pdf"


def test_a_draft_of_nothing_has_a_preview_that_says_so_and_no_pdf() -> None:
    desk = Desk(content={})
    assert b"<img" not in desk.client.get(desk.url("draft-preview")).content
    assert desk.client.get(desk.url("draft-pdf")).status_code == 404


def test_a_customer_is_found_chosen_and_made_on_the_spot() -> None:
    desk = Desk()
    fragment = {"HTTP_HX_REQUEST": "true"}
    found = desk.client.get(desk.url("draft-customer"), {"q": "librairie"}, **fragment).content.decode()
    assert f'data-id="{desk.customer.pk}"' in found
    new = {"name": "Café des Arts", "kind": "business", "siren": "552100554", "city": "Lyon", "email": "x@example.com"}
    made = desk.client.post(desk.url("draft-customer"), new, **fragment)
    assert made.status_code == 201
    assert "Café des Arts" in made.content.decode()
    refused = desk.client.post(desk.url("draft-customer"), new | {"siren": "123"}, **fragment)
    assert refused.status_code == 422
    chosen = desk.client.post(desk.url("draft-customer"), {"customer": desk.customer.pk})
    assert chosen.status_code == 302


def test_terms_that_differ_from_those_agreed_are_told_before_issuing() -> None:
    from reglo.core.terms import parse_terms
    from reglo.formats.data.stored import write_stored
    from reglo.terms.models import AgreementState, TermsAgreement

    desk = Desk()
    TermsAgreement.objects.create(
        organisation=desk.organisation,
        customer=desk.customer,
        version=3,
        state=AgreementState.ACCEPTED,
        terms=write_stored(parse_terms("30 jours")),
        created_at=NOW,
    )
    assert "is-different" not in desk.type(project="a").content.decode()
    answer = desk.type(terms_are="others", terms="45 jours fin de mois").content.decode()
    assert "is-different" in answer
    question = desk.client.get(desk.url("draft-issue")).content.decode()
    assert "alert-warning" in question


def test_an_answer_takes_few_queries_however_many_lines() -> None:
    desk = Desk()
    counts = []
    desk.type(project="the first call writes to the journal")
    for lines in (1, 50):
        fields = {f"lines[{place}].name": "a" for place in range(lines)}
        with CaptureQueriesContext(connection) as queries:
            desk.type(**fields)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 22


def test_the_list_of_drafts_takes_the_same_queries_for_any_number() -> None:
    desk = Desk()
    address = reverse("billing:drafts", kwargs={"slug": desk.organisation.slug})
    counts = []
    desk.client.get(address)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert desk.client.get(address).status_code == 200
        counts.append(len(queries))
        for _ in range(10):
            a_draft(desk.organisation, content=a_content())
    assert counts[0] == counts[1]


def test_who_has_not_logged_in_is_led_to_the_login() -> None:
    desk = Desk()
    response = Client().get(desk.url())
    assert response.status_code == 302
    assert "login" in response.headers["Location"]
