"""What settles a receivable without money, makes it doubtful, or adds a claim to it."""

from datetime import date, datetime

from reglo.core.accounting import (
    AccountRole,
    EntryLine,
    EventKind,
    Reason,
    VatPart,
    allowance_lines,
    doubtful_lines,
    penalty_lines,
    release_lines,
    settlement_lines,
    settlement_vat,
    surplus_lines,
)
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.terms.figures import minor_text
from reglo.customers.models import Customer
from reglo.journal.services import Actor
from reglo.ledger.models import Entry, Line, OpenItem, Side
from reglo.ledger.services.allocation import MoreThanOpen, allocate_items, settlement_of, vat_of
from reglo.ledger.services.head import locked_head
from reglo.ledger.services.posting import Event, Source, existing_entry, write_entry
from reglo.organisations.models import Organisation


class NotAReceivable(DomainError):
    """This item is nothing that a customer owes in that way."""

    code = "not-a-receivable"


def settle_item(
    *,
    organisation: Organisation,
    item_id: int,
    reason: Reason,
    amount_minor: int,
    on: date,
    source: Source,
    by: Actor,
    now: datetime,
    label: str = "",
) -> Entry:
    """Settle so much of a receivable for a reason other than money: discount, fee kept by a bank, rounding, write-off.

    Within the caller's transaction. The item is allocated to the new entry at once; `reverse_entry` takes both back.
    The VAT within it goes back as `Reason` says. Raises NotAReceivable, MoreThanOpen. A call that is repeated with the
    same source and reason for the same item gives the entry that it made.
    """
    head = locked_head(organisation.pk)
    key = f"{source.key}:{reason}:{item_id}"
    existing = existing_entry(head, key)
    if existing is not None:
        return existing
    item = _receivable(organisation, item_id)
    _require_open(item, amount_minor)
    lines = lines_settling(item, reason, amount_minor)
    event = _event(EventKind(reason.value), item, on, source, key, label or item.reference)
    entry = write_entry(head, event, lines, by=by, now=now)
    credit_item = OpenItem.objects.get(entry=entry)
    allocate_items(head, item, credit_item, amount_minor, on=on, key=key, by=by, now=now)
    return entry


def lines_settling(item: OpenItem, reason: Reason, amount_minor: int) -> tuple[EntryLine, ...]:
    """The lines by which `settle_item` settles so much of a receivable; nothing is written. amount_minor: 1 to open."""
    vat_account, parts = vat_of_document(item)
    total, settled = settlement_of(item)
    vat = settlement_vat(reason, parts, vat_account, total=total, before=settled, amount=amount_minor) if parts else ()
    return settlement_lines(reason, amount_minor, customers=AccountRole(item.role), vat=vat, vat_account=vat_account)


def keep_surplus(
    *,
    organisation: Organisation,
    item_id: int,
    amount_minor: int,
    on: date,
    source: Source,
    by: Actor,
    now: datetime,
) -> Entry:
    """Keep a few cents that a customer paid too much, within the caller's transaction. item_id: of the payment."""
    head = locked_head(organisation.pk)
    key = f"{source.key}:surplus:{item_id}"
    existing = existing_entry(head, key)
    if existing is not None:
        return existing
    item = _item(organisation, item_id)
    if item.side != Side.CREDIT:
        raise _not_a_receivable(item)
    _require_open(item, amount_minor)
    event = _event(EventKind.ROUNDING, item, on, source, key, item.reference)
    entry = write_entry(head, event, surplus_lines(amount_minor), by=by, now=now)
    debit_item = OpenItem.objects.get(entry=entry)
    allocate_items(head, debit_item, item, amount_minor, on=on, key=key, by=by, now=now)
    return entry


def mark_doubtful(
    *, organisation: Organisation, item_id: int, on: date, source: Source, by: Actor, now: datetime
) -> Entry:
    """Move what is open of a receivable to the doubtful ones (416), within the caller's transaction.

    The new debit item goes on with reference, due date and VAT of the first. Undone by `reverse_entry`.
    """
    head = locked_head(organisation.pk)
    key = f"{source.key}:doubtful:{item_id}"
    existing = existing_entry(head, key)
    if existing is not None:
        return existing
    item = _receivable(organisation, item_id)
    if item.role != AccountRole.CUSTOMERS:
        raise _not_a_receivable(item)
    amount = item.open_minor
    _require_open(item, amount)
    event = _event(
        EventKind.DOUBTFUL,
        item,
        on,
        source,
        key,
        item.reference,
        due_date=item.due_date,
        origin_id=item.origin_id,
    )
    entry = write_entry(head, event, doubtful_lines(amount), by=by, now=now)
    credit_item = OpenItem.objects.get(entry=entry, side=Side.CREDIT)
    allocate_items(head, item, credit_item, amount, on=on, key=key, by=by, now=now)
    return entry


