"""The pages of our side: the day, what was decided, steps, the policy, the profile, penalties."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reglo.collection.models import PenaltyDecision, PenaltyNote, PolicyVersion, Relationship, StepState, StepTaken
from reglo.collection.queries.policies import active_version
from reglo.collection.services.rounds import decide_customer
from reglo.collection.services.trials import run_trial, start_trial
from reglo.core.collection import DEFAULT_POLICY
from reglo.core.terms import PaymentTerms, Penalty, PenaltyBasis
from reglo.customers.models import Customer
from reglo.formats.data.stored import write_stored
from reglo.ledger.models import OpenItem
from reglo.organisations.models import Organisation, Role
from tests.collection.cases import DUE, a_collecting_organisation, a_debtor, at, collect_by, days, work
from tests.site import INES, a_member, logged_in

pytestmark = pytest.mark.django_db(transaction=True)

_LATE = DUE + timedelta(days=40)
_YEAR_END = DUE + timedelta(days=7)


@pytest.fixture
def organisation() -> Organisation:
    # A rate that is agreed: that of the ECB for the half-year of the tests is not known.
    terms = PaymentTerms(penalty=Penalty(basis=PenaltyBasis.FIXED, value=Decimal(12)))
    return a_collecting_organisation(default_terms=write_stored(terms))


@pytest.fixture
def customer(organisation: Organisation) -> Customer:
    return a_debtor(organisation)


@pytest.fixture
def client(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The pages are looked at after the due date."""
    now = at(_YEAR_END)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


def page(name: str, organisation: Organisation, *parts: object) -> str:
    return reverse(f"collection:{name}", args=[organisation.slug, *parts])


def a_letter(customer: Customer) -> StepTaken:
    """The formal notice that waits to be posted at the end of the ladder."""
    for day in days(DUE - timedelta(days=10), 55):
        work(at(day))
    return StepTaken.objects.get(customer=customer, state=StepState.TO_DO)


def test_the_day_says_why_it_is_empty(client: Client, organisation: Organisation) -> None:
    shown = client.get(page("day", organisation)).content.decode()
    assert "Rien ne vous attend" in shown


def test_the_day_shows_what_waits_and_each_is_a_click_away(
    client: Client, organisation: Organisation, customer: Customer
) -> None:
    step = a_letter(customer)
    shown = client.get(page("day", organisation)).content.decode()
    assert page("step", organisation, step.pk) in shown
    assert page("story", organisation, customer.pk) in shown


def test_a_letter_is_posted_with_its_number_and_taken_back(
    client: Client, organisation: Organisation, customer: Customer
) -> None:
    step = a_letter(customer)
    letter = client.get(page("step-letter", organisation, step.pk))
    assert letter.content.startswith(b"%PDF")
    client.post(page("step-posted", organisation, step.pk), {"tracking": "1A 234 567 8901 2"})
    step.refresh_from_db()
    assert (step.state, step.tracking) == (StepState.DONE, "1A 234 567 8901 2")
    client.post(page("step-reopen", organisation, step.pk))
    step.refresh_from_db()
    assert (step.state, step.tracking) == (StepState.TO_DO, "")


def test_a_call_is_done_with_its_outcome(client: Client, organisation: Organisation, customer: Customer) -> None:
    Relationship.objects.create(organisation=organisation, customer=customer, channel="call")
    decide_customer(customer_id=customer.pk, organisation=organisation, now=at(DUE - timedelta(days=10)))
    step = StepTaken.objects.get(customer=customer)
    client.post(page("step-done", organisation, step.pk), {"outcome": "Rappelle jeudi"})
    step.refresh_from_db()
    assert (step.state, step.outcome) == (StepState.DONE, "Rappelle jeudi")
    assert client.post(page("step-done", organisation, step.pk), follow=True).status_code == 200
    assert StepTaken.objects.get(pk=step.pk).outcome == "Rappelle jeudi"


def test_a_strategic_customer_gets_its_formal_notice_only_by_decision(
    client: Client, organisation: Organisation, customer: Customer
) -> None:
    Relationship.objects.create(organisation=organisation, customer=customer, is_strategic=True)
    step = a_letter(customer)
    assert step.letter is None
    client.post(page("step-notice", organisation, step.pk))
    step.refresh_from_db()
    assert bytes(step.letter or b"").startswith(b"%PDF")
    client.post(page("step-let-be", organisation, step.pk), {"reason": "On se connaît"})
    step.refresh_from_db()
    assert step.state == StepState.DROPPED
    for day in days(_LATE, 10):
        work(at(day))
    assert not StepTaken.objects.filter(customer=customer, state=StepState.TO_DO).exists()


def test_what_was_decided_is_a_list_with_a_sentence_each(
    client: Client, organisation: Organisation, customer: Customer
) -> None:
    work(at(DUE - timedelta(days=10)))
    shown = client.get(page("decided", organisation)).content.decode()
    assert customer.name in shown
    assert "Rappel avant échéance par e-mail aujourd" in shown
    assert customer.name not in client.get(page("decided", organisation), {"verdict": "wait"}).content.decode()


