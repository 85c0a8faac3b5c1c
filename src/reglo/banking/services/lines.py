"""Deciding about bank lines: what they pay, and what they are otherwise.

Each decision holds its line first, so that of two who decide at once the second is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from reglo.banking.errors import AlreadyDecided, CannotSettle
from reglo.banking.models import AsideReason, LineState, Means, Payment, Posting, PostingFor, StatementLine
from reglo.banking.services.learning import learn_from
from reglo.banking.services.payments import Money, make_payment
from reglo.banking.services.posting import money_of, send_back
from reglo.banking.services.scheduling import schedule_matching
from reglo.banking.stored import SettledPart, StoredMatch, read_match
from reglo.core.accounting import AccountRole
from reglo.core.bank import LineKind
from reglo.core.findings import Text
from reglo.core.matching import Part
from reglo.customers.models import Customer
from reglo.journal.services import Act, Actor, record, record_all
from reglo.ledger.models import OpenItem
from reglo.ledger.services import Source, post_bank_fee, post_transfer
from reglo.organisations.models import Organisation

_MEANS = {
    LineKind.CARD: Means.CARD,
    LineKind.CHEQUE: Means.CHEQUE,
    LineKind.CASH: Means.CASH,
    LineKind.DIRECT_DEBIT: Means.DIRECT_DEBIT,
}
_MOST_AT_ONCE = 500


def accept_candidate(
    *, organisation: Organisation, line_id: int, version: int, rank: int, by: Actor, now: datetime
) -> StatementLine:
    """Post what a candidate of a line says, and learn from it.

    version: of the line as it was shown. Raises AlreadyDecided, CannotSettle, MoreThanOpen.
    """
    with transaction.atomic(durable=True):
        line = open_line(organisation, line_id, version)
        candidate = line.candidates.filter(rank=rank).first()
        if candidate is None:
            raise _changed(line)
        post_match(line, read_match(candidate.match), by=by, now=now)
    return line


def allocate_line(
    *,
    organisation: Organisation,
    line_id: int,
    version: int,
    parts: Sequence[SettledPart],
    rest_to: Customer | None,
    by: Actor,
    now: datetime,
) -> StatementLine:
    """Post what somebody says that a line pays; what is left is kept as an advance of `rest_to`.

    Raises AlreadyDecided, CannotSettle, MoreThanOpen.
    """
    with transaction.atomic(durable=True):
        line = open_line(organisation, line_id, version)
        paid = sum(each.amount for each in parts if each.part is Part.PAID)
        customers = () if rest_to is None else (rest_to.pk,)
        match = StoredMatch(
            parts=tuple(parts),
            reasons=(),
            customers=customers,
            remaining=line.amount_minor - paid,
            shortfall=0,
            payments=(),
        )
        post_match(line, match, by=by, now=now)
    return line


def post_match(line: StatementLine, match: StoredMatch, *, by: Actor, now: datetime) -> list[Payment]:
    """Post a reading of a line that is held, within a transaction; the payments that it made."""
    made: list[Payment] = []
    if match.payments and line.amount_minor < 0:
        _send_back(line, match.payments[0], by=by, now=now)
    elif match.payments and (same := _recorded_by_hand(line, match.payments)):
        _link(line, [same], by=by, now=now)
    else:
        made = _pay(line, match, by=by, now=now)
    decide(line, LineState.MATCHED, by=by, now=now)
    return made


def _pay(line: StatementLine, match: StoredMatch, *, by: Actor, now: datetime) -> list[Payment]:
    """One payment for each customer whose items the line settles."""
    made: list[Payment] = []
    for customer, amount, parts in _shares(line, match):
        money = Money(
            amount=amount,
            currency=line.currency,
            on=line.booked,
            means=_MEANS.get(LineKind(line.kind), Means.TRANSFER),
            reference=line.end_to_end or line.reference or line.text,
            bank_account=line.bank_account,
        )
        payment = make_payment(
            line.organisation,
            customer,
            money,
            parts,
            key=f"line:{line.pk}:{line.version}:{customer.pk}",
            by=by,
            now=now,
            line=line,
            reasons=match.reasons,
        )
        learn_from(payment, line, match)
        made.append(payment)
    return made


def _shares(line: StatementLine, match: StoredMatch) -> list[tuple[Customer, int, list[SettledPart]]]:
    """Customer, money and parts of each payment that a line is. Raises CannotSettle where that does not add up."""
    found = OpenItem.objects.filter(organisation_id=line.organisation_id, pk__in=match.items)
    owner = dict(found.values_list("pk", "customer_id"))
    if len(owner) != len(match.items):
        raise OpenItem.DoesNotExist(f"open items {match.items}")
    rest_to = match.customers[0] if match.customers else next(iter(owner.values()), None)
    if rest_to is None or sum(each.amount for each in match.parts if each.part is Part.PAID) + match.remaining != (
        line.amount_minor
    ):
        raise CannotSettle(
            Text(
                fr="Dites ce que paie cette ligne\N{NO-BREAK SPACE}: "
                "choisissez des postes, ou un client pour l'avance.",
                en="Say what this line pays: choose items, or a customer for the advance.",
            )
        )
    ids = dict.fromkeys([*owner.values(), *([rest_to] if match.remaining else [])])
    customers = Customer.objects.filter(organisation_id=line.organisation_id).in_bulk(list(ids))
    shares = []
    for customer_id in ids:
        parts = [each for each in match.parts if owner[each.item] == customer_id]
        amount = sum(each.amount for each in parts if each.part is Part.PAID)
        amount += match.remaining if customer_id == rest_to else 0
        shares.append((customers[customer_id], amount, parts))
    if any(amount * line.amount_minor <= 0 for _, amount, _ in shares):
        raise CannotSettle(
            Text(
                fr="Chaque client doit payer une part de la ligne\N{NO-BREAK SPACE}: "
                "les avoirs d'un autre ne se déduisent pas.",
                en="Each customer must pay a share of the line: credit notes of another are not deducted.",
            )
        )
    return shares


def _recorded_by_hand(line: StatementLine, payments: Iterable[int]) -> Payment | None:
    """The payment among some that somebody recorded before the bank told of it."""
    alone = Payment.objects.filter(organisation_id=line.organisation_id, pk__in=payments, line=None, undone_at=None)
    return alone.filter(amount_minor=line.amount_minor, currency=line.currency).order_by("pk").first()


def link_line(
    *,
    organisation: Organisation,
    line_id: int,
    version: int,
    payment_ids: Sequence[int],
    by: Actor,
    now: datetime,
) -> StatementLine:
    """Say that a line is payments that were recorded by hand: a transfer, or cheques brought to the bank together.

    Raises AlreadyDecided; CannotSettle where they do not come to the amount of the line.
    """
    with transaction.atomic(durable=True):
        line = open_line(organisation, line_id, version)
        rows = Payment.objects.of(organisation).filter(pk__in=payment_ids)
        _link(line, list(rows.order_by("pk")), by=by, now=now)
        decide(line, LineState.MATCHED, by=by, now=now)
    return line


def _link(line: StatementLine, payments: Sequence[Payment], *, by: Actor, now: datetime) -> None:
    """The money is where the bank says: what was not on the account before moves there."""
    ids = [each.pk for each in payments]
    held = list(Payment.objects.select_for_update().filter(pk__in=ids, line=None, undone_at=None).order_by("pk"))
    if len(held) != len(ids) or {each.currency for each in held} != {line.currency}:
        raise CannotSettle(
            Text(
                fr="Un de ces paiements a été annulé ou rapproché entre-temps\N{NO-BREAK SPACE}: rechargez la page.",
                en="One of these payments was undone or linked meanwhile: load the page again.",
            )
        )
    if sum(each.amount_minor for each in held) != line.amount_minor:
        raise CannotSettle(
            Text(
                fr="Ces paiements ne font pas ensemble le montant de la ligne.",
                en="These payments do not come to the amount of the line together.",
            )
        )
    for payment in held:
        _move_to_bank(line, payment, by=by, now=now)
        payment.line, payment.bank_account = line, line.bank_account
        payment.save(update_fields=["line", "bank_account"])


def _move_to_bank(line: StatementLine, payment: Payment, *, by: Actor, now: datetime) -> None:
    money = money_of(payment)
    if money is AccountRole.BANK:
        return
    posting = Posting.objects.create(organisation_id=line.organisation_id, line=line, purpose=PostingFor.LINE)
    posting.entry = post_transfer(
        organisation=line.organisation,
        on=line.booked,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        money=AccountRole.BANK,
        from_money=money,
        source=Source("posting", posting.pk),
        label=str(line)[:200],
        by=by,
        now=now,
    )
    posting.save(update_fields=["entry"])


def _send_back(line: StatementLine, payment_id: int, *, by: Actor, now: datetime) -> None:
    payment = (
        Payment.objects.select_for_update(of=("self",))
        .select_related("customer", "organisation")
        .get(organisation_id=line.organisation_id, pk=payment_id)
    )
    if not payment.holds or (payment.amount_minor, payment.currency) != (-line.amount_minor, line.currency):
        raise CannotSettle(
            Text(
                fr="Ce paiement n'est pas celui qui revient\N{NO-BREAK SPACE}: il est annulé, ou d'un autre montant.",
                en="This payment is not the one that comes back: it was undone, or is of another amount.",
            )
        )
    send_back(payment, on=line.booked, by=by, now=now)
    payment.returned_by = line
    payment.save(update_fields=["returned_by"])
    record(
        "payment-returned",
        organisation_id=line.organisation_id,
        subject=payment,
        customer_id=payment.customer_id,
        by=by,
        at=now,
        after={"amount_minor": payment.amount_minor, "currency": payment.currency, "on": line.booked.isoformat()},
    )


def set_lines_aside(
    *,
    organisation: Organisation,
    line_ids: Sequence[int],
    reason: AsideReason,
    by: Actor,
    now: datetime,
    note: str = "",
) -> int:
    """Say that lines are no payments of customers; how many there were that nobody had decided about yet.

    A fee of the bank is booked on 627. note: for OTHER, what it is.
    """
    with transaction.atomic(durable=True):
        rows = StatementLine.objects.of(organisation).select_for_update(of=("self",)).select_related("organisation")
        lines = [each for each in rows.filter(pk__in=list(line_ids)[:_MOST_AT_ONCE]).order_by("pk") if each.is_open]
        for line in lines:
            if reason is AsideReason.FEE:
                _book_fee(line, by=by, now=now)
            line.aside_reason = reason
            decide(line, LineState.ASIDE, by=by, now=now)
        after = {"reason": reason.value, "note": note[:200]}
        acts = [Act("line-set-aside", each, after=after) for each in lines]
        if lines:  # what waited for one of them may be certain now
            schedule_matching(organisation, now=now)
        record_all(acts, organisation_id=organisation.pk, by=by, at=now)
    return len(lines)


def _book_fee(line: StatementLine, *, by: Actor, now: datetime) -> None:
    posting = Posting.objects.create(organisation_id=line.organisation_id, line=line, purpose=PostingFor.LINE)
    posting.entry = post_bank_fee(
        organisation=line.organisation,
        on=line.booked,
        amount_minor=-line.amount_minor,
        currency=line.currency,
        money=AccountRole.BANK,
        source=Source("posting", posting.pk),
        label=line.text[:200] or str(line),
        by=by,
        now=now,
    )
    posting.save(update_fields=["entry"])


def keep_split(*, organisation: Organisation, line_id: int, version: int, split: Mapping[int, int]) -> StatementLine:
    """Keep a split that is half made, so that nothing is lost when the page closes. Raises AlreadyDecided."""
    with transaction.atomic(durable=True):
        line = open_line(organisation, line_id, version)
        known = OpenItem.objects.of(organisation).filter(pk__in=split, open_minor__gt=0).values_list("pk", flat=True)
        line.split = {str(each): split[each] for each in known}
        line.save(update_fields=["split"])
    return line


def open_line(organisation: Organisation, line_id: int, version: int) -> StatementLine:
    """A line that is to be decided, held. Raises AlreadyDecided where it is not as it was shown."""
    line = locked_line(organisation, line_id)
    if not line.is_open or line.version != version:
        raise _changed(line)
    return line


def _changed(line: StatementLine) -> AlreadyDecided:
    who = line.decided_by or "Réglo"
    if line.state == LineState.ANNOUNCED:
        return AlreadyDecided(
            Text(
                fr="La banque n'a pas encore passé cette ligne\N{NO-BREAK SPACE}: attendez le relevé suivant.",
                en="The bank has not booked this line yet: wait for the next statement.",
            )
        )
    if line.is_open:
        return AlreadyDecided(
            Text(
                fr="Cette ligne a changé entre-temps\N{NO-BREAK SPACE}: regardez-la de nouveau.",
                en="This line changed meanwhile: look at it again.",
            )
        )
    return AlreadyDecided(
        Text(
            fr=f"{who} a déjà décidé de cette ligne\N{NO-BREAK SPACE}: annulez sa décision si elle ne convient pas.",
            en=f"{who} has decided about this line already: undo that if it is not right.",
        )
    )


def locked_line(organisation: Organisation, line_id: int) -> StatementLine:
    """A line of an organisation, held. Raises StatementLine.DoesNotExist."""
    rows = StatementLine.objects.of(organisation).select_for_update(of=("self",))
    return rows.select_related("organisation", "bank_account").get(pk=line_id)


def decide(line: StatementLine, state: LineState, *, by: Actor, now: datetime) -> None:
    """Write down what has become of a held line; what was proposed for it goes."""
    line.candidates.all().delete()
    line.state, line.version, line.split, line.why = state, line.version + 1, {}, []
    line.decided_at, line.decided_by = (None, "") if line.is_open else (now, by.name[:200])
    line.save()
