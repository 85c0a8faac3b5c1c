"""What composition makes is accepted: by every rule set of ours, and by the official artefacts in both syntaxes."""

from collections.abc import Callable

import pytest

from reglo.core.composition import compose_invoice, known_situation
from reglo.core.document import Invoice
from reglo.core.findings import Finding, Severity
from reglo.formats.cii import write_cii
from reglo.formats.reading import Reading, Syntax
from reglo.formats.ubl import write_ubl
from reglo.rules import fr_law
from reglo.rules.check import RULE_SETS, check_document
from tests.core.composition.drafts import SOUND


def _told(findings: tuple[Finding, ...]) -> list[str]:
    """The fatal findings, in words."""
    return [f"{each.rule} {each.where}: {each.message.en}" for each in findings if each.severity is Severity.FATAL]


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_draft_breaks_none_of_our_rules(name: str) -> None:
    invoice = compose_invoice(SOUND[name])
    report = check_document(Reading(invoice=invoice, syntax=Syntax.DATA), RULE_SETS)
    assert _told(report.findings) == []
    assert report.accepted


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_draft_breaks_no_law_when_all_is_known(name: str) -> None:
    draft = SOUND[name]
    invoice = compose_invoice(draft)
    assert _told(tuple(fr_law.check_invoice(invoice, known_situation(draft, invoice)))) == []


@pytest.mark.official
@pytest.mark.parametrize("write", [write_cii, write_ubl])
@pytest.mark.parametrize("name", SOUND)
def test_a_sound_draft_is_accepted_officially(name: str, write: Callable[[Invoice], bytes]) -> None:
    from tests.rules.oracle import official_findings

    assert _told(official_findings(write(compose_invoice(SOUND[name])), fr_ctc=True)) == []