def test_what_to_do_next_is_a_sentence(client: Client, organisation: Organisation, customer: Customer) -> None:
    shown = client.get(page("next-of-customer", organisation, customer.pk)).content.decode()
    assert "Rien aujourd" in shown


def _typed(client: Client, organisation: Organisation, **changes: str) -> dict[str, str]:
    """The form of the policy as a browser would send it."""
    context = client.get(page("policy", organisation)).context
    form = context["form"]
    data: dict[str, object] = {}
    for each in [form.steps.management_form, *form.steps.forms, form.times]:
        for bound in each:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = value
    data.pop(f"steps-{form.steps.initial_form_count()}-offset", None)
    return {**data, **changes}  # type: ignore[return-value,dict-item]


def test_a_policy_that_is_saved_unchanged_makes_no_new_ladder(client: Client, organisation: Organisation) -> None:
    client.post(page("policy", organisation), _typed(client, organisation))
    latest = PolicyVersion.objects.of(organisation).latest("version")
    assert [step["offset"] for step in latest.content["steps"]] == [step.offset for step in DEFAULT_POLICY.steps]
    assert active_version(organisation) == PolicyVersion.objects.get(version=1, organisation=organisation)


def test_a_changed_policy_is_tried_and_then_switched_on(client: Client, organisation: Organisation) -> None:
    answer = client.post(page("policy", organisation), _typed(client, organisation, **{"steps-2-offset": "5"}))
    version = PolicyVersion.objects.of(organisation).latest("version")
    assert answer.headers["Location"] == page("policy-version", organisation, version.pk)
    client.post(page("policy-try", organisation, version.pk))
    run_trial(trial_id=version.trials.get().pk, now=timezone.now())
    assert "Chaque message" not in client.get(page("policy-version", organisation, version.pk)).content.decode()
    client.post(page("policy-on", organisation, version.pk))
    assert active_version(organisation) == version
    client.post(page("policy-off", organisation))
    assert active_version(organisation) is None


def test_a_policy_that_makes_no_sense_is_refused_in_words(client: Client, organisation: Organisation) -> None:
    answer = client.post(page("policy", organisation), _typed(client, organisation, **{"steps-3-offset": "-5"}))
    assert answer.status_code == 422
    assert "parle de retard avant que le client soit en retard" in answer.content.decode()
    assert PolicyVersion.objects.of(organisation).count() == 1


def test_a_step_is_removed_and_another_added(client: Client, organisation: Organisation) -> None:
    data = _typed(client, organisation, **{"steps-0-DELETE": "on", "steps-6-offset": "15", "steps-6-tone": "firm"})
    data |= {"steps-6-channel": "call", "steps-6-least_amount": "500", "steps-6-stances": ["standard", "firm"]}  # type: ignore[dict-item]
    client.post(page("policy", organisation), data)
    steps = PolicyVersion.objects.of(organisation).latest("version").content["steps"]
    assert [step["offset"] for step in steps] == [-2, 3, 10, 15, 20, 30]
    assert steps[3]["channel"] == "call"


def test_a_trial_says_what_would_have_gone_out(client: Client, organisation: Organisation, customer: Customer) -> None:
    collect_by(organisation, DEFAULT_POLICY)
    version = PolicyVersion.objects.of(organisation).latest("version")
    then = at(DUE + timedelta(days=60))
    trial = start_trial(organisation=organisation, version_id=version.pk, by=INES, now=then)
    run_trial(trial_id=trial.pk, now=then)
    trial.refresh_from_db()
    assert trial.result is not None
    assert trial.result["after"]["by_tone"] == {
        "gentle": 1, "practical": 1, "friendly": 1, "firm": 1, "last": 1, "formal-notice": 1,
    }  # fmt: skip
    shown = client.get(page("policy-trial", organisation, trial.pk)).content.decode()
    assert customer.name in shown


@pytest.mark.parametrize("tone", ["gentle", "practical", "friendly", "firm", "last"])
def test_each_text_is_shown_with_real_figures(
    client: Client, organisation: Organisation, customer: Customer, tone: str
) -> None:
    shown = client.get(page("policy-preview", organisation, tone)).content.decode()
    assert OpenItem.objects.get(customer=customer).reference in shown
    assert "{" not in shown.split("</style>")[1]


def test_the_profile_is_kept_and_suggested(client: Client, organisation: Organisation, customer: Customer) -> None:
    address = page("profile", organisation, customer.pk)
    assert client.get(address).status_code == 200
    client.post(address, {"stance": "considerate", "difficulty": "Trésorerie", "limit": "5000,50", "weekday": "3"})
    known = Relationship.objects.get(customer=customer)
    assert (known.stance, known.limit_minor, known.weekday) == ("considerate", 5000_50, 3)
    client.post(page("profile-suggestion", organisation, customer.pk))
    known.refresh_from_db()
    assert known.stance == "standard"


