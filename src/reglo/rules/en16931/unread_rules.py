"""The rules that the UBL sheets hold against what the model leaves out: code lists, and taxes beside the terms."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from lxml import etree

from reglo.core.findings import Finding
from reglo.core.rule import Rule, value_read
from reglo.formats.xml import CAC, CBC, PathFinder
from reglo.rules.codes import CodeList
from reglo.rules.en16931.facts import Entry, Facts
from reglo.rules.en16931.foreign_taxes import number, text
from reglo.rules.en16931.rounding import ZERO, to_cents
from reglo.rules.en16931.table import UBL, Check, Group

_Checks = Mapping[Group, tuple[Check[Any], ...]]

#: What is asked of an entry of any TaxTotal; of one below the root, all that is asked of BG-23.
_OF_ANY_ENTRY = ("BR-45", "BR-46", "BR-47", "BR-48", "BR-CO-17", "BR-DEC-19", "BR-DEC-20")
_CODE_RULES = "BR-CL-"
_ALLOWANCE_RATE, _CHARGE_RATE = "-06", "-07"

_SCHEMES = CodeList("identifier_schemes")
_CATEGORIES = CodeList("vat_categories")
_COUNTRIES = CodeList("countries")
_FILE_TYPES = CodeList("attachment_types")
_SEPA_PARTIES = (f"{{{CAC}}}AccountingSupplierParty", f"{{{CAC}}}PayeeParty")
_EXTENSION_PARTIES = (f"{{{CAC}}}AgentParty", f"{{{CAC}}}ServiceProviderParty")
_DELIVERY = f"{{{CAC}}}Delivery"


class _Coded(NamedTuple):
    """Where a sheet asks for the code of a list, at whatever depth."""

    rule: str
    codes: CodeList
    element: str
    parent: str = ""  #: the element right above, where only there
    attribute: str = ""  #: the attribute that is the code; none: the text is
    passes: Callable[[etree._Element], bool] | None = None  #: what is not asked for all that


def _is_creditor(element: etree._Element) -> bool:
    """How UBL writes the SEPA creditor identifier (BT-90): as an identifier of the seller or the payee."""
    return element.get("schemeID") == "SEPA" and next(element.iterancestors(*_SEPA_PARTIES), None) is not None


def _has_a_french_scheme(element: etree._Element) -> bool:
    return element.get("schemeID") in ("BY", "SE") or _is_creditor(element)


def _is_xml(element: etree._Element) -> bool:
    return element.get("mimeCode") in ("application/xml", "text/xml")


def _is_no_allowance(element: etree._Element) -> bool:
    return _indicator(element) not in ("false", "0")


def _is_no_charge(element: etree._Element) -> bool:
    return _indicator(element) not in ("true", "1")


def _indicator(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else (parent.findtext(f"{{{CBC}}}ChargeIndicator") or "").strip()


_REASON = ("AllowanceChargeReasonCode", "AllowanceCharge")
_FILE = ("EmbeddedDocumentBinaryObject", "", "mimeCode")
_PARTY = ("ID", "PartyIdentification", "schemeID")
_CODED = (
    _Coded("BR-CL-06", CodeList("tax_points"), "DescriptionCode", "InvoicePeriod"),
    _Coded("BR-CL-10", _SCHEMES, *_PARTY, _is_creditor),
    _Coded("BR-FREXT-CL-10", _SCHEMES, *_PARTY, _has_a_french_scheme),
    _Coded("BR-CL-11", _SCHEMES, "CompanyID", "PartyLegalEntity", "schemeID"),
    _Coded("BR-CL-13", CodeList("item_classifications"), "ItemClassificationCode", "CommodityClassification", "listID"),
    _Coded("BR-CL-14", _COUNTRIES, "IdentificationCode", "Country"),
    _Coded("BR-CL-15", _COUNTRIES, "IdentificationCode", "OriginCountry"),
    _Coded("BR-CL-16", CodeList("payment_means"), "PaymentMeansCode", "PaymentMeans"),
    _Coded("BR-CL-17", _CATEGORIES, "ID", "TaxCategory"),
    _Coded("BR-CL-18", _CATEGORIES, "ID", "ClassifiedTaxCategory"),
    _Coded("BR-CL-19", CodeList("allowance_reasons"), *_REASON, passes=_is_no_allowance),
    _Coded("BR-CL-20", CodeList("charge_reasons"), *_REASON, passes=_is_no_charge),
    _Coded("BR-FREXT-CL-20", CodeList("charge_reasons", "tax_types"), *_REASON, passes=_is_no_charge),
    _Coded("BR-CL-21", _SCHEMES, "ID", "StandardItemIdentification", "schemeID"),
    _Coded("BR-CL-22", CodeList("exemption_reasons"), "TaxExemptionReasonCode"),
    _Coded("BR-CL-23", CodeList("units"), "InvoicedQuantity", "", "unitCode"),
    _Coded("BR-CL-23", CodeList("units"), "CreditedQuantity", "", "unitCode"),
    _Coded("BR-CL-23", CodeList("units"), "BaseQuantity", "", "unitCode"),
    _Coded("BR-CL-24", _FILE_TYPES, *_FILE),
    _Coded("BR-FREXT-CL-24", _FILE_TYPES, *_FILE, _is_xml),
    _Coded("BR-CL-25", CodeList("address_schemes"), "EndpointID", "", "schemeID"),
    _Coded("BR-CL-26", _SCHEMES, "ID", "DeliveryLocation", "schemeID"),
)
_TAGS = frozenset(f"{{{CBC}}}{each.element}" for each in _CODED)


def breaches_of_unread(facts: Facts, checks: _Checks, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """A finding for each rule that something outside the model breaks; `where` is its XPath."""
    paths = PathFinder()
    yield from _breaches_of_codes(facts, rules, paths)
    yield from _breaches_of_taxes(facts, checks, paths)
    yield from _breaches_of_sums(facts, rules, paths)


def _breaches_of_codes(facts: Facts, rules: Mapping[str, Rule], paths: PathFinder) -> Iterator[Finding]:
    asked = [each for each in _CODED if each.rule in rules]
    outside = (*facts.unread.elements, *_beyond_the_standard(facts))
    inside = dict.fromkeys(each for element in outside for each in element.iter(*_TAGS))
    for element in inside:
        for coded in asked:
            code = _code(element, coded)
            if code is not None and code not in coded.codes:
                place = paths.path_of(element, coded.attribute or None)
                yield rules[coded.rule].finding(place, value_read(code))


def _beyond_the_standard(facts: Facts) -> Iterator[etree._Element]:
    """What the model holds for the French extension alone: the other rules on codes do not look there."""
    if facts.root is not None and facts.syntax in UBL:
        yield from facts.root.iter(*_EXTENSION_PARTIES)
        yield from (each for each in facts.root.iter(_DELIVERY) if each.getparent() is not facts.root)


def _code(element: etree._Element, coded: _Coded) -> str | None:
    """The code to look up, if this element has one."""
    parent = element.getparent()
    is_elsewhere = coded.parent and (parent is None or parent.tag != f"{{{CAC}}}{coded.parent}")
    if element.tag != f"{{{CBC}}}{coded.element}" or is_elsewhere or (coded.passes and coded.passes(element)):
        return None
    code = element.get(coded.attribute) if coded.attribute else (element.text or "")
    if code is None:
        return None
    return code.strip().upper() if coded.rule == "BR-CL-22" else code.strip()


def _breaches_of_taxes(facts: Facts, checks: _Checks, paths: PathFinder) -> Iterator[Finding]:
    for element, entry, is_of_document in facts.unread.entries:
        for check in checks[Group.BREAKDOWN]:
            identifier = check.rule.identifier
            is_asked = is_of_document or identifier in _OF_ANY_ENTRY
            if is_asked and not identifier.startswith(_CODE_RULES) and check.breached(Entry(entry, facts)):
                yield _finding(check, Entry(entry, facts), paths.path_of(element))
    for element, allowance, is_charge in facts.unread.categories:
        group, demand = (Group.CHARGE, _CHARGE_RATE) if is_charge else (Group.ALLOWANCE, _ALLOWANCE_RATE)
        for check in checks[group]:
            if check.rule.identifier.endswith(demand) and _is_of_a_category(check) and check.breached(allowance):
                yield _finding(check, allowance, paths.path_of(element))


def _breaches_of_sums(facts: Facts, rules: Mapping[str, Rule], paths: PathFinder) -> Iterator[Finding]:
    """BR-CO-14 on a total of VAT in another currency, if it has a breakdown of its own."""
    sums: dict[etree._Element, Decimal] = {}
    for element, entry, is_of_document in facts.unread.entries:
        total = element.getparent()
        if is_of_document and total is not None:
            sums[total] = sums.get(total, ZERO) + (entry.tax or ZERO)
    for total, expected in sums.items():
        if number(text(total, f"{{{CBC}}}TaxAmount")) != to_cents(expected):
            yield rules["BR-CO-14"].finding(paths.path_of(total))


def _is_of_a_category(check: Check[Any]) -> bool:
    """BR-S-06, not BR-CO-06 or BR-DEC-06."""
    return not check.rule.identifier.startswith(("BR-CO", "BR-DEC", _CODE_RULES))


def _finding(check: Check[Any], subject: object, where: str) -> Finding:
    detail = None if check.detail is None else check.detail(subject)
    return check.rule.finding(where, detail)
