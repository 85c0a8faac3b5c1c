from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.dates import HalfYear, end_of_month
from reglo.core.findings import Severity
from reglo.core.rates import RateKind, shipped_rates
from reglo.core.rule import Rule
from reglo.core.terms import (
    TERM_RULES,
    BuyerKind,
    Delay,
    EndOfMonth,
    PaymentTerms,
    Penalty,
    PenaltyBasis,
    Sector,
    check_terms,
    due_date,
    last_lawful_day,
    parse_terms,
)
from tests.core.terms.strategies import all_terms

days_of_2028 = st.dates(date(2028, 1, 1), date(2028, 12, 31))


def broken(text: str, **case: object) -> set[str]:
    """Rules that the terms break, without what is only information."""
    findings = check_terms(parse_terms(text), **case)  # type: ignore[arg-type]  # the keywords of check_terms
    return {each.rule for each in findings if each.severity is not Severity.INFORMATION}


@pytest.mark.parametrize(
    "text",
    [
        "30 jours",
        "60 jours",
        "45 jours fin de mois",
        "fin de mois 45 jours",
        "30 jours fin de mois",
        "fin de mois le 15",
        "comptant",
        "à réception",
        "30 % à la commande, solde à 60 jours",
        "30 jours. Pénalités : 3 fois le taux légal",
    ],
)
def test_lawful_terms_between_firms_break_nothing(text: str) -> None:
    assert broken(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "61 jours",
        "46 jours fin de mois",
        "fin de mois 46 jours",
        "60 jours fin de mois",
        "45 jours fin de mois le 10",
        "3 fois (30/60/90)",
    ],
)
def test_a_delay_beyond_sixty_days_and_forty_five_end_of_month_is_refused(text: str) -> None:
    assert broken(text) == {"FR-TERMS-CAP"}


def test_forty_five_days_end_of_month_is_to_be_agreed_expressly() -> None:
    [finding] = check_terms(parse_terms("45 jours fin de mois"))
    assert (finding.rule, finding.severity) == ("FR-TERMS-END-OF-MONTH", Severity.INFORMATION)
    assert check_terms(parse_terms("60 jours")) == ()


def test_each_instalment_is_named_where_it_is_too_late() -> None:
    findings = check_terms(parse_terms("1/3 à 30 jours, 1/3 à 70 jours, solde à 90 jours"))
    assert [each.where for each in findings] == ["instalments[1].delay", "delay"]


def test_a_finding_gives_a_day_on_which_the_delay_is_too_long() -> None:
    [finding] = check_terms(parse_terms("61 jours"))
    assert "01/01/2027" in finding.message.fr
    assert "2027-03-03" in finding.message.en  # payable
    assert "2027-03-02" in finding.message.en  # 60 days


@settings(max_examples=60)
@given(st.integers(0, 80), st.sampled_from(EndOfMonth), st.none() | st.integers(1, 31), days_of_2028)
def test_terms_that_pass_never_exceed_the_law_on_any_day(
    days: int, end_of_month_rule: EndOfMonth, day_of_month: int | None, invoice_date: date
) -> None:
    delay = Delay(days=days, end_of_month=end_of_month_rule, day_of_month=day_of_month)
    terms = PaymentTerms(delay=delay)
    if "FR-TERMS-CAP" in {each.rule for each in check_terms(terms)}:
        return
    due = due_date(terms, invoice_date=invoice_date)
    longest = max(
        due_date(PaymentTerms(delay=Delay(days=60)), invoice_date=invoice_date),
        due_date(parse_terms("45 jours fin de mois"), invoice_date=invoice_date),
        due_date(parse_terms("fin de mois 45 jours"), invoice_date=invoice_date),
    )
    assert due <= longest


def test_without_agreement_thirty_days_are_the_limit() -> None:
    assert broken("30 jours", agreed=False) == set()
    assert broken("31 jours", agreed=False) == {"FR-TERMS-DEFAULT"}


def test_a_periodic_invoice_is_paid_within_forty_five_days() -> None:
    assert broken("45 jours", periodic=True) == set()
    assert broken("45 jours fin de mois", periodic=True) == {"FR-TERMS-PERIODIC"}


