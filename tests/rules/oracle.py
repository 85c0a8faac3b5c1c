"""What the official artefacts say, for tests: one process for the whole session, started when first asked."""

import atexit
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from reglo.core.findings import Finding, Severity
from reglo.formats.xml import parse_xml
from reglo.rules.official import OfficialValidator
from reglo.rules.official.sheets import artefacts_for


@cache
def validator() -> OfficialValidator:
    """The process that the tests share."""
    shared = OfficialValidator()
    atexit.register(shared.close)
    return shared


def official_findings(data: bytes, fr_ctc: bool = False) -> tuple[Finding, ...]:
    """All that the official artefacts say of an XML document."""
    return validator().findings(data, fr_ctc=fr_ctc)


def official_fatal(data: bytes, fr_ctc: bool = False) -> frozenset[str]:
    """The rules that the document breaks fatally, `XSD` and `OFFICIAL-ERROR` among them."""
    return _fatal(official_findings(data, fr_ctc))


def french_findings(data: bytes) -> tuple[Finding, ...]:
    """What the sheet of the French platforms (BR-FR) says alone: it is the fast one."""
    root = parse_xml(data)
    whole = artefacts_for(root, fr_ctc=True)
    return validator().run(root, replace(whole, sheets=whole.sheets[1:]))


def french_fatal(data: bytes) -> frozenset[str]:
    """The rules of the French platforms that the document breaks."""
    return _fatal(each for each in french_findings(data) if each.rule != "XSD")


def _fatal(findings: Iterable[Finding]) -> frozenset[str]:
    return frozenset(found.rule for found in findings if found.severity is Severity.FATAL)
