"""Allocation (*lettrage*): so much of what a customer owes is settled by so much of what came in."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import F, Max, Q, Sum

from reglo.core.accounting import AccountRole, EntryLine, EventKind, VatPart, due_lines, vat_between, vat_sum
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.terms.figures import minor_text
from reglo.customers.queries import root_of
from reglo.journal.services import Actor
from reglo.ledger.models import Allocation, Entry, LedgerHead, Line, OpenItem, Side
from reglo.ledger.services.head import locked_head
from reglo.ledger.services.posting import Event, Source, write_entry
from reglo.organisations.models import Organisation


class CannotAllocate(DomainError):
    """These two items cannot settle each other."""

    code = "cannot-allocate"


class MoreThanOpen(DomainError):
    """More than is left of one of the items: somebody else allocated it meanwhile, perhaps."""

    code = "more-than-open"


def allocate(
    *,
    organisation: Organisation,
    debit_item_id: int,
    credit_item_id: int,
    amount_minor: int,
    on: date,
    key: str,
    by: Actor,
    now: datetime,
) -> Allocation:
    """Settle so much of a debit item by a credit item, within the caller's transaction.

    on: the day of the receipt, which is when VAT on receipts becomes due; that VAT is posted with it. Where one of the
    items is in the books only later, such as an invoice after its advance, that day is taken. key: a call that is
    repeated with it finds the allocation that it made. Raises CannotAllocate (another customer or currency, wrong
    sides), MoreThanOpen, OpenItem.DoesNotExist for items of nobody or somebody else.
    """
    head = locked_head(organisation.pk)
    existing = Allocation.objects.of(organisation).filter(key=key).first()
    if existing is not None:
        return existing
    debit_item, credit_item = _locked_items(organisation, debit_item_id, credit_item_id)
    _require_fitting(debit_item, credit_item, amount_minor)
    return allocate_items(head, debit_item, credit_item, amount_minor, on=on, key=key, by=by, now=now)


def undo_allocation(
    *, organisation: Organisation, allocation_id: int, on: date, by: Actor, now: datetime
) -> Allocation:
    """Take an allocation back by one that is negative, within the caller's transaction; VAT goes back with it.

    Once: undone again, it gives the same. on: from which day it does not hold any more. Raises CannotAllocate for what
    is itself an undoing, or part of an entry that moves a receivable (doubtful, reversal): that is reversed whole.
    """
    head = locked_head(organisation.pk)
    items = Allocation.objects.of(organisation).select_related("debit_item", "credit_item")
    allocation = items.get(pk=allocation_id)
    if allocation.debit_item.origin_id == allocation.credit_item.origin_id:
        raise CannotAllocate(
            Text(
                fr="Ce lettrage fait partie d'une écriture : contrepassez l'écriture.",
                en="This allocation is part of an entry: reverse the entry.",
            )
        )
    if allocation.reverses_id is not None:
        raise CannotAllocate(
            Text(
                fr="C'est déjà une annulation\N{NO-BREAK SPACE}: lettrez de nouveau les deux postes.",
                en="This is an undoing itself: allocate the two items again.",
            )
        )
    return undo_held(head, allocation, on=on, by=by, now=now)


def undo_held(head: LedgerHead, allocation: Allocation, *, on: date, by: Actor, now: datetime) -> Allocation:
    """`undo_allocation` within a write that holds the head already."""
    done = Allocation.objects.filter(reverses=allocation).first()
    if done is not None:
        return done
    debit_item, credit_item = _locked_items(head.organisation, allocation.debit_item_id, allocation.credit_item_id)
    return allocate_items(
        head,
        debit_item,
        credit_item,
        -allocation.amount_minor,
        on=on,
        key=f"undo:{allocation.pk}",
        by=by,
        now=now,
        reverses=allocation,
    )


def allocate_items(
    head: LedgerHead,
    debit_item: OpenItem,
    credit_item: OpenItem,
    amount: int,
    *,
    on: date,
    key: str,
    by: Actor,
    now: datetime,
    reverses: Allocation | None = None,
) -> Allocation:
    """Write an allocation of two items that are held and fit, and the VAT that becomes due by it.

    Less than nothing where it undoes another. The items are brought up to date.
    """
    earliest = reverses.on if reverses else _first_free_day(debit_item, credit_item)
    allocation = Allocation.objects.create(
        organisation_id=head.organisation_id,
        debit_item=debit_item,
        credit_item=credit_item,
        amount_minor=amount,
        on=max(on, earliest),
        key=key,
        reverses=reverses,
        at=now,
        by_id=by.user_id,
        by_name=by.name[:200],
    )
    for item in (debit_item, credit_item):
        OpenItem.objects.filter(pk=item.pk).update(open_minor=F("open_minor") - amount)
        item.open_minor -= amount
    if debit_item.origin_id != credit_item.origin_id:
        _post_consequences(head, allocation, (debit_item, credit_item), by=by, now=now)
    return allocation


def _first_free_day(*items: OpenItem) -> date:
    """From when both items are in the books, and what was taken back of them does not hold any more.

    Earlier, one item would be settled twice over on the days between.
    """
    ids = [item.pk for item in items]
    undone = Allocation.objects.filter(Q(debit_item__in=ids) | Q(credit_item__in=ids), amount_minor__lt=0)
    last = undone.aggregate(last=Max("on"))["last"]
    days = [item.date for item in items]
    return max(days if last is None else [*days, last])


def _locked_items(organisation: Organisation, debit_id: int, credit_id: int) -> tuple[OpenItem, OpenItem]:
    """Two items of an organisation, held."""
    ids = {debit_id, credit_id}
    held = OpenItem.objects.of(organisation).filter(pk__in=ids).select_for_update().order_by("pk")
    by_id = {item.pk: item for item in held}
    if len(by_id) != len(ids):
        raise OpenItem.DoesNotExist(f"open items {ids} of organisation {organisation.pk}")
    return by_id[debit_id], by_id[credit_id]


def _require_fitting(debit_item: OpenItem, credit_item: OpenItem, amount: int) -> None:
    if debit_item.side != Side.DEBIT or credit_item.side != Side.CREDIT:
        raise CannotAllocate(
            Text(
                fr="On lettre un débit avec un crédit\N{NO-BREAK SPACE}: choisissez une créance et un règlement.",
                en="A debit is allocated to a credit: choose a receivable and a payment.",
            )
        )
    if debit_item.customer_id != credit_item.customer_id and not _is_one(debit_item, credit_item):
        raise CannotAllocate(
            Text(
                fr="Ces deux postes sont de deux clients\N{NO-BREAK SPACE}: "
                "enregistrez le règlement au compte du client qui doit.",
                en="These two items are of two customers: book the payment on the account of the one who owes.",
            )
        )
    if debit_item.currency != credit_item.currency:
        raise CannotAllocate(
            Text(
                fr=f"Ces deux postes sont en {debit_item.currency} et en {credit_item.currency}\N{NO-BREAK SPACE}: "
                "lettrez dans une seule devise.",
                en=f"These two items are in {debit_item.currency} and {credit_item.currency}: "
                "allocate within one currency.",
            )
        )
    left = min(debit_item.open_minor, credit_item.open_minor)
    if not 0 < amount <= left:
        told, asked = minor_text(left, debit_item.currency), minor_text(amount, debit_item.currency)
        raise MoreThanOpen(
            Text(
                fr=f"Il reste {told.fr} à lettrer entre ces deux postes, pas {asked.fr}.",
                en=f"{told.en} are left to allocate between these two items, not {asked.en}.",
            ),
            field="amount",
        )


def _is_one(debit_item: OpenItem, credit_item: OpenItem) -> bool:
    """Whether the customers of two items were merged into one."""
    return root_of(debit_item.customer) == root_of(credit_item.customer)


def _post_consequences(
    head: LedgerHead, allocation: Allocation, items: tuple[OpenItem, OpenItem], *, by: Actor, now: datetime
) -> Entry | None:
    """What follows from an allocation; no entry where nothing does, or its sides cancel out."""
    debit_item, _ = items
    lines = [*_moved(allocation.amount_minor, *items), *_vat_due(allocation.amount_minor, items)]
    if not lines:
        return None
    event = Event(
        kind=EventKind.ALLOCATION,
        on=allocation.on,
        label=f"Lettrage {debit_item.reference}".strip(),
        source=Source("allocation", allocation.pk),
        currency=debit_item.currency,
        key=f"allocation:{allocation.pk}",
        reference=debit_item.reference,
        reference_date=debit_item.document_date,
        customer=debit_item.customer,
    )
    return write_entry(head, event, lines, by=by, now=now)


def _moved(amount: int, debit_item: OpenItem, credit_item: OpenItem) -> Iterator[EntryLine]:
    """What pays a doubtful receivable moves to its account, so that both come to nothing: D 411 / C 416."""
    if debit_item.role != credit_item.role:
        yield EntryLine(role=AccountRole(credit_item.role), amount=amount)
        yield EntryLine(role=AccountRole(debit_item.role), amount=-amount)


def _vat_due(amount: int, items: Iterable[OpenItem]) -> Iterator[EntryLine]:
    """The VAT on receipts that an allocation makes due, on each of its sides."""
    return due_lines(vat_sum(part for item in items for part in vat_becoming_due(item, amount)))


def vat_becoming_due(item: OpenItem, amount: int) -> tuple[VatPart, ...]:
    """What VAT of an item's document became due by the last `amount` allocated to it, of which the rows know already.

    Less than nothing for a credit note's, which takes back, and where `amount` undoes.
    """
    parts = pending_vat(item)
    if not parts:
        return ()
    total, settled = settlement_of(item)
    return vat_between(parts, total=total, before=settled - amount, after=settled)


def pending_vat(item: OpenItem) -> tuple[VatPart, ...]:
    """The VAT of an item's document that waits for receipts, by category and rate, with the signs of a sale."""
    lines = Line.objects.filter(entry_id=item.origin_id, role=AccountRole.VAT_PENDING).order_by("place")
    return vat_of(lines)


def vat_of(lines: Iterable[Line]) -> tuple[VatPart, ...]:
    """What lines of VAT say, with the signs of a sale."""
    return tuple(
        VatPart(line.vat_category, line.vat_rate, line.base_minor, -line.amount_minor)
        for line in lines
        if line.vat_rate is not None
    )


def settlement_of(item: OpenItem) -> tuple[int, int]:
    """The whole of an item's document, over all its due dates, and how much of it is settled."""
    of_document = OpenItem.objects.filter(origin_id=item.origin_id, side=item.side)
    own = of_document.filter(entry_id=item.origin_id).aggregate(total=Sum("amount_minor"))["total"] or 0
    left = of_document.aggregate(left=Sum("open_minor"))["left"] or 0
    return own, own - left
