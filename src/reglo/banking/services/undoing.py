"""Taking back what was decided about bank lines and payments; all of it is open again."""

from datetime import datetime

from django.db import transaction

from reglo.banking.errors import CannotUndo
from reglo.banking.models import LineState, Payment, PostingFor, StatementLine
from reglo.banking.services.lines import decide, locked_line
from reglo.banking.services.payments import locked_payment, take_payment_back
from reglo.banking.services.posting import live_postings, post_parts, take_back
from reglo.banking.services.scheduling import schedule_matching
from reglo.banking.stored import read_parts
from reglo.core.findings import Text
from reglo.journal.services import Actor, record
from reglo.ledger.services import MoreThanOpen
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of


def undo_line(*, organisation: Organisation, line_id: int, by: Actor, now: datetime) -> StatementLine:
    """Take back what was decided about a line; it waits again, and Réglo posts it no more by itself.

    Raises CannotUndo where nothing was decided.
    """
    with transaction.atomic(durable=True):
        return _undo_locked(organisation, line_id, by=by, now=now)


def undo_payment(*, organisation: Organisation, payment_id: int, by: Actor, now: datetime) -> Payment:
    """Take a payment back by reversal: what it settled is open again, and its line, if any, waits.

    Raises CannotUndo where its money has come back, or where an advance of it was refunded.
    """
    with transaction.atomic(durable=True):
        line_id = Payment.objects.of(organisation).get(pk=payment_id).line_id
        if line_id is not None:
            _undo_locked(organisation, line_id, by=by, now=now)
            return Payment.objects.of(organisation).get(pk=payment_id)
        payment = locked_payment(organisation, payment_id)
        take_payment_back(payment, by=by, now=now)
    return payment


def _undo_locked(organisation: Organisation, line_id: int, *, by: Actor, now: datetime) -> StatementLine:
    line = locked_line(organisation, line_id)
    if line.state not in (LineState.MATCHED, LineState.ASIDE):
        raise CannotUndo(
            Text(
                fr="Rien n'a été décidé pour cette ligne, ou c'est déjà annulé.",
                en="Nothing was decided about this line, or it was undone already.",
            )
        )
    for payment in line.payments.filter(undone_at=None).select_related("customer", "organisation").order_by("pk"):
        _let_go(payment, by=by, now=now)
    for payment in line.returned.select_related("customer", "organisation"):
        _bring_back(payment, by=by, now=now)
    take_back(live_postings(line, PostingFor.LINE), on=today_of(organisation, now), by=by, now=now)
    line.is_left_to_people, line.aside_reason = True, ""
    decide(line, LineState.WAITING, by=by, now=now)
    schedule_matching(organisation, now=now)
    record("line-undone", organisation_id=organisation.pk, subject=line, by=by, at=now)
    return line


def _let_go(payment: Payment, *, by: Actor, now: datetime) -> None:
    """Undo a payment that its line made; one that was there before only loses the line."""
    if payment.is_from_line:
        take_payment_back(payment, by=by, now=now)
        return
    payment.line = None
    payment.save(update_fields=["line"])


def _bring_back(payment: Payment, *, by: Actor, now: datetime) -> None:
    """A payment did not come back after all: it settles again what it had settled. Raises CannotUndo."""
    on = today_of(payment.organisation, now)
    take_back(live_postings(payment, PostingFor.RETURN), on=on, by=by, now=now)
    try:
        post_parts(payment, read_parts(payment.parts), by=by, now=now)
    except MoreThanOpen as error:
        raise CannotUndo(
            Text(
                fr="Ce que ce paiement réglait a été réglé autrement depuis\N{NO-BREAK SPACE}: annulez d'abord cela.",
                en="What this payment settled was settled otherwise since: undo that first.",
            )
        ) from error
    payment.returned_by = None
    payment.save(update_fields=["returned_by"])
