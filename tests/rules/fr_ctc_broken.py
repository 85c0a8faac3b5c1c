"""Documents that each break one rule of the French platforms, or a few, and the rules that they break."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from lxml import etree

from reglo.core.document import (
    Attribute,
    Delivery,
    DocumentReference,
    Identifier,
    Invoice,
    Item,
    Note,
    Party,
    Period,
    SupportingDocument,
    Totals,
)
from reglo.formats.xml import CAC, CBC, parse_xml
from reglo.rules.fr_ctc.party_rules import PARTIES, Role
from tests.builders import a_buyer, a_line, a_seller, an_invoice
from tests.rules import fr_ctc_documents as documents


def _without_note(subject: str) -> Invoice:
    plain = documents.plain()
    return replace(plain, notes=tuple(note for note in plain.notes if note.subject != subject))


def _with_note(subject: str, text: str = "texte") -> Invoice:
    plain = documents.plain()
    return replace(plain, notes=(*plain.notes, Note(subject=subject, text=text)))


def _with_parties(**terms: Party | None) -> Invoice:
    return replace(documents.plain(), **terms)


def _address(value: str, scheme: str = "0225") -> Identifier:
    return Identifier(value=value, scheme=scheme)


def _delivery(**terms: Identifier) -> Invoice:
    return replace(documents.full(), delivery=Delivery(date=date(2026, 9, 14), **terms))


def _without_euros(invoice: Invoice) -> Invoice:
    return replace(invoice, vat_currency=None, totals=replace(invoice.totals or Totals(), vat_accounting=None))


_TWO_SIRETS = (documents.SIRET, documents.SIRET)
_GLN = Identifier(value="3012345678900", scheme="0088")
_NO_SCHEME = (Identifier(value="12"),)
_BAD_SIRET = (Identifier(value="12345678900012", scheme="0009"),)

# What is broken, and the rules that say so: in UBL, in CII.
BROKEN: dict[str, tuple[Callable[[], Invoice], set[str], set[str]]] = {
    "no PMT": (lambda: _without_note("PMT"), {"BR-FR-05_BT-22-1"}, {"BR-FR-05_BT-22_PMT"}),
    "no PMD": (lambda: _without_note("PMD"), {"BR-FR-05_BT-22-2"}, {"BR-FR-05_BT-22_PMD"}),
    "no AAB": (lambda: _without_note("AAB"), {"BR-FR-05_BT-22-3"}, {"BR-FR-05_BT-22_AAB"}),
    "two PMT": (lambda: _with_note("PMT"), {"BR-FR-06_BT-21-1"}, {"BR-FR-06_BT-21_PMT"}),
    "two PMD": (lambda: _with_note("PMD"), {"BR-FR-06_BT-21-2"}, {"BR-FR-06_BT-21_PMD"}),
    "two AAB": (lambda: _with_note("AAB"), {"BR-FR-06_BT-21-3"}, {"BR-FR-06_BT-21_AAB"}),
    "two TXD": (
        lambda: replace(_with_note("TXD"), notes=(*_with_note("TXD").notes, Note(subject="TXD", text="deux"))),
        {"BR-FR-06_BT-21-4"},
        {"BR-FR-06_BT-21_TXD"},
    ),
    "no framework": (lambda: replace(documents.plain(), business_process=None), {"BR-FR-08_BT-23"}, {"BR-FR-08_BT-23"}),
    "another SIRET of the seller": (
        lambda: _with_parties(seller=a_seller(identifiers=_BAD_SIRET)),
        {"BR-FR-09_BT-29"},
        {"BR-FR-09_BT-29"},
    ),
    "another SIRET of the buyer": (
        lambda: _with_parties(buyer=a_buyer(identifiers=_BAD_SIRET)),
        {"BR-FR-09_BT-46"},
        {"BR-FR-09_BT-46"},
    ),
    "a short SIRET of the payee": (
        lambda: _with_parties(payee=Party(name="P", identifiers=(Identifier(value="1234567890001", scheme="0009"),))),
        {"BR-FR-09_BT-60"},
        {"BR-FR-09_BT-60"},
    ),
    "a short SIRET of the place": (
        lambda: _delivery(location=Identifier(value="1", scheme="0009")),
        {"BR-FR-09_BT-71"},
        {"BR-FR-09_BT-71"},
    ),
    "no SIREN of the seller": (
        lambda: _with_parties(seller=a_seller(legal_registration=Identifier(value="HRB 7"))),
        {"BR-FR-10_BT-30"},
        {"BR-FR-10_BT-30"},
    ),
    "no SIREN of the buyer": (
        lambda: _with_parties(buyer=a_buyer(legal_registration=None)),
        {"BR-FR-11_BT-47"},
        {"BR-FR-11_BT-47"},
    ),
    "no address of the buyer": (
        lambda: _with_parties(buyer=a_buyer(electronic_address=None)),
        {"BR-FR-12_BT-49", "BR-FR-21_BT-49"},
        {"BR-FR-12_BT-49", "BR-FR-21_BT-49"},
    ),
    "no address of the seller": (
        lambda: _with_parties(seller=a_seller(electronic_address=None)),
        {"BR-FR-13_BT-34"},
        {"BR-FR-13_BT-34"},
    ),
    "an attachment of no known kind": (
        lambda: replace(
            documents.plain(), supporting_documents=(SupportingDocument(reference="1", description="Bon"),)
        ),
        {"BR-FR-17_BT-123"},
        {"BR-FR-17_BT-123"},
    ),
    "two readable versions": (
        lambda: replace(
            documents.plain(),
            supporting_documents=(
                SupportingDocument(reference="1", description="LISIBLE"),
                SupportingDocument(reference="2", description="LISIBLE"),
            ),
        ),
        {"BR-FR-18_BT-123"},
        {"BR-FR-18_BT-123"},
    ),
    "an unknown treatment": (
        lambda: replace(_without_note("BAR"), notes=(*_without_note("BAR").notes, Note(subject="BAR", text="B2G"))),
        {"BR-FR-20_BT-21"},
        {"BR-FR-20_BT-21"},
    ),
    "two treatments": (lambda: _with_note("BAR", "B2C"), {"BR-FR-30_BT-21"}, {"BR-FR-31_BT-21"}),
    "an e-mail address of the buyer": (
        lambda: _with_parties(buyer=a_buyer(electronic_address=_address("a@b.fr", "EM"))),
        {"BR-FR-21_BT-49"},
        {"BR-FR-21_BT-49"},
    ),
    "an e-mail address of the self-billed seller": (
        lambda: replace(documents.self_billed(), seller=a_seller(electronic_address=_address("a@b.fr", "EM"))),
        {"BR-FR-22_BT-34"},
        {"BR-FR-22_BT-34"},
    ),
    "a slash in the address": (
        lambda: _with_parties(seller=a_seller(electronic_address=_address("732829320/7"))),
        {"BR-FR-23_BT-34"},
        {"BR-FR-23_BT-34"},
    ),
    "a space in the address of the buyer": (
        lambda: _with_parties(buyer=a_buyer(electronic_address=_address("552100554 7"))),
        {"BR-FR-23_BT-49"},
        {"BR-FR-23_BT-49"},
    ),
    "a space in the routing codes": (
        lambda: _with_parties(
            seller=a_seller(identifiers=(_address("S 7", "0224"),)),
            buyer=a_buyer(identifiers=(_address("S 7", "0224"),)),
        ),
        {"BR-FR-24_BT-29", "BR-FR-24_BT-46"},
        {"BR-FR-24_BT-29", "BR-FR-24_BT-46"},
    ),
    "long addresses": (
        lambda: _with_parties(
            seller=a_seller(electronic_address=_address("732829320" * 14)),
            buyer=a_buyer(electronic_address=_address("552100554" * 14)),
        ),
        {"BR-FR-25_BT-34", "BR-FR-25_BT-49"},
        {"BR-FR-25_BT-34", "BR-FR-25_BT-49"},
    ),
    "long routing codes": (
        lambda: _with_parties(
            seller=a_seller(identifiers=(_address("S" * 101, "0224"),)),
            buyer=a_buyer(identifiers=(_address("S" * 101, "0224"),)),
        ),
        {"BR-FR-26_BT-29", "BR-FR-26_BT-46"},
        {"BR-FR-26_BT-29", "BR-FR-26_BT-46"},
    ),
    "an attribute without a value": (
        lambda: an_invoice(lines=(a_line(item=Item(name="Tapis", attributes=(Attribute(name="Couleur"),))),)),
        {"BR-FR-28-Value"},
        {"BR-FR-28-Value"},
    ),
    "a SIREN with spaces": (
        lambda: _with_parties(buyer=a_buyer(legal_registration=_address("552 100 554", "0002"))),
        {"BR-FR-11_BT-47", "BR-FR-21_BT-49", "BR-FR-32-LEGALID"},
        {"BR-FR-11_BT-47", "BR-FR-21_BT-49", "BR-FR-32-LEGALID"},
    ),
    "a SIREN with spaces as identifier": (
        lambda: _with_parties(buyer=a_buyer(identifiers=(_address("552 100 554", "0002"),))),
        {"BR-FR-32-ID"},
        {"BR-FR-32-GLOBALID"},
    ),
    "a rebate without contract": (
        lambda: replace(documents.annual_rebate(), contract=None),
        {"BR-FR-CO-03_BT-3"},
        {"BR-FR-CO-03_BT-3"},
    ),
    "a rebate without end": (
        lambda: replace(documents.annual_rebate(), period=Period(start=date(2026, 1, 1))),
        {"BR-FR-CO-03_BT-3"},
        {"BR-FR-CO-03_BT-3"},
    ),
    "a corrective invoice of nothing": (
        lambda: replace(documents.corrective(), preceding_invoices=()),
        {"BR-FR-CO-04_BT-3"},
        {"BR-FR-CO-04_BT-4"},
    ),
    "a credit note of nothing": (
        lambda: replace(documents.credit_note(), preceding_invoices=()),
        {"BR-FR-CO-05_BT-3"},
        {"BR-FR-CO-05_BT-3"},
    ),
    "a credit note of an undated invoice": (
        lambda: replace(documents.credit_note(), preceding_invoices=(DocumentReference(number="F1"),)),
        {"BR-FR-CO-05_BT-3"},
        {"BR-FR-CO-05_BT-3"},
    ),
    "due before its date": (
        lambda: replace(documents.plain(), due_date=date(2026, 9, 14)),
        {"BR-FR-CO-07_BT-9"},
        {"BR-FR-CO-07_BT-9"},
    ),
    "a final deposit": (
        lambda: replace(documents.deposit(), business_process="S4"),
        {"BR-FR-CO-08_BT-23"},
        {"BR-FR-CO-08_BT-23"},
    ),
    "paid but not": (
        lambda: replace(documents.plain(), business_process="S2"),
        {"BR-FR-CO-09_BT-23-1", "BR-FR-CO-09_BT-23-2"},
        {"BR-FR-CO-09_BT-23-1", "BR-FR-CO-09_BT-23-2"},
    ),
    "paid nobody knows when": (
        lambda: replace(documents.paid(), due_date=None),
        {"BR-FR-CO-09_BT-23-3"},
        {"BR-FR-CO-09_BT-23-3"},
    ),
    "identifiers of no scheme": (
        lambda: _with_parties(payee=Party(name="P", identifiers=_NO_SCHEME)),
        {"BR-FR-CO-10_BT-60-1"},
        set(),  # CII has an element of its own for them
    ),
    "two SIRETs": (
        lambda: _with_parties(seller=a_seller(identifiers=_TWO_SIRETS)),
        {"BR-FR-CO-10_BT-29-2"},
        {"BR-FR-CO-10_BT-29-2"},
    ),
    "dollars without euros": (
        lambda: _without_euros(documents.foreign()),
        {"BR-FR-CO-12_BT-5"},
        {"BR-FR-CO-12_BT-5"},
    ),
    "a VAT group without note": (
        lambda: replace(documents.vat_group(), notes=documents.plain().notes),
        {"BR-FR-CO-14_BT-29-1"},
        {"BR-FR-CO-14_BT-29-1"},
    ),
    "a VAT group without representative": (
        lambda: replace(documents.vat_group(), tax_representative=None),
        {"BR-FR-CO-15_BT-29-1"},
        {"BR-FR-CO-15_BT-29-1"},
    ),
}


def _other_parties() -> Iterator[tuple[str, Callable[[], Invoice], set[str], set[str]]]:
    """For each party but seller and buyer, whose rules are above."""
    for role in PARTIES[2:]:
        yield _of_party(role, f"BR-FR-09_{role.identifiers}", identifiers=(Identifier(value="123", scheme="0009"),))
        yield _of_party(role, f"BR-FR-CO-10_{role.identifiers}-2", identifiers=(_GLN, _GLN))
        yield _of_party(role, f"BR-FR-23_{role.address}", electronic_address=_address("a/b"))
        yield _of_party(role, f"BR-FR-25_{role.address}", electronic_address=_address("1" * 126))


def _of_party(role: Role, rule: str, **terms: object) -> tuple[str, Callable[[], Invoice], set[str], set[str]]:
    def make() -> Invoice:
        extended = documents.extended()
        # A legal number would make a SIRET that is none of its own a breach too.
        party = replace(getattr(extended, role.path), legal_registration=None, **terms)
        return replace(extended, **{role.path: party})

    return f"{role.path}: {rule}", make, {rule}, {rule}


MODELS: Mapping[str, tuple[Callable[[], Invoice], set[str], set[str]]] = {
    **BROKEN,
    **{name: (make, in_ubl, in_cii) for name, make, in_ubl, in_cii in _other_parties()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change to the XML of a good document, for what the model cannot say."""

    document: str  #: name in `fr_ctc_documents`, with the syntax: "full-ubl"
    xpath: str  #: the elements changed, by local names: "cac:" and "ram:" do not matter
    change: Callable[[etree._Element], None]
    rule: str  #: a rule that is broken, perhaps with others

    def data(self) -> bytes:
        """The changed document."""
        root = parse_xml(all_documents()[self.document])
        found = root.xpath(_by_local_name(self.xpath))
        assert isinstance(found, list)
        assert found, self.xpath
        for element in found:
            assert isinstance(element, etree._Element)
            self.change(element)
        return etree.tostring(root)


