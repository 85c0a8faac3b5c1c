"""The policy: its ladder as a picture and as rows, its versions, a trial, switched on and off."""

from datetime import date
from typing import Any

from django.contrib import messages as toasts
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.accounts.language import page_language
from reglo.collection.forms.policies import PolicyForm
from reglo.collection.models import PolicyTrial, PolicyVersion
from reglo.collection.policy_picture import picture_of
from reglo.collection.queries.facts import chosen_contact, customers_owing, facts_for
from reglo.collection.queries.policies import active_version, policy_in, versions_of
from reglo.collection.services.policies import switch_off, switch_on, write_policy
from reglo.collection.services.reminders import reminder_letter
from reglo.collection.services.trials import start_trial
from reglo.collection.wording import CHANNELS, TASKS, TONES
from reglo.core.collection import DEFAULT_POLICY, Channel, Message, Policy, Tone, check_policy, item_of
from reglo.core.errors import DomainError
from reglo.core.findings import Severity
from reglo.core.terms import BuyerKind
from reglo.customers.models import Customer
from reglo.delivery.composing import compose, sample_table, words_of
from reglo.delivery.mime import named, sender_of
from reglo.delivery.models import MessageKind
from reglo.delivery.services.sending import preview as composed_letter
from reglo.delivery.variables import samples
from reglo.delivery.views.framed import framed, refused
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def policy(request: MemberRequest) -> HttpResponse:
    """The ladder in use, or a version (?version=), to be changed: what is saved is a new version, to be tried first."""
    active, versions = active_version(request.organisation), versions_of(request.organisation)
    wanted = request.GET.get("version", "")
    chosen = versions.filter(version=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 9 else None
    shown = chosen or active or versions.first()
    said = policy_in(shown) if shown else DEFAULT_POLICY
    form = PolicyForm(said, thanks=shown.thanks if shown else True, data=request.POST or None)
    if request.method != "POST":
        return _editor(request, form, said, active=active)
    if not form.is_valid():
        return _editor(request, form, said, active=active, status=422)
    written = form.policy()
    findings = check_policy(written)
    if any(each.severity is Severity.FATAL for each in findings):
        return _editor(request, form, said, active=active, findings=findings, status=422)
    version = write_policy(
        organisation=request.organisation,
        policy=written,
        thanks=form.thanks,
        by=actor_of(request),
        now=timezone.now(),
    )
    return redirect("collection:policy-version", request.organisation.slug, version.pk)


def _editor(
    request: MemberRequest,
    form: PolicyForm,
    said: Policy,
    *,
    active: PolicyVersion | None,
    findings: Any = (),
    status: int = 200,
) -> HttpResponse:
    values = {
        "form": form,
        "picture": picture_of(said),
        "steps": _told(said),
        "findings": findings,
        "active": active,
        "versions": versions_of(request.organisation)[:20],
        "here": "policy",
    }
    return render(request, "collection/policy.html", values, status=status)


@require_GET
@needs(Permission.READ)
def version(request: MemberRequest, pk: int) -> HttpResponse:
    """One version: what it does, what it would have sent, and the switch."""
    found = _version(request, pk)
    said = policy_in(found)
    trial = found.trials.order_by("-pk").first()
    values = {
        "version": found,
        "policy": said,
        "picture": picture_of(said),
        "steps": _told(said),
        "findings": check_policy(said),
        "active": active_version(request.organisation),
        "trial": trial,
        "outcome": _outcome(trial) if trial and trial.result else None,
        "here": "policy",
    }
    return render(request, "collection/policy_version.html", values)


def _told(said: Policy) -> list[dict[str, Any]]:
    return [{"step": step, "tone": TONES[step.tone], "channel": CHANNELS[step.channel]} for step in said.steps]


@require_POST
@needs(Permission.SETTINGS)
def on(request: MemberRequest, pk: int) -> HttpResponse:
    """Use a version from now on."""
    found = _version(request, pk)
    switch_on(organisation=request.organisation, version_id=found.pk, by=actor_of(request), now=timezone.now())
    toasts.success(request, _("Reminders are on. The next round begins within the sending hours."))
    return redirect("collection:policy-version", request.organisation.slug, found.pk)


@require_POST
@needs(Permission.SETTINGS)
def off(request: MemberRequest) -> HttpResponse:
    """Send nothing more."""
    switch_off(organisation=request.organisation, by=actor_of(request), now=timezone.now())
    toasts.success(request, _("Reminders are off. Nothing leaves any more."))
    return redirect("collection:policy", request.organisation.slug)


@require_POST
@needs(Permission.COLLECT)
def try_it(request: MemberRequest, pk: int) -> HttpResponse:
    """See what a version would have sent over the last six months."""
    found = _version(request, pk)
    start_trial(organisation=request.organisation, version_id=found.pk, by=actor_of(request), now=timezone.now())
    return redirect("collection:policy-version", request.organisation.slug, found.pk)


@require_GET
@needs(Permission.READ)
def trial(request: MemberRequest, pk: int) -> HttpResponse:
    """How far a trial has come, or what came of it."""
    rows = PolicyTrial.objects.of(request.organisation).select_related("policy")
    found = get_object_or_404(rows, pk=pk)
    values = {"trial": found, "outcome": _outcome(found) if found.result else None}
    return render(request, "collection/_trial.html", values)


def _outcome(found: PolicyTrial) -> dict[str, Any]:
    """A trial as its page shows it, side by side."""
    result = found.result or {}
    after, before = result["after"], result.get("before")
    ids = {row["customer"] for row in after["rows"]}
    names = dict(Customer.objects.filter(organisation_id=found.organisation_id, pk__in=ids).values_list("pk", "name"))
    language = page_language()
    return {
        "before_version": result.get("before_version"),
        "has_before": before is not None
        and before is not after
        and result.get("before_version") != found.policy.version,
        "lines": list(_lines(after, before)),
        "more": _number_of(after["by_customer"], before["by_customer"]) if before else None,
        "fewer": _number_of(before["by_customer"], after["by_customer"]) if before else None,
        "customers": len(after["by_customer"]),
        "rows": [
            {
                "day": date.fromisoformat(row["day"]),
                "pk": row["customer"],
                "customer": names.get(row["customer"], "–"),
                "tone": TONES[row["tone"]],
                "numbers": ", ".join(row["numbers"]),
                "total": row["total"][language],
            }
            for row in after["rows"]
        ],
        "cut": after["messages"] > len(after["rows"]),
    }


def _lines(after: dict[str, Any], before: dict[str, Any] | None) -> Any:
    earlier = before or {"messages": None, "by_tone": {}, "tasks": None, "by_task": {}}
    yield _("Messages"), after["messages"], earlier["messages"], True
    for tone, label in TONES.items():
        if tone in after["by_tone"] or tone in earlier["by_tone"]:
            yield label, after["by_tone"].get(tone, 0), earlier["by_tone"].get(tone, 0), False
    yield _("Tasks for a person"), after["tasks"], earlier["tasks"], True
    for kind, label in TASKS.items():
        if kind in after["by_task"] or kind in earlier["by_task"]:
            yield label, after["by_task"].get(kind, 0), earlier["by_task"].get(kind, 0), False


def _number_of(more: dict[str, int], fewer: dict[str, int]) -> int:
    """How many customers get more messages in the one than in the other."""
    return sum(1 for customer, number in more.items() if number > fewer.get(customer, 0))


@require_GET
@xframe_options_sameorigin
@needs(Permission.READ)
def preview(request: MemberRequest, tone: str) -> HttpResponse:
    """The message of a tone with the real figures of a customer (?customer=, else the first one who owes)."""
    if tone not in TONES or tone == Tone.FORMAL_NOTICE:
        raise Http404
    organisation = request.organisation
    customer = _owing(request)
    message = _message(customer, Tone(tone)) if customer else None
    contact = chosen_contact(customer) if customer else None
    try:
        if customer is None or message is None or contact is None:
            return _with_samples(request, MessageKind(tone))
        composed = composed_letter(reminder_letter(message, customer, contact))
    except DomainError as error:
        return refused(error, page_language())
    return framed(composed, sender=sender_of(organisation), recipient=named(contact.name, contact.email))


def _with_samples(request: MemberRequest, kind: MessageKind) -> HttpResponse:
    organisation, language = request.organisation, page_language()
    values = samples(kind, language) | {"organisation": organisation.trading_name or organisation.name}
    composed = compose(
        words_of(organisation, kind, language),
        kind=kind,
        organisation=organisation,
        language=language,
        values=values,
        table=sample_table(kind, language),
    )
    return framed(composed, sender=sender_of(organisation), recipient='"Claire Petit" <claire@librairie.example>')


def _owing(request: MemberRequest) -> Customer | None:
    wanted = request.GET.get("customer", "")
    ids = [int(wanted)] if wanted.isdecimal() and len(wanted) < 18 else customers_owing(request.organisation)
    first = next(iter(ids), None)
    rows = Customer.objects.of(request.organisation).select_related("organisation", "relationship")
    return rows.filter(pk=first).first() if first is not None else None


def _message(customer: Customer, tone: Tone) -> Message | None:
    facts, today = facts_for(customer, now=timezone.now()), today_of(customer.organisation, timezone.now())
    items = tuple(
        item_of(each, amount=each.undisputed, today=today)
        for each in facts.receivables
        if not each.is_credit and each.undisputed > 0
    )[:20]
    if not items:
        return None
    speaks = tone.speaks_of_lateness and facts.buyer_kind is not BuyerKind.CONSUMER
    return Message(
        channel=Channel.EMAIL,
        tone=tone,
        template=tone.value,
        language=facts.profile.language,
        items=items,
        speaks_of_penalties=speaks,
    )


def _version(request: MemberRequest, pk: int) -> PolicyVersion:
    rows = PolicyVersion.objects.of(request.organisation).select_related("written_by")
    return get_object_or_404(rows, pk=pk)
