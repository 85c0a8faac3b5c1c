"""What the official artefacts say, for tests: one process for the whole session, started when first asked."""

import atexit
from functools import cache

from reglo.core.findings import Finding, Severity
from reglo.rules.official import OfficialValidator


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
    return frozenset(found.rule for found in official_findings(data, fr_ctc) if found.severity is Severity.FATAL)