def test_a_contact_of_somebody_else_is_refused(client: Client, organisation: Organisation, customer: Customer) -> None:
    other = a_debtor(organisation).contacts.get()
    answer = client.post(page("profile", organisation, customer.pk), {"stance": "firm", "contact": other.pk})
    assert answer.status_code == 422


@pytest.mark.usefixtures("later")
def test_penalties_are_claimed_in_a_note_that_the_ledger_knows(
    client: Client, organisation: Organisation, customer: Customer
) -> None:
    item = OpenItem.objects.get(customer=customer)
    address = page("penalties", organisation, customer.pk)
    shown = client.get(address).content.decode()
    assert "40,00" in shown
    client.post(address, {"items": [item.pk], "act": "claim"})
    note = PenaltyNote.objects.get()
    assert note.indemnity_minor == 40_00
    assert note.interest_minor == 2_49  # 1,080 € × 12 % × 7 / 365
    owed = OpenItem.objects.get(reference=note.number)
    assert owed.amount_minor == note.interest_minor + note.indemnity_minor
    assert client.get(page("penalty-note", organisation, note.pk)).content.startswith(b"%PDF")
    client.post(address, {"items": [item.pk], "act": "claim"})
    assert PenaltyNote.objects.count() == 1
    client.post(page("penalty-note-cancel", organisation, note.pk))
    assert OpenItem.objects.get(pk=owed.pk).open_minor == 0
    assert "40,00" in client.get(address).content.decode()


@pytest.mark.usefixtures("later")
def test_penalties_whose_rate_is_not_known_yet_are_not_claimed() -> None:
    organisation = a_collecting_organisation()
    customer = a_debtor(organisation)
    owner = logged_in(a_member(organisation))
    item = OpenItem.objects.get(customer=customer)
    shown = owner.post(page("penalties", organisation, customer.pk), {"items": [item.pk], "act": "claim"}, follow=True)
    assert "Calcul provisoire" in shown.content.decode()
    assert not PenaltyNote.objects.exists()


@pytest.mark.usefixtures("later")
def test_penalties_are_claimed_once_their_rate_is_entered_where_the_page_says() -> None:
    organisation = a_collecting_organisation()
    customer = a_debtor(organisation)
    owner = logged_in(a_member(organisation))
    address = page("penalties", organisation, customer.pk)
    enter = reverse("organisations:rates", args=[organisation.slug])
    assert f"{enter}?half_year=2026-2" in owner.get(address).content.decode()
    typed = {"kind": "ecb", "half_year": "2026-2", "percent": "2,4", "source": "BCE, décision du 5 juin 2026"}
    assert owner.post(enter, typed).status_code == 302
    assert enter + "?" not in owner.get(address).content.decode()
    owner.post(address, {"items": [OpenItem.objects.get(customer=customer).pk], "act": "claim"})
    assert PenaltyNote.objects.get().interest_minor == 2_57  # 1,080 € × (2.4 % + 10) × 7 / 365


@pytest.mark.usefixtures("later")
def test_penalties_are_waived_with_a_reason(client: Client, organisation: Organisation, customer: Customer) -> None:
    item = OpenItem.objects.get(customer=customer)
    address = page("penalties", organisation, customer.pk)
    assert client.post(address, {"items": [item.pk], "act": "waive"}).status_code == 422
    client.post(address, {"items": [item.pk], "act": "waive", "reason": "Bon client"})
    decision = PenaltyDecision.objects.get()
    assert (decision.state, decision.reason) == ("waived", "Bon client")
    client.post(page("waiver-undo", organisation, decision.pk))
    decision.refresh_from_db()
    assert decision.undone_at is not None


@pytest.mark.usefixtures("later")
def test_the_file_for_the_court_is_one_pdf(client: Client, organisation: Organisation, customer: Customer) -> None:
    content = client.get(page("court-file", organisation, customer.pk)).content
    assert content.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["day", "decided", "policy"])
def test_pages_take_a_fixed_number_of_statements(
    client: Client, organisation: Organisation, name: str, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        a_debtor(organisation, name=f"Client {number}")
    work(at(DUE + timedelta(days=4)))
    with django_assert_max_num_queries(30):  # type: ignore[operator]  # of pytest-django
        client.get(page(name, organisation))


def test_a_reader_changes_nothing(organisation: Organisation, customer: Customer) -> None:
    reader = logged_in(a_member(organisation, Role.READER))
    assert reader.get(page("policy", organisation)).status_code == 200
    assert reader.post(page("policy-off", organisation)).status_code == 403
    assert reader.post(page("profile", organisation, customer.pk), {"stance": "firm"}).status_code == 403
    assert reader.post(page("penalties", organisation, customer.pk), {"act": "claim"}).status_code == 403
