"""Writing drafts: nobody overwrites what another typed, and nothing that is deleted is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from reglo.billing.content import DRAFT_NUMBER, Examination, examine
from reglo.billing.models import Draft, Invoice, NumberSeries, Quote
from reglo.core.composition import DocumentKind
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.money import minor_amount
from reglo.customers.models import Customer
from reglo.formats.data.tree import Tree
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation, Owned
from reglo.organisations.queries import today_of

#: Edits of one person within it are one entry of the journal.
_ONE_SITTING = timedelta(minutes=10)
_LARGEST = 2**63 - 1
#: What a copy does not take over: it is of another day and another order.
_OF_ITS_DAY = ("issue_date", "due_date", "paid_on", "delivery", "period", "deposits", "preceding_invoices")


class StaleDraft(DomainError):
    """Somebody else saved the draft meanwhile: who, and when."""

    code = "stale-draft"

    def __init__(self, *, who: str, when: datetime, version: int) -> None:
        super().__init__(
            Text(
                fr=f"{who} a enregistré ce brouillon entre-temps. Rien n'a été écrasé.",
                en=f"{who} saved this draft meanwhile. Nothing was overwritten.",
            ),
            field="version",
        )
        self.who, self.when, self.version = who, when, version


class DraftClosed(DomainError):
    """The draft was issued or deleted, so that it cannot be edited."""

    code = "draft-closed"


class NotOfThisOrganisation(DomainError):
    """A customer or series of another organisation."""

    code = "not-of-this-organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands on a draft beside its content."""

    customer: Customer | None
    kind: DocumentKind = DocumentKind.INVOICE
    series: NumberSeries | None = None


def create_draft(
    *,
    organisation: Organisation,
    customer: Customer | None,
    kind: DocumentKind,
    content: Mapping[str, Any],
    by: Actor,
    now: datetime,
    quote: Quote | None = None,
    corrects: Invoice | None = None,
    series: NumberSeries | None = None,
) -> Draft:
    """Begin a document. Raises NotOfThisOrganisation."""
    with transaction.atomic(durable=True):
        return add_draft(
            organisation=organisation,
            heading=Heading(customer=customer, kind=kind, series=series),
            content=content,
            by=by,
            now=now,
            quote=quote,
            corrects=corrects,
        )


def add_draft(
    *,
    organisation: Organisation,
    heading: Heading,
    content: Mapping[str, Any],
    by: Actor,
    now: datetime,
    quote: Quote | None = None,
    corrects: Invoice | None = None,
    occurrence_id: int | None = None,
) -> Draft:
    """Begin a document within the transaction of a service that does more than that."""
    _require_own(organisation, heading.customer, heading.series, quote, corrects)
    draft = Draft(
        organisation=organisation,
        customer=heading.customer,
        kind=heading.kind.value,
        series=heading.series,
        content=dict(content),
        edited_by_id=by.user_id,
        quote=quote,
        corrects=corrects,
        occurrence_id=occurrence_id,
        created_at=now,
        updated_at=now,
    )
    note_figures(draft, examined(draft, content, heading, now=now))
    draft.save(force_insert=True)
    _record("draft-created", draft, by=by, now=now)
    return draft


def save_draft(
    *,
    draft_id: int,
    organisation: Organisation,
    content: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
    heading: Heading | None = None,
    examination: Examination | None = None,
) -> Draft:
    """Keep what was typed, if nobody saved since `version`.

    The same content sent twice is saved once. heading: where customer, kind or series may have changed. examination: of
    this very content and heading, where it was made already. Raises StaleDraft, DraftClosed, NotOfThisOrganisation.
    """
    with transaction.atomic(durable=True):
        draft = _locked(draft_id, organisation)
        _require_open(draft)
        heading = heading or _heading_of(draft)
        _require_own(organisation, heading.customer, heading.series)
        if _says_the_same(draft, content, heading):
            return draft
        if draft.content_version != version:
            raise _stale(draft)
        is_new_sitting = draft.edited_by_id != by.user_id or now - draft.updated_at > _ONE_SITTING
        draft.customer, draft.kind, draft.series = heading.customer, heading.kind.value, heading.series
        draft.content, draft.content_version = dict(content), version + 1
        draft.edited_by_id, draft.updated_at = by.user_id, now
        note_figures(draft, examination or examined(draft, content, heading, now=now))
        draft.save()
        if is_new_sitting:
            _record("draft-edited", draft, by=by, now=now)
    return draft


def delete_draft(*, draft_id: int, organisation: Organisation, by: Actor, now: datetime) -> Draft:
    """Put a draft aside; it can be restored. Raises DraftClosed for one that was issued."""
    with transaction.atomic(durable=True):
        draft = _locked(draft_id, organisation)
        _require_unissued(draft)
        if draft.deleted_at is None:
            draft.deleted_at = now
            draft.save(update_fields=["deleted_at"])
            _record("draft-deleted", draft, by=by, now=now)
    return draft


