"""What a person does of the steps: calls made, letters posted, tasks ended or let be; each can be undone."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from reglo.collection.models import StepState, StepTaken
from reglo.collection.queries.facts import chosen_contact, facts_for
from reglo.collection.queries.plans import judged, plans_of
from reglo.collection.services.letters import letter_pdf
from reglo.collection.services.reminders import payment_text
from reglo.collection.services.rounds.dropping import drop
from reglo.core.collection import Channel, Message, TaskKind, Tone, item_of
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.terms import BuyerKind
from reglo.delivery.models import MessageKind
from reglo.delivery.services.outbox import Letter, NoAddress, write_message
from reglo.delivery.services.values import common_values, day_text
from reglo.formats.pdf import figures
from reglo.journal.services import Actor, record, record_all
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of


class NotToDo(DomainError):
    """This step waits for nobody any more."""

    code = "not-to-do"


class NotDone(DomainError):
    """There is nothing to take back."""

    code = "not-done"


def finish_step(*, step_id: int, organisation: Organisation, outcome: str, by: Actor, now: datetime) -> StepTaken:
    """Note that a call was made or a task done. outcome: what it gave, in words. Raises NotToDo."""
    with transaction.atomic(durable=True):
        step = _to_do(step_id, organisation)
        step.state, step.outcome, step.done_at = StepState.DONE, outcome, now
        step.save(update_fields=["state", "outcome", "done_at"])
        _record("step-done", step, by, now, {"outcome": outcome})
    return step


def post_letter(*, step_id: int, organisation: Organisation, tracking: str, by: Actor, now: datetime) -> StepTaken:
    """Note that a letter was posted. tracking: number of the registered letter, where it has one. Raises NotToDo."""
    with transaction.atomic(durable=True):
        step = _to_do(step_id, organisation)
        if step.letter is None:
            raise NotToDo(Text(fr="Il n'y a pas encore de lettre à poster.", en="There is no letter to post yet."))
        step.state, step.tracking, step.done_at = StepState.DONE, tracking, now
        step.save(update_fields=["state", "tracking", "done_at"])
        _record("letter-posted", step, by, now, {"tracking": tracking})
    return step


def let_be(*, step_id: int, organisation: Organisation, reason: str, by: Actor, now: datetime) -> StepTaken:
    """Do not do a step, by decision: it does not come again. Raises NotToDo."""
    with transaction.atomic(durable=True):
        step = _to_do(step_id, organisation)
        act = drop(step, reason, now=now, frees=False)
        record_all([act], organisation_id=organisation.pk, by=by, at=now)
    return step


def reopen_step(*, step_id: int, organisation: Organisation, by: Actor, now: datetime) -> StepTaken:
    """Take back that a person did or let be a step. Raises NotDone."""
    with transaction.atomic(durable=True):
        step = _held(step_id, organisation)
        is_over = step.state in (StepState.DONE, StepState.DROPPED)
        by_person = bool(step.task_kind or step.letter)
        freed = bool(step.task_kind) and not step.task_key
        if not (is_over and by_person) or freed:
            raise NotDone(Text(fr="Il n'y a rien à reprendre.", en="There is nothing to take back."))
        _require_room(step)
        step.state, step.outcome, step.tracking, step.done_at = StepState.TO_DO, "", "", None
        step.save(update_fields=["state", "outcome", "tracking", "done_at"])
        _record("step-reopened", step, by, now, {})
    return step


def make_formal_notice(*, step_id: int, organisation: Organisation, by: Actor, now: datetime) -> StepTaken:
    """Make the letter of a formal notice that a person decided on; it is then to be posted. Raises NotToDo."""
    with transaction.atomic(durable=True):
        step = _to_do(step_id, organisation)
        message = message_of(step, now=now)
        if step.task_kind != TaskKind.FORMAL_NOTICE or message is None:
            raise NotToDo(Text(fr="Aucune mise en demeure n'est à faire.", en="There is no formal notice to make."))
        step.letter = letter_pdf(message, step.customer, today=today_of(organisation, now))
        step.letter_sha256, step.channel = hashlib.sha256(step.letter).hexdigest(), Channel.LETTER
        step.save(update_fields=["letter", "letter_sha256", "channel"])
        _record("letter-made", step, by, now, {"sha256": step.letter_sha256})
    return step


def remind_of_instalment(*, step_id: int, organisation: Organisation, by: Actor, now: datetime) -> StepTaken:
    """Write to a customer whose plan is late, in the words for that. Raises NotToDo, NoAddress."""
    with transaction.atomic(durable=True):
        step = _to_do(step_id, organisation)
        if step.task_kind != TaskKind.PLAN_LATE:
            raise NotToDo(Text(fr="Aucune échéance n'est en retard.", en="No instalment is late."))
        letter = _instalment_letter(step, today_of(organisation, now))
        step.message, _ = write_message(letter, key=f"collection:{step.pk}", by=by, now=now)
        step.state, step.done_at = StepState.DONE, now
        step.save(update_fields=["message", "state", "done_at"])
        _record("step-done", step, by, now, {})
    return step


def message_of(step: StepTaken, *, now: datetime) -> Message | None:
    """What a task is about as a message of its tone, with what is open of it now; None where nothing is left."""
    facts, today = facts_for(step.customer, now=now), today_of(step.organisation, now)
    about = {str(each.item_id) for each in step.items.all()}
    items = tuple(
        item_of(each, amount=each.undisputed, today=today)
        for each in facts.receivables
        if each.key in about and not each.is_credit and each.undisputed > 0
    )
    if not items:
        return None
    return Message(
        channel=Channel.LETTER,
        tone=Tone(step.tone or Tone.FORMAL_NOTICE),
        template="",
        language=facts.profile.language,
        items=items,
        speaks_of_penalties=facts.buyer_kind is not BuyerKind.CONSUMER,
    )


def _require_room(step: StepTaken) -> None:
    """Raise NotDone where something else has taken the place of a step since: one message a day, one task of a kind."""
    others = StepTaken.objects.filter(customer=step.customer).exclude(pk=step.pk)
    same_day = others.filter(day=step.day, task_kind="").exclude(state=StepState.DROPPED)
    same_task = others.filter(task_key=step.task_key, state=StepState.TO_DO)
    if same_task.exists() if step.task_kind else same_day.exists():
        raise NotDone(Text(fr="Une autre étape a pris sa place.", en="Another step has taken its place."))


def _instalment_letter(step: StepTaken, today: date) -> Letter:
    customer, organisation = step.customer, step.organisation
    contact = chosen_contact(customer)
    if contact is None:
        raise NoAddress(Text(fr="Ce client n'a aucun contact.", en="This customer has no contact."), field="contact")
    pk, _, _ = step.task_key.removeprefix(f"{TaskKind.PLAN_LATE}:").partition("/")
    plan = judged(plans_of(organisation).get(pk=int(pk)), today=today)
    if plan.missing is None:
        raise NotToDo(Text(fr="L'échéance est payée.", en="The instalment is paid."))
    language = customer.language
    numbers = sorted({each.item.reference for each in step.items.select_related("item")})
    return Letter(
        kind=MessageKind.PLAN_LATE,
        organisation=organisation,
        customer=customer,
        contact=contact,
        values={
            **common_values(customer, contact),
            "amount": figures.money(plan.missing.amount, plan.plan.currency, language),
            "due_date": day_text(plan.missing.on, language),
            "payment": payment_text(organisation, numbers, language),
        },
        path="",
        attaches_document=False,
    )


def _to_do(step_id: int, organisation: Organisation) -> StepTaken:
    step = _held(step_id, organisation)
    if step.state != StepState.TO_DO:
        raise NotToDo(
            Text(
                fr="Cette étape n'est plus à faire\N{NO-BREAK SPACE}: rechargez la page.",
                en="This step is no longer to do: reload the page.",
            )
        )
    return step


def _held(step_id: int, organisation: Organisation) -> StepTaken:
    rows = StepTaken.objects.of(organisation).select_for_update(of=("self",))
    return rows.select_related("customer__organisation", "organisation").get(pk=step_id)


def _record(act: str, step: StepTaken, by: Actor, now: datetime, after: dict[str, object]) -> None:
    record(
        act,
        organisation_id=step.organisation_id,
        subject=step,
        by=by,
        at=now,
        customer_id=step.customer_id,
        after=after,
    )
