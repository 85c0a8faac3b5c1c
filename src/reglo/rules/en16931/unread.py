"""What a document says where no business term stands: the model leaves it out, the official sheets judge it anyway.

UBL has room for a tax on a line, for a VAT category on the allowance of a line, for a second delivery; EN 16931 has
not. The readers name each of them, so that a document without any costs nothing here.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from reglo.core.document import Allowance, VatBreakdown
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import CAC, CBC, elements_at
from reglo.rules.en16931.foreign_taxes import number, text

_ENTRY = f"{{{CAC}}}TaxSubtotal"
_CATEGORY = f"{{{CAC}}}TaxCategory"
_ALLOWANCE = f"{{{CAC}}}AllowanceCharge"
_TOTAL = f"{{{CAC}}}TaxTotal"
_INDICATOR = f"{{{CBC}}}ChargeIndicator"
_SCHEME = f"{{{CAC}}}TaxScheme/{{{CBC}}}ID"
_IS_CHARGE = {"false": False, "0": False, "true": True, "1": True}

_Family = tuple[etree._Element, etree._Element]


class UnreadEntry(NamedTuple):
    """An entry of a VAT breakdown that is not that of the document (BG-23): of a line, or in another currency."""

    element: etree._Element
    entry: VatBreakdown
    is_of_document: bool  #: it stands below the root, and so the sheets judge it as they judge BG-23


class UnreadCategory(NamedTuple):
    """The VAT category of an allowance or a charge that has none in EN 16931, such as that of a line."""

    element: etree._Element
    allowance: Allowance
    is_charge: bool


class Unread(NamedTuple):
    """The elements that were not read, with all that is in them, and the taxes among them."""

    elements: tuple[etree._Element, ...] = ()
    entries: tuple[UnreadEntry, ...] = ()
    categories: tuple[UnreadCategory, ...] = ()


def unread_in(reading: Reading) -> Unread:
    """What the reader of a UBL document left out; nothing for other documents."""
    if reading.root is None or reading.syntax is Syntax.CII:
        return Unread()
    repeated = (each.where for each in reading.problems if each.kind == "repeated")
    elements = tuple(dict.fromkeys(elements_at(reading.root, (*reading.unknown, *repeated))))
    return Unread(elements, tuple(_entries(elements)), tuple(_categories(elements)))


def _below(tag: str, parent_tag: str, elements: tuple[etree._Element, ...]) -> Iterator[_Family]:
    """The elements `tag` in or among `elements`, each once though one may stand within another, with their parent."""
    for each in dict.fromkeys(found for element in elements for found in element.iter(tag)):
        parent = each.getparent()
        if parent is not None and parent.tag == parent_tag:
            yield each, parent


def _entries(elements: tuple[etree._Element, ...]) -> Iterator[UnreadEntry]:
    for element, total in _below(_ENTRY, _TOTAL, elements):
        owner = total.getparent()
        yield UnreadEntry(element, _entry(element), owner is not None and owner.getparent() is None)


def _entry(element: etree._Element) -> VatBreakdown:
    category = next(filter(_is_of_vat, element.iterfind(_CATEGORY)), None)
    taxable, tax = (number(text(element, f"{{{CBC}}}{name}")) for name in ("TaxableAmount", "TaxAmount"))
    if category is None:
        return VatBreakdown(taxable=taxable, tax=tax)
    return VatBreakdown(
        taxable=taxable,
        tax=tax,
        category=text(category, f"{{{CBC}}}ID"),
        rate=number(text(category, f"{{{CBC}}}Percent")),
        exemption_reason=text(category, f"{{{CBC}}}TaxExemptionReason"),
        exemption_code=text(category, f"{{{CBC}}}TaxExemptionReasonCode"),
    )


def _categories(elements: tuple[etree._Element, ...]) -> Iterator[UnreadCategory]:
    for element, parent in _below(_CATEGORY, _ALLOWANCE, elements):
        is_charge = _IS_CHARGE.get((parent.findtext(_INDICATOR) or "").strip())
        if is_charge is not None and _is_of_vat(element):
            rate = number(text(element, f"{{{CBC}}}Percent"))
            allowance = Allowance(vat_category=text(element, f"{{{CBC}}}ID"), vat_rate=rate)
            yield UnreadCategory(element, allowance, is_charge)


def _is_of_vat(category: etree._Element) -> bool:
    return (text(category, _SCHEME) or "").upper() == "VAT"
