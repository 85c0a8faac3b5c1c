"""The composition itself: parties, lines, notes, codes, dates, totals."""

from collections.abc import Iterator
from dataclasses import replace

from reglo.core.composition.draft import DocumentKind, Draft
from reglo.core.composition.faults import refuse_faults
from reglo.core.composition.lines import document_allowance, document_lines, exemptions, line_treatment
from reglo.core.composition.roles import buyer_party, seller_party
from reglo.core.composition.settlement import payment_of, with_amounts, with_payment_terms
from reglo.core.document import (
    Delivery,
    DocumentReference,
    Invoice,
    Line,
    Note,
)
from reglo.core.findings import Text
from reglo.core.mentions import Nature, SellerKind, Situation, is_foreign, situation_of
from reglo.core.parties import VatRegime
from reglo.core.parties.legal_identity import APPROVED_BODY, insurance_sentence
from reglo.core.terms import BuyerKind
from reglo.core.terms import notes as terms_notes
from reglo.core.terms.figures import number_text

_EN16931 = "urn:cen.eu:en16931:2017"
_EXTENDED = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"

_DEBITS = Text(
    fr="Option pour le paiement de la taxe d'après les débits",
    en="Option to pay the tax on debits",
)


def compose_invoice(draft: Draft) -> Invoice:
    """The complete document that `draft` stands for.

    Raises IncompleteDraft, BadIdentifier or another DomainError, naming the field, where no document can be made; a
    FaultyDraft where several things are in the way. What can be made but breaks a rule is left to the rules.
    """
    refuse_faults(draft)
    regime = draft.seller.identity.vat_regime
    treatments = tuple(line_treatment(line, place, regime) for place, line in enumerate(draft.lines))
    categories = {each.category for each in treatments}
    nature = _nature(draft)
    lines = tuple(document_lines(draft, treatments))
    invoice = Invoice(
        number=draft.number,
        issue_date=draft.issue_date,
        type_code=draft.kind.value,
        currency=draft.currency,
        buyer_reference=draft.buyer_reference,
        project=draft.project,
        contract=draft.contract,
        purchase_order=draft.purchase_order,
        sales_order=draft.sales_order,
        despatch_advice=draft.despatch_advice,
        notes=tuple(_notes(draft, taxes_services="S" in categories and nature is not Nature.GOODS)),
        business_process=f"{nature.value}{_process_digit(draft)}",
        specification=_specification(lines),
        preceding_invoices=_preceding_invoices(draft),
        seller=seller_party(draft.seller, categories=categories),
        buyer=buyer_party(draft.buyer, categories=categories),
        delivery=_delivery(draft, moves_within_the_union="K" in categories),
        period=draft.period,
        payment=payment_of(draft),
        allowances=tuple(
            document_allowance(each, draft, treatments, place) for place, each in enumerate(draft.reductions)
        ),
        vat_breakdown=exemptions(treatments),
        supporting_documents=draft.supporting_documents,
        lines=lines,
    )
    return with_payment_terms(with_amounts(invoice, draft), draft)


def known_situation(draft: Draft, invoice: Invoice) -> Situation:
    """What the founder knows of the invoice and the document alone does not tell: for `rules.fr_law.check_invoice`."""
    identity = draft.seller.identity
    deduced = situation_of(invoice)
    kind = SellerKind.COMPANY if deduced.seller_kind is SellerKind.COMPANY else SellerKind.OTHER
    if identity.sole_trader:
        kind = SellerKind.SOLE_TRADER
    return replace(
        deduced,
        buyer_kind=draft.buyer.kind,
        seller_kind=kind,
        seller_kind_is_a_guess=False,
        vat_regime=identity.vat_regime,
        issuer_size=draft.seller.size,
        building_craft=identity.insurance is not None,
        approved_body_member=identity.approved_body_member,
        ordered_beforehand=draft.purchase_order is not None,
    )


def _nature(draft: Draft) -> Nature:
    """Goods, services or both: as said of the whole, or as the lines say."""
    if draft.nature is not None:
        return draft.nature
    said = {line.nature for line in draft.lines if line.nature is not None}
    return said.pop() if len(said) == 1 else Nature.MIXED


def _process_digit(draft: Draft) -> int:
    """Second character of BT-23: 2 paid already, 4 final after a deposit, 1 otherwise."""
    if draft.paid_on is not None:
        return 2
    return 4 if draft.deposits and draft.kind is not DocumentKind.DEPOSIT else 1


def _specification(lines: tuple[Line, ...]) -> str:
    """BT-24: EN 16931, unless lines stand in groups or refer to their own orders or delivery notes (EXTENDED)."""
    needs_more = any(line.kind or line.order is not None or line.despatch_advice is not None for line in lines)
    return _EXTENDED if needs_more else _EN16931


def _preceding_invoices(draft: Draft) -> tuple[DocumentReference, ...]:
    """BG-3: what is corrected, and the deposits that are deducted."""
    deposits = (DocumentReference(number=each.number, issue_date=each.issue_date) for each in draft.deposits)
    return (*draft.preceding_invoices, *deposits)


def _delivery(draft: Draft, *, moves_within_the_union: bool) -> Delivery | None:
    """BG-13. An intra-EU supply must say when and where to (BR-IC-11, BR-IC-12): now and to the buyer, unless told."""
    site = draft.delivery
    when = site.date if site else None
    address = site.address if site else None
    if moves_within_the_union:
        when = when or (None if draft.period else draft.issue_date)
        address = address or draft.buyer.address
    if when is None and address is None:
        return None
    return Delivery(date=when, address=address, name=site.name if site else None)


def _notes(draft: Draft, *, taxes_services: bool) -> Iterator[Note]:
    """BG-1: the three of L441-9 (or that they do not apply), then what this seller and this operation add."""
    yield from terms_notes(draft.terms, buyer_kind=draft.buyer.kind, language=draft.language)
    identity = draft.seller.identity
    if identity.vat_regime is VatRegime.DEBITS and taxes_services:
        yield Note(subject="TXD", text=_DEBITS.fr)
    if identity.insurance is not None:
        yield Note(subject="REG", text=insurance_sentence(identity.insurance))
    if identity.approved_body_member:
        yield Note(subject="REG", text=APPROVED_BODY.fr)
    yield Note(subject="BAR", text=_processing(draft))
    if draft.euro_rate is not None and draft.currency != "EUR":
        rate = number_text(draft.euro_rate).fr
        yield Note(subject="AAI", text=f"Taux de change\N{NO-BREAK SPACE}: 1 {draft.currency} = {rate} EUR")
    for text in draft.notes:
        yield Note(subject="AAI", text=text)


def _processing(draft: Draft) -> str:
    """The note BAR: whom the platform takes the buyer for (BR-FR-20)."""
    abroad = is_foreign(draft.buyer.address.country)
    if draft.buyer.kind is BuyerKind.CONSUMER:
        return "B2CINT" if abroad else "B2C"
    return "B2BINT" if abroad else "B2B"