@cache
def all_documents() -> Mapping[str, bytes]:
    """The good documents."""
    return {**documents.documents(), **documents.documents_of_several_sellers()}


def _by_local_name(xpath: str) -> str:
    return re.sub(r"(?<=/)([A-Z]\w*)", r"*[local-name()='\1']", xpath)


def _drop(element: etree._Element) -> None:
    _parent(element).remove(element)


def _duplicate(element: etree._Element) -> None:
    element.addnext(parse_xml(etree.tostring(element, with_tail=False)))


def _twice_a_gln(element: etree._Element) -> None:
    element.set("schemeID", "0088")
    _duplicate(element)


def _text(text: str) -> Callable[[etree._Element], None]:
    def change(element: etree._Element) -> None:
        element.text = text

    return change


def _scheme(scheme: str, text: str) -> Callable[[etree._Element], None]:
    def change(element: etree._Element) -> None:
        element.set("schemeID", scheme)
        element.text = text

    return change


def _without_attributes(element: etree._Element) -> None:
    element.attrib.clear()


def _reference(scheme: str, text: str) -> Callable[[etree._Element], None]:
    def change(element: etree._Element) -> None:
        for child in element:
            name = etree.QName(child).localname
            child.text = {"ReferenceTypeCode": scheme, "IssuerAssignedID": text}.get(name, child.text)

    return change


