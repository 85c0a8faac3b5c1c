"""What composition makes is accepted: by every rule set of ours, and by the official artefacts in both syntaxes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from reglo.core.composition import (
    Draft,
    DraftLine,
    IncompleteDraft,
    PaidDeposit,
    Reduction,
    VatSituation,
    compose_invoice,
    known_situation,
)
from reglo.core.document import Invoice
from reglo.core.findings import Finding, Severity
from reglo.formats.cii import write_cii
from reglo.formats.profiles import Profile, profile_of
from reglo.formats.reading import Reading, Syntax
from reglo.formats.ubl import write_ubl
from reglo.rules import fr_law
from reglo.rules.check import RULE_SETS, check_document
from tests.core.composition.drafts import AMERICAN, SOLE_TRADER, SOUND, a_draft, a_draft_line


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

    invoice = compose_invoice(SOUND[name])
    if write is write_ubl and profile_of(invoice.specification) is Profile.EXTENDED:
        # Factur-X is CII: in UBL the same terms have the French name, as `reglo convert` gives them.
        invoice = replace(invoice, specification=Profile.EXTENDED_CTC_FR.value)
    assert _told(official_findings(write(invoice), fr_ctc=True)) == []


_RATES = st.sampled_from(["20", "10", "5.5", "2.1"]).map(Decimal)
_EXEMPT = st.sampled_from([VatSituation.MEDICAL, VatSituation.FINANCE, VatSituation.MARGIN_ART])
_REDUCTIONS = st.lists(
    st.one_of(
        st.builds(Reduction, reason=st.just("Remise"), percent=st.decimals("0.5", "60", places=1)),
        st.builds(Reduction, reason=st.just("Geste"), amount=st.decimals("0.01", "50", places=2)),
    ),
    max_size=2,
).map(tuple)


def _line(quantity: Decimal, price: Decimal, vat: Decimal | VatSituation, less: tuple[Reduction, ...]) -> DraftLine:
    return a_draft_line(quantity=quantity, price=price, vat=vat, reductions=less)


_LINES = st.lists(
    st.builds(
        _line,
        st.decimals("0.0001", "9999", places=4),
        st.decimals("0.000001", "9999", places=6),
        st.one_of(_RATES, _EXEMPT),
        _REDUCTIONS,
    ),
    min_size=1,
    max_size=6,
).map(tuple)


def _gross(draft: Draft) -> Decimal:
    """The total with tax; reductions beyond it make no sound draft."""
    try:
        totals = compose_invoice(draft).totals
    except IncompleteDraft:
        reject()
    return (totals and totals.gross) or Decimal(0)


@settings(max_examples=80, deadline=None)
@given(
    st.builds(a_draft, lines=_LINES, issue_date=st.dates(date(2026, 9, 1), date(2035, 12, 31)), delivery=st.none()),
    st.lists(st.decimals("0.5", "30", places=1), max_size=2),
    st.integers(0, 90),
)
def test_any_sound_figures_make_an_accepted_document(draft: Draft, discounts: list[Decimal], share: int) -> None:
    rate = draft.lines[0].vat
    draft = replace(draft, reductions=tuple(Reduction(reason="Remise", percent=each, vat=rate) for each in discounts))
    gross = _gross(draft)
    deposit = (gross * share / 100).quantize(Decimal("0.01"))
    if deposit > 0:
        paid = PaidDeposit(number="D1", issue_date=date(2026, 8, 1), amount=deposit)
        draft = replace(draft, deposits=(paid,))
    report = check_document(Reading(invoice=compose_invoice(draft), syntax=Syntax.DATA), RULE_SETS)
    assert _told(report.findings) == []


@pytest.mark.parametrize("situation", [VatSituation.SERVICES_OUTSIDE_EU, VatSituation.MEDICAL])
def test_a_seller_without_vat_number_may_sell_what_bears_no_tax(situation: VatSituation) -> None:
    draft = a_draft(seller=SOLE_TRADER, buyer=AMERICAN, lines=(a_draft_line(vat=situation),))
    report = check_document(Reading(invoice=compose_invoice(draft), syntax=Syntax.DATA), RULE_SETS)
    assert _told(report.findings) == []
