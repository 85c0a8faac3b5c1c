"""Writing quotes while they are drafts: nobody overwrites what another typed, and nothing that is deleted is gone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from reglo.billing.content import DRAFT_NUMBER, Examination, examine
from reglo.billing.models import Quote, QuoteState
from reglo.billing.offers import quote_content_with
from reglo.billing.services.drafts import NotOfThisOrganisation, StaleDraft, note_figures, of_another_day
from reglo.core.composition import DocumentKind
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.folding import folded
from reglo.customers.models import Customer
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

#: Edits of one person within it are one entry of the journal.
_ONE_SITTING = timedelta(minutes=10)
_LONGEST_TITLE, _LONGEST_SEARCH = 200, 600


class QuoteClosed(DomainError):
    """The quote was sent or deleted, so that it cannot be edited."""

    code = "quote-closed"


def create_quote(
    *, organisation: Organisation, customer: Customer, content: Mapping[str, Any], by: Actor, now: datetime
) -> Quote:
    """Begin a quote. Raises NotOfThisOrganisation."""
    with transaction.atomic(durable=True):
        return _add(organisation, customer, content, by=by, now=now)


def save_quote(
    *,
    quote_id: int,
    organisation: Organisation,
    content: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
    customer: Customer | None = None,
    examination: Examination | None = None,
) -> Quote:
    """Keep what was typed, if nobody saved since `version`.

    The same content sent twice is saved once. customer: where it may have changed. examination: of this content with
    its first choice, where it was made already. Raises StaleDraft, QuoteClosed, NotOfThisOrganisation.
    """
    with transaction.atomic(durable=True):
        quote = locked_quote(quote_id, organisation)
        _require_draft(quote)
        customer = customer or quote.customer
        _require_own(organisation, customer)
        if quote.content == content and quote.customer_id == customer.pk:
            return quote
        if quote.content_version != version:
            raise _stale(quote)
        is_new_sitting = quote.edited_by_id != by.user_id or now - quote.updated_at > _ONE_SITTING
        quote.customer, quote.content_version = customer, version + 1
        quote.edited_by_id, quote.updated_at = by.user_id, now
        _take(quote, content, examination or examined_quote(quote, content, now=now))
        quote.save()
        if is_new_sitting:
            journal_quote("quote-edited", quote, by=by, now=now)
    return quote


def duplicate_quote(
    *, quote_id: int, organisation: Organisation, by: Actor, now: datetime, customer: Customer | None = None
) -> Quote:
    """A new quote that says the same, for today; for another customer if one is given."""
    with transaction.atomic(durable=True):
        source = Quote.objects.of(organisation).select_related("customer").get(pk=quote_id)
        content = of_another_day(source.content)
        return _add(organisation, customer or source.customer, content, by=by, now=now, copied_from=source)


def delete_quote(*, quote_id: int, organisation: Organisation, by: Actor, now: datetime) -> Quote:
    """Put a quote aside; it can be restored. Raises QuoteClosed for one that was accepted."""
    with transaction.atomic(durable=True):
        quote = locked_quote(quote_id, organisation)
        if quote.state == QuoteState.ACCEPTED:
            raise QuoteClosed(
                Text(
                    fr="Ce devis a été accepté\N{NO-BREAK SPACE}: il ne peut plus être supprimé.",
                    en="This quote was accepted: it can no longer be deleted.",
                )
            )
        if quote.deleted_at is None:
            quote.deleted_at = now
            quote.save(update_fields=["deleted_at"])
            journal_quote("quote-deleted", quote, by=by, now=now)
    return quote


def restore_quote(*, quote_id: int, organisation: Organisation, by: Actor, now: datetime) -> Quote:
    """Take a deleted quote back, as it was."""
    with transaction.atomic(durable=True):
        quote = locked_quote(quote_id, organisation)
        if quote.deleted_at is not None:
            quote.deleted_at = None
            quote.save(update_fields=["deleted_at"])
            journal_quote("quote-restored", quote, by=by, now=now)
    return quote


def locked_quote(quote_id: int, organisation: Organisation) -> Quote:
    """The quote, held until the transaction ends. Raises Quote.DoesNotExist for one of another organisation."""
    rows = Quote.objects.of(organisation).select_for_update(of=("self",)).select_related("customer", "edited_by")
    quote = rows.get(pk=quote_id)
    quote.organisation = organisation
    quote.customer.organisation = organisation
    return quote


def examined_quote(quote: Quote, content: Mapping[str, Any], *, now: datetime) -> Examination:
    """What the rules say of a quote's content with its first choice, today."""
    return examine(
        quote_content_with(content),
        kind=DocumentKind.INVOICE,
        organisation=quote.organisation,
        customer=quote.customer,
        number=DRAFT_NUMBER,
        today=today_of(quote.organisation, now),
    )


def search_of(quote: Quote) -> str:
    """What a quote is found by."""
    texts = (quote.number, quote.title, quote.customer.search)
    return folded(" ".join(each for each in texts if each))[:_LONGEST_SEARCH]


def journal_quote(act: str, quote: Quote, *, by: Actor, now: datetime, **facts: object) -> None:
    """Write an act on a quote down."""
    amounts = {"net_minor": quote.net_minor, "gross_minor": quote.gross_minor, "currency": quote.currency}
    record(
        act,
        organisation_id=quote.organisation_id,
        subject=quote,
        by=by,
        at=now,
        customer_id=quote.customer_id,
        after={**amounts, **facts},
    )


def _add(
    organisation: Organisation,
    customer: Customer,
    content: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    copied_from: Quote | None = None,
) -> Quote:
    _require_own(organisation, customer)
    customer.organisation = organisation
    quote = Quote(
        organisation=organisation,
        customer=customer,
        edited_by_id=by.user_id,
        copied_from=copied_from,
        created_at=now,
        updated_at=now,
    )
    _take(quote, content, examined_quote(quote, content, now=now))
    quote.save(force_insert=True)
    journal_quote("quote-created", quote, by=by, now=now)
    return quote


def _take(quote: Quote, content: Mapping[str, Any], examination: Examination) -> None:
    """Content, and what lists show and find of it."""
    quote.content = dict(content)
    quote.title = str(content.get("title") or "").strip()[:_LONGEST_TITLE]
    quote.search = search_of(quote)
    note_figures(quote, examination)


def _require_draft(quote: Quote) -> None:
    if quote.state != QuoteState.DRAFT:
        raise QuoteClosed(
            Text(
                fr="Ce devis a été envoyé\N{NO-BREAK SPACE}: il ne change plus. Dupliquez-le pour le modifier.",
                en="This quote was sent, so it no longer changes. Duplicate it to make another.",
            )
        )
    if quote.deleted_at is not None:
        raise QuoteClosed(
            Text(
                fr="Ce devis a été supprimé entre-temps. Restaurez-le pour continuer.",
                en="This quote was deleted meanwhile. Restore it to go on.",
            )
        )


def _require_own(organisation: Organisation, customer: Customer) -> None:
    if customer.organisation_id != organisation.pk:
        raise NotOfThisOrganisation(
            Text(fr="Ce client appartient à une autre organisation.", en="This customer is of another organisation.")
        )


def _stale(quote: Quote) -> StaleDraft:
    who = str(quote.edited_by) if quote.edited_by else "Réglo"
    return StaleDraft(who=who, when=quote.updated_at, version=quote.content_version)