def restore_draft(*, draft_id: int, organisation: Organisation, by: Actor, now: datetime) -> Draft:
    """Take a deleted draft back, as it was."""
    with transaction.atomic(durable=True):
        draft = _locked(draft_id, organisation)
        if draft.deleted_at is not None:
            draft.deleted_at = None
            draft.save(update_fields=["deleted_at"])
            _record("draft-restored", draft, by=by, now=now)
    return draft


def copy_draft(*, draft_id: int, organisation: Organisation, by: Actor, now: datetime) -> Draft:
    """A new draft that says the same, but for its day."""
    with transaction.atomic(durable=True):
        source = _locked(draft_id, organisation)
        return add_draft(
            organisation=organisation,
            heading=Heading(customer=source.customer, kind=DocumentKind(source.kind), series=source.series),
            content=of_another_day(source.content),
            by=by,
            now=now,
            corrects=source.corrects,
        )


def copy_invoice(*, invoice_id: int, organisation: Organisation, by: Actor, now: datetime) -> Draft:
    """A draft of a new invoice that says what an issued one said, but for its day."""
    with transaction.atomic(durable=True):
        source = Invoice.objects.of(organisation).select_related("draft", "customer", "series").get(pk=invoice_id)
        series = source.series if source.series.archived_at is None else None
        return add_draft(
            organisation=organisation,
            heading=Heading(customer=source.customer, series=series),
            content=of_another_day(source.draft.content),
            by=by,
            now=now,
        )


def of_another_day(content: Mapping[str, Any]) -> Tree:
    """Content without what belongs to one day only: dates, what was paid, what it refers to."""
    return {key: value for key, value in content.items() if key not in _OF_ITS_DAY}


def examined(draft: Draft, content: Mapping[str, Any], heading: Heading, *, now: datetime) -> Examination:
    """What the rules say of a draft's content today."""
    return examine(
        content,
        kind=heading.kind,
        organisation=draft.organisation,
        customer=heading.customer,
        number=DRAFT_NUMBER,
        today=today_of(draft.organisation, now),
        series=heading.series,
    )


def note_figures(row: Draft | Quote, examination: Examination) -> None:
    """Keep net and gross of the content on its row, for lists; 0 where they cannot be worked out yet."""
    invoice = examination.invoice
    totals = invoice.totals if invoice else None
    currency = (invoice.currency if invoice else None) or "EUR"
    row.currency = currency if len(currency) == 3 else "EUR"
    row.net_minor = minor_of(totals.net if totals else None, currency)
    row.gross_minor = minor_of(totals.gross if totals else None, currency)


def minor_of(amount: Decimal | None, currency: str) -> int:
    """An amount in minor units of its currency, as columns hold it; 0 for none, or for more than a column holds."""
    minor = minor_amount(amount, currency)
    return minor if abs(minor) <= _LARGEST else 0


def _locked(draft_id: int, organisation: Organisation) -> Draft:
    """The draft, held until the transaction ends. Raises Draft.DoesNotExist for one of another organisation."""
    drafts = Draft.objects.of(organisation).select_for_update(of=("self",))
    draft = drafts.select_related("customer", "series", "edited_by", "corrects").get(pk=draft_id)
    draft.organisation = organisation
    return draft


def _heading_of(draft: Draft) -> Heading:
    return Heading(customer=draft.customer, kind=DocumentKind(draft.kind), series=draft.series)


def _says_the_same(draft: Draft, content: Mapping[str, Any], heading: Heading) -> bool:
    return draft.content == content and _heading_of(draft) == heading


def _stale(draft: Draft) -> StaleDraft:
    who = str(draft.edited_by) if draft.edited_by else "Réglo"
    return StaleDraft(who=who, when=draft.updated_at, version=draft.content_version)


def _require_open(draft: Draft) -> None:
    _require_unissued(draft)
    if draft.deleted_at is not None:
        raise DraftClosed(
            Text(
                fr="Ce brouillon a été supprimé entre-temps. Restaurez-le pour continuer.",
                en="This draft was deleted meanwhile. Restore it to go on.",
            )
        )


def _require_unissued(draft: Draft) -> None:
    if draft.issued_at is not None:
        raise DraftClosed(
            Text(
                fr="Cette facture a été émise : elle ne peut plus changer. Corrigez-la par un avoir.",
                en="This invoice was issued: it can no longer change. Correct it by a credit note.",
            )
        )


def _require_own(organisation: Organisation, *rows: Owned | None) -> None:
    for row in rows:
        if row is not None and row.organisation_id != organisation.pk:
            raise NotOfThisOrganisation(
                Text(fr="Ceci appartient à une autre organisation.", en="This belongs to another organisation."),
            )


def _record(act: str, draft: Draft, *, by: Actor, now: datetime) -> None:
    facts = {"net_minor": draft.net_minor, "gross_minor": draft.gross_minor, "currency": draft.currency}
    record(
        act,
        organisation_id=draft.organisation_id,
        subject=draft,
        by=by,
        at=now,
        customer_id=draft.customer_id,
        after={"kind": draft.kind, **facts},
    )
