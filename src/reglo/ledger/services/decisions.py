"""What people decide about a receivable: it is lost, doubtful, or worth less; and that they were wrong.

Each is one transaction of its own: the decision, its entry, the journal. A call that is repeated with the same key
gives the decision that it made.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Sum

from reglo.core.accounting import CUSTOMER_ROLES, AccountRole, EventKind, Reason, tax_of_parts, vat_between
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.terms.figures import minor_text
from reglo.journal.services import Actor, record
from reglo.ledger.models import Decision, Entry, OpenItem, Side
from reglo.ledger.services.allocation import settlement_of
from reglo.ledger.services.head import locked_head
from reglo.ledger.services.posting import Source
from reglo.ledger.services.reversal import CannotReverse, reverse_entry
from reglo.ledger.services.settlement import mark_doubtful, post_allowance, settle_item, vat_of_document
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

DECISION_SOURCE = "decision"
"""Kind of source of entries that somebody decided on."""


class DecisionRefused(DomainError):
    """This cannot be decided about a receivable."""

    code = "decision-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """Who decides about which item, and what makes the decision one."""

    organisation: Organisation
    item_id: int
    on: date  #: of the entry: from the day of the item to today
    note: str
    key: str  #: of the form
    by: Actor
    now: datetime


def write_off(deciding: Deciding, *, amount_minor: int, recovers_vat: bool) -> Decision:
    """Book so much of a receivable as lost (*passage en perte*, 654).

    recovers_vat: tax that was due at issue is taken back (CGI 272, 1: the customer got a duplicate that says that the
    invoice stays unpaid). Raises NotAReceivable, MoreThanOpen, DecisionRefused, OpenItem.DoesNotExist.
    """
    reason = Reason.WRITE_OFF_WITH_VAT if recovers_vat else Reason.WRITE_OFF
    with transaction.atomic(durable=True):
        decision, item = _begin(deciding, amount_minor)
        if item is None:
            return decision
        decision.entry = settle_item(
            organisation=deciding.organisation,
            item_id=item.pk,
            reason=reason,
            amount_minor=amount_minor,
            on=deciding.on,
            source=Source(DECISION_SOURCE, decision.pk),
            label=_label("Perte", item, deciding.note),
            by=deciding.by,
            now=deciding.now,
        )
        _end(decision, item, "receivable-written-off", deciding)
    return decision


def doubt(deciding: Deciding) -> Decision:
    """Move what is open of a receivable to the doubtful ones (416). Raises as `write_off` does."""
    with transaction.atomic(durable=True):
        amount = OpenItem.objects.of(deciding.organisation).get(pk=deciding.item_id).open_minor
        decision, item = _begin(deciding, amount)
        if item is None:
            return decision
        decision.entry = mark_doubtful(
            organisation=deciding.organisation,
            item_id=item.pk,
            on=deciding.on,
            source=Source(DECISION_SOURCE, decision.pk),
            by=deciding.by,
            now=deciding.now,
        )
        _end(decision, item, "receivable-doubtful", deciding)
    return decision


def set_allowance(deciding: Deciding, *, amount_minor: int) -> Decision | None:
    """Bring the allowance for the document of an item to an amount without tax (491); None where it stands there.

    Raises DecisionRefused for more than is open of the document without its tax.
    """
    with transaction.atomic(durable=True):
        locked_head(deciding.organisation.pk)
        item = OpenItem.objects.of(deciding.organisation).select_related("customer").get(pk=deciding.item_id)
        most = open_without_tax(item)
        if amount_minor > most:
            raise _above(most, item.currency)
        change = amount_minor - allowance_for(item)
        if not change:
            return None
        decision, found = _begin(deciding, change)
        if found is None:
            return decision
        decision.entry = post_allowance(
            organisation=deciding.organisation,
            amount_minor=change,
            currency=item.currency,
            on=deciding.on,
            source=Source(DECISION_SOURCE, decision.pk),
            label=_label("Dépréciation" if change > 0 else "Reprise sur dépréciation", item, deciding.note),
            by=deciding.by,
            now=deciding.now,
        )
        _end(decision, item, "allowance-changed", deciding)
    return decision


def reverse_decision(*, organisation: Organisation, entry_id: int, on: date, by: Actor, now: datetime) -> Entry:
    """Take back the entry of a decision by its mirror image. Once: reversed again, it gives the same.

    Raises CannotReverse for entries that go back with what they come from, DecisionRefused for a day out of reach.
    """
    with transaction.atomic(durable=True):
        locked_head(organisation.pk)
        entry = Entry.objects.of(organisation).select_related("decision__item__customer").get(pk=entry_id)
        done = Entry.objects.filter(reverses=entry).first()
        if done is not None:
            return done
        obstacle = obstacle_to_reversal(entry)
        if obstacle is not None:
            raise CannotReverse(obstacle)
        _require_day(on, first=entry.date, organisation=organisation, now=now)
        reversal = reverse_entry(organisation=organisation, entry_id=entry.pk, on=on, by=by, now=now)
        record(
            "decision-reversed",
            organisation_id=organisation.pk,
            subject=entry.decision,
            by=by,
            at=now,
            customer_id=entry.decision.item.customer_id,
            after={"entry": str(entry), "amount_minor": entry.decision.amount_minor},
        )
    return reversal


def obstacle_to_reversal(entry: Entry) -> Text | None:
    """Why an entry is not reversed by itself, and what to do instead; None where it can be."""
    if getattr(entry, "decision", None) is None:
        return Text(
            fr="Cette écriture suit un document, un paiement, une note ou un lettrage\N{NO-BREAK SPACE}: faites un "
            "avoir, ou annulez le paiement ou la note sur sa page, et elle sera contrepassée avec lui.",
            en="This entry follows a document, a payment, a note or an allocation: make a credit note, or undo the "
            "payment or the note on its page, and the entry is reversed with it.",
        )
    if entry.kind == EventKind.DOUBTFUL and _is_settled_since(entry):
        return Text(
            fr="La créance douteuse a été réglée ou passée en perte depuis, en tout ou partie\N{NO-BREAK SPACE}: "
            "annulez d'abord ce qui l'a soldée.",
            en="The doubtful receivable was paid or written off since, in whole or in part: undo first what "
            "settled it.",
        )
    return None


def allowance_for(item: OpenItem) -> int:
    """The allowance that stands for the document of an item, in minor units without tax."""
    standing = Decision.objects.filter(
        item__origin=item.origin_id,
        entry__kind__in=(EventKind.ALLOWANCE, EventKind.ALLOWANCE_RELEASE),
        entry__reversal=None,
    )
    return standing.aggregate(sum=Sum("amount_minor"))["sum"] or 0


def open_without_tax(item: OpenItem) -> int:
    """What is open of the document of an item, without the VAT within: the most that can be expected to be lost."""
    total, settled = settlement_of(item)
    _, parts = vat_of_document(item)
    tax = vat_between(parts, total=total, before=settled, after=total) if parts and total > settled else ()
    return total - settled - tax_of_parts(tax)


def _begin(deciding: Deciding, amount_minor: int) -> tuple[Decision, OpenItem | None]:
    """The row of a decision and what it is about, held; without an item where it was made before."""
    locked_head(deciding.organisation.pk)
    made = Decision.objects.of(deciding.organisation).filter(key=deciding.key).first()
    if made is not None:
        return made, None
    items = OpenItem.objects.of(deciding.organisation).select_related("customer")
    item = items.get(pk=deciding.item_id, side=Side.DEBIT, role__in=CUSTOMER_ROLES)
    _require_day(deciding.on, first=item.date, organisation=deciding.organisation, now=deciding.now)
    if amount_minor == 0:
        raise DecisionRefused(
            Text(fr="Rien n'est ouvert sur ce poste.", en="Nothing is open of this item."), field="amount"
        )
    decision = Decision.objects.create(
        organisation=deciding.organisation,
        item=item,
        amount_minor=amount_minor,
        note=deciding.note,
        key=deciding.key,
        at=deciding.now,
        by_id=deciding.by.user_id,
        by_name=deciding.by.name[:200],
    )
    return decision, item


def _end(decision: Decision, item: OpenItem, act: str, deciding: Deciding) -> None:
    """Keep the entry of a decision, and tell the journal."""
    decision.save(update_fields=["entry"])
    record(
        act,
        organisation_id=decision.organisation_id,
        subject=decision,
        by=deciding.by,
        at=deciding.now,
        customer_id=item.customer_id,
        after={"amount_minor": decision.amount_minor, "currency": item.currency, "note": decision.note},
    )


def _require_day(on: date, *, first: date, organisation: Organisation, now: datetime) -> None:
    today = today_of(organisation, now)
    if not first <= on <= max(first, today):
        raise DecisionRefused(
            Text(
                fr=f"Choisissez un jour du {first:%d/%m/%Y} au {today:%d/%m/%Y}.",
                en=f"Choose a day from {first:%d/%m/%Y} to {today:%d/%m/%Y}.",
            ),
            field="on",
        )


def _above(most: int, currency: str) -> DecisionRefused:
    told = minor_text(most, currency)
    return DecisionRefused(
        Text(
            fr=f"Il reste {told.fr} hors taxe à recevoir\N{NO-BREAK SPACE}: n'attendez pas une perte plus grande.",
            en=f"{told.en} without tax are left to receive: do not expect a larger loss.",
        ),
        field="amount",
    )


def _is_settled_since(entry: Entry) -> bool:
    carried = OpenItem.objects.filter(entry=entry, role=AccountRole.DOUBTFUL_CUSTOMERS)
    return carried.filter(open_minor__lt=F("amount_minor")).exists()


def _label(act: str, item: OpenItem, note: str) -> str:
    """What the entry says, in the French of the books."""
    return " ".join(filter(None, (act, item.reference, f"({note})" if note else "")))
