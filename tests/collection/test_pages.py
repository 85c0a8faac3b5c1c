"""Our side: the pages of disputes, promises, proposals, plans, notes and limits, walked as people walk them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from reglo.billing.models import Invoice
from reglo.collection.models import Dispute, Leeway, Note, Plan, Promise, Proposal
from reglo.core.dates import next_business_day
from reglo.customers.models import Customer
from reglo.organisations.models import Role
from reglo.organisations.queries import today_of
from tests.collection.debts import a_debtor, ids_of
from tests.collection.emails import EML
from tests.collection.test_disputes import disputed
from tests.collection.test_proposals import asked
from tests.site import a_member, logged_in

pytestmark = pytest.mark.django_db(transaction=True)


class Walk:
    """Somebody of the organisation of a customer."""

    def __init__(self, customer: Customer, role: Role = Role.OWNER) -> None:
        self.customer = customer
        self.client: Client = logged_in(a_member(customer.organisation, role))

    def url(self, path: str) -> str:
        return f"/o/{self.customer.organisation.slug}/collection/{path}"

    def get(self, path: str, **data: Any) -> Any:
        return self.client.get(self.url(path), data)

    def post(self, path: str, **data: Any) -> Any:
        return self.client.post(self.url(path), data, follow=True)


def soon(customer: Customer) -> str:
    return next_business_day(today_of(customer.organisation, timezone.now()) + timedelta(days=9)).isoformat()


@pytest.fixture
def walk() -> Walk:
    return Walk(a_debtor("450.00", "100.00"))


def test_a_promise_told_by_phone_is_noted_and_taken_back(walk: Walk) -> None:
    of = f"promises/of/{walk.customer.pk}/new/"
    assert walk.get(of).status_code == 200
    refused = walk.post(of, items=ids_of(walk.customer), by_day="2001-01-01", told_by="Claire")
    assert refused.status_code == 422
    walk.post(of, items=ids_of(walk.customer), by_day=soon(walk.customer), told_by="Claire", amount="1 000,50")
    promise = Promise.objects.get()
    assert (promise.amount_minor, promise.on_portal) == (100_050, False)
    assert "Claire" in walk.get("promises/").content.decode()
    walk.post(f"promises/{promise.pk}/withdraw/")
    promise.refresh_from_db()
    assert promise.withdrawn_at is not None


def test_a_dispute_is_noted_spoken_about_and_settled_with_its_credit_note(walk: Walk) -> None:
    invoice = Invoice.objects.earliest("pk")
    of = f"disputes/on/{invoice.pk}/new/"
    assert walk.post(of, scope="line", line="", reason="x", opened_by="Claire").status_code == 422
    walk.post(of, scope="amount", amount="120", reason="Une heure de trop", opened_by="Claire")
    dispute = Dispute.objects.get()
    assert not dispute.on_portal
    page = walk.post(f"disputes/{dispute.pk}/say/", text="Nous regardons")
    assert "Nous regardons" in page.content.decode()
    assert walk.post(f"disputes/{dispute.pk}/say/", text=" ").status_code == 422
    assert walk.post(f"disputes/{dispute.pk}/settle/", credit="amount", amount="", answer="Oui").status_code == 422
    assert (
        walk.post(f"disputes/{dispute.pk}/settle/", credit="amount", amount="999999", answer="Oui").status_code == 422
    )
    walk.post(f"disputes/{dispute.pk}/settle/", credit="amount", amount="120,00", answer="Vous avez raison")
    dispute.refresh_from_db()
    assert dispute.credit_note is not None
    assert dispute.credit_note.gross_minor == 12_000
    assert dispute.credit_note.number in walk.get(f"disputes/{dispute.pk}/").content.decode()


def test_who_may_not_issue_settles_without_a_credit_note() -> None:
    walk = Walk(a_debtor(), Role.SALES)
    dispute = disputed(Invoice.objects.get())
    answer = walk.post(f"disputes/{dispute.pk}/settle/", credit="whole", answer="Oui")
    assert answer.status_code == 422
    walk.post(f"disputes/{dispute.pk}/settle/", credit="none", answer="D'accord")
    dispute.refresh_from_db()
    assert (dispute.state, dispute.credit_note) == ("settled", None)


def test_a_dispute_is_rejected_with_reasons_or_withdrawn(walk: Walk) -> None:
    first, second = (disputed(each) for each in Invoice.objects.order_by("pk"))
    assert walk.post(f"disputes/{first.pk}/reject/", answer="").status_code == 422
    walk.post(f"disputes/{first.pk}/reject/", answer="Le bon est signé")
    walk.post(f"disputes/{second.pk}/withdraw/")
    assert sorted(Dispute.objects.values_list("state", flat=True)) == ["rejected", "withdrawn"]
    assert walk.post(f"disputes/{first.pk}/withdraw/").status_code == 200


@pytest.mark.parametrize("kind", ["plan", "discount", "date", "waiver"])
def test_a_proposal_shows_its_cost_before_it_is_sent(walk: Walk, kind: str) -> None:
    of = f"proposals/of/{walk.customer.pk}/new/?kind={kind}"
    assert walk.get(f"proposals/of/{walk.customer.pk}/new/", kind=kind).context["cost"] is not None
    data = {"items": ids_of(walk.customer), "by_day": soon(walk.customer), "count": 3, "percent": "2"}
    shown = walk.post(of, **data, act="cost")
    assert shown.context["cost"] is not None
    assert not Proposal.objects.exists()
    page = walk.post(of, **data, act="prepare")
    proposal = Proposal.objects.get()
    assert proposal.state == "draft"
    assert page.context["text_fr"]
    walk.post(f"proposals/{proposal.pk}/send/", contact=walk.customer.contacts.get().pk)
    proposal.refresh_from_db()
    assert proposal.state == "sent"
    walk.post(f"proposals/{proposal.pk}/told/", name="Claire", answer="accept")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answered_by) == ("accepted", "Claire")
    assert Plan.objects.exists() == (kind == "plan")
    assert Promise.objects.exists() == (kind != "plan")


def test_a_proposal_that_cannot_be_says_why(walk: Walk) -> None:
    of = f"proposals/of/{walk.customer.pk}/new/?kind=discount"
    data = {"items": ids_of(walk.customer), "by_day": "2026-12-25", "percent": "2"}
    assert walk.post(of, **data, act="prepare").status_code == 422
    assert walk.get(f"proposals/of/{walk.customer.pk}/new/", kind="gift").status_code == 404
    assert walk.get(f"proposals/of/{walk.customer.pk}/new/", kind="split", dispute="x").status_code == 404


def test_a_split_is_proposed_from_the_dispute(walk: Walk) -> None:
    invoice = Invoice.objects.earliest("pk")
    dispute = disputed(invoice, "amount", amount_minor=20_000)  # type: ignore[arg-type]  # as a scope
    assert walk.get(f"disputes/{dispute.pk}/").context["is_splittable"]
    of = f"proposals/of/{walk.customer.pk}/new/?kind=split&dispute={dispute.pk}"
    walk.post(of, by_day=soon(walk.customer), act="prepare")
    assert Proposal.objects.get().dispute == dispute


def test_a_request_is_granted_and_its_plan_can_be_ended(walk: Walk) -> None:
    request = asked(walk.customer, count=12)
    assert walk.get(f"proposals/{request.pk}/").context["is_asked"]
    walk.post(f"proposals/{request.pk}/grant/", answer="Bien sûr")
    plan = Plan.objects.get()
    assert walk.get(f"plans/{plan.pk}/").status_code == 200
    assert walk.get("plans/").status_code == 200
    walk.post(f"plans/{plan.pk}/end/")
    plan.refresh_from_db()
    assert plan.ended_at is not None


def test_notes_and_emails_go_into_the_story_and_come_out_again(walk: Walk) -> None:
    story = f"story/{walk.customer.pk}/"
    page = walk.post(f"{story}notes/", kind="call", with_whom="Claire", text="Rappelle mardi")
    assert "Rappelle mardi" in page.content.decode()
    note = Note.objects.get()
    assert "Rappelle mardi" not in walk.post(f"filed/{note.pk}/delete/").content.decode()
    assert "Rappelle mardi" in walk.post(f"filed/{note.pk}/restore/").content.decode()
    walk.post(f"{story}notes/", kind="spell", text="")
    assert Note.objects.count() == 1
    walk.post(f"{story}emails/", file=SimpleUploadedFile("a.eml", EML))
    walk.post(f"{story}emails/", file=SimpleUploadedFile("a.eml", EML))
    walk.post(f"{story}emails/", file=SimpleUploadedFile("a.eml", b"MZ"))
    walk.post(f"{story}emails/")
    email = Note.objects.get(kind="email")
    original = walk.get(f"filed/{email.pk}/original/")
    assert (original.content, original.headers["Content-Type"]) == (EML, "message/rfc822")
    assert "sandbox" in original.headers["Content-Security-Policy"]


def test_the_limits_are_read_by_all_and_changed_by_who_may() -> None:
    walk = Walk(a_debtor())
    data = {
        "promise_days": 10,
        "most_months": 3,
        "least_instalment": "250,00",
        "first_percent": 30,
        "first_within_days": 5,
        "money_percent": "4.5",
    }
    walk.post("leeway/", **data)
    leeway = Leeway.objects.get()
    assert (leeway.promise_days, leeway.least_instalment_minor, leeway.grants_plans) == (10, 25_000, False)
    assert walk.post("leeway/", **data | {"first_percent": 101}).status_code == 422
    assert Walk(walk.customer, Role.READER).post("leeway/", **data).status_code == 403


def test_the_card_on_the_customers_page_says_what_the_ledger_says(walk: Walk) -> None:
    card = walk.get(f"of-customer/{walk.customer.pk}/")
    assert card.context["owed"][0].balance_minor == 132_000


@pytest.mark.parametrize("name", ["disputes", "promises", "proposals", "plans"])
def test_a_list_makes_the_same_number_of_queries_however_long_it_is(
    name: str, django_assert_max_num_queries: Any
) -> None:
    walk = Walk(a_debtor())
    disputed(Invoice.objects.get())
    asked(walk.customer)
    with django_assert_max_num_queries(14):
        assert walk.get(f"{name}/").status_code == 200
    assert walk.get(f"{name}/", format="csv").status_code == 200
    assert walk.get(f"{name}/", q="librairie").status_code == 200
