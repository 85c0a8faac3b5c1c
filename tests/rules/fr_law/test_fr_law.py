"""French law: a good invoice breaks nothing; each fault is told once, with its severity, place and mend."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.business_terms import term
from reglo.core.dates import end_of_month
from reglo.core.document import (
    Address,
    BankAccount,
    Delivery,
    DocumentReference,
    Identifier,
    Invoice,
    Note,
    Party,
    Payment,
    PaymentMeans,
)
from reglo.core.findings import Finding, Severity
from reglo.core.mentions import SellerKind, situation_of
from reglo.core.parties import VatRegime
from reglo.core.rule import Rule
from reglo.formats.profiles import Profile
from reglo.formats.reading import Reading, Syntax
from reglo.rules import fr_law
from tests.builders import a_buyer, a_line, a_seller, an_invoice

FATAL, WARNING, INFORMATION = Severity.FATAL, Severity.WARNING, Severity.INFORMATION

CONSUMER = Party(
    name="Jeanne Petit", address=Address(line_1="1 rue Haute", city="Lyon", post_code="69001", country="FR")
)
GERMAN = Party(
    name="Muster GmbH",
    vat_identifier="DE136695976",
    address=Address(line_1="Hauptstraße 1", city="Berlin", post_code="10115", country="DE"),
)
NOTES = an_invoice().notes


def _check(invoice: Invoice) -> list[Finding]:
    return list(fr_law.check(Reading(invoice=invoice, syntax=Syntax.DATA)))


def _found(invoice: Invoice) -> dict[str, Severity]:
    return {finding.rule.removeprefix("FR-LAW-"): finding.severity for finding in _check(invoice)}


def _untaxed(category: str, reason: str | None = None, **terms: object) -> Invoice:
    line = a_line(category=category, rate="0", exemption_reason=reason)
    return an_invoice(**{"lines": (line,), **terms})


def _with_iban(iban: str, code: str = "30") -> Invoice:
    means = (PaymentMeans(code=code, account=BankAccount(identifier=iban)),)
    return an_invoice(payment=Payment(means=means))


def test_a_good_invoice_breaks_nothing() -> None:
    assert _check(an_invoice()) == []


def test_a_seller_abroad_is_not_bound() -> None:
    invoice = an_invoice(seller=GERMAN, notes=())
    assert _check(invoice) == []
    assert fr_law.rules_for(Reading(invoice=invoice, syntax=Syntax.DATA)) == {}
    assert fr_law.rules_for(Reading(invoice=an_invoice(), syntax=Syntax.DATA)) == fr_law.RULES


#: A fault, and what must be found: nothing else may be.
FAULTS: Mapping[str, tuple[Invoice, dict[str, Severity]]] = {
    "no SIREN": (an_invoice(seller=a_seller(legal_registration=None)), {"SELLER-SIREN": FATAL}),
    "no town of the RCS": (
        an_invoice(seller=a_seller(legal_information="SAS au capital de 1 000 €")),
        {"SELLER-REGISTER": FATAL},
    ),
    "nothing of the company but its name": (
        an_invoice(seller=a_seller(legal_information=None)),
        {"SELLER-CAPITAL": WARNING, "SELLER-REGISTER": WARNING},
    ),
    "nothing at all about the seller": (
        an_invoice(seller=a_seller(name="Lumière", legal_information=None)),
        {"SELLER-IDENTITY": WARNING},
    ),
    "sole trader without EI": (
        an_invoice(seller=a_seller(name="Jeanne Martin", legal_information="micro-entrepreneur, RNE 732 829 320")),
        {"SOLE-TRADER": FATAL},
    ),
    "no town": (an_invoice(buyer=a_buyer(address=Address(country="FR"))), {"BUYER-ADDRESS": FATAL}),
    "no address of the seller": (
        an_invoice(seller=a_seller(address=Address(city="Lyon", country="FR"))),
        {"SELLER-ADDRESS": FATAL},
    ),
    "no VAT number of the seller": (
        an_invoice(seller=a_seller(vat_identifier=None), lines=(a_line(net="1000"),)),
        {"SELLER-VAT-NUMBER": FATAL},
    ),
    "no note on discount": (an_invoice(notes=NOTES[:2]), {"DISCOUNT": FATAL}),
    "no notes": (
        an_invoice(notes=()),
        {"DISCOUNT": FATAL, "PENALTIES": FATAL, "INDEMNITY": FATAL},
    ),
    "no notes to a stranger": (
        an_invoice(notes=(), buyer=CONSUMER),
        {"DISCOUNT": WARNING, "PENALTIES": WARNING, "INDEMNITY": WARNING, "BUYER-SIREN": WARNING},
    ),
    "no due date": (an_invoice(due_date=None, payment_terms=None), {"DUE-DATE": FATAL}),
    "payment terms without a delay": (an_invoice(due_date=None, payment_terms="À voir."), {"DUE-DATE": FATAL}),
    "no SIREN of the buyer in 2026": (
        an_invoice(buyer=a_buyer(legal_registration=None)),
        {"BUYER-SIREN": WARNING},
    ),
    "no SIREN of the buyer before": (
        an_invoice(
            buyer=a_buyer(legal_registration=None),
            issue_date=date(2026, 3, 2),
            due_date=date(2026, 4, 1),
            delivery=None,
        ),
        {"BUYER-SIREN": INFORMATION},
    ),
    "no SIREN of the buyer in 2028": (
        an_invoice(buyer=a_buyer(legal_registration=None), issue_date=date(2028, 3, 2), due_date=date(2028, 4, 1)),
        {"BUYER-SIREN": FATAL},
    ),
    "goods or services unsaid in 2028": (
        an_invoice(business_process=None, issue_date=date(2028, 3, 2), due_date=date(2028, 4, 1)),
        {"OPERATION-CATEGORY": FATAL},
    ),
    "no reason for the exemption": (_untaxed("E"), {"EXEMPTION-REASON": FATAL}),
    "reverse charge unsaid": (_untaxed("AE", "Article 283-2"), {"REVERSE-CHARGE": FATAL}),
    "reverse charge without a number": (
        _untaxed("AE", "Autoliquidation", buyer=a_buyer(vat_identifier=None)),
        {"BUYER-VAT-NUMBER": FATAL},
    ),
    "intra-EU within France": (
        _untaxed("K", "Article 262 ter, I du CGI"),
        {"INTRA-EU-IN-FRANCE": FATAL},
    ),
    "intra-EU delivered in France": (
        _untaxed(
            "K",
            "Article 262 ter, I du CGI",
            buyer=GERMAN,
            delivery=Delivery(date=date(2026, 9, 14), address=Address(country="FR")),
        ),
        {"INTRA-EU-IN-FRANCE": FATAL},
    ),
    "export to Germany": (_untaxed("G", "Article 262, I du CGI", buyer=GERMAN), {"EXPORT-WITHIN-EU": WARNING}),
    "293 B with tax": (
        an_invoice(notes=(*NOTES, Note(text="TVA non applicable, article 293 B du CGI"))),
        {"FRANCHISE-WITH-VAT": FATAL},
    ),
    "reverse charge with tax": (
        an_invoice(notes=(*NOTES, Note(text="Autoliquidation"))),
        {"REVERSE-CHARGE-WITH-VAT": WARNING},
    ),
    "dollars without VAT in euros": (an_invoice(currency="USD"), {"VAT-IN-EUROS": FATAL}),
    "self-billing unsaid": (an_invoice(type_code="389"), {"SELF-BILLING": FATAL}),
    "margin scheme unsaid": (
        an_invoice(lines=(a_line(category="E", rate="0", exemption_code="VATEX-EU-F"),)),
        {"MARGIN-SCHEME": FATAL},
    ),
    "wrong SIREN": (
        an_invoice(seller=a_seller(legal_registration=Identifier(value="732829321", scheme="0002"))),
        {"SIREN": FATAL},
    ),
    "wrong SIREN of the buyer": (
        an_invoice(buyer=a_buyer(vat_identifier=None, legal_registration=Identifier(value="552100555", scheme="0002"))),
        {"SIREN": FATAL},
    ),
    "wrong SIRET": (
        an_invoice(seller=a_seller(identifiers=(Identifier(value="73282932000075", scheme="0009"),))),
        {"SIRET": FATAL},
    ),
    "wrong VAT number of the seller": (
        an_invoice(seller=a_seller(vat_identifier="FR45732829320")),
        {"VAT-NUMBER": FATAL},
    ),
    "wrong VAT number of a buyer that needs none": (
        an_invoice(buyer=a_buyer(vat_identifier="FR97552100554")),
        {"VAT-NUMBER": WARNING},
    ),
    "VAT number of another company": (
        an_invoice(seller=a_seller(vat_identifier="FR96552100554")),
        {"VAT-OF-SIREN": WARNING},
    ),
    "wrong IBAN": (_with_iban("FR7630006000011234567890188"), {"IBAN": WARNING}),
    "no IBAN for a SEPA transfer": (_with_iban("12345678", "58"), {"IBAN": WARNING}),
    "account elsewhere": (_with_iban("12345678"), {}),
    "credit note of nothing": (an_invoice(type_code="381"), {"CORRECTED-INVOICE": FATAL}),
    "corrective invoice of nothing": (an_invoice(type_code="384"), {"CORRECTED-INVOICE": FATAL}),
    "credit note that names its invoice": (
        an_invoice(type_code="381", preceding_invoices=(DocumentReference(number="F2026-0000"),)),
        {},
    ),
    "credit note that names it on each line": (
        an_invoice(type_code="381", lines=(a_line(preceding_invoice=DocumentReference(number="F1")),)),
        {},
    ),
    "rebate over a period": (an_invoice(type_code="262"), {}),
    "40 € asked of a consumer": (
        an_invoice(buyer=CONSUMER, notes=(*NOTES[:3], Note(subject="BAR", text="B2C"))),
        {"CONSUMER-CLAIM": WARNING},
    ),
    "indemnity of 50 €": (
        an_invoice(notes=(Note(subject="PMT", text="Indemnité : 50,00 €"), *NOTES[1:])),
        {"INDEMNITY-AMOUNT": WARNING},
    ),
    "penalties of 5 % a year": (
        an_invoice(notes=(NOTES[0], Note(subject="PMD", text="Pénalités : 5,5 % par an"), *NOTES[2:])),
        {"PENALTY-RATE": WARNING},
    ),
    "penalties of 0.5 % a month": (
        an_invoice(notes=(NOTES[0], Note(subject="PMD", text="Pénalités : 0,5 % par mois"), *NOTES[2:])),
        {"PENALTY-RATE": WARNING},
    ),
    "penalties of 1.5 % a month": (
        an_invoice(notes=(NOTES[0], Note(subject="PMD", text="Pénalités : 1,5 % par mois"), *NOTES[2:])),
        {},
    ),
    "penalties of 1.5 % a month, in short": (
        an_invoice(notes=(NOTES[0], Note(subject="PMD", text="Pénalités : 1,5 %/mois"), *NOTES[2:])),
        {},
    ),
    "penalties of 0.05 % a day, in short": (
        an_invoice(notes=(NOTES[0], Note(subject="PMD", text="Pénalités : 0,05 % / jour"), *NOTES[2:])),
        {},
    ),
    "penalties of 5 % a year, long ago": (
        an_invoice(
            notes=(NOTES[0], Note(subject="PMD", text="Pénalités : 5,5 % par an"), *NOTES[2:]),
            issue_date=date(1999, 9, 15),
            due_date=None,
        ),
        {},
    ),
    "penalties of the ECB and 10 %": (
        an_invoice(notes=(NOTES[0], Note(subject="PMD", text="Taux de la BCE majoré de 10 %"), *NOTES[2:])),
        {},
    ),
    "62 days": (
        an_invoice(issue_date=date(2026, 9, 30), due_date=date(2026, 12, 1)),
        {"DELAY": WARNING},
    ),
    "public buyer, two months": (
        an_invoice(
            buyer=a_buyer(
                legal_registration=Identifier(value="217500016", scheme="0002"),
                vat_identifier=None,
                identifiers=(Identifier(value="21750001600019", scheme="0009"),),
            ),
            due_date=date(2026, 11, 15),
        ),
        {"PUBLIC-DELAY": WARNING},
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_told_and_nothing_else(name: str) -> None:
    invoice, expected = FAULTS[name]
    assert _found(invoice) == expected


@pytest.mark.parametrize("name", FAULTS)
def test_each_finding_says_what_where_why_and_how_to_mend(name: str) -> None:
    for finding in _check(FAULTS[name][0]):
        assert finding.rule in fr_law.RULES
        assert finding.where
        assert finding.source
        assert term(finding.term or "") is not None
        for text in (finding.message, finding.fix):
            assert text.fr != text.en


def test_the_summary_profiles_are_not_held_to_what_only_the_page_says() -> None:
    for profile in (Profile.MINIMUM, Profile.BASIC_WL):
        found = _found(an_invoice(notes=(), specification=profile.value))
        assert found == {"DISCOUNT": WARNING, "PENALTIES": WARNING, "INDEMNITY": WARNING}


def test_what_is_known_beside_the_document_makes_more_mentions_due() -> None:
    invoice = an_invoice()
    known = replace(
        situation_of(invoice),
        seller_kind=SellerKind.SOLE_TRADER,
        vat_regime=VatRegime.FRANCHISE,
        building_craft=True,
        approved_body_member=True,
        ordered_beforehand=True,
    )
    found = {finding.rule for finding in fr_law.check_invoice(invoice, known)}
    assert found == {
        f"FR-LAW-{name}" for name in ("SOLE-TRADER", "FRANCHISE", "INSURANCE", "APPROVED-BODY", "PURCHASE-ORDER")
    }


def test_a_guess_at_the_slip_comes_with_a_wrong_number() -> None:
    [finding] = _check(_with_iban("FR7630006000O11234567890189"))
    assert "FR7630006000011234567890189" in finding.fix.fr


days = st.dates(date(2026, 9, 1), date(2029, 12, 31))


@settings(max_examples=60, deadline=None)
@given(days, st.integers(0, 60))
def test_sixty_days_are_always_allowed(issued: date, delay: int) -> None:
    due = date.fromordinal(issued.toordinal() + delay)
    assert "DELAY" not in _found(an_invoice(issue_date=issued, due_date=due))


@settings(max_examples=60, deadline=None)
@given(days)
def test_45_days_end_of_month_are_allowed_either_way_and_not_a_day_more(issued: date) -> None:
    days_first = end_of_month(date.fromordinal(issued.toordinal() + 45))
    month_first = date.fromordinal(end_of_month(issued).toordinal() + 45)
    latest = max(days_first, month_first, date.fromordinal(issued.toordinal() + 60))
    for due in (days_first, month_first):
        assert "DELAY" not in _found(an_invoice(issue_date=issued, due_date=due))
    late = an_invoice(issue_date=issued, due_date=date.fromordinal(latest.toordinal() + 1))
    assert _found(late)["DELAY"] is WARNING


def test_delays_abroad_and_of_consumers_have_no_cap() -> None:
    late = {"due_date": date(2027, 9, 1)}
    assert "DELAY" not in _found(an_invoice(buyer=GERMAN, **late))
    assert "DELAY" not in _found(an_invoice(buyer=CONSUMER, notes=(Note(subject="BAR", text="B2C"),), **late))


def test_each_rule_is_whole_and_named_after_its_set() -> None:
    for name, rule in fr_law.RULES.items():
        assert isinstance(rule, Rule)
        assert name == rule.identifier
        assert name.startswith("FR-LAW-")
        assert term(rule.term or "") is not None
        for text in (rule.statement, rule.fix):
            assert text.fr.endswith((".", ")", "»"))
            assert text.en.endswith((".", ")", "”"))


def test_each_rule_is_broken_by_one_of_the_cases_here() -> None:
    broken = {f"FR-LAW-{name}" for _, expected in FAULTS.values() for name in expected}
    known_only = {"FRANCHISE", "INSURANCE", "APPROVED-BODY", "PURCHASE-ORDER", "DEBITS-OPTION", "PUBLIC-BUYER-SIRET"}
    assert fr_law.RULES.keys() - broken == {f"FR-LAW-{name}" for name in known_only}


def test_an_empty_document_and_one_without_amounts_break_no_rule_by_accident() -> None:
    assert _check(Invoice()) == []
    bare = an_invoice(lines=())
    bare = replace(bare, totals=None, vat_breakdown=(), delivery=None, payment=None, issue_date=None, due_date=None)
    assert all(finding.rule in fr_law.RULES for finding in _check(bare))


def test_zero_is_no_vat_charged() -> None:
    invoice = an_invoice(
        lines=(a_line(category="E", rate="0", exemption_reason="TVA non applicable, article 293 B du CGI"),)
    )
    assert invoice.totals is not None
    assert invoice.totals.vat == Decimal(0)
    assert _found(invoice) == {}


def test_an_invoice_of_the_last_day_of_the_calendar_is_judged_without_a_crash() -> None:
    assert "DELAY" not in _found(an_invoice(issue_date=date.max, due_date=date.max))
