"""VAT categories marked as those of another tax: the model leaves them out, the sheets still count some of them.

In UBL a category belongs to VAT where its scheme says so; sums (BR-…-08), code lists and BR-S-01 do not ask. Nearly no
document has such a category, and the readers name those that do, so that only these are looked at twice.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import CAC, CBC, RAM, RSM


class Place(NamedTuple):
    """What bears a category of another tax."""

    kind: str  #: "line", "silent line", "allowance", "charge" or "entry" (of the breakdown); "" for none of them
    code: str | None
    rate: Decimal | None
    amount: Decimal | None  #: what the category bears on in UBL, the tax in CII


_PREFIXES = {"cac": CAC, "cbc": CBC, "ram": RAM, "rsm": RSM}
_UBL_PLACES = {
    "line": "cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory|cac:CreditNoteLine/cac:Item/cac:ClassifiedTaxCategory",
    "allowance": "cac:AllowanceCharge[cbc:ChargeIndicator[normalize-space()='false' or .=0]]/cac:TaxCategory",
    "charge": "cac:AllowanceCharge[cbc:ChargeIndicator[normalize-space()='true' or .=1]]/cac:TaxCategory",
    "": "cac:AllowanceCharge[not(cbc:ChargeIndicator)]/cac:TaxCategory",
    "entry": "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory",
}
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_CHARGE = f"{_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge"
_CII_PLACES = {
    "line": "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedLineTradeSettlement"
    "/ram:ApplicableTradeTax[not(ram:TypeCode='VAT')]",
    "allowance": f"{_CHARGE}[ram:ChargeIndicator/*='false']/ram:CategoryTradeTax[not(ram:TypeCode='VAT')]",
    "charge": f"{_CHARGE}[ram:ChargeIndicator/*='true']/ram:CategoryTradeTax[not(ram:TypeCode='VAT')]",
    "entry": f"{_SETTLEMENT}/ram:ApplicableTradeTax[not(ram:TypeCode='VAT')]",
}
_LINES = (f"{{{CAC}}}InvoiceLine", f"{{{CAC}}}CreditNoteLine", f"{{{RAM}}}IncludedSupplyChainTradeLineItem")
_UBL_STATUS = f"{{{CAC}}}BillingReference/{{{CAC}}}InvoiceDocumentReference/{{{CBC}}}DocumentStatusCode"
_CII_STATUS = f"{{{RAM}}}AssociatedDocumentLineDocument/{{{RAM}}}LineStatusReasonCode"
_UBL = {kind: etree.XPath(path, namespaces=_PREFIXES) for kind, path in _UBL_PLACES.items()}
_CII = {kind: etree.XPath(path, namespaces=_PREFIXES) for kind, path in _CII_PLACES.items()}


def foreign_taxes(reading: Reading) -> tuple[Place, ...]:
    """Every place that bears a category of another tax than VAT."""
    if reading.root is None:
        return ()
    if reading.syntax is Syntax.CII:
        return tuple(_in_cii(reading.root))
    if any("TaxCategory" in path or "AllowanceCharge" in path for path in reading.unknown):
        return tuple(_in_ubl(reading.root))
    return ()


def _in_ubl(root: etree._Element) -> Iterator[Place]:
    for kind, find in _UBL.items():
        for category in _elements(find, root):
            if (text(category, f"{{{CAC}}}TaxScheme/{{{CBC}}}ID") or "").upper() != "VAT":
                yield Place(
                    kind=_kind(kind, category, _UBL_STATUS),
                    code=text(category, f"{{{CBC}}}ID"),
                    rate=number(text(category, f"{{{CBC}}}Percent")),
                    amount=number(_amount_beside(category)),
                )


def _in_cii(root: etree._Element) -> Iterator[Place]:
    for kind, find in _CII.items():
        for tax in _elements(find, root):
            kind_of_tax = tax.findtext(f"{{{RAM}}}TypeCode") or ""
            # Only BR-CO-17, which looks at entries, forgives spaces.
            if (kind_of_tax.strip() if kind == "entry" else kind_of_tax).upper() != "VAT":
                yield Place(
                    kind=_kind(kind, tax, _CII_STATUS),
                    code=text(tax, f"{{{RAM}}}CategoryCode"),
                    rate=number(text(tax, f"{{{RAM}}}RateApplicablePercent")),
                    amount=number(text(tax, f"{{{RAM}}}CalculatedAmount")),
                )


def _kind(kind: str, category: etree._Element, status: str) -> str:
    """A line that only groups others or informs is a "silent line": it counts, but not in the extended profiles."""
    if kind != "line":
        return kind
    line = next(category.iterancestors(*_LINES), None)
    says = None if line is None else text(line, status)
    return kind if says in (None, "DETAIL") else "silent line"


def _elements(find: etree.XPath, root: etree._Element) -> list[etree._Element]:
    found = find(root)
    return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []


def _amount_beside(category: etree._Element) -> str | None:
    """The amount of the line (BT-131), or of the allowance or charge, that bears a UBL category."""
    parent = category.getparent()
    if parent is None:
        return None
    owner = parent.getparent() if parent.tag == f"{{{CAC}}}Item" else parent
    if owner is None:
        return None
    return owner.findtext(f"{{{CBC}}}LineExtensionAmount") or owner.findtext(f"{{{CBC}}}Amount")


def text(element: etree._Element, path: str) -> str | None:
    """What stands at `path`, without spaces around it."""
    found = element.findtext(path)
    return None if found is None else found.strip()


def number(written: str | None) -> Decimal | None:
    """The number that is written, or None where it is none."""
    try:
        value = Decimal(written or "")
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
