"""The second opinion of `--official`: the official Schematron on the XML itself, or on the CII that we would write."""

from collections.abc import Collection

from reglo.cli.documents import Document
from reglo.core.findings import Finding


def second_opinion(document: Document, rule_sets: Collection[str]) -> tuple[Finding, ...]:
    """What the official artefacts find. Raises DomainError where they are not installed."""
    from reglo.rules.check import FR_CTC
    from reglo.rules.official import official_findings

    assert document.reading is not None
    xml = document.xml
    if xml is None:
        from reglo.formats.cii import write_cii

        xml = write_cii(document.reading.invoice)
    return official_findings(xml, fr_ctc=FR_CTC in rule_sets)
