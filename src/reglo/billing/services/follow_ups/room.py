"""The last look before issuing, with what it is about held: nothing is billed, deducted or credited twice."""

from decimal import Decimal

from reglo.billing.models import Draft, Invoice, Quote
from reglo.billing.queries.follow_ups import bill_in, billing_of, deposits_in, open_amount, room_on
from reglo.billing.services.follow_ups.corrections import CannotBeCorrected, require_creditable, require_replaceable
from reglo.core.composition import DocumentKind
from reglo.core.document import Invoice as Document
from reglo.core.document import Totals
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.follow_ups import Position, require_fitting

_ZERO = Decimal(0)
_CORRECTIONS = (DocumentKind.CREDIT_NOTE, DocumentKind.CORRECTIVE)


class BilledAlready(DomainError):
    """Another invoice billed this part of the quote meanwhile."""

    code = "billed-already"


class DepositUsedUp(DomainError):
    """Another invoice deducted this deposit, or it was credited."""

    code = "deposit-used-up"


def require_room(draft: Draft, document: Document) -> None:
    """Hold what a draft is about, and let it pass if it takes no more than is left; within the transaction of issuing.

    document: what the draft makes. A correction that names an invoice of ours by hand is tied to it (`draft.corrects`).
    A draft about nothing else asks the database for nothing. Raises NothingLeftToCredit, CannotBeCorrected,
    BilledAlready, DepositUsedUp.
    """
    if draft.quote_id is not None:
        Quote.objects.select_for_update().only("pk").get(pk=draft.quote_id)
    if draft.kind in _CORRECTIONS:
        _require_correction(draft, document)
    else:
        _require_deposits(draft)
    if draft.quote_id is not None and draft.kind != DocumentKind.CREDIT_NOTE:
        _require_unbilled(draft, document, quote_id=draft.quote_id)


def _require_correction(draft: Draft, document: Document) -> None:
    invoice = _corrected(draft, document)
    if invoice is None:
        return
    if draft.customer_id != invoice.customer_id:
        raise CannotBeCorrected(
            Text(
                fr=f"La facture {invoice.number} est d'un autre client.",
                en=f"The invoice {invoice.number} is of another customer.",
            ),
            field="customer",
        )
    if draft.kind == DocumentKind.CORRECTIVE:
        require_replaceable(invoice)
    else:
        require_creditable(invoice)
        require_fitting(document, room_on(invoice))


def _corrected(draft: Draft, document: Document) -> Invoice | None:
    """The invoice that a correction is about, held: as the draft knows it, else by the one number that it names."""
    rows = Invoice.objects.filter(organisation_id=draft.organisation_id).select_for_update(of=("self",))
    rows = rows.select_related("draft")
    if draft.corrects_id is not None:
        return rows.get(pk=draft.corrects_id)
    named = [each.number for each in document.preceding_invoices if each.number]
    invoice = rows.filter(number=named[0]).first() if len(named) == 1 else None
    if invoice is not None:
        draft.corrects = invoice
        draft.save(update_fields=["corrects"])
    return invoice


def _require_deposits(draft: Draft) -> None:
    """Each deposit that is deducted and is ours: still open for so much."""
    wanted = deposits_in(draft.content)
    if not wanted:
        return
    held = Invoice.objects.filter(
        organisation_id=draft.organisation_id, number__in=wanted, kind=DocumentKind.DEPOSIT
    ).select_for_update(of=("self",))
    for deposit in held.order_by("pk"):
        left = open_amount(deposit)
        if wanted[deposit.number] > left:
            raise DepositUsedUp(
                Text(
                    fr=f"De l'acompte {deposit.number}, il reste {left} à déduire, pas {wanted[deposit.number]}.",
                    en=f"Of the deposit {deposit.number}, {left} are left to deduct, not {wanted[deposit.number]}.",
                ),
                field="deposits",
            )


def _require_unbilled(draft: Draft, document: Document, *, quote_id: int) -> None:
    quote = Quote.objects.select_related("customer", "organisation").get(pk=quote_id)
    billing = billing_of(quote)
    if draft.kind == DocumentKind.DEPOSIT:
        asked = (document.totals or Totals()).due or _ZERO
        if asked > billing.may_be_deposited:
            raise _billed_already(quote)
        return
    if draft.kind == DocumentKind.CORRECTIVE:
        return  # it takes the place of what it corrects, which is not billed any more
    bill = bill_in(draft.content, document, billing.draft)
    if any(_exceeds(bill.get(each.place, _ZERO), each) for each in billing.positions):
        raise _billed_already(quote)


def _exceeds(amount: Decimal, position: Position) -> bool:
    """Whether more is billed than is left; a line that is edited to cost more is the seller's own business."""
    return bool(amount) and bool(position.billed) and abs(position.billed + amount) > abs(position.net)


def _billed_already(quote: Quote) -> BilledAlready:
    return BilledAlready(
        Text(
            fr=f"Une partie du devis {quote.number} a été facturée entre-temps\N{NO-BREAK SPACE}: "
            "refaites ce brouillon à partir du devis.",
            en=f"A part of the quote {quote.number} was billed meanwhile: make this draft again from the quote.",
        ),
        field="lines",
    )