def _also(name: str, text: str) -> Callable[[etree._Element], None]:
    """Add a sibling of that name."""

    def change(element: etree._Element) -> None:
        sibling = etree.SubElement(_parent(element), f"{{{etree.QName(element).namespace}}}{name}")
        sibling.text = text

    return change


def _with_an_entry(tax: str, rate: str) -> Callable[[etree._Element], None]:
    """Give a TaxTotal of a line an entry of its own, as UBL allows."""

    def change(total: etree._Element) -> None:
        entry = etree.SubElement(total, f"{{{CAC}}}TaxSubtotal")
        etree.SubElement(entry, f"{{{CBC}}}TaxAmount", currencyID="EUR").text = tax
        category = etree.SubElement(entry, f"{{{CAC}}}TaxCategory")
        for name, text in (("ID", "S"), ("Percent", rate)):
            etree.SubElement(category, f"{{{CBC}}}{name}").text = text

    return change


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _edits(document: str, *edits: tuple[str, Callable[[etree._Element], None], str]) -> Iterator[Edit]:
    for xpath, change, rule in edits:
        yield Edit(document=document, xpath=xpath, change=change, rule=rule)


_UBL_PARTIES = {
    "BT-29": "/*/AccountingSupplierParty/Party",
    "BT-46": "/*/AccountingCustomerParty/Party",
    "BT-60": "/*/PayeeParty",
    "EXT-FR-FE-06": "/*/AccountingCustomerParty/Party/AgentParty",
    "EXT-FR-FE-46": "/*/PaymentMeans/PaymentMandate/PayerParty",
    "EXT-FR-FE-69": "/*/AccountingSupplierParty/Party/AgentParty",
    "EXT-FR-FE-92": "/*/AccountingCustomerParty/Party/ServiceProviderParty/Party",
    "EXT-FR-FE-115": "/*/AccountingSupplierParty/Party/ServiceProviderParty/Party",
}
_CII_PARTIES = {
    "BT-29": "SellerTradeParty",
    "BT-46": "BuyerTradeParty",
    "BT-60": "PayeeTradeParty",
    "EXT-FR-FE-06": "BuyerAgentTradeParty",
    "EXT-FR-FE-46": "PayerTradeParty",
    "EXT-FR-FE-69": "SalesAgentTradeParty",
    "EXT-FR-FE-92": "InvoiceeTradeParty",
    "EXT-FR-FE-115": "InvoicerTradeParty",
}
_UBL_LINE, _CII_LINE = "/*/InvoiceLine", "/*/*/IncludedSupplyChainTradeLineItem"
_CII_SETTLEMENT = f"{_CII_LINE}[1]/SpecifiedLineTradeSettlement"
_CII_SUMMATION = f"{_CII_SETTLEMENT}/SpecifiedTradeSettlementLineMonetarySummation"
_UBL_SELLER = f"{_UBL_LINE}[1]/Item/ManufacturerParty"
_CII_SELLER = f"{_CII_LINE}[1]/SpecifiedLineTradeAgreement/ItemSellerTradeParty"
_UBL_REFERENCE = f"{_UBL_LINE}/BillingReference/InvoiceDocumentReference"

