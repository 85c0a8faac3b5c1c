"""Which mentions an invoice must carry, by buyer, VAT regime and date; and how they are recognised."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reglo.core.business_terms import term, term_at
from reglo.core.document import (
    Address,
    Delivery,
    DocumentReference,
    Identifier,
    Invoice,
    Item,
    Note,
    Party,
    VatBreakdown,
)
from reglo.core.mentions import (
    DEMANDS,
    Duty,
    IssuerSize,
    Mention,
    Nature,
    SellerKind,
    Situation,
    is_french,
    required_mentions,
    situation_of,
)
from reglo.core.mentions.evidence import folded
from reglo.core.parties import VatRegime
from reglo.core.terms import BuyerKind
from tests.builders import a_buyer, a_line, a_seller, an_invoice

BEFORE, BETWEEN, AFTER = date(2026, 6, 30), date(2026, 9, 15), date(2027, 9, 1)

CONSUMER = Party(
    name="Jeanne Petit", address=Address(line_1="1 rue Haute", city="Lyon", post_code="69001", country="FR")
)
PUBLIC = a_buyer(legal_registration=Identifier(value="217500016", scheme="0002"), vat_identifier=None)
GERMAN = Party(
    name="Muster GmbH",
    vat_identifier="DE136695976",
    address=Address(line_1="Hauptstraße 1", city="Berlin", post_code="10115", country="DE"),
)


def _bar(processing: str) -> tuple[Note, ...]:
    return (Note(subject="BAR", text=processing),)


def _by_name(mentions: Iterable[Mention]) -> dict[str, Mention]:
    return {mention.identifier: mention for mention in mentions}


def _duties(invoice: Invoice, **known: object) -> dict[str, Duty]:
    situation = replace(situation_of(invoice), **known)  # type: ignore[arg-type]  # fields of Situation by name
    return {mention.identifier: mention.duty for mention in required_mentions(invoice, situation)}


B2B = an_invoice()
B2C = an_invoice(buyer=CONSUMER, notes=_bar("B2C"))
B2G = an_invoice(buyer=PUBLIC)
ABROAD = an_invoice(buyer=GERMAN, lines=(a_line(category="AE", rate="0"),))
UNKNOWN = an_invoice(buyer=CONSUMER, notes=())

R, P, C, N = Duty.REQUIRED, Duty.PRESUMED, Duty.COMING, None

#: mention, then its duty for B2B, B2C, public buyer, business abroad, and a buyer of whom nothing is said.
TABLE: list[tuple[str, Duty | None, Duty | None, Duty | None, Duty | None, Duty | None]] = [
    ("number", R, R, R, R, R),
    ("issue-date", R, R, R, R, R),
    ("seller-name", R, R, R, R, R),
    ("seller-address", R, R, R, R, R),
    ("buyer-name", R, R, R, R, R),
    ("buyer-address", R, R, R, R, R),
    ("seller-siren", R, R, R, R, R),
    ("seller-capital", R, R, R, R, R),
    ("seller-register", R, R, R, R, R),
    ("buyer-vat-number", N, N, N, R, N),
    ("lines", R, R, R, R, R),
    ("totals", R, R, R, R, R),
    ("exemption-reason", N, N, N, R, N),
    ("reverse-charge", N, N, N, R, N),
    ("due-date", R, N, N, P, P),
    ("discount", R, N, N, P, P),
    ("penalties", R, N, N, P, P),
    ("indemnity", R, N, N, P, P),
    ("purchase-order", Duty.CONDITIONAL, N, N, Duty.CONDITIONAL, Duty.CONDITIONAL),
    ("public-buyer-siret", N, N, P, N, N),
    ("public-service-code", N, N, Duty.CONDITIONAL, N, N),
    ("public-commitment-number", N, N, Duty.CONDITIONAL, N, N),
    ("consumer-total", N, R, N, N, N),
    ("mediator", N, Duty.CONDITIONAL, N, N, N),
    ("buyer-siren", P, N, P, N, P),
    ("operation-category", P, N, P, N, P),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_each_mention_concerns_the_buyers_that_the_law_names(row: tuple[str, *tuple[Duty | None, ...]]) -> None:
    name, *expected = row
    assert [_duties(invoice).get(name) for invoice in (B2B, B2C, B2G, ABROAD, UNKNOWN)] == expected


@pytest.mark.parametrize(
    ("regime", "seller_vat", "franchise", "debits"),
    [
        (VatRegime.RECEIPTS, None, None, None),
        (VatRegime.DEBITS, None, None, Duty.PRESUMED),
        (VatRegime.FRANCHISE, None, Duty.REQUIRED, None),
        (None, None, None, Duty.CONDITIONAL),
    ],
)
def test_the_vat_regime_decides_on_a_small_invoice(
    regime: VatRegime | None, seller_vat: Duty | None, franchise: Duty | None, debits: Duty | None
) -> None:
    duties = _duties(B2B, vat_regime=regime)
    assert duties.get("seller-vat-number") == seller_vat, "100 € need no VAT number"
    assert duties.get("franchise") == franchise
    assert duties.get("debits-option") == debits


def test_the_vat_number_of_the_seller_is_due_over_150_euros_unless_it_is_in_the_franchise() -> None:
    big = an_invoice(lines=(a_line(net="150.01"),))
    assert _duties(big)["seller-vat-number"] is Duty.REQUIRED
    assert "seller-vat-number" not in _duties(an_invoice(lines=(a_line(net="150"),)))
    assert "seller-vat-number" not in _duties(big, vat_regime=VatRegime.FRANCHISE)


@pytest.mark.parametrize(
    ("size", "on", "duty"),
    [
        (IssuerSize.LARGE, BEFORE, Duty.COMING),
        (IssuerSize.LARGE, BETWEEN, Duty.REQUIRED),
        (IssuerSize.MIDSIZE, date(2026, 9, 1), Duty.REQUIRED),
        (IssuerSize.MIDSIZE, date(2026, 8, 31), Duty.COMING),
        (IssuerSize.SMALL, BETWEEN, Duty.COMING),
        (IssuerSize.MICRO, date(2027, 8, 31), Duty.COMING),
        (IssuerSize.MICRO, AFTER, Duty.REQUIRED),
        (None, BEFORE, Duty.COMING),
        (None, BETWEEN, Duty.PRESUMED),
        (None, AFTER, Duty.REQUIRED),
    ],
)
def test_the_new_mentions_become_due_with_the_issuers_duty(size: IssuerSize | None, on: date, duty: Duty) -> None:
    duties = _duties(an_invoice(issue_date=on), issuer_size=size, vat_regime=VatRegime.DEBITS)
    assert duties["buyer-siren"] is duty
    assert duties["operation-category"] is duty
    assert duties["debits-option"] is duty


@pytest.mark.parametrize("invoice", [ABROAD, an_invoice(business_process="B1")], ids=["services not taxed", "goods"])
def test_the_option_for_debits_only_matters_where_services_are_taxed(invoice: Invoice) -> None:
    assert "debits-option" not in _duties(invoice, vat_regime=VatRegime.DEBITS)


def test_what_is_coming_says_from_when() -> None:
    situation = replace(situation_of(B2B), issuer_size=IssuerSize.MICRO)
    mention = _by_name(required_mentions(B2B, situation))["buyer-siren"]
    assert mention.due_from == date(2027, 9, 1)


@pytest.mark.parametrize(
    "known", [{"building_craft": True}, {"approved_body_member": True}, {"ordered_beforehand": True}]
)
def test_what_is_known_of_the_seller_makes_a_mention_due(known: dict[str, bool]) -> None:
    mention = {"building_craft": "insurance", "approved_body_member": "approved-body"}.get(
        next(iter(known)), "purchase-order"
    )
    assert _duties(B2B)[mention] is Duty.CONDITIONAL
    assert _duties(B2B, **known)[mention] is Duty.REQUIRED


def test_a_credit_note_needs_no_payment_mentions() -> None:
    duties = _duties(an_invoice(type_code="381"))
    assert not {"due-date", "discount", "penalties", "indemnity"} & duties.keys()


def test_a_settled_invoice_needs_no_due_date_but_the_rest() -> None:
    totals = B2B.totals
    assert totals is not None
    settled = replace(B2B, totals=replace(totals, paid=totals.gross, due=Decimal(0)))
    assert "due-date" not in _duties(settled)
    assert _duties(settled)["penalties"] is Duty.REQUIRED


def test_a_good_invoice_has_all_that_is_required() -> None:
    for invoice in (B2B, an_invoice(lines=(a_line(net="1000"),))):
        missing = [each.identifier for each in required_mentions(invoice) if each.duty is R and not each.present]
        assert missing == []


SELLERS = [
    (a_seller(), SellerKind.COMPANY, False),
    (a_seller(legal_information=None), SellerKind.COMPANY, True),
    (a_seller(name="Lumière", legal_information=None), None, False),
    (a_seller(name="Lumière", legal_information="S.A.R.L. RCS Lyon"), SellerKind.COMPANY, False),
    (a_seller(name="Lumière", legal_information="au capital de 1000 EUR"), SellerKind.COMPANY, False),
    (a_seller(name="Jeanne Martin EI", legal_information=None), SellerKind.SOLE_TRADER, False),
    (a_seller(name="Jeanne Martin", legal_information="Entrepreneur individuel"), SellerKind.SOLE_TRADER, False),
    (a_seller(name="Jeanne Martin", legal_information="Micro-entrepreneur"), SellerKind.SOLE_TRADER, False),
    (a_seller(name="EI Technologies", legal_information="SAS, RCS Lyon"), SellerKind.COMPANY, False),
    (a_seller(name="Les Amis", legal_information="Association loi 1901"), SellerKind.OTHER, False),
]


@pytest.mark.parametrize(("seller", "kind", "is_a_guess"), SELLERS)
def test_the_kind_of_seller_is_read_from_what_it_says(seller: Party, kind: SellerKind | None, is_a_guess: bool) -> None:
    situation = situation_of(an_invoice(seller=seller))
    assert (situation.seller_kind, situation.seller_kind_is_a_guess) == (kind, is_a_guess)


@pytest.mark.parametrize(
    ("said", "present"),
    [
        ("SAS au capital de 10 000 €, RCS Lyon 732 829 320", {"seller-capital", "seller-register"}),
        ("SARL au capital de 1000 euros - R.C.S. Paris B 732829320", {"seller-capital", "seller-register"}),
        ("SARL au capital de 1000 euros - 732829320 RCS PARIS", {"seller-capital", "seller-register"}),
        ("SARL immatriculée au registre du commerce de Lille", {"seller-register"}),
        ("SARL au capital de 1000 euros", {"seller-capital"}),
        ("SARL au capital de 1000 euros, RCS 732829320", {"seller-capital"}),
        ("SARL", set()),
    ],
)
def test_a_company_states_capital_and_register_with_its_town(said: str, present: set[str]) -> None:
    mentions = _by_name(required_mentions(an_invoice(seller=a_seller(name="Lumière", legal_information=said))))
    assert {name for name in ("seller-capital", "seller-register") if mentions[name].present} == present


@pytest.mark.parametrize(
    ("name", "present"),
    [("Jeanne Martin EI", True), ("Jeanne Martin", False), ("Jeanne Martin, entrepreneuse individuelle", True)],
)
def test_a_micro_entrepreneur_is_a_sole_trader_and_must_say_ei(name: str, present: bool) -> None:
    seller = a_seller(name=name, legal_information="micro-entrepreneur")
    assert _by_name(required_mentions(an_invoice(seller=seller)))["sole-trader"].present is present


@pytest.mark.parametrize(
    ("mention", "text"),
    [
        ("discount", "ESCOMPTE : NÉANT"),
        ("discount", "No discount for early payment"),
        ("penalties", "Pénalités de retard au taux de 12 %"),
        ("penalties", "Late payment interest: 3 times the legal rate"),
        ("indemnity", "Indemnité forfaitaire de recouvrement : 40,00 €"),
        ("indemnity", "frais de recouvrement 40 EUR"),
    ],
)
def test_a_mention_counts_wherever_it_stands(mention: str, text: str) -> None:
    bare = an_invoice(notes=(), payment_terms="30 jours")
    assert not _by_name(required_mentions(bare))[mention].present
    for invoice in (
        an_invoice(notes=(Note(text=text),)),
        an_invoice(notes=(), payment_terms=text),
        an_invoice(notes=(), seller=a_seller(legal_information=text)),
        an_invoice(notes=(), lines=(a_line(notes=(Note(text=text),)),)),
        an_invoice(notes=(), lines=(a_line(), a_line("2", net="0", item=Item(name=text)))),
    ):
        assert _by_name(required_mentions(invoice))[mention].present


@pytest.mark.parametrize(
    ("registration", "said", "present"),
    [
        (Identifier(value="732829320", scheme="0002"), None, True),
        (Identifier(value="732829320"), None, True),
        (Identifier(value="315143521", scheme="0060"), None, False),
        (Identifier(value=" ", scheme="0002"), None, False),
        (None, "RCS Lyon 732 829 320", False),
    ],
)
def test_a_siren_stands_in_its_own_field(registration: Identifier | None, said: str | None, present: bool) -> None:
    seller = a_seller(legal_registration=registration, legal_information=said)
    assert _by_name(required_mentions(an_invoice(seller=seller)))["seller-siren"].present is present


def test_an_empty_note_is_no_mention() -> None:
    invoice = an_invoice(notes=(Note(subject="PMD", text=""), Note(subject="AAB")))
    mentions = _by_name(required_mentions(invoice))
    assert not mentions["penalties"].present
    assert not mentions["discount"].present


@pytest.mark.parametrize(
    ("reason", "code", "present"),
    [
        ("Autoliquidation", None, True),
        (None, "VATEX-EU-AE", True),
        ("Reverse charge", None, True),
        ("Article 283-2 du CGI", None, False),
        (None, None, False),
    ],
)
def test_reverse_charge_is_said_in_words_or_by_its_code(reason: str | None, code: str | None, present: bool) -> None:
    entry = VatBreakdown(
        taxable=Decimal(100),
        tax=Decimal(0),
        category="AE",
        rate=Decimal(0),
        exemption_reason=reason,
        exemption_code=code,
    )
    mentions = _by_name(required_mentions(replace(ABROAD, vat_breakdown=(entry,))))
    assert mentions["reverse-charge"].present is present
    assert mentions["exemption-reason"].present is bool(reason or code)


def test_the_franchise_is_recognised_by_its_wording_or_its_code() -> None:
    lines = (a_line(category="E", rate="0", exemption_reason="TVA non applicable, article 293 B du CGI"),)
    assert situation_of(an_invoice(lines=lines)).vat_regime is VatRegime.FRANCHISE
    lines = (a_line(category="E", rate="0", exemption_code="VATEX-FR-FRANCHISE"),)
    assert situation_of(an_invoice(lines=lines)).vat_regime is VatRegime.FRANCHISE
    assert situation_of(B2B).vat_regime is None


def test_an_invoice_in_dollars_needs_its_vat_in_euros() -> None:
    invoice = an_invoice(currency="USD")
    assert not _by_name(required_mentions(invoice))["vat-in-euros"].present
    assert invoice.totals is not None
    told = replace(invoice, vat_currency="EUR", totals=replace(invoice.totals, vat_accounting=Decimal("18.20")))
    assert _by_name(required_mentions(told))["vat-in-euros"].present
    assert "vat-in-euros" not in _duties(B2B)


def test_an_export_in_dollars_has_no_vat_to_say_in_euros() -> None:
    export = an_invoice(currency="USD", lines=(a_line(category="G", rate="0"),))
    assert "vat-in-euros" not in _duties(export)


@pytest.mark.parametrize(("code", "duty"), [("389", R), ("261", R), ("380", N)])
def test_self_billing_must_be_said(code: str, duty: Duty | None) -> None:
    assert _duties(an_invoice(type_code=code)).get("self-billing") == duty
    said = an_invoice(type_code="389", notes=(Note(text="Auto-facturation"),))
    assert _by_name(required_mentions(said))["self-billing"].present


@pytest.mark.parametrize(
    ("buyer", "notes", "kind", "abroad"),
    [
        (a_buyer(), (), BuyerKind.BUSINESS, False),
        (CONSUMER, (), None, False),
        (CONSUMER, _bar("B2C"), BuyerKind.CONSUMER, False),
        (CONSUMER, _bar("B2B"), BuyerKind.BUSINESS, False),
        (GERMAN, (), BuyerKind.BUSINESS, True),
        (GERMAN, _bar("B2BINT"), BuyerKind.BUSINESS, True),
        (GERMAN, _bar("B2CINT"), BuyerKind.CONSUMER, True),
        (PUBLIC, (), BuyerKind.PUBLIC, False),
        (a_buyer(legal_registration=Identifier(value="267500452", scheme="0002")), (), BuyerKind.PUBLIC_HEALTH, False),
        (Party(identifiers=(Identifier(value="21750001600019", scheme="0009"),)), (), BuyerKind.PUBLIC, False),
        (None, (), None, False),
    ],
)
def test_the_buyer_is_known_by_its_numbers_and_the_note_bar(
    buyer: Party | None, notes: tuple[Note, ...], kind: BuyerKind | None, abroad: bool
) -> None:
    situation = situation_of(replace(B2B, buyer=buyer, notes=notes))
    assert (situation.buyer_kind, situation.buyer_abroad) == (kind, abroad)


@pytest.mark.parametrize(("process", "nature"), [("B1", Nature.GOODS), ("S4", Nature.SERVICES), ("M1", Nature.MIXED)])
def test_what_is_sold_is_the_first_letter_of_the_process(process: str, nature: Nature) -> None:
    assert situation_of(an_invoice(business_process=process)).nature is nature


@pytest.mark.parametrize("process", [None, "", "A1", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0", "S12"])
def test_a_process_of_another_country_says_nothing_of_what_is_sold(process: str | None) -> None:
    invoice = an_invoice(business_process=process)
    assert situation_of(invoice).nature is None
    assert not _by_name(required_mentions(invoice))["operation-category"].present


@pytest.mark.parametrize(
    ("seller", "french"),
    [
        (a_seller(), True),
        (a_seller(address=Address(country="RE")), True),
        (a_seller(address=None), True),
        (a_seller(address=Address(country="DE")), True),  # registered for VAT in France
        (a_seller(address=Address(country="DE"), vat_identifier="DE136695976"), False),
        (a_seller(address=None, vat_identifier=None, legal_registration=None), False),
        (None, False),
    ],
)
def test_french_law_binds_sellers_in_france_or_registered_there(seller: Party | None, french: bool) -> None:
    assert is_french(replace(B2B, seller=seller)) is french


def test_a_seller_only_registered_for_vat_in_france_needs_no_siren() -> None:
    duties = _duties(an_invoice(seller=a_seller(address=Address(city="Berlin", post_code="1", country="DE"))))
    assert not {"seller-siren", "seller-capital", "seller-register", "seller-identity"} & duties.keys()


def test_an_empty_document_misses_everything_and_breaks_nothing() -> None:
    mentions = required_mentions(Invoice())
    assert {"number", "issue-date", "seller-name", "lines"} <= {
        each.identifier for each in mentions if not each.present
    }


def test_optional_mentions_are_seen_when_they_are_there() -> None:
    invoice = an_invoice(
        purchase_order="PO-1",
        buyer_reference="SERVICE",
        delivery=Delivery(date=BETWEEN, address=Address(country="FR")),
        preceding_invoices=(DocumentReference(number="A-1"),),
    )
    mentions = _by_name(required_mentions(invoice))
    assert mentions["purchase-order"].present
    assert mentions["delivery-address"].present
    assert mentions["delivery-date"].present


def test_each_demand_has_its_own_name_its_article_and_a_place_that_exists() -> None:
    assert len({demand.identifier for demand in DEMANDS}) == len(DEMANDS)
    for demand in DEMANDS:
        assert demand.article
        assert term(demand.term) is not None, demand.identifier
        assert term_at(demand.where) is not None, demand.identifier
        for text in (demand.title, demand.statement, demand.mend):
            assert text.fr
            assert text.en


def test_optional_demands_are_never_more_than_conditional() -> None:
    situations = [
        Situation(buyer_kind=kind, buyer_abroad=abroad, vat_regime=regime, issue_date=AFTER, building_craft=True)
        for kind in (*BuyerKind, None)
        for abroad in (True, False)
        for regime in (*VatRegime, None)
    ]
    optional = {demand.identifier for demand in DEMANDS if demand.optional}
    for situation in situations:
        for mention in required_mentions(ABROAD, situation):
            assert mention.identifier not in optional or mention.duty is Duty.CONDITIONAL


def test_words_are_compared_without_case_accents_or_spaces() -> None:
    assert folded("  Pénalités\u00a0 d\u2019ÉCHÉANCE\n") == "penalites d'echeance"
