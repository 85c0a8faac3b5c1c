"""Whether the facts of a document are as the rules on whole documents ask: one function a rule, true for a good one."""

from collections.abc import Callable

from reglo.formats.reading import Syntax
from reglo.rules.fr_ctc import shapes
from reglo.rules.fr_ctc.facts import Facts, PartyFacts

Holds = Callable[[Facts], bool]
Shows = Callable[[Facts], str | None]

_PAID_FRAMEWORKS = ("B2", "S2", "M2")
_FINAL_FRAMEWORKS = ("B4", "S4", "M4")
_DEPOSIT_TYPES = ("386", "500", "503")
_CORRECTIVE_TYPES = ("384", "471", "472", "473")
_SINGLE_VAT_MEMBER = "MEMBRE_ASSUJETTI_UNIQUE"
_SINGLE_VAT_SCHEME = "0231"


def has_note(subject: str) -> Holds:
    """BR-FR-05 for one subject."""
    return lambda facts: facts.count_of(subject) > 0 or not facts.has_place_for_notes


def has_note_once(subject: str) -> Holds:
    """BR-FR-06 for one subject."""
    return lambda facts: facts.count_of(subject) <= 1


def seller_has_siren(facts: Facts) -> bool:
    """BR-FR-10. The UBL sheet judges each legal entity of the seller, so none is no breach there."""
    if facts.is_ubl:
        return all(
            number is not None and number[0] == "0002" and shapes.is_siren(number[1])
            for number in facts.seller.legal_numbers
        )
    return shapes.is_siren(facts.seller.siren)


def buyer_has_siren(facts: Facts) -> bool:
    """BR-FR-11."""
    if "B2B" not in facts.treatments:
        return True
    siren = facts.buyer.siren
    return shapes.is_siren(siren) and (facts.is_ubl or siren == (siren or "").strip())


def _has_address(party: PartyFacts, facts: Facts) -> bool:
    endpoint = party.endpoint or ""
    return shapes.is_filled(endpoint) if facts.is_ubl else endpoint != ""


def buyer_has_address(facts: Facts) -> bool:
    """BR-FR-12."""
    return _has_address(facts.buyer, facts)


def seller_has_address(facts: Facts) -> bool:
    """BR-FR-13."""
    return _has_address(facts.seller, facts)


def attachments_are_qualified(facts: Facts) -> bool:
    """BR-FR-17."""
    if facts.is_ubl:
        return all(name in shapes.ATTACHMENT_KINDS for name in facts.attachments)
    return all(name.strip() in shapes.ATTACHMENT_KINDS for name in facts.attachments if name.strip())


def one_attachment_is_the_invoice(facts: Facts) -> bool:
    """BR-FR-18."""
    return facts.attachments.count("LISIBLE") <= 1


def treatment_is_known(facts: Facts) -> bool:
    """BR-FR-20."""
    return all(treatment in shapes.TREATMENTS for treatment in facts.treatments)


def _is_addressed_by_siren(party: PartyFacts, facts: Facts) -> bool:
    siren = party.siren if facts.is_ubl else party.legal_number
    return party.endpoint_scheme == "0225" and (party.endpoint or "").startswith(siren or "")


def buyer_is_addressed_by_siren(facts: Facts) -> bool:
    """BR-FR-21: the buyer receives the invoice, unless it is the one who made it."""
    concerned = "B2B" in facts.treatments and facts.type_code not in shapes.SELF_BILLED_TYPES
    return not concerned or _is_addressed_by_siren(facts.buyer, facts)


def seller_is_addressed_by_siren(facts: Facts) -> bool:
    """BR-FR-22: the seller receives a self-billed invoice."""
    concerned = "B2B" in facts.treatments and facts.type_code in shapes.SELF_BILLED_TYPES
    return not concerned or _is_addressed_by_siren(facts.seller, facts)


def treatment_is_single(facts: Facts) -> bool:
    """BR-FR-31, which the UBL sheet calls BR-FR-30."""
    if facts.is_ubl:
        return sum(facts.bar_notes.count(f"BAR#{treatment}#") for treatment in shapes.TREATMENTS) <= 1
    return sum(1 for text in facts.texts_of("BAR") if text.strip() in shapes.TREATMENTS) <= 1


def annual_credit_has_contract_and_period(facts: Facts) -> bool:
    """BR-FR-CO-03. The UBL sheet knows credit notes only as such."""
    if facts.type_code != "262" or facts.syntax is Syntax.UBL_INVOICE:
        return True
    return bool(facts.contract and facts.period_start and facts.period_end)


def corrective_invoice_has_one_reference(facts: Facts) -> bool:
    """BR-FR-CO-04. The UBL sheet knows corrective invoices only as such."""
    concerned = facts.type_code in _CORRECTIVE_TYPES and facts.syntax is not Syntax.UBL_CREDIT_NOTE
    return not concerned or facts.references == 1


def due_date_is_not_before_issue(facts: Facts) -> bool:
    """BR-FR-CO-07. Dates of one format are in order as texts are. In CII, no issue date is no order."""
    if facts.type_code in _DEPOSIT_TYPES or facts.framework in _PAID_FRAMEWORKS:
        return True
    if facts.is_ubl:
        return facts.issue_date is None or all(day >= facts.issue_date for day in facts.due_dates)
    if not any(shapes.is_filled(day) for day in facts.due_dates):
        return True
    return facts.issue_date is not None and all(day >= facts.issue_date for day in facts.due_dates)


def deposit_is_not_a_final_invoice(facts: Facts) -> bool:
    """BR-FR-CO-08."""
    return not (facts.framework in _FINAL_FRAMEWORKS and facts.type_code in _DEPOSIT_TYPES)


def paid_invoice_is_paid_in_full(facts: Facts) -> bool:
    """BR-FR-CO-09, on BT-113."""
    if facts.framework not in _PAID_FRAMEWORKS:
        return True
    paid, gross = shapes.number_of(facts.paid), shapes.number_of(facts.gross)
    return paid is not None and paid == gross


def paid_invoice_has_nothing_due(facts: Facts) -> bool:
    """BR-FR-CO-09, on BT-115."""
    return facts.framework not in _PAID_FRAMEWORKS or shapes.number_of(facts.due) == 0


def paid_invoice_has_date_of_payment(facts: Facts) -> bool:
    """BR-FR-CO-09, on BT-9."""
    if facts.framework not in _PAID_FRAMEWORKS:
        return True
    return any(day != "" if facts.is_ubl else shapes.is_filled(day) for day in facts.due_dates)


def foreign_currency_has_vat_in_euro(facts: Facts) -> bool:
    """BR-FR-CO-12."""
    if facts.currency in (None, "EUR"):
        return True
    return facts.vat_currency == "EUR" and bool(facts.vat_in_euro)


def member_of_single_vat_group_says_so(facts: Facts) -> bool:
    """BR-FR-CO-14."""
    if facts.seller.identified_by(_SINGLE_VAT_SCHEME) is None:
        return True
    return _SINGLE_VAT_MEMBER in facts.texts_of("TXD")


def member_of_single_vat_group_names_it(facts: Facts) -> bool:
    """BR-FR-CO-15."""
    return facts.seller.identified_by(_SINGLE_VAT_SCHEME) is None or bool(facts.tax_representative_vat)