@pytest.mark.parametrize(
    ("sector", "good", "bad"),
    [
        (Sector.TRANSPORT, "30 jours", "31 jours"),
        (Sector.PERISHABLE, "30 jours à compter de la livraison", "31 jours à compter de la livraison"),
        (Sector.LIVESTOCK, "20 jours", "21 jours"),
        (Sector.ALCOHOL, "fin de mois 30 jours", "fin de mois 31 jours"),
        (Sector.WINE, "45 jours fin de mois", "60 jours fin de mois"),
        (Sector.WINE, "60 jours", "61 jours"),
        (Sector.EXPORT, "90 jours", "91 jours"),
    ],
)
def test_a_trade_has_its_own_cap_which_is_a_warning(sector: Sector, good: str, bad: str) -> None:
    assert broken(good, sector=sector) == set()
    [finding] = check_terms(parse_terms(bad), sector=sector)
    assert finding.rule == f"FR-TERMS-{sector.name}"
    assert finding.severity is Severity.WARNING


def test_perishable_food_on_a_periodic_invoice_counts_from_the_end_of_the_decade() -> None:
    # On the tenth the decade ends: 31 days are one too many, though they fit on other days.
    assert broken("30 jours", sector=Sector.PERISHABLE, periodic=True) == set()
    assert broken("31 jours", sector=Sector.PERISHABLE, periodic=True) == {"FR-TERMS-PERISHABLE"}


@pytest.mark.parametrize(
    ("buyer_kind", "days"),
    [(BuyerKind.PUBLIC, 30), (BuyerKind.PUBLIC_HEALTH, 50), (BuyerKind.PUBLIC_COMPANY, 60)],
)
def test_a_public_buyer_has_the_delay_of_the_procurement_code(buyer_kind: BuyerKind, days: int) -> None:
    assert broken(f"{days} jours à compter de la réception", buyer_kind=buyer_kind) == set()
    assert broken(f"{days + 1} jours à compter de la réception", buyer_kind=buyer_kind) == {"FR-TERMS-PUBLIC"}


def test_a_public_buyer_owes_its_own_rate_whatever_the_terms_say() -> None:
    rules = {each.rule for each in check_terms(parse_terms("30 jours"), buyer_kind=BuyerKind.PUBLIC)}
    assert rules == {"FR-TERMS-PUBLIC-RATE"}
    assert check_terms(parse_terms("30 jours. Taux BCE + 8 points"), buyer_kind=BuyerKind.PUBLIC) == ()


def test_between_firms_a_delay_does_not_start_at_the_receipt_of_the_invoice() -> None:
    assert broken("30 jours à compter de la réception de la facture") == {"FR-TERMS-FROM-RECEIPT"}


@pytest.mark.parametrize(
    ("penalty", "lawful"),
    [
        (Penalty(PenaltyBasis.FIXED, Decimal("7.86")), True),
        (Penalty(PenaltyBasis.FIXED, Decimal("7.85")), False),
        (Penalty(PenaltyBasis.LEGAL, Decimal(3)), True),
        (Penalty(PenaltyBasis.LEGAL, Decimal("2.99")), False),
        (Penalty(PenaltyBasis.ECB, Decimal(10)), True),
        (Penalty(PenaltyBasis.ECB, Decimal("5.71")), True),
        (Penalty(PenaltyBasis.ECB, Decimal("5.70")), False),
    ],
)
def test_the_penalty_rate_is_at_least_three_times_the_legal_rate(penalty: Penalty, lawful: bool) -> None:
    findings = check_terms(PaymentTerms(penalty=penalty), on=date(2026, 3, 1))
    assert [each.rule for each in findings] == ([] if lawful else ["FR-TERMS-PENALTY-FLOOR"])
    # The newest rates known are those of this half-year.
    assert check_terms(PaymentTerms(penalty=penalty)) == findings


def test_the_rate_of_the_law_is_lawful_even_when_three_times_the_legal_rate_is_more() -> None:
    # In early 2024, 3 × 5.07 % was more than 4.50 % + 10 points.
    assert check_terms(PaymentTerms(), on=date(2024, 2, 1)) == ()


def test_a_day_before_all_known_rates_has_no_floor() -> None:
    terms = PaymentTerms(penalty=Penalty(PenaltyBasis.FIXED, Decimal(1)))
    assert check_terms(terms, on=date(2005, 1, 1)) == ()


def test_the_floor_follows_the_day_and_the_rates_given() -> None:
    terms = PaymentTerms(penalty=Penalty(PenaltyBasis.FIXED, Decimal(8)))
    assert check_terms(terms) == ()
    assert check_terms(terms, on=date(2025, 12, 1)) != ()  # 3 × 2.76 % = 8.28 %
    raised = shipped_rates().with_rate(RateKind.LEGAL, HalfYear(2026, 2), Decimal("2.70"), "essai")
    assert check_terms(terms, rates=raised) != ()


