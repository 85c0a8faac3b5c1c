"""Correcting an invoice that was issued: a credit note gives back, a corrective invoice takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from reglo.billing.models import Draft, Invoice
from reglo.billing.queries.follow_ups import (
    counted_lines,
    credit_notes_on,
    deductions_of,
    quantities_left,
    replacement_of,
    room_on,
)
from reglo.billing.queries.issued import document_of
from reglo.billing.services.drafts import Heading, add_draft, of_another_day
from reglo.core.composition import DocumentKind
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.follow_ups import (
    Credit,
    NothingLeftToCredit,
    Room,
    VatKey,
    credit_of_amounts,
    credit_of_lines,
    credit_of_rest,
    full_credit,
)
from reglo.formats.data.stored import write_stored
from reglo.formats.data.tree import Tree
from reglo.journal.services import Actor
from reglo.organisations.models import Organisation

_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCredit:
    """All that is left of the invoice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesCredit:
    """So many of some lines."""

    quantities: Mapping[int, Decimal] = field(default_factory=dict)  #: by place among the lines that count


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountsCredit:
    """Amounts without tax, by VAT rate."""

    amounts: Mapping[VatKey, Decimal] = field(default_factory=dict)


Wanted = WholeCredit | LinesCredit | AmountsCredit


class CannotBeCorrected(DomainError):
    """The document is itself a credit note, was replaced or credited, or a final invoice stands on it."""

    code = "cannot-be-corrected"


def draft_credit(
    *, invoice_id: int, organisation: Organisation, wanted: Wanted, reason: str, by: Actor, now: datetime
) -> Draft:
    """A draft of a credit note (381) on an issued invoice. What is left is checked again when it is issued.

    Raises NothingLeftToCredit, CannotBeCorrected.
    """
    with transaction.atomic(durable=True):
        invoice = _invoice(invoice_id, organisation)
        require_creditable(invoice)
        return _add(invoice, DocumentKind.CREDIT_NOTE, credit_content(invoice, wanted, reason=reason), by=by, now=now)


def draft_corrective(*, invoice_id: int, organisation: Organisation, reason: str, by: Actor, now: datetime) -> Draft:
    """A draft of a corrective invoice (384): it takes the place of an issued one, and says the same until it is edited.

    Raises CannotBeCorrected.
    """
    with transaction.atomic(durable=True):
        invoice = _invoice(invoice_id, organisation)
        require_replaceable(invoice)
        content = {
            **of_another_day(invoice.draft.content),
            **{key: invoice.draft.content[key] for key in ("delivery", "period") if key in invoice.draft.content},
            "preceding_invoices": [_reference(invoice)],
            "notes": _notes(invoice, reason),
        }
        return _add(invoice, DocumentKind.CORRECTIVE, content, by=by, now=now)


def credit_content(invoice: Invoice, wanted: Wanted, *, reason: str) -> Tree:
    """What a credit note says. Raises NothingLeftToCredit."""
    room = room_on(invoice)
    if room.is_empty:
        raise NothingLeftToCredit(
            Text(
                fr=f"La facture {invoice.number} est déjà créditée en entier.",
                en=f"The invoice {invoice.number} is credited in full already.",
            )
        )
    credit = _credit(invoice, wanted, room)
    typed = counted_lines(invoice.draft.content)
    lines = [
        {**write_stored(line), **_origin(place, typed)} for line, place in zip(credit.lines, credit.places, strict=True)
    ]
    content: Tree = {**_kept(invoice), "lines": lines, "preceding_invoices": [_reference(invoice)]}
    if credit.nature is not None:
        content["nature"] = credit.nature.value
    if credit.reductions:
        content["reductions"] = [write_stored(each) for each in credit.reductions]
    if credit.rounding is not None:
        content["rounding"] = str(credit.rounding)
    notes = [reason.strip()[:_LONGEST_REASON]] if reason.strip() else []
    return {**content, "notes": notes}


def require_creditable(invoice: Invoice) -> None:
    """Raise CannotBeCorrected for what no credit note can be about."""
    if invoice.kind == DocumentKind.CREDIT_NOTE:
        raise CannotBeCorrected(
            Text(
                fr="Un avoir ne se crédite pas\N{NO-BREAK SPACE}: facturez à nouveau ce qui est dû.",
                en="A credit note is not credited: invoice again what is owed.",
            )
        )
    replacement = replacement_of(invoice)
    if replacement is not None:
        raise CannotBeCorrected(
            Text(
                fr=f"La facture {invoice.number} est remplacée par {replacement.number}\N{NO-BREAK SPACE}: "
                "corrigez celle-ci.",
                en=f"The invoice {invoice.number} was replaced by {replacement.number}: correct that one.",
            )
        )
    _require_not_deducted(invoice)


