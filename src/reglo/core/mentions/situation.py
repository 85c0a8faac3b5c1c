"""Who sells what to whom: the facts on which the list of mentions depends."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reglo.core.document import Invoice, Party
from reglo.core.mentions.evidence import COMPANY_CAPITAL, FRANCHISE, MICRO, SOLE_TRADER, Evidence, evidence_of, folded
from reglo.core.parties import VatRegime, siren_of
from reglo.core.terms import BuyerKind


class Nature(StrEnum):
    """What is sold (*catégorie d'opération*), by the first letter of BT-23."""

    GOODS = "B"  #: *livraison de biens*
    SERVICES = "S"  #: *prestation de services*
    MIXED = "M"


class SellerKind(StrEnum):
    """What the seller is in law."""

    COMPANY = "company"
    SOLE_TRADER = "sole-trader"
    OTHER = "other"  #: association, public body: neither capital nor RCS


class IssuerSize(StrEnum):
    """Size of the seller, which decides when its duty to issue e-invoices begins."""

    LARGE = "large"  #: *grande entreprise*
    MIDSIZE = "midsize"  #: *ETI*
    SMALL = "small"  #: *PME*
    MICRO = "micro"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of an invoice beside its text. None is "not known"."""

    issue_date: date | None = None
    buyer_kind: BuyerKind | None = None
    buyer_abroad: bool = False
    nature: Nature | None = None
    seller_kind: SellerKind | None = None
    seller_kind_is_a_guess: bool = False  #: from the company's name alone
    seller_in_france: bool = True
    vat_regime: VatRegime | None = None
    issuer_size: IssuerSize | None = None
    building_craft: bool = False  #: bound to a ten-year insurance
    approved_body_member: bool = False
    ordered_beforehand: bool = False  #: the buyer made a purchase order


#: France and its parts where businesses have a SIREN, with the codes that ISO 3166-1 gives some of them.
_FRENCH_COUNTRIES = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM"})

_CREDIT_NOTES = frozenset({"381", "261", "262", "396", "502", "503"})
_SELF_BILLED = frozenset({"389", "261", "500", "501", "502", "471", "473"})

#: First day of the duty to issue e-invoices, with the new mentions of decree 2022-1299 (loi 2023-1322, art. 91).
_LARGE_ISSUERS = date(2026, 9, 1)
_SMALL_ISSUERS = date(2027, 9, 1)


def duty_of_decree_2022_1299_begins(size: IssuerSize | None) -> date:
    """From when an issuer of that size owes the new mentions; of unknown size: when every issuer does."""
    return _LARGE_ISSUERS if size in (IssuerSize.LARGE, IssuerSize.MIDSIZE) else _SMALL_ISSUERS


def may_owe_decree_2022_1299(on: date) -> bool:
    """Whether some issuers owe the new mentions on that day."""
    return on >= _LARGE_ISSUERS


def is_credit_note(invoice: Invoice) -> bool:
    """Whether the document gives back (*avoir*)."""
    return invoice.type_code in _CREDIT_NOTES


def is_self_billed(invoice: Invoice) -> bool:
    """Whether the buyer made the document (*autofacturation*)."""
    return invoice.type_code in _SELF_BILLED


def is_french(invoice: Invoice) -> bool:
    """Whether French law governs the invoice: the seller is established in France or registered there for VAT."""
    seller = invoice.seller
    if seller is None:
        return False
    if seller.address is not None and seller.address.country is not None:
        if _country(seller) in _FRENCH_COUNTRIES:
            return True
    elif seller.legal_registration is not None and seller.legal_registration.scheme == "0002":
        return True
    return (seller.vat_identifier or "").strip().upper().startswith("FR")


def is_foreign(country: str | None) -> bool:
    """Whether a buyer there is abroad for VAT and e-invoicing; Monaco is not (CGI 256-0)."""
    return (country or "").strip().upper() not in (*_FRENCH_COUNTRIES, "", "MC")


def situation_of(invoice: Invoice, evidence: Evidence | None = None) -> Situation:
    """What the document lets one deduce."""
    evidence = evidence or evidence_of(invoice)
    seller_kind, is_a_guess = _seller_kind(invoice.seller, evidence)
    return Situation(
        issue_date=invoice.issue_date,
        buyer_kind=_buyer_kind(invoice.buyer, evidence.notes.get("BAR", "")),
        buyer_abroad=_is_abroad(invoice.buyer, evidence.notes.get("BAR", "")),
        nature=_nature(invoice),
        seller_kind=seller_kind,
        seller_kind_is_a_guess=is_a_guess,
        seller_in_france=invoice.seller is not None and _country(invoice.seller) in (*_FRENCH_COUNTRIES, ""),
        vat_regime=_vat_regime(evidence),
        ordered_beforehand=False,
    )


def _country(party: Party) -> str:
    return ((party.address.country if party.address else None) or "").strip().upper()


def _is_abroad(buyer: Party | None, processing: str) -> bool:
    if processing.endswith("int"):
        return True
    return buyer is not None and is_foreign(_country(buyer))


def _nature(invoice: Invoice) -> Nature | None:
    letter = (invoice.business_process or "")[:1]
    return Nature(letter) if re.fullmatch(r"[BSM]\d", invoice.business_process or "") else None


def _buyer_kind(buyer: Party | None, processing: str) -> BuyerKind | None:
    """From the note BAR, else from the identifiers that only a business or a public body has."""
    if processing in ("b2c", "b2cint"):
        return BuyerKind.CONSUMER
    if buyer is None:
        return None
    siren = _siren(buyer)
    if siren is not None and siren[:1] in ("1", "2"):
        return BuyerKind.PUBLIC_HEALTH if siren.startswith("26") else BuyerKind.PUBLIC
    if siren is not None or buyer.vat_identifier or buyer.legal_registration or buyer.identifiers or processing:
        return BuyerKind.BUSINESS
    return None


def _siren(party: Party) -> str | None:
    """SIREN of a party; those of the state begin with 1, those of local authorities and their hospitals with 2."""
    registration = party.legal_registration
    if registration is not None and registration.scheme in ("0002", "0009") and registration.value.strip():
        return siren_of(registration.value)
    sirets = [each.value for each in party.identifiers if each.scheme == "0009" and each.value.strip()]
    return siren_of(sirets[0]) if sirets else None


_FORMS = re.compile(r"\b(?:SASU?|SARL|EURL|SA|SNC|SCI|SCOP|SCIC|SELARL|SELAS|SCP|SCM|SCS|SCA)\b")
_FORMS_IN_WORDS = re.compile(r"societe (?:par actions|anonyme|a responsabilite|civile|en nom|cooperative|europeenne)")
_ASSOCIATION = re.compile(r"\bassociation\b|\bfondation\b|loi (?:de |du 1er juillet )?1901")


def _seller_kind(seller: Party | None, evidence: Evidence) -> tuple[SellerKind | None, bool]:
    """What the seller is, and whether that is guessed from its name only."""
    if seller is None:
        return None, False
    stated = seller.legal_information or ""
    if COMPANY_CAPITAL.search(folded(stated)) or _names_a_form(stated):
        return SellerKind.COMPANY, False
    if SOLE_TRADER.search(evidence.identity) or MICRO.search(evidence.identity):
        return SellerKind.SOLE_TRADER, False
    if _ASSOCIATION.search(evidence.identity):
        return SellerKind.OTHER, False
    if _names_a_form(seller.name or ""):
        return SellerKind.COMPANY, True
    return None, False


def _names_a_form(text: str) -> bool:
    """Whether a legal form stands in the text: SARL, S.A.R.L., société à responsabilité limitée."""
    acronyms = re.sub(r"(?<=\b[A-Z])\.\s?(?=[A-Z]\b)", "", text)
    return _FORMS.search(acronyms) is not None or _FORMS_IN_WORDS.search(folded(text)) is not None


def _vat_regime(evidence: Evidence) -> VatRegime | None:
    if "VATEX-FR-FRANCHISE" in evidence.exemption_codes or evidence.says(FRANCHISE):
        return VatRegime.FRANCHISE
    return None
