"""Reading what was billed of a quote, and what may still be credited of an invoice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q

from reglo.billing.forms.figures import typed_figure
from reglo.billing.models import Invoice, Quote
from reglo.billing.offers import content_of_choice, read_offer
from reglo.billing.queries.issued import document_of
from reglo.billing.queries.quotes import taken_options
from reglo.core.composition import DocumentKind, Draft, compose_invoice
from reglo.core.document import Invoice as Document
from reglo.core.document import Line, Totals
from reglo.core.follow_ups import Position, Room, Taxed, left_to_bill, positions_of, room_of
from reglo.core.money import amount_places, from_minor
from reglo.core.quotes import chosen_places, first_choice
from reglo.core.totals import counts
from reglo.formats.data.tree import Tree

ZERO = Decimal(0)
_SAYS_SOMETHING = ("name", "description", "price", "price_with_vat", "product_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeposit:
    """A deposit invoice that no final invoice has deducted yet."""

    invoice: Invoice
    amount: Decimal  #: with tax, less what was credited of it


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteBilling:
    """What an accepted quote comes to, what was billed of it, and what is left."""

    quote: Quote
    content: Tree  #: the sale that was agreed, as content of a draft
    draft: Draft
    document: Document
    positions: tuple[Position, ...]
    bills: tuple[Mapping[str, Decimal], ...]  #: what each invoice billed by place, credit notes with a minus
    deposits: tuple[OpenDeposit, ...]
    invoices: tuple[Invoice, ...]  #: all that was issued on it, oldest first
    left: Taxed  #: to bill, before deposits are deducted and the total is rounded

    @property
    def places(self) -> int:
        """Decimals of an amount."""
        return amount_places(self.draft.currency)

    @property
    def rounding(self) -> Decimal:
        """Of the quote's total, where its prices are given with tax (BT-114)."""
        return (self.document.totals or Totals()).rounding or ZERO

    @property
    def total(self) -> Decimal:
        """What the quote asks, with tax."""
        return ((self.document.totals or Totals()).gross or ZERO) + self.rounding

    @property
    def left_to_ask(self) -> Decimal:
        """What is left, with tax, before deposits are deducted."""
        return ZERO if self.is_done else self.left.gross + self.rounding

    @property
    def deposited(self) -> Decimal:
        """What open deposits come to, with tax."""
        return sum((each.amount for each in self.deposits), ZERO)

    @property
    def may_be_deposited(self) -> Decimal:
        """What another deposit may ask at most, with tax."""
        return max(self.left_to_ask - self.deposited, ZERO)

    @property
    def billed(self) -> Decimal:
        """What invoices other than open deposits billed, with tax."""
        return self.total - self.left_to_ask

    @property
    def share(self) -> Decimal:
        """How much of the quote is billed or deposited, in percent."""
        return (self.billed + self.deposited) * 100 / self.total if self.total else Decimal(100)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to bill."""
        return not any(each.left for each in self.positions)

    @property
    def has_progress(self) -> bool:
        """Whether a part was billed by a progress invoice that stands."""
        return any(each.billed for each in self.positions)


def billing_of(quote: Quote) -> QuoteBilling:
    """How the billing of an accepted quote stands."""
    offer = read_offer(bytes(quote.document or b""))
    taken = taken_options(quote)
    taken = first_choice(offer.lines) if taken is None else taken
    lines = tuple(offer.lines[place].line for place in chosen_places(offer.lines, taken))
    draft = replace(offer.draft, lines=lines)
    document = compose_invoice(draft)
    invoices = invoices_of(quote)
    bills = tuple(_bills(invoices, draft))
    positions = positions_of(draft, document, bills)
    return QuoteBilling(
        quote=quote,
        content=content_of_choice(quote.content, taken),
        draft=draft,
        document=document,
        positions=positions,
        bills=bills,
        deposits=tuple(_open_deposits(invoices)),
        invoices=invoices,
        left=left_to_bill(positions, bills=bills, places=amount_places(draft.currency)),
    )


def invoices_of(quote: Quote) -> tuple[Invoice, ...]:
    """What was issued on a quote: invoices, deposits, and what corrects them."""
    rows = Invoice.objects.filter(organisation_id=quote.organisation_id)
    found = rows.filter(Q(quote=quote) | Q(corrects__quote=quote)).select_related("draft")
    return tuple(found.order_by("issue_date", "pk"))


def credit_notes_on(invoice: Invoice) -> list[Invoice]:
    """The credit notes on an invoice."""
    rows = Invoice.objects.filter(organisation_id=invoice.organisation_id, corrects=invoice)
    return list(rows.filter(kind=DocumentKind.CREDIT_NOTE).select_related("draft").order_by("pk"))


def replacement_of(invoice: Invoice) -> Invoice | None:
    """The corrective invoice that stands in the place of an invoice."""
    rows = Invoice.objects.filter(organisation_id=invoice.organisation_id, corrects=invoice)
    return rows.filter(kind=DocumentKind.CORRECTIVE).first()


def room_on(invoice: Invoice) -> Room:
    """What may still be credited of an invoice."""
    return room_of(document_of(invoice), [document_of(each) for each in credit_notes_on(invoice)])


def quantities_left(invoice: Invoice) -> Mapping[int, Decimal]:
    """Of each line that counts, how many may still be credited."""
    left = {place: line.quantity or Decimal(1) for place, line in enumerate(counting(document_of(invoice)))}
    for note in credit_notes_on(invoice):
        for typed, line in zip(counted_lines(note.draft.content), counting(document_of(note)), strict=False):
            place = typed.get("credited_line")
            if isinstance(place, int) and place in left:
                left[place] -= line.quantity or Decimal(1)
    return left


def deductions_of(deposit: Invoice) -> Mapping[Invoice, Decimal]:
    """The invoices that deducted a deposit, and how much each; not those that were credited whole."""
    rows = Invoice.objects.filter(
        organisation_id=deposit.organisation_id, customer_id=deposit.customer_id, draft__content__has_key="deposits"
    )
    found = {each: _deducted(each, deposit.number) for each in rows.select_related("draft")}
    return {each: amount for each, amount in found.items() if amount and not is_undone(each)}


def is_undone(invoice: Invoice) -> bool:
    """Whether an invoice asks for nothing any more: replaced, or credited whole."""
    if replacement_of(invoice) is not None:
        return True
    return (
        bool(invoice.gross_minor) and sum(each.gross_minor for each in credit_notes_on(invoice)) >= invoice.gross_minor
    )


def counting(document: Document) -> list[Line]:
    """The lines of a document that count."""
    return [line for line in document.lines if counts(line)]


def counted_lines(content: Mapping[str, object]) -> list[Tree]:
    """The lines of a content that are lines of its document, in their order."""
    typed = content.get("lines")
    lines = [line for line in typed if isinstance(line, dict)] if isinstance(typed, list) else []
    return [
        line
        for line in lines
        if not line.get("optional") and any(str(line.get(key) or "").strip() for key in _SAYS_SOMETHING)
    ]


def bill_in(content: Mapping[str, object], document: Document, draft: Draft) -> Mapping[str, Decimal]:
    """What a document billed of a quote, by place in it. draft: the sale that was agreed."""
    billed: dict[str, Decimal] = {}
    for typed, line in zip(counted_lines(content), counting(document), strict=False):
        number = typed.get("quote_line")
        if isinstance(number, int):
            place = f"lines[{number}]"
            billed[place] = billed.get(place, ZERO) + (line.net_amount or ZERO)
    reasons = [each.reason for each in draft.reductions]
    for allowance in document.allowances if billed else ():
        if allowance.reason in reasons:
            place = f"reductions[{reasons.index(allowance.reason)}]"
            billed[place] = billed.get(place, ZERO) - (allowance.amount or ZERO)
    return billed


def _bills(invoices: Iterable[Invoice], draft: Draft) -> Iterable[Mapping[str, Decimal]]:
    invoices = tuple(invoices)
    replaced = {each.corrects_id for each in invoices if each.kind == DocumentKind.CORRECTIVE}
    for invoice in invoices:
        if invoice.kind == DocumentKind.DEPOSIT or invoice.pk in replaced:
            continue
        if invoice.kind == DocumentKind.CREDIT_NOTE and invoice.corrects_id in replaced:
            continue
        bill = bill_in(invoice.draft.content, document_of(invoice), draft)
        sign = -1 if invoice.kind == DocumentKind.CREDIT_NOTE else 1
        yield {place: sign * amount for place, amount in bill.items()}


def _open_deposits(invoices: Iterable[Invoice]) -> Iterable[OpenDeposit]:
    invoices = tuple(invoices)
    for deposit in invoices:
        if deposit.kind != DocumentKind.DEPOSIT:
            continue
        amount = open_amount(deposit)
        if amount > 0:
            yield OpenDeposit(invoice=deposit, amount=amount)


def open_amount(deposit: Invoice) -> Decimal:
    """What of a deposit invoice may still be deducted: what it asked, less its credit notes and earlier deductions."""
    if replacement_of(deposit) is not None:
        return ZERO
    credited = sum(each.due_minor for each in credit_notes_on(deposit))
    deducted = sum(deductions_of(deposit).values(), ZERO)
    return from_minor(deposit.due_minor - credited, deposit.currency) - deducted


def deposits_in(content: Mapping[str, object]) -> Mapping[str, Decimal]:
    """What a content deducts, by the number of the deposit invoice. Amounts may stand as people type them."""
    deposits: dict[str, Decimal] = {}
    typed = content.get("deposits")
    for each in typed if isinstance(typed, list) else ():
        if isinstance(each, dict) and each.get("number") and each.get("amount"):
            number = str(each["number"]).strip()
            deposits[number] = deposits.get(number, ZERO) + Decimal(typed_figure(str(each["amount"])))
    return deposits


def _deducted(invoice: Invoice, number: str) -> Decimal:
    return deposits_in(invoice.draft.content).get(number, ZERO)