EDITS: tuple[Edit, ...] = (
    *(
        Edit(
            document="extended-ubl",
            xpath=f"{path}/PartyIdentification/ID[@schemeID='0009']",
            change=_without_attributes,
            rule=f"BR-FR-CO-10_{term}-1",
        )
        for term, path in _UBL_PARTIES.items()
    ),
    *(
        Edit(
            document="extended-cii",
            xpath=f"/*/*/*/{name}/GlobalID[@schemeID='0009']",
            change=_without_attributes,
            rule=f"BR-FR-CO-10_{term}-1",
        )
        for term, name in _CII_PARTIES.items()
    ),
    *_edits(
        "extended-ubl",
        ("/*/AccountingCustomerParty/Party/PartyIdentification", _duplicate, "BR-FR-CO-10_BT-46-2"),
        ("/*/Delivery/DeliveryLocation/ID", _without_attributes, "BR-FR-CO-10_BT-71-1"),
        ("/*/Delivery/DeliveryLocation/ID", _duplicate, "BR-FR-CO-10_BT-71-2"),
        (f"{_UBL_LINE}/Delivery/DeliveryLocation/ID", _without_attributes, "BR-FR-CO-10_EXT-FR-FE-146-1"),
        (f"{_UBL_LINE}/Delivery/DeliveryLocation/ID", _duplicate, "BR-FR-CO-10_EXT-FR-FE-146-2"),
        ("/*/AdditionalDocumentReference/ID[@schemeID='AVV']", _text(" "), "BR-FR-29_AVV"),
        ("/*/AdditionalDocumentReference/ID[@schemeID='AVV']", _scheme("AFL", ""), "BR-FR-29_AFL"),
        ("/*/AdditionalDocumentReference/ID[@schemeID='AVV']", _duplicate, "BR-FR-29_BT-18"),
        (f"{_UBL_LINE}/DocumentReference/ID[@schemeID='AFL']", _text(" "), "BR-FR-30_AFL"),
        (f"{_UBL_LINE}/DocumentReference/ID[@schemeID='AFL']", _scheme("AVV", ""), "BR-FR-30_AVV"),
        (f"{_UBL_LINE}/DocumentReference/ID[@schemeID='AFL']", _duplicate, "BR-FR-30_BT-128"),
    ),
    *_edits(
        "extended-cii",
        ("/*/*/*/BuyerTradeParty/GlobalID", _duplicate, "BR-FR-CO-10_BT-46-2"),
        ("/*/*/*/ShipToTradeParty/GlobalID", _without_attributes, "BR-FR-CO-10_BT-71-1"),
        ("/*/*/*/ShipToTradeParty/GlobalID", _twice_a_gln, "BR-FR-CO-10_BT-71-2"),
        (f"{_CII_LINE}/*/ShipToTradeParty/GlobalID", _without_attributes, "BR-FR-CO-10_EXT-FR-FE-146-1"),
        (f"{_CII_LINE}/*/ShipToTradeParty/GlobalID", _twice_a_gln, "BR-FR-CO-10_EXT-FR-FE-146-2"),
        (f"{_CII_LINE}/*/ShipToTradeParty/GlobalID", _text("12"), "BR-FR-09_EXT-FR-FE-146"),
        ("/*/*/*/AdditionalReferencedDocument[*='AVV']", _reference("AVV", " "), "BR-FR-29_AVV"),
        ("/*/*/*/AdditionalReferencedDocument[*='AVV']", _reference("AFL", " "), "BR-FR-29_AFL"),
        ("/*/*/*/AdditionalReferencedDocument[*='AVV']", _duplicate, "BR-FR-29_BT-18"),
        ("/*/*/*/*/ApplicableProductCharacteristic/Description", _drop, "BR-FR-27_BG-32"),
        (f"{_CII_LINE}/*/ApplicableTradeTax/CategoryCode", _drop, "BR-FR-15_BT-95_BT-151"),
        ("/*/*/*/SpecifiedTradeAllowanceCharge/*/CategoryCode", _drop, "BR-FR-15_BT-95_BT-102"),
        ("/*/*/*/ApplicableTradeTax/CategoryCode", _drop, "BR-FR-15_BT-95_BT-118"),
    ),
    *_edits(
        "S8-ubl",
        (f"{_UBL_REFERENCE}/DocumentStatusCode", _drop, "BR-FR-MV-01_EXT-FR-FE-163"),
        (f"{_UBL_REFERENCE}/DocumentStatusCode", _text("DETAIL"), "BR-FR-MV-02_EXT-FR-FE-163"),
        (f"{_UBL_SELLER}/PartyLegalEntity/RegistrationName", _text(""), "BR-FR-MV-03_EXT-FR-FE-164"),
        (f"{_UBL_SELLER}/PartyLegalEntity/CompanyID", _drop, "BR-FR-MV-03_EXT-FR-FE-167"),
        (f"{_UBL_SELLER}/PostalAddress", _drop, "BR-FR-MV-03_EXT-FR-FE-177"),
        (f"{_UBL_LINE}[1]/TaxTotal", _drop, "BR-FR-MV-03_EXT-FR-FE-181"),
        ("/*/DocumentCurrencyCode", _also("TaxCurrencyCode", "USD"), "BR-FR-MV-03_EXT-FR-FE-182"),
        (f"{_UBL_LINE}[1]/DocumentReference/ID[@schemeID='AFL']", _text(""), "BR-FR-MV-03_BT-128_AFL"),
        (f"{_UBL_LINE}[1]/DocumentReference/ID[@schemeID='AVV']", _text("S8"), "BR-FR-MV-03_BT-128_AVV"),
        (f"{_UBL_LINE}[1]/LineExtensionAmount", _text("101.00"), "BR-FR-MV-05_EXT-FR-FE-BG-12"),
        (f"{_UBL_LINE}[2]/Item/ManufacturerParty", _drop, "BR-FR-MV-06_EXT-FR-FE-167"),
        (f"{_UBL_LINE}[2]/DocumentReference", _drop, "BR-FR-MV-07_BT-128"),
        (f"{_UBL_LINE}[2]/*/*/TaxExemptionReason", _text("TVA"), "BR-FR-MV-08_BT-128"),
        (f"{_UBL_LINE}[1]/TaxTotal/TaxAmount", _text("21.00"), "BR-FR-MV-09_EXT-FR-FE-181"),
        (f"{_UBL_LINE}[1]/TaxTotal", _with_an_entry("20.001", "20"), "BR-FR-DEC-01_BT-117"),
        (f"{_UBL_LINE}[1]/TaxTotal", _with_an_entry("20.00", "21"), "BR-FR-16_BT-119"),
        (f"{_UBL_LINE}[1]/TaxInclusiveLineExtensionAmount", _text("121.00"), "BR-FR-MV-10_EXT-FR-FE-184"),
        ("/*/AccountingSupplierParty/*/*/CompanyID[.='732829320']", _text("552100554"), "BR-FR-MV-11_BT-128"),
        (f"{_UBL_LINE}[3]/DocumentReference/ID[@schemeID='AFL']", _text("F2026-0001"), "BR-FR-MV-12_BT-128"),
        ("/*/InvoiceTypeCode", _text("389"), "BR-FR-MV-13_BT-3"),
        ("/*/InvoiceTypeCode", _text("384"), "BR-FR-MV-14-EXT-FR-FE-136"),
        ("/*/InvoiceTypeCode", _text("384"), "BR-FR-MV-14-EXT-FR-FE-138"),
    ),
    *_edits(
        "S9-ubl",
        (f"{_UBL_LINE}[3]/BillingReference/*/DocumentStatusCode", _text("DETAIL"), "BR-FR-BD-02_EXT-FR-FE-163"),
        (f"{_UBL_LINE}[1]/*/*/PartyLegalEntity/CompanyID", _text("404833048"), "BR-FR-BD-02_BT-30"),
        (f"{_UBL_LINE}[3]/*/*/PartyLegalEntity/CompanyID", _text("404833048"), "BR-FR-BD-02_BT-47"),
        ("/*/InvoiceTypeCode", _text("380"), "BR-FR-MV-BD_BT-3"),
        ("/*/InvoiceTypeCode", _text("471"), "BR-FR-BD-14-EXT-FR-FE-136"),
        ("/*/InvoiceTypeCode", _text("471"), "BR-FR-BD-14-EXT-FR-FE-138"),
    ),
    *_edits(
        "S8-cii",
        (f"{_CII_LINE}/*/LineStatusReasonCode", _text(" "), "BR-FR-MV-01_EXT-FR-FE-163"),
        (f"{_CII_LINE}/*/LineStatusReasonCode", _text("DETAIL"), "BR-FR-MV-02_EXT-FR-FE-163"),
        (f"{_CII_SELLER}/Name", _text(""), "BR-FR-MV-03_EXT-FR-FE-164"),
        (f"{_CII_SELLER}/SpecifiedLegalOrganization", _drop, "BR-FR-MV-03_EXT-FR-FE-167"),
        (f"{_CII_SELLER}/PostalTradeAddress", _drop, "BR-FR-MV-03_EXT-FR-FE-177"),
        (f"{_CII_SUMMATION}/TaxTotalAmount", _drop, "BR-FR-MV-03_EXT-FR-FE-181"),
        ("/*/*/*/InvoiceCurrencyCode", _also("TaxCurrencyCode", "USD"), "BR-FR-MV-03_EXT-FR-FE-182"),
        (f"{_CII_SETTLEMENT}/AdditionalReferencedDocument[*='AFL']", _reference("AFL", ""), "BR-FR-MV-03_BT-128_AFL"),
        (f"{_CII_SETTLEMENT}/AdditionalReferencedDocument[*='AVV']", _reference("AVV", "S8"), "BR-FR-MV-03_BT-128_AVV"),
        (f"{_CII_SUMMATION}/LineTotalAmount", _text("101.00"), "BR-FR-MV-05_EXT-FR-FE-BG-12"),
        (f"{_CII_LINE}[2]/*/ItemSellerTradeParty", _drop, "BR-FR-MV-06_EXT-FR-FE-167"),
        (f"{_CII_LINE}[2]/*/AdditionalReferencedDocument", _drop, "BR-FR-MV-07_BT-128"),
        (f"{_CII_LINE}[2]/*/*/ExemptionReason", _text("TVA"), "BR-FR-MV-08_BT-128"),
        (f"{_CII_SUMMATION}/TaxTotalAmount", _text("21.00"), "BR-FR-MV-09_EXT-FR-FE-181"),
        (f"{_CII_SUMMATION}/GrandTotalAmount", _text("121.00"), "BR-FR-MV-10_EXT-FR-FE-184"),
        ("/*/*/*/SellerTradeParty/*/ID[.='732829320']", _text("552100554"), "BR-FR-MV-11_BT-128"),
        (
            f"{_CII_LINE}[3]/*/AdditionalReferencedDocument[*='AFL']",
            _reference("AFL", "F2026-0001"),
            "BR-FR-MV-12_BT-128",
        ),
        ("/*/ExchangedDocument/TypeCode", _text("389"), "BR-FR-MV-13_BT-3"),
        ("/*/ExchangedDocument/TypeCode", _text("384"), "BR-FR-MV-14-EXT-FR-FE-136"),
        ("/*/ExchangedDocument/TypeCode", _text("384"), "BR-FR-MV-14-EXT-FR-FE-138"),
    ),
    *_edits(
        "S9-cii",
        (f"{_CII_LINE}[3]/*/LineStatusReasonCode", _text("DETAIL"), "BR-FR-BD-02_EXT-FR-FE-163"),
        (f"{_CII_LINE}[1]/*/*/SpecifiedLegalOrganization/ID", _text("404833048"), "BR-FR-BD-02_BT-31"),
        (f"{_CII_LINE}[3]/*/*/SpecifiedLegalOrganization/ID", _text("404833048"), "BR-FR-BD-02_BT-47"),
        ("/*/ExchangedDocument/TypeCode", _text("380"), "BR-FR-BD-13_BT-3"),
        ("/*/ExchangedDocument/TypeCode", _text("471"), "BR-FR-BD-14-EXT-FR-FE-136"),
        ("/*/ExchangedDocument/TypeCode", _text("471"), "BR-FR-BD-14-EXT-FR-FE-138"),
    ),
)