@pytest.mark.parametrize("indemnity", [None, Decimal(0), Decimal("39.99")])
def test_a_missing_or_small_indemnity_is_refused(indemnity: Decimal | None) -> None:
    [finding] = check_terms(PaymentTerms(indemnity=indemnity))
    assert (finding.rule, finding.severity) == ("FR-TERMS-INDEMNITY", Severity.FATAL)


def test_missing_penalties_are_refused() -> None:
    assert [each.rule for each in check_terms(PaymentTerms(penalty=None))] == ["FR-TERMS-PENALTY"]


def test_a_consumer_owes_neither_penalties_nor_indemnity() -> None:
    [finding] = check_terms(parse_terms("90 jours"), buyer_kind=BuyerKind.CONSUMER)
    assert (finding.rule, finding.where) == ("FR-TERMS-CONSUMER", "penalty")
    [only_indemnity] = check_terms(PaymentTerms(penalty=None), buyer_kind=BuyerKind.CONSUMER)
    assert only_indemnity.where == "indemnity"
    assert check_terms(PaymentTerms(penalty=None, indemnity=None), buyer_kind=BuyerKind.CONSUMER) == ()


def test_moving_to_the_next_business_day_may_go_beyond_the_cap() -> None:
    assert broken("60 jours, reporté au jour ouvré suivant") == {"FR-TERMS-BUSINESS-DAY"}
    assert broken("30 jours, reporté au jour ouvré suivant") == set()


@settings(max_examples=60, deadline=None)
@given(all_terms, st.sampled_from(Sector), st.sampled_from(BuyerKind), st.booleans(), st.booleans())
def test_every_finding_names_a_rule_that_can_be_explained(
    terms: PaymentTerms, sector: Sector, buyer_kind: BuyerKind, periodic: bool, agreed: bool
) -> None:
    plain = replace(terms, next_business_day=None)  # holidays of two years at each example would be slow
    for finding in check_terms(plain, sector=sector, buyer_kind=buyer_kind, periodic=periodic, agreed=agreed):
        rule = TERM_RULES[finding.rule]
        assert finding.message.fr.startswith(rule.statement.fr)
        assert (finding.severity, finding.source, finding.term) == (rule.severity, rule.source, rule.term)


@pytest.mark.parametrize("rule", TERM_RULES.values(), ids=TERM_RULES)
def test_every_rule_is_told_in_both_languages_with_source_mend_and_example(rule: Rule) -> None:
    assert rule.example is not None
    for text in (rule.statement, rule.fix, rule.example):
        assert text.fr
        assert text.en
        assert text.fr != text.en
    assert rule.source


def test_the_longest_month_end_delay_agrees_with_the_calendar() -> None:
    assert due_date(parse_terms("45 jours fin de mois"), invoice_date=date(2026, 1, 20)) == end_of_month(
        date(2026, 3, 6)
    )
    assert due_date(parse_terms("fin de mois 45 jours"), invoice_date=date(2026, 1, 20)) == date(2026, 3, 17)


@pytest.mark.parametrize("sector", Sector)
def test_a_trade_whose_cap_is_longer_has_thirty_days_too_where_nothing_is_agreed(sector: Sector) -> None:
    assert broken("45 jours", sector=sector, agreed=False) != set()
    if sector is not Sector.LIVESTOCK:
        assert broken("30 jours", sector=sector, agreed=False) == set()


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_last_lawful_day_is_the_latest_that_any_lawful_terms_give(issued: date) -> None:
    for wordings, kind in (
        (("60 jours", "45 jours fin de mois", "fin de mois 45 jours"), BuyerKind.BUSINESS),
        (("30 jours",), BuyerKind.PUBLIC),
        (("50 jours",), BuyerKind.PUBLIC_HEALTH),
        (("60 jours",), BuyerKind.PUBLIC_COMPANY),
    ):
        latest = max(due_date(parse_terms(each), invoice_date=issued) for each in wordings)
        assert last_lawful_day(issued, kind) == latest


def test_no_delay_is_set_for_a_consumer_nor_at_the_end_of_the_calendar() -> None:
    assert last_lawful_day(date(2026, 1, 1), BuyerKind.CONSUMER) is None
    assert last_lawful_day(date.max, BuyerKind.BUSINESS) is None
