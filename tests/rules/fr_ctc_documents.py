"""Documents that use what the rules of the French platforms look at: each good, in both syntaxes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from lxml import etree

from reglo.core.document import (
    Address,
    Allowance,
    Attribute,
    Delivery,
    DocumentReference,
    Identifier,
    Invoice,
    Item,
    LineKind,
    Note,
    Party,
    Period,
    Price,
    SupportingDocument,
    Totals,
)
from reglo.core.totals import with_totals
from reglo.formats.cii import write_cii
from reglo.formats.profiles import Profile
from reglo.formats.ubl import write_ubl
from reglo.formats.xml import CAC, CBC, RAM, parse_xml
from tests.builders import a_buyer, a_line, a_seller, an_allowance, an_invoice

SIRET = Identifier(value="73282932000074", scheme="0009")


def plain() -> Invoice:
    """An invoice for services between two French companies."""
    return an_invoice(lines=(a_line(), a_line("2", quantity="2.5", net="40.25", rate="10")))


def full() -> Invoice:
    """An invoice of EN 16931 with most of what it may have."""
    line = a_line(
        price=Price(net=Decimal(90), gross=Decimal(100), discount=Decimal(10), base_quantity=Decimal(2)),
        period=Period(start=date(2026, 9, 1), end=date(2026, 9, 30)),
        allowances=(Allowance(amount=Decimal(5), base=Decimal(100), reason="Remise"),),
        charges=(Allowance(amount=Decimal("2.50"), reason="Emballage"),),
        item=Item(name="Conseil", attributes=(Attribute(name="Couleur", value="bleu"),)),
        invoiced_object=Identifier(value="OBJ-1", scheme="AFL"),
    )
    return an_invoice(
        lines=(line, a_line("2", rate="5.5")),
        allowances=(an_allowance(base=Decimal("100.00")),),
        charges=(an_allowance("3", rate="5.5", reason="Port"),),
        seller=a_seller(identifiers=(SIRET, Identifier(value="SERVICE-7", scheme="0224"))),
        buyer=a_buyer(identifiers=(Identifier(value="55210055400013", scheme="0009"),)),
        payee=Party(name="Affactor", identifiers=(Identifier(value="40483304800022", scheme="0009"),)),
        delivery=Delivery(
            date=date(2026, 9, 14),
            location=Identifier(value="55210055400021", scheme="0009"),
            address=Address(city="Nantes", post_code="44000", country="FR"),
        ),
        period=Period(start=date(2026, 9, 1), end=date(2026, 9, 30)),
        contract="C-7",
        tax_point_date=date(2026, 9, 14),
        totals=Totals(paid=Decimal("10.00"), rounding=Decimal("0.05")),
        preceding_invoices=(DocumentReference(number="F2026-0000", issue_date=date(2026, 8, 1)),),
        invoiced_object=Identifier(value="DOSSIER-1", scheme="AVV"),
        supporting_documents=(
            SupportingDocument(reference="P-1", description="LISIBLE", url="https://exemple.fr/p1"),
            SupportingDocument(reference="P-2", description="BON_LIVRAISON", url="https://exemple.fr/p2"),
        ),
    )


def extended() -> Invoice:
    """An invoice of the French extension: agents, sub-lines, references and deliveries by line."""

    def agent(number: str) -> Party:
        return Party(
            name=f"Mandataire {number}",
            identifiers=(Identifier(value=f"{number}00017", scheme="0009"),),
            legal_registration=Identifier(value=number, scheme="0002"),
            electronic_address=Identifier(value=number, scheme="0225"),
            address=Address(city="Paris", post_code="75001", country="FR"),
        )

    detail = a_line(
        "1.1",
        parent="1",
        kind=LineKind.DETAIL,
        period=Period(start=date(2026, 9, 1), end=date(2026, 9, 30)),
        item=Item(name="Conseil", attributes=(Attribute(name="Couleur", code="AAA", value="bleu"),)),
        preceding_invoice=DocumentReference(number="A-1", issue_date=date(2026, 7, 1), type_code="386"),
        delivery=Delivery(date=date(2026, 9, 13), location=Identifier(value="55210055400021", scheme="0009")),
    )
    base = full()
    return with_totals(
        replace(
            base,
            specification=Profile.EXTENDED_CTC_FR.value,
            buyer_agent=agent("404833048"),
            seller_agent=agent("542065479"),
            payer=agent("552081317"),
            invoicee=agent("562082909"),
            invoicer=agent("572015246"),
            preceding_invoices=(replace(base.preceding_invoices[0], type_code="386"),),
            lines=(replace(base.lines[0], kind=LineKind.GROUP), detail, base.lines[1]),
        )
    )


def credit_note() -> Invoice:
    """A credit note that says what it corrects."""
    return replace(
        plain(),
        type_code="381",
        preceding_invoices=(DocumentReference(number="F2026-0000", issue_date=date(2026, 8, 1)),),
    )


def annual_rebate() -> Invoice:
    """A credit note for a general rebate: contract and period."""
    return replace(
        credit_note(), type_code="262", contract="C-7", period=Period(start=date(2026, 1, 1), end=date(2026, 6, 30))
    )


def corrective() -> Invoice:
    """A corrective invoice."""
    return replace(credit_note(), type_code="384")


def self_billed() -> Invoice:
    """An invoice that the buyer made."""
    return replace(plain(), type_code="389")


def paid() -> Invoice:
    """An invoice already paid."""
    gross = plain().totals
    assert gross is not None
    return with_totals(
        replace(plain(), business_process="S2", due_date=date(2026, 9, 10), totals=Totals(paid=gross.gross))
    )


def foreign() -> Invoice:
    """An invoice in dollars to a foreign company, with its VAT in euro."""
    notes = tuple(each for each in plain().notes if each.subject != "BAR")
    return with_totals(
        replace(
            plain(),
            currency="USD",
            vat_currency="EUR",
            notes=(*notes, Note(subject="BAR", text="B2BINT")),
            totals=Totals(vat_accounting=Decimal("27.50")),
        )
    )


def vat_group() -> Invoice:
    """An invoice of a member of a VAT group (*assujetti unique*)."""
    return replace(
        plain(),
        seller=a_seller(identifiers=(Identifier(value="732829320", scheme="0231"),)),
        tax_representative=Party(
            name="Groupe Lumière",
            vat_identifier="FR44732829320",
            address=Address(city="Lyon", post_code="69001", country="FR"),
        ),
        notes=(*plain().notes, Note(subject="TXD", text="MEMBRE_ASSUJETTI_UNIQUE")),
    )


def deposit() -> Invoice:
    """A deposit invoice, due before its date as deposits may be."""
    return replace(plain(), type_code="386", due_date=date(2026, 9, 1))


_INVOICES = (
    plain,
    full,
    extended,
    credit_note,
    annual_rebate,
    corrective,
    self_billed,
    paid,
    foreign,
    vat_group,
    deposit,
)


def several_sellers(framework: str) -> Invoice:
    """Two sub-invoices, each a group with one line. What the model does not hold of them is added to the XML."""
    lines = (
        a_line("1", kind=LineKind.GROUP, invoiced_object=Identifier(value="F2026-0001", scheme="AFL")),
        a_line("1.1", parent="1", kind=LineKind.DETAIL, invoiced_object=Identifier(value="F2026-0001", scheme="AFL")),
        a_line("2", kind=LineKind.GROUP, invoiced_object=Identifier(value="SF-2", scheme="AFL")),
        a_line("2.1", parent="2", kind=LineKind.DETAIL, invoiced_object=Identifier(value="SF-2", scheme="AFL")),
    )
    type_code = "389" if framework in ("S9", "B9", "M9") else "380"
    invoice = an_invoice(
        lines=lines,
        business_process=framework,
        type_code=type_code,
        specification=Profile.EXTENDED_CTC_FR.value,
    )
    (entry,) = invoice.vat_breakdown
    half = replace(entry, taxable=Decimal("100.00"), tax=Decimal("20.00"))
    breakdown = (
        replace(half, exemption_reason="#F2026-0001#TVA 20 %"),
        replace(half, exemption_reason="#SF-2#TVA 20 %"),
    )
    return replace(invoice, vat_breakdown=breakdown)


_SELLERS = {"1": "732829320", "2": "552100554"}
_SUB_INVOICES = {"1": "F2026-0001", "2": "SF-2"}

_UBL_SELLER = """<cac:ManufacturerParty {ns}><cac:PostalAddress><cac:Country>
<cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyLegalEntity>
<cbc:RegistrationName>Vendeur</cbc:RegistrationName><cbc:CompanyID schemeID="0002">{siren}</cbc:CompanyID>
</cac:PartyLegalEntity></cac:ManufacturerParty>"""
_UBL_TAX = """<cac:TaxTotal {ns}><cbc:TaxAmount currencyID="EUR">20.00</cbc:TaxAmount></cac:TaxTotal>"""
_UBL_FRAMEWORK = """<cac:DocumentReference {ns}><cbc:ID schemeID="AVV">S1</cbc:ID>
<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:DocumentReference>"""
_UBL_GROSS = '<cbc:TaxInclusiveLineExtensionAmount currencyID="EUR" {ns}>120.00</cbc:TaxInclusiveLineExtensionAmount>'
_UBL_REASON = "<cbc:TaxExemptionReason {ns}>#{number}#TVA 20 %</cbc:TaxExemptionReason>"
_UBL_NS = f'xmlns:cac="{CAC}" xmlns:cbc="{CBC}"'


def _add(parent: etree._Element | None, xml: str, **values: str) -> None:
    assert parent is not None
    parent.append(parse_xml(xml.format(**values).encode()))


def several_sellers_ubl(framework: str) -> bytes:
    """`several_sellers` in UBL, with the sellers and totals of the sub-invoices."""
    root = parse_xml(write_ubl(several_sellers(framework)))
    for line in root.iterfind(f"{{{CAC}}}InvoiceLine"):
        identifier = line.findtext(f"{{{CBC}}}ID") or ""
        group = identifier[0]
        item = line.find(f"{{{CAC}}}Item")
        _add(item, _UBL_SELLER, ns=_UBL_NS, siren=_SELLERS[group])
        if identifier == group:
            _add(line, _UBL_TAX, ns=_UBL_NS)
            _add(line, _UBL_FRAMEWORK, ns=_UBL_NS)
            _add(line, _UBL_GROSS, ns=_UBL_NS)
        else:
            category = line.find(f"{{{CAC}}}Item/{{{CAC}}}ClassifiedTaxCategory")
            _add(category, _UBL_REASON, ns=_UBL_NS, number=_SUB_INVOICES[group])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


_CII_NS = f'xmlns:ram="{RAM}"'
_CII_SELLER = """<ram:ItemSellerTradeParty {ns}><ram:Name>Vendeur</ram:Name><ram:SpecifiedLegalOrganization>
<ram:ID schemeID="0002">{siren}</ram:ID></ram:SpecifiedLegalOrganization><ram:PostalTradeAddress>
<ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress></ram:ItemSellerTradeParty>"""
_CII_TAX = '<ram:TaxTotalAmount currencyID="EUR" {ns}>20.00</ram:TaxTotalAmount>'
_CII_GROSS = "<ram:GrandTotalAmount {ns}>120.00</ram:GrandTotalAmount>"
_CII_FRAMEWORK = """<ram:AdditionalReferencedDocument {ns}><ram:IssuerAssignedID>S1</ram:IssuerAssignedID>
<ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>AVV</ram:ReferenceTypeCode></ram:AdditionalReferencedDocument>"""
_CII_REASON = "<ram:ExemptionReason {ns}>#{number}#TVA 20 %</ram:ExemptionReason>"


def several_sellers_cii(framework: str) -> bytes:
    """`several_sellers` in CII, with the sellers and totals of the sub-invoices."""
    root = parse_xml(write_cii(several_sellers(framework)))
    for line in root.iter(f"{{{RAM}}}IncludedSupplyChainTradeLineItem"):
        identifier = line.findtext(f"{{{RAM}}}AssociatedDocumentLineDocument/{{{RAM}}}LineID") or ""
        group = identifier[0]
        settlement = line.find(f"{{{RAM}}}SpecifiedLineTradeSettlement")
        assert settlement is not None
        _add(line.find(f"{{{RAM}}}SpecifiedLineTradeAgreement"), _CII_SELLER, ns=_CII_NS, siren=_SELLERS[group])
        if identifier == group:
            totals = settlement.find(f"{{{RAM}}}SpecifiedTradeSettlementLineMonetarySummation")
            _add(totals, _CII_TAX, ns=_CII_NS)
            _add(totals, _CII_GROSS, ns=_CII_NS)
            _add(settlement, _CII_FRAMEWORK, ns=_CII_NS)
        else:
            tax = settlement.find(f"{{{RAM}}}ApplicableTradeTax")
            _add(tax, _CII_REASON, ns=_CII_NS, number=_SUB_INVOICES[group])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


@cache
def documents() -> Mapping[str, bytes]:
    """Every document by name and syntax, all of them accepted by the official sheets."""
    made: dict[str, bytes] = {}
    for make in _INVOICES:
        made[f"{make.__name__}-ubl"] = write_ubl(make())
        made[f"{make.__name__}-cii"] = write_cii(make())
    return made


@cache
def documents_of_several_sellers() -> Mapping[str, bytes]:
    """Documents of several sellers by framework and syntax. They break no rule of the French platforms."""
    made: dict[str, bytes] = {}
    for framework in ("S8", "S9"):
        made[f"{framework}-ubl"] = several_sellers_ubl(framework)
        made[f"{framework}-cii"] = several_sellers_cii(framework)
    return made


if __name__ == "__main__":
    import sys
    from pathlib import Path

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in {**documents(), **documents_of_several_sellers()}.items():
        (folder / f"{name}.xml").write_bytes(data)
