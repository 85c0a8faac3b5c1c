"""Spaces and line breaks around a value, where the official validators take them for a part of it.

Our readers drop them everywhere. That is right for nearly every value; for a few the sheets compare the text as it
stands (CII), or the schema refuses it (dates in UBL), and the document would be refused. Only those are looked at.
"""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from reglo.core.findings import Finding, Text
from reglo.core.rule import Rule
from reglo.formats.profiles import Profile, profile_of
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import CBC, RAM, UDT, PathFinder

SPACES = Rule(
    identifier="REGLO-SPACES",
    statement=Text(
        fr="Une date, un montant ou un code s'écrit sans espace ni saut de ligne autour.",
        en="A date, an amount or a code is written without spaces or line breaks around it.",
    ),
    fix=Text(fr="Retirez les espaces autour de la valeur.", en="Remove the spaces around the value."),
    source="XML Schema of UBL 2.1; Factur-X 1.09, which compares texts as they stand",
    example=Text(fr="Bon : « 12.50 ». Mauvais : « 12.50 » suivi d'une espace.", en="Good: “12.50”. Bad: “12.50 ”."),
)

#: Whether the spaces around the text of an element matter.
_Matters = Callable[[etree._Element], bool]


def findings_of_spaces(reading: Reading) -> Iterator[Finding]:
    """A fatal finding for each value that the official validators would refuse for the spaces around it."""
    if reading.root is None:
        return
    places, paths = _places(reading), PathFinder()
    for element in reading.root.iter(*places):
        text = element.text
        # Few values begin or end with a space; the rest is asked only of those.
        if text and (text[0] <= " " or text[-1] <= " ") and text.strip() and places[element.tag](element):
            yield SPACES.finding(paths.path_of(element))


def _places(reading: Reading) -> Mapping[str, _Matters]:
    if reading.syntax is not Syntax.CII:
        return _UBL
    return _FRENCH_CII if profile_of(reading.invoice.specification) is Profile.EXTENDED_CTC_FR else _CII


def _always(_: etree._Element) -> bool:
    return True


def _makes_decimals(element: etree._Element) -> bool:
    """Whether spaces after an amount count as its third decimal."""
    decimals = (element.text or "").partition(".")[2]
    return len(decimals) > 2 >= len(decimals.strip())


def _hides_the_country(element: etree._Element) -> bool:
    """Whether a VAT number does not begin with its country."""
    return _is_below(element, "SpecifiedTaxRegistration") and (element.text or "")[0] <= " "


def _seems_early(element: etree._Element) -> bool:
    """Whether a period seems to end before it starts, since a space comes before any digit."""
    return _is_below(element, "EndDateTime") and (element.text or "")[0] <= " "


def _is_on_the_document(element: etree._Element) -> bool:
    """Whether this tells an allowance on the document from a charge; on a line nothing depends on it."""
    return _is_below(element, "ChargeIndicator", "SpecifiedTradeAllowanceCharge", "ApplicableHeaderTradeSettlement")


def _is_of_an_allowance(element: etree._Element) -> bool:
    return _is_below(element, "CategoryTradeTax")


def _is_below(element: etree._Element, *names: str) -> bool:
    """Whether the elements right above this one are named so, the nearest first."""
    above = element.iterancestors()
    return all(next(above, element).tag == f"{{{RAM}}}{name}" for name in names)


_UBL_DATES = ("IssueDate", "DueDate", "TaxPointDate", "ActualDeliveryDate", "StartDate", "EndDate")
_CII_AMOUNTS = (
    *("LineTotalAmount", "AllowanceTotalAmount", "ChargeTotalAmount", "TaxBasisTotalAmount", "GrandTotalAmount"),
    *("TotalPrepaidAmount", "RoundingAmount", "DuePayableAmount", "ActualAmount"),
)
#: Which the French sheet does not reach: see `en16931.extended.dialects.SHADOWED`.
_CII_AMOUNTS_OF_ENTRIES = ("BasisAmount", "CalculatedAmount")
_SUB_LINES = ("LineID", "ParentLineID", "LineStatusReasonCode")

_UBL: Mapping[str, _Matters] = {f"{{{CBC}}}{name}": _always for name in _UBL_DATES}
_BOTH_CII: Mapping[str, _Matters] = {
    **{f"{{{RAM}}}{name}": _makes_decimals for name in _CII_AMOUNTS},
    f"{{{RAM}}}ID": _hides_the_country,
    f"{{{UDT}}}Indicator": _is_on_the_document,
    f"{{{UDT}}}DateTimeString": _seems_early,
}
_CII: Mapping[str, _Matters] = {
    **_BOTH_CII,
    **{f"{{{RAM}}}{name}": _makes_decimals for name in _CII_AMOUNTS_OF_ENTRIES},
}
_FRENCH_CII: Mapping[str, _Matters] = {
    **_BOTH_CII,
    **{f"{{{RAM}}}{name}": _always for name in _SUB_LINES},
    f"{{{RAM}}}CategoryCode": _is_of_an_allowance,
}
