"""The last word before a message leaves: decided again, it must still say the very same."""

from datetime import datetime

from reglo.collection.models import StepState, StepTaken
from reglo.collection.queries.facts import chosen_contact, facts_without
from reglo.collection.queries.policies import active_version, may_send, policy_in
from reglo.core.collection import decide, still_right
from reglo.core.findings import Text
from reglo.delivery.models import REMINDERS, Message, MessageKind
from reglo.delivery.services.checks import before_sending
from reglo.ledger.models import Allocation
from reglo.organisations.queries import today_of

_NO_STEP = Text(fr="Aucune étape de relance ne le demande.", en="No step of collection asks for it.")
_LET_BE = Text(fr="Cette étape a été abandonnée.", en="This step was let be.")
_OFF = Text(fr="Les relances sont désactivées.", en="Reminders are switched off.")
_HOUR = Text(fr="L'heure d'envoi est passée.", en="The sending hours are over.")
_ADDRESS = Text(fr="Les rappels vont désormais à une autre adresse.", en="Reminders go to another address now.")
_TAKEN_BACK = Text(fr="Le paiement a été annulé depuis.", en="The payment was taken back since.")


@before_sending(*REMINDERS)
def still_due(message: Message, now: datetime) -> Text | None:
    """Why a reminder must not leave any more; None where the day, decided again, says the very same."""
    step = StepTaken.objects.select_related("customer__organisation", "customer__relationship").filter(message=message)
    found = step.first()
    if found is None:
        return _NO_STEP
    if found.state != StepState.QUEUED:
        return _LET_BE
    return _changed_since(found, message, now)


def _changed_since(step: StepTaken, message: Message, now: datetime) -> Text | None:
    customer, organisation = step.customer, step.customer.organisation
    version = active_version(organisation)
    if version is None:
        return _OFF
    policy = policy_in(version)
    if not may_send(policy, organisation, now):
        return _HOUR
    contact = chosen_contact(customer)
    if contact is not None and contact.email != message.to:
        return _ADDRESS
    # As if neither it nor the tasks that were written with it had been.
    together = StepTaken.objects.filter(customer=customer, decided_at=step.decided_at).values_list("pk", flat=True)
    facts, today = facts_without(customer, steps=list(together), now=now), today_of(organisation, now)
    if still_right(step.decision["act"], facts, policy, today) is not None:
        return None
    why = decide(facts, policy, today).why
    return Text(
        fr=f"La situation a changé depuis. Désormais\N{NO-BREAK SPACE}: {why.fr}",
        en=f"Things have changed since. Now: {why.en}",
    )


@before_sending(MessageKind.THANKS)
def still_paid(message: Message, now: datetime) -> Text | None:  # noqa: ARG001  # what checks are asked with
    """Why thanks must not leave: the payment was taken back."""
    item = int(message.key.partition(":")[2])
    holds = Allocation.objects.filter(credit_item=item, reverses=None, reversal=None)
    return None if holds.exists() else _TAKEN_BACK
