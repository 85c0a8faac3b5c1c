"""Pages of recurring invoices."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reglo.billing.models import Draft, Recurrence
from reglo.billing.services.recurring import RecurrenceFacts, create_recurrence, make_due_occurrences
from reglo.customers.models import Customer
from reglo.organisations.models import Organisation, Role
from tests.site import INES, NOW, a_content, a_customer, a_draft, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_customer(organisation)


@pytest.fixture
def owner(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation))


def today() -> Any:
    return timezone.now().date()


def a_recurrence(organisation: Organisation, customer: Customer, **changes: Any) -> Recurrence:
    facts: dict[str, Any] = {"label": "Loyer", "content": a_content(), "starts_on": today()}
    return create_recurrence(
        organisation=organisation, facts=RecurrenceFacts(customer=customer, **facts | changes), by=INES, now=NOW
    )


def typed(customer: Customer, **changes: Any) -> dict[str, Any]:
    return {
        "customer": customer.pk,
        "label": "Maintenance",
        "every": "1",
        "rhythm": "month",
        "starts_on": "2027-01-31",
        "title": "Maintenance {mois}",
        "lines[0].name": "Forfait {month}",
        "lines[0].quantity": "1",
        "lines[0].unit": "MON",
        "lines[0].price": "1 250,00",
        "lines[0].vat": "20",
        "lines[0].nature": "S",
        **changes,
    }


def test_the_first_visit_teaches_what_would_be_there(organisation: Organisation, owner: Client) -> None:
    page = owner.get(f"/o/{organisation.slug}/recurring/")
    assert f"/o/{organisation.slug}/recurring/new/" in page.content.decode()


def test_one_is_written_shown_and_changed(organisation: Organisation, owner: Client, customer: Customer) -> None:
    base = f"/o/{organisation.slug}/recurring/"
    assert owner.get(f"{base}new/").status_code == 200
    assert owner.post(f"{base}new/", typed(customer)).status_code == 302
    recurrence = Recurrence.objects.of(organisation).get()
    assert recurrence.content["lines"] == [
        {"name": "Forfait {month}", "unit": "MON", "vat": "20", "nature": "S", "quantity": "1", "price": "1250.00"}
    ]
    shown = owner.get(f"{base}{recurrence.pk}/").content.decode()
    assert "1\u202f250,00" in shown or "1,250.00" in shown or "1 250,00" in shown or "1\xa0250,00" in shown
    assert owner.post(f"{base}{recurrence.pk}/edit/", typed(customer, label="Autre")).status_code == 302
    recurrence.refresh_from_db()
    assert recurrence.label == "Autre"
    assert "Autre" in owner.get(base).content.decode()


def test_a_preview_saves_nothing(organisation: Organisation, owner: Client, customer: Customer) -> None:
    page = owner.post(f"/o/{organisation.slug}/recurring/new/", typed(customer, preview="1", revision_percent="10"))
    assert len(page.context["announced"]) == 12
    assert not Recurrence.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"every": "0"}, "every"),
        ({"every": "99"}, "every"),
        ({"starts_on": "2027-02-31"}, "starts_on"),
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"rhythm": "hour"}, "rhythm"),
        ({"revision_percent": "900"}, "revision_percent"),
        ({"label": "x" * 201}, "label"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    organisation: Organisation, owner: Client, customer: Customer, changes: dict[str, str], field: str
) -> None:
    page = owner.post(f"/o/{organisation.slug}/recurring/new/", typed(customer, **changes))
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not Recurrence.objects.exists()


def test_the_customer_of_another_organisation_cannot_be_chosen(organisation: Organisation, owner: Client) -> None:
    page = owner.post(f"/o/{organisation.slug}/recurring/new/", typed(a_customer(an_organisation())))
    assert "customer" in page.context["form"].errors


def test_details_that_the_table_does_not_show_stay(
    organisation: Organisation, owner: Client, customer: Customer
) -> None:
    line = {**a_content()["lines"][0], "reductions": [{"percent": "10"}], "description": "Deux lignes"}
    content = a_content(lines=[line], notes=["Merci"], purchase_order="PO-1")
    recurrence = a_recurrence(organisation, customer, content=content)
    changes = {"starts_on": today().isoformat(), "lines[0].price": "500"}
    owner.post(f"/o/{organisation.slug}/recurring/{recurrence.pk}/edit/", typed(customer, **changes))
    recurrence.refresh_from_db()
    kept = recurrence.content
    assert (kept["notes"], kept["purchase_order"]) == (["Merci"], "PO-1")
    assert (kept["lines"][0]["reductions"], kept["lines"][0]["price"]) == ([{"percent": "10"}], "500")


def test_a_draft_is_made_recurring(organisation: Organisation, owner: Client, customer: Customer) -> None:
    draft = a_draft(organisation, customer, content=a_content(title="Infogérance", issue_date="2026-11-01"))
    page = owner.get(f"/o/{organisation.slug}/recurring/new/?draft={draft.pk}")
    assert page.context["form"]["customer"].value() == customer.pk
    assert "issue_date" not in page.context["content"]
    assert "Infogérance" in page.content.decode()
    foreign = a_draft(an_organisation())
    assert owner.get(f"/o/{organisation.slug}/recurring/new/?draft={foreign.pk}").status_code == 404


def test_it_is_paused_resumed_and_ended(organisation: Organisation, owner: Client, customer: Customer) -> None:
    recurrence = a_recurrence(organisation, customer, starts_on=today() - timedelta(days=40))
    base = f"/o/{organisation.slug}/recurring/{recurrence.pk}/"
    owner.post(f"{base}pause/")
    recurrence.refresh_from_db()
    assert recurrence.paused_at is not None
    assert owner.get(base).context["missed_in_pause"]
    owner.post(f"{base}resume/", {"catches_up": "0"})
    recurrence.refresh_from_db()
    assert recurrence.paused_at is None
    assert recurrence.next_on is not None
    assert recurrence.next_on >= today()
    owner.post(f"{base}end/")
    recurrence.refresh_from_db()
    assert recurrence.next_on is None
    assert owner.get(base).status_code == 200


def test_the_page_tells_what_came_and_why_it_waits(
    organisation: Organisation, owner: Client, customer: Customer
) -> None:
    recurrence = a_recurrence(organisation, customer)
    occurrence = make_due_occurrences(recurrence_id=recurrence.pk, now=timezone.now())[0]
    recurrence.occurrences.update(problem="Le SIREN manque.")
    page = owner.get(f"/o/{organisation.slug}/recurring/{recurrence.pk}/").content.decode()
    assert "Le SIREN manque." in page
    assert f"/o/{organisation.slug}/drafts/{occurrence.draft.pk}/" in page
    Draft.objects.update(deleted_at=NOW)
    assert owner.get(f"/o/{organisation.slug}/recurring/{recurrence.pk}/").status_code == 200


def test_script_in_every_text_is_shown_as_text(organisation: Organisation, owner: Client, customer: Customer) -> None:
    attack = "<script>alert(1)</script>"
    content = a_content(title=attack, lines=[{"name": attack, "price": attack, "unit": attack, "vat": attack}])
    recurrence = a_recurrence(organisation, customer, label=attack, content=content)
    for page in ("", f"{recurrence.pk}/", f"{recurrence.pk}/edit/"):
        assert attack not in owner.get(f"/o/{organisation.slug}/recurring/{page}").content.decode()


@pytest.mark.parametrize("role", [Role.READER])
def test_who_only_reads_changes_nothing(organisation: Organisation, customer: Customer, role: Role) -> None:
    reader = logged_in(a_member(organisation, role))
    recurrence = a_recurrence(organisation, customer)
    base = f"/o/{organisation.slug}/recurring/"
    assert reader.get(base).status_code == 200
    assert reader.get(f"{base}{recurrence.pk}/").status_code == 200
    for page in ("new/", f"{recurrence.pk}/edit/", f"{recurrence.pk}/pause/", f"{recurrence.pk}/end/"):
        assert reader.post(base + page).status_code == 403


def test_who_may_not_issue_lets_no_machine_issue(organisation: Organisation, customer: Customer) -> None:
    seller = logged_in(a_member(organisation, Role.SALES))
    base = f"/o/{organisation.slug}/recurring/"
    seller.post(f"{base}new/", typed(customer, issues_by_itself="on"))
    assert not Recurrence.objects.get().issues_by_itself
    by_itself = a_recurrence(organisation, customer, issues_by_itself=True)
    for page in ("edit/", "resume/"):
        assert seller.post(f"{base}{by_itself.pk}/{page}", typed(customer)).status_code == 403
    bookkeeper = logged_in(a_member(organisation, Role.BOOKKEEPER))
    bookkeeper.post(f"{base}{by_itself.pk}/edit/", typed(customer, label="Loyer", issues_by_itself="on"))
    by_itself.refresh_from_db()
    assert (by_itself.label, by_itself.issues_by_itself, by_itself.content["title"]) == (
        "Loyer",
        True,
        "Maintenance {mois}",
    )


def test_one_of_another_organisation_is_not_there(organisation: Organisation, owner: Client) -> None:
    other = an_organisation()
    foreign = a_recurrence(other, a_customer(other))
    base = f"/o/{organisation.slug}/recurring/{foreign.pk}/"
    assert owner.get(base).status_code == 404
    assert owner.get(f"{base}edit/").status_code == 404
    for act in ("pause/", "resume/", "end/"):
        assert owner.post(base + act).status_code == 404


def test_the_list_takes_the_same_queries_whatever_its_length(
    organisation: Organisation, owner: Client, customer: Customer, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    a_recurrence(organisation, customer)
    owner.get(f"/o/{organisation.slug}/recurring/")
    with CaptureQueriesContext(connection) as few:
        owner.get(f"/o/{organisation.slug}/recurring/")
    for _ in range(5):
        a_recurrence(organisation, customer)
    with django_assert_num_queries(len(few)):
        owner.get(f"/o/{organisation.slug}/recurring/")
