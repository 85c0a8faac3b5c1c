"""The unit tests that the makers of EN 16931 wrote for their UBL sheet: a fragment must, or must not, break a rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from reglo.formats.ubl import read_ubl
from reglo.formats.xml import parse_xml
from reglo.rules.check import check_document

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "en16931-ubl-unit"
_VEFA = "{http://difi.no/xsd/vefa/validator/1.0}"

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not CORPUS.exists(), reason="needs ../shared/corpora/en16931-ubl-unit"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What one fragment of a file must do to one rule."""

    file: Path
    number: int
    rule: str
    broken: bool
    fragment: etree._Element


def expectations(file: Path) -> Iterator[Expectation]:
    """The expectations of a file, in their order; `<error>` and `<warning>` want a breach, `<success>` wants none."""
    for number, test in enumerate(parse_xml(file.read_bytes()).iter(f"{_VEFA}test"), 1):
        fragment = test[-1]
        for wanted in test.iterfind(f"{_VEFA}assert/*"):
            kind = etree.QName(wanted).localname
            if kind in ("success", "error", "warning"):
                yield Expectation(
                    file=file,
                    number=number,
                    rule=(wanted.text or "").strip(),
                    broken=kind != "success",
                    fragment=fragment,
                )


def rules_broken_by(fragment: etree._Element) -> frozenset[str]:
    """Every rule, of whatever severity, that the fragment breaks, as a document of its own."""
    report = check_document(read_ubl(parse_xml(etree.tostring(fragment))), {"en16931"})
    return frozenset(found.rule for found in report.findings)


@cache
def files() -> tuple[Path, ...]:
    return tuple(sorted(CORPUS.rglob("*.xml")))


def test_the_corpus_holds_all_its_expectations() -> None:
    assert len(files()) == 277
    assert sum(1 for file in files() for _ in expectations(file)) == 1133


@pytest.mark.parametrize("file", files(), ids=lambda file: f"{file.parent.name.split('-')[0]}/{file.stem}")
def test_fragments_break_the_rules_they_should_and_no_other(file: Path) -> None:
    for each in expectations(file):
        assert (each.rule in rules_broken_by(each.fragment)) == each.broken, f"test {each.number}: {each.rule}"