def post_allowance(
    *,
    organisation: Organisation,
    amount_minor: int,
    currency: str,
    on: date,
    source: Source,
    label: str,
    by: Actor,
    now: datetime,
) -> Entry:
    """Expect a loss, without tax (491/6817); less than nothing releases one (491/7817). Within the transaction."""
    head = locked_head(organisation.pk)
    existing = existing_entry(head, source.key)
    if existing is not None:
        return existing
    grows = amount_minor > 0
    event = Event(
        kind=EventKind.ALLOWANCE if grows else EventKind.ALLOWANCE_RELEASE,
        on=on,
        label=label,
        source=source,
        currency=currency,
        key=source.key,
    )
    lines = allowance_lines(amount_minor) if grows else release_lines(-amount_minor)
    return write_entry(head, event, lines, by=by, now=now)


def post_penalty(
    *,
    organisation: Organisation,
    customer: Customer,
    interest_minor: int,
    indemnity_minor: int,
    currency: str,
    on: date,
    due_date: date | None,
    source: Source,
    label: str,
    by: Actor,
    now: datetime,
    reference: str = "",
) -> Entry:
    """Claim late-payment interest and the recovery indemnity, outside VAT: one debit item. Within the transaction."""
    head = locked_head(organisation.pk)
    existing = existing_entry(head, source.key)
    if existing is not None:
        return existing
    event = Event(
        kind=EventKind.PENALTY,
        on=on,
        label=label,
        source=source,
        currency=currency,
        key=source.key,
        reference=reference,
        customer=customer,
        due_dates=(due_date,),
    )
    return write_entry(head, event, penalty_lines(interest=interest_minor, indemnity=indemnity_minor), by=by, now=now)


def _item(organisation: Organisation, item_id: int) -> OpenItem:
    held = OpenItem.objects.of(organisation).select_related("customer").select_for_update(of=("self",))
    return held.get(pk=item_id)


def _receivable(organisation: Organisation, item_id: int) -> OpenItem:
    item = _item(organisation, item_id)
    if item.side != Side.DEBIT:
        raise _not_a_receivable(item)
    return item


def _not_a_receivable(item: OpenItem) -> NotAReceivable:
    return NotAReceivable(
        Text(
            fr=f"Le poste {item.reference or item.pk} ne s'y prête pas\N{NO-BREAK SPACE}: choisissez une créance.",
            en=f"The item {item.reference or item.pk} does not lend itself to that: choose a receivable.",
        ),
        field="item",
    )


def _require_open(item: OpenItem, amount: int) -> None:
    if not 0 < amount <= item.open_minor:
        left, asked = minor_text(item.open_minor, item.currency), minor_text(amount, item.currency)
        raise MoreThanOpen(
            Text(
                fr=f"Il reste {left.fr} sur ce poste, pas {asked.fr}\N{NO-BREAK SPACE}: prenez moins.",
                en=f"{left.en} are left of this item, not {asked.en}: take less.",
            ),
            field="amount",
        )


def vat_of_document(item: OpenItem) -> tuple[AccountRole, tuple[VatPart, ...]]:
    """On which account the VAT of an item's document was booked, and what it was."""
    roles = (AccountRole.VAT_PENDING, AccountRole.VAT_COLLECTED)
    lines = list(Line.objects.filter(entry_id=item.origin_id, role__in=roles).order_by("place"))
    role = AccountRole(lines[0].role) if lines else AccountRole.VAT_COLLECTED
    return role, vat_of(lines)


def _event(
    kind: EventKind,
    item: OpenItem,
    on: date,
    source: Source,
    key: str,
    label: str,
    *,
    due_date: date | None = None,
    origin_id: int | None = None,
) -> Event:
    return Event(
        kind=kind,
        on=on,
        label=label,
        source=source,
        currency=item.currency,
        key=key,
        reference=item.reference,
        reference_date=item.document_date,
        customer=item.customer,
        due_dates=(due_date,),
        origin_id=origin_id,
    )