def require_replaceable(invoice: Invoice) -> None:
    """Raise CannotBeCorrected for what no corrective invoice can take the place of."""
    require_creditable(invoice)
    if invoice.kind == DocumentKind.DEPOSIT:
        raise CannotBeCorrected(
            Text(
                fr="Un acompte ne se remplace pas\N{NO-BREAK SPACE}: créditez-le, puis facturez-en un autre.",
                en="A deposit is not replaced: credit it, then invoice another.",
            )
        )
    if credit_notes_on(invoice):
        raise CannotBeCorrected(
            Text(
                fr=f"La facture {invoice.number} a déjà un avoir\N{NO-BREAK SPACE}: créditez le reste, "
                "puis facturez à nouveau.",
                en=f"The invoice {invoice.number} has a credit note already: credit the rest, then invoice again.",
            )
        )
    if invoice.draft.content.get("deposits"):
        raise CannotBeCorrected(
            Text(
                fr="Une facture rectificative ne nomme qu'une facture (BR-FR-CO-04), et celle-ci déduit des acomptes"
                "\N{NO-BREAK SPACE}: faites un avoir, puis une nouvelle facture de solde.",
                en="A corrective invoice names one invoice only (BR-FR-CO-04), and this one deducts deposits: "
                "make a credit note, then a new final invoice.",
            )
        )


def _require_not_deducted(invoice: Invoice) -> None:
    if invoice.kind != DocumentKind.DEPOSIT:
        return
    for final in deductions_of(invoice):
        raise CannotBeCorrected(
            Text(
                fr=f"Cet acompte est déduit de la facture {final.number}\N{NO-BREAK SPACE}: "
                "faites l'avoir sur celle-ci.",
                en=f"This deposit is deducted from the invoice {final.number}: credit that one.",
            )
        )


def _credit(invoice: Invoice, wanted: Wanted, room: Room) -> Credit:
    document = document_of(invoice)
    name = Text(fr=f"Avoir sur facture {invoice.number}", en=f"Credit on invoice {invoice.number}")
    if isinstance(wanted, LinesCredit):
        return credit_of_lines(
            document, wanted.quantities, room=room, left=quantities_left(invoice), language=invoice.language
        )
    if isinstance(wanted, AmountsCredit):
        return credit_of_amounts(document, wanted.amounts, room=room, name=name.in_language(invoice.language))
    if credit_notes_on(invoice):
        return credit_of_rest(document, room=room, name=name.in_language(invoice.language))
    return full_credit(document)


def _origin(place: int | None, typed: list[Tree]) -> Tree:
    """Which line of the invoice a line gives back, and of the quote."""
    if place is None:
        return {}
    number = typed[place].get("quote_line") if place < len(typed) else None
    return {"credited_line": place} | ({} if number is None else {"quote_line": number})


def _kept(invoice: Invoice) -> Tree:
    """References, currency and language of the invoice."""
    dropped = ("lines", "reductions", "notes", "terms", "payment", "rounding", "nature")
    return {key: value for key, value in of_another_day(invoice.draft.content).items() if key not in dropped}


def _notes(invoice: Invoice, reason: str) -> list[str]:
    said = Text(
        fr=f"Annule et remplace la facture {invoice.number} du {invoice.issue_date:%d/%m/%Y}.",
        en=f"Cancels and replaces the invoice {invoice.number} of {invoice.issue_date.isoformat()}.",
    )
    before = invoice.draft.content.get("notes") or []
    told = [reason.strip()[:_LONGEST_REASON]] if reason.strip() else []
    return [said.in_language(invoice.language), *told, *([before] if isinstance(before, str) else before)]


def _reference(invoice: Invoice) -> Tree:
    return {"number": invoice.number, "issue_date": invoice.issue_date.isoformat()}


def _invoice(invoice_id: int, organisation: Organisation) -> Invoice:
    rows = Invoice.objects.of(organisation).select_related("customer", "draft", "quote", "organisation", "series")
    return rows.get(pk=invoice_id)


def _add(invoice: Invoice, kind: DocumentKind, content: Tree, *, by: Actor, now: datetime) -> Draft:
    series = invoice.series if invoice.series.archived_at is None else None
    return add_draft(
        organisation=invoice.organisation,
        heading=Heading(customer=invoice.customer, kind=kind, series=series),
        content=content,
        by=by,
        now=now,
        quote=invoice.quote,
        corrects=invoice,
    )
