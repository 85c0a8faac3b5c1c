"""What a founder types becomes a complete document: each term that composition sets, and what it refuses."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reglo.core.composition import (
    VAT_TREATMENTS,
    DeliverySite,
    DocumentKind,
    Draft,
    FaultyDraft,
    IncompleteDraft,
    PaidDeposit,
    PaymentDetails,
    PaymentMethod,
    Reduction,
    VatSituation,
    compose_invoice,
    creditor_reference,
    known_situation,
)
from reglo.core.document import Address, Identifier, Invoice
from reglo.core.errors import DomainError
from reglo.core.mentions import Duty, Nature, SellerKind, required_mentions
from reglo.core.parties import BadIdentifier, VatRegime
from reglo.core.terms import Delay, EndOfMonth, PaymentTerms, Share, Start
from tests.core.composition.drafts import (
    AMERICAN,
    BUILDER,
    CITY,
    COMPANY,
    CONSUMER,
    FIRM,
    GERMAN,
    SOLE_TRADER,
    SOUND,
    a_draft,
    a_draft_line,
    goods,
)


def _composed(**terms: Any) -> Invoice:
    return compose_invoice(a_draft(**terms))


def _notes(invoice: Invoice) -> dict[str | None, str | None]:
    return {note.subject: note.text for note in invoice.notes}


@pytest.mark.parametrize("name", SOUND)
def test_composing_twice_gives_the_same_document(name: str) -> None:
    assert compose_invoice(SOUND[name]) == compose_invoice(SOUND[name])


def test_the_seller_is_a_party_with_all_that_the_law_wants_of_it() -> None:
    seller = _composed().seller
    assert seller is not None
    assert seller.name == "Atelier Lumière"
    assert seller.legal_registration == Identifier(value="732829320", scheme="0002")
    assert seller.identifiers == (Identifier(value="73282932000074", scheme="0009"),)
    assert seller.vat_identifier == "FR44732829320"
    assert seller.electronic_address == Identifier(value="732829320", scheme="0225")
    assert (seller.legal_information or "").endswith("RCS Lyon 732 829 320")


def test_a_sole_trader_in_the_franchise_is_ei_without_vat_number() -> None:
    invoice = _composed(seller=SOLE_TRADER, lines=(a_draft_line(vat=None),))
    assert invoice.seller is not None
    assert invoice.seller.name == "Jeanne Martin EI"
    assert invoice.seller.vat_identifier is None
    assert invoice.seller.tax_registration == "732829320"
    [entry] = invoice.vat_breakdown
    assert (entry.category, entry.tax, entry.exemption_code) == ("E", Decimal("0.00"), "VATEX-FR-FRANCHISE")
    assert entry.exemption_reason == "TVA non applicable, article 293 B du CGI"


@pytest.mark.parametrize(
    ("buyer", "address", "processing"),
    [
        (FIRM, ("552100554", "0225"), "B2B"),
        (CITY, ("217500016_21750001600019", "0225"), "B2B"),
        (CONSUMER, ("paul.petit@courriel.example", "EM"), "B2C"),
        (GERMAN, ("DE136695976", "9930"), "B2BINT"),
        (AMERICAN, ("billing@sample.example", "EM"), "B2BINT"),
        (replace(CONSUMER, address=Address(city="Bruxelles", country="BE")), None, "B2CINT"),
        (replace(CONSUMER, address=Address(city="Monaco", country="MC")), None, "B2C"),
        (
            replace(FIRM, electronic_address=Identifier(value="552100554_X", scheme="0225")),
            ("552100554_X", "0225"),
            "B2B",
        ),
    ],
    ids=lambda value: value.name if hasattr(value, "name") else None,
)
def test_the_buyer_is_reached_and_the_note_bar_says_how(buyer: Any, address: Any, processing: str) -> None:
    invoice = _composed(buyer=buyer)
    assert invoice.buyer is not None
    if address is not None:
        reached = invoice.buyer.electronic_address
        assert reached is not None
        assert (reached.value, reached.scheme) == address
    assert _notes(invoice)["BAR"] == processing


def test_a_buyer_of_whom_nothing_is_known_has_no_address_rather_than_a_false_one() -> None:
    invoice = _composed(buyer=replace(CONSUMER, contact=None))
    assert invoice.buyer is not None
    assert invoice.buyer.electronic_address is None


@pytest.mark.parametrize(
    ("terms", "process"),
    [
        ({}, "S1"),
        ({"lines": (goods(),)}, "B1"),
        ({"lines": (goods(), a_draft_line())}, "M1"),
        ({"nature": Nature.MIXED}, "M1"),
        ({"paid_on": date(2026, 9, 10)}, "S2"),
        ({"deposits": (PaidDeposit(number="D1", issue_date=date(2026, 8, 1), amount=Decimal(100)),)}, "S4"),
        ({"kind": DocumentKind.DEPOSIT}, "S1"),
        ({"kind": DocumentKind.CREDIT_NOTE, "lines": (goods(),)}, "B1"),
    ],
)
def test_the_business_process_says_what_is_sold_and_where_payment_stands(terms: dict[str, Any], process: str) -> None:
    assert _composed(**terms).business_process == process


def test_notes_claim_from_a_business_what_they_spare_a_consumer() -> None:
    business, consumer = _notes(_composed()), _notes(_composed(buyer=CONSUMER))
    assert "40" in (business["PMT"] or "")
    assert "non applicable" in (consumer["PMT"] or "")
    assert "non applicables" in (consumer["PMD"] or "")
    assert business["AAB"] == "Pas d'escompte pour paiement anticipé."


def test_debits_insurance_and_approved_body_are_noted() -> None:
    subjects = [note.subject for note in _composed(seller=BUILDER).notes]
    assert subjects.count("TXD") == 1
    assert subjects.count("REG") == 2
    assert "TXD" not in _notes(_composed(seller=BUILDER, lines=(goods(),))), "goods are taxed at delivery anyway"
    untaxed = (a_draft_line(vat=VatSituation.REVERSE_CHARGE_BUILDING),)
    assert "TXD" not in _notes(_composed(seller=BUILDER, lines=untaxed)), "there is no tax to pay"


def test_terms_become_sentence_and_due_date() -> None:
    terms = PaymentTerms(delay=Delay(days=45, end_of_month=EndOfMonth.AFTER_DAYS))
    invoice = _composed(terms=terms)
    assert invoice.due_date == date(2026, 10, 31)
    assert invoice.payment_terms == "Paiement à 45 jours date de facture puis fin de mois."
    english = _composed(terms=terms, language="en")
    assert (english.payment_terms or "").startswith(f"{invoice.payment_terms} / Payment within 45 days")


def test_a_due_date_that_was_typed_is_kept_even_if_a_rule_will_refuse_it() -> None:
    assert _composed(due_date=date(2026, 12, 1)).due_date == date(2026, 12, 1)
    assert _composed(due_date=date(2025, 10, 15)).due_date == date(2025, 10, 15)


def test_a_delay_that_ended_before_the_invoice_is_due_on_its_day() -> None:
    terms = PaymentTerms(delay=Delay(days=10, start=Start.DELIVERY))
    late = _composed(terms=terms, delivery=DeliverySite(date=date(2026, 8, 1)))
    assert late.due_date == late.issue_date


def test_a_deposit_asked_at_the_order_is_due_at_once() -> None:
    terms = PaymentTerms(deposit=Share(percent=Decimal(30)))
    assert _composed(kind=DocumentKind.DEPOSIT, terms=terms).due_date == date(2026, 9, 15)
    assert _composed(terms=terms).due_date == date(2026, 10, 15)


def test_a_settled_invoice_owes_nothing_and_is_due_when_it_was_paid() -> None:
    invoice = _composed(paid_on=date(2026, 9, 10))
    assert invoice.totals is not None
    assert invoice.totals.paid == invoice.totals.gross
    assert invoice.totals.due == 0
    assert invoice.due_date == date(2026, 9, 10)
    assert invoice.payment_terms == "Payée le 10/09/2026."


def test_a_credit_note_asks_for_no_payment() -> None:
    invoice = compose_invoice(SOUND["credit note"])
    assert invoice.payment is None
    assert invoice.due_date is None
    assert invoice.type_code == "381"
    assert invoice.preceding_invoices[0].number == "F2026-0001"


def test_a_credit_note_that_was_refunded_says_when() -> None:
    invoice = _composed(kind=DocumentKind.CREDIT_NOTE, paid_on=date(2026, 9, 20))
    assert (invoice.business_process, invoice.due_date) == ("S2", date(2026, 9, 20))
    assert invoice.payment_terms == "Remboursé le 20/09/2026."


def test_the_largest_figures_are_computed_exactly() -> None:
    almost = Decimal("999999999999.99")
    totals = _composed(lines=(a_draft_line(price=almost, quantity=almost),)).totals
    assert totals is not None
    assert totals.net == Decimal("999999999999980000000000.00")


@pytest.mark.parametrize(
    ("details", "code", "has_account"),
    [
        (PaymentDetails(iban="FR7630006000011234567890189"), "58", True),
        (PaymentDetails(), "30", False),
        (PaymentDetails(method=PaymentMethod.CHEQUE, iban="FR7630006000011234567890189"), "20", False),
        (PaymentDetails(method=PaymentMethod.CARD), "48", False),
    ],
)
def test_the_means_of_payment_fit_the_method(details: PaymentDetails, code: str, has_account: bool) -> None:
    payment = _composed(payment=details).payment
    assert payment is not None
    [means] = payment.means
    assert means.code == code
    assert (means.account is not None) is has_account


def test_a_transfer_in_dollars_is_no_sepa_transfer_and_has_its_vat_in_euros() -> None:
    invoice = compose_invoice(SOUND["in dollars"])
    assert invoice.payment is not None
    assert invoice.payment.means[0].code == "30"
    assert invoice.totals is not None
    assert (invoice.vat_currency, invoice.totals.vat_accounting) == ("EUR", Decimal("219.60"))
    assert _notes(invoice)["AAI"] == "Taux de change\N{NO-BREAK SPACE}: 1 USD = 0,915 EUR"


def test_goods_within_the_union_say_when_and_where_they_went() -> None:
    delivery = compose_invoice(SOUND["goods to Germany"]).delivery
    assert delivery is not None
    assert delivery.date == date(2026, 9, 15)
    assert delivery.address == GERMAN.address


def test_what_is_outside_the_scope_of_vat_moves_the_vat_number() -> None:
    seller = compose_invoice(SOUND["services to the United States"]).seller
    assert seller is not None
    assert (seller.vat_identifier, seller.tax_registration) == (None, "FR44732829320")


def test_two_reasons_in_one_category_are_told_together() -> None:
    lines = (a_draft_line(vat=VatSituation.MEDICAL), a_draft_line(vat=VatSituation.FINANCE))
    [entry] = _composed(lines=lines).vat_breakdown
    assert entry.exemption_code is None
    assert entry.exemption_reason == (
        "Exonération de TVA, article 261, 4-1° du CGI ; Exonération de TVA, article 261 C, 1° du CGI"
    )


def test_only_what_needs_it_is_extended() -> None:
    assert _composed().specification == "urn:cen.eu:en16931:2017"
    assert (compose_invoice(SOUND["several orders"]).specification or "").endswith("extended")


def test_an_allowance_is_taxed_as_the_lines_are() -> None:
    invoice = _composed(reductions=(Reduction(reason="Fidélité", percent=Decimal(10)),))
    assert invoice.totals is not None
    assert (invoice.allowances[0].amount, invoice.totals.net) == (Decimal("120.00"), Decimal("1080.00"))
    assert (invoice.allowances[0].vat_category, invoice.allowances[0].vat_rate) == ("S", Decimal(20))


REFUSED: dict[str, tuple[Draft, type[DomainError], str]] = {
    "a negative total": (a_draft(lines=(a_draft_line(price=Decimal(-5)),)), IncompleteDraft, "lines"),
    "no line": (a_draft(lines=()), IncompleteDraft, "lines"),
    "not a number": (a_draft(lines=(a_draft_line(price=Decimal("NaN")),)), IncompleteDraft, "lines[0].price"),
    "an endless quantity": (
        a_draft(lines=(a_draft_line(quantity=Decimal("Infinity")),)),
        IncompleteDraft,
        "lines[0].quantity",
    ),
    "a price beyond all reason": (
        a_draft(lines=(a_draft_line(price=Decimal("1e400")),)),
        IncompleteDraft,
        "lines[0].price",
    ),
    "an allowance of no number": (
        a_draft(reductions=(Reduction(reason="x", percent=Decimal("NaN")),)),
        IncompleteDraft,
        "reductions[0].percent",
    ),
    "a deposit of nothing": (
        a_draft(deposits=(PaidDeposit(number="D1", issue_date=date(2026, 8, 1), amount=Decimal(0)),)),
        IncompleteDraft,
        "deposits[0].amount",
    ),
    "neither goods nor services": (a_draft(lines=(a_draft_line(nature=None),)), IncompleteDraft, "nature"),
    "no VAT rate": (a_draft(lines=(a_draft_line(vat=None),)), IncompleteDraft, "lines[0].vat"),
    "a rate of zero": (a_draft(lines=(a_draft_line(), a_draft_line(vat=Decimal(0)))), IncompleteDraft, "lines[1].vat"),
    "VAT in the franchise": (a_draft(seller=SOLE_TRADER), IncompleteDraft, "lines[0].vat"),
    "an allowance of more than all": (
        a_draft(reductions=(Reduction(reason="x", percent=Decimal(101)),)),
        IncompleteDraft,
        "reductions[0].percent",
    ),
    "a negative allowance": (
        a_draft(lines=(a_draft_line(reductions=(Reduction(reason="x", percent=Decimal(-10)),)),)),
        IncompleteDraft,
        "lines[0].reductions[0].percent",
    ),
    "an allowance that raises the total": (
        a_draft(reductions=(Reduction(reason="x", amount=Decimal(-10)),)),
        IncompleteDraft,
        "reductions[0].amount",
    ),
    "a rate of exchange of nothing": (a_draft(currency="USD", euro_rate=Decimal(0)), IncompleteDraft, "euro_rate"),
    "wrong creditor": (
        a_draft(payment=PaymentDetails(method=PaymentMethod.DIRECT_DEBIT, creditor="FR00ZZZ123456")),
        BadIdentifier,
        "payment.creditor",
    ),
    "no price": (a_draft(lines=(a_draft_line(price=None),)), IncompleteDraft, "lines[0].price"),
    "two prices": (a_draft(lines=(a_draft_line(price_with_vat=Decimal(1)),)), IncompleteDraft, "lines[0].price"),
    "allowance over two rates": (
        a_draft(
            lines=(a_draft_line(), goods(vat=Decimal("5.5"))), reductions=(Reduction(reason="x", amount=Decimal(1)),)
        ),
        IncompleteDraft,
        "reductions[0].vat",
    ),
    "deposits beyond the total": (
        a_draft(deposits=(PaidDeposit(number="D1", issue_date=date(2026, 8, 1), amount=Decimal("1440.01")),)),
        IncompleteDraft,
        "deposits",
    ),
    "wrong SIREN": (
        a_draft(seller=replace(COMPANY, identity=replace(COMPANY.identity, siren="732829321"))),
        BadIdentifier,
        "seller.siren",
    ),
    "wrong SIRET": (a_draft(buyer=replace(CITY, siret="21750001600018")), BadIdentifier, "buyer.siret"),
    "wrong VAT number": (a_draft(buyer=replace(GERMAN, vat_number="DE136695977")), BadIdentifier, "buyer.vat_number"),
    "wrong IBAN": (a_draft(payment=PaymentDetails(iban="FR7630006000011234567890188")), BadIdentifier, "payment.iban"),
    "wrong BIC": (
        a_draft(payment=PaymentDetails(iban="FR7630006000011234567890189", bic="AGRI")),
        BadIdentifier,
        "payment.bic",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_made_is_refused_with_its_field(name: str) -> None:
    draft, error, field = REFUSED[name]
    with pytest.raises(error) as caught:
        compose_invoice(draft)
    assert caught.value.field == field
    assert caught.value.message.fr != caught.value.message.en


def test_what_the_founder_knows_is_kept_for_the_law() -> None:
    draft = SOUND["franchise"]
    situation = known_situation(draft, compose_invoice(draft))
    assert (situation.seller_kind, situation.vat_regime) == (SellerKind.SOLE_TRADER, VatRegime.FRANCHISE)
    situation = known_situation(SOUND["building subcontractor"], compose_invoice(SOUND["building subcontractor"]))
    assert situation.building_craft
    assert situation.approved_body_member
    assert situation.seller_kind is SellerKind.COMPANY


def test_a_company_that_forgot_its_capital_is_told_so() -> None:
    identity = replace(COMPANY.identity, capital=None)
    draft = a_draft(seller=replace(COMPANY, identity=identity))
    invoice = compose_invoice(draft)
    mentions = {each.identifier: each for each in required_mentions(invoice, known_situation(draft, invoice))}
    assert mentions["seller-capital"].duty is Duty.REQUIRED
    assert not mentions["seller-capital"].present
    assert mentions["seller-register"].present


def test_every_vat_situation_has_a_treatment_with_code_and_reason() -> None:
    assert VAT_TREATMENTS.keys() == set(VatSituation)
    for treatment in VAT_TREATMENTS.values():
        assert treatment.code
        assert treatment.reason


amounts = st.decimals("0.01", "5000", places=2)


@settings(max_examples=60, deadline=None)
@given(st.lists(amounts, min_size=1, max_size=5), st.sampled_from(["20", "10", "5.5", "2.1"]), st.integers(1, 99))
def test_what_is_due_is_the_total_less_the_deposits(prices: list[Decimal], rate: str, share: int) -> None:
    lines = tuple(a_draft_line(price=price, vat=Decimal(rate)) for price in prices)
    gross = (_composed(lines=lines).totals or pytest.fail("no totals")).gross
    assert gross is not None
    deposit = (gross * share / 100).quantize(Decimal("0.01"))
    assume(deposit > 0)
    deposits = (PaidDeposit(number="D1", issue_date=date(2026, 8, 1), amount=deposit),)
    totals = _composed(lines=lines, deposits=deposits).totals
    assert totals is not None
    assert totals.due == gross - deposit
    assert (totals.paid or Decimal(0)) == deposit


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(amounts, st.integers(1, 20)), min_size=1, max_size=5), st.sampled_from(["20", "5.5"]))
def test_prices_with_tax_add_up_to_what_is_due(priced: list[tuple[Decimal, int]], rate: str) -> None:
    lines = tuple(
        goods(price=None, price_with_vat=price, quantity=Decimal(count), vat=Decimal(rate)) for price, count in priced
    )
    totals = _composed(buyer=CONSUMER, lines=lines).totals
    assert totals is not None
    assert totals.due == sum(price * count for price, count in priced)
    assert abs(totals.rounding or Decimal(0)) <= Decimal("0.01") * (len(priced) + 1)


@settings(max_examples=60, deadline=None)
@given(st.text("ABCDEFGHIJ0123456789-_/+", min_size=1, max_size=35))
def test_a_creditor_reference_is_a_good_one_or_none(number: str) -> None:
    from stdnum import iso11649

    reference = creditor_reference(number)
    body = "".join(each for each in number if each.isalnum())
    if 1 <= len(body) <= 21:
        assert reference is not None
        assert iso11649.is_valid(reference)
        assert reference.endswith(body)
    else:
        assert reference is None


def test_a_number_too_long_for_a_reference_is_its_own() -> None:
    number = "FACTURE-2026-0001-AGENCE-DE-LYON"
    payment = _composed(number=number).payment
    assert payment is not None
    assert payment.remittance_information == number


def test_delivery_is_only_said_where_it_is_known() -> None:
    assert _composed(delivery=None).delivery is None
    assert _composed(delivery=DeliverySite()).delivery is None


def test_everything_wrong_with_a_draft_is_told_at_once() -> None:
    draft = a_draft(
        seller=replace(COMPANY, identity=replace(COMPANY.identity, siren="732829321")),
        buyer=replace(CITY, siret="21750001600018"),
        payment=PaymentDetails(iban="FR7630006000011234567890188", bic="AGRI"),
        lines=(a_draft_line(vat=None, nature=None), a_draft_line(price=None, nature=None)),
        reductions=(Reduction(reason="x"),),
    )
    with pytest.raises(FaultyDraft) as caught:
        compose_invoice(draft)
    fields = [
        "reductions[0].percent",
        "lines[0].vat",
        "lines[1].price",
        "nature",
        "seller.siren",
        "buyer.siret",
        "payment.iban",
        "payment.bic",
    ]
    assert [each.field for each in caught.value.faults] == fields
    assert all(field in caught.value.message.fr and field in caught.value.message.en for field in fields)


def test_a_figure_of_no_number_does_not_hide_a_wrong_identifier() -> None:
    draft = a_draft(
        lines=(a_draft_line(price=Decimal("sNaN"), vat=Decimal("sNaN")),),
        payment=PaymentDetails(iban="FR7630006000011234567890188"),
    )
    with pytest.raises(FaultyDraft) as caught:
        compose_invoice(draft)
    assert [each.field for each in caught.value.faults] == ["lines[0].price", "lines[0].vat", "payment.iban"]


@pytest.mark.parametrize(("rate", "shown"), [("100", "100"), ("0.0000001", "0,0000001"), ("2.90", "2,9")])
def test_the_rate_of_exchange_is_written_out(rate: str, shown: str) -> None:
    invoice = _composed(currency="KWD", euro_rate=Decimal(rate))
    assert any(note.text == f"Taux de change\N{NO-BREAK SPACE}: 1 KWD = {shown} EUR" for note in invoice.notes)


def test_an_invoice_in_euros_needs_no_rate_of_exchange() -> None:
    assert _composed(euro_rate=Decimal(2)).notes == _composed().notes


def test_deposits_may_settle_the_whole_of_prices_with_tax() -> None:
    deposits = (PaidDeposit(number="D1", issue_date=date(2026, 8, 1), amount=Decimal("59.97")),)
    line = goods(price=None, price_with_vat=Decimal("19.99"), quantity=Decimal(3))
    totals = _composed(buyer=CONSUMER, lines=(line,), deposits=deposits).totals
    assert totals is not None
    assert (totals.gross, totals.rounding, totals.due) == (Decimal("59.96"), Decimal("0.01"), Decimal("0.00"))


def test_lines_in_a_row_with_one_group_stand_under_its_sub_total() -> None:
    lines = compose_invoice(SOUND["in lots"]).lines
    told = [(line.identifier, line.parent, line.kind, line.item and line.item.name, line.net_amount) for line in lines]
    assert told == [
        ("1", None, "GROUP", "Lot 1 – Étude", Decimal("3000.00")),
        ("1.1", "1", "DETAIL", "Relevé", Decimal("1200.00")),
        ("1.2", "1", "DETAIL", "Plans", Decimal("1800.00")),
        ("2", None, None, "Déplacement", Decimal("160.00")),
        ("3", None, "GROUP", "Lot 2 – Lampes", Decimal("0.00")),
        ("3.1", "3", "DETAIL", "Lampe", Decimal("160.00")),
        ("3.2", "3", "DETAIL", "Reprise", Decimal("-160.00")),
    ]
    totals = compose_invoice(SOUND["in lots"]).totals
    assert totals is not None
    assert totals.lines == Decimal("3160.00")


def test_groups_are_told_by_the_extended_profile() -> None:
    assert (compose_invoice(SOUND["in lots"]).specification or "").endswith("extended")


def test_an_invoice_that_its_deposits_settle_asks_for_nothing() -> None:
    settled = compose_invoice(SOUND["settled by its deposits"])
    assert settled.totals is not None
    assert (settled.totals.due, settled.due_date, settled.payment_terms) == (Decimal(0), None, "Rien à payer.")


def test_goods_taken_back_give_back_their_allowance() -> None:
    back = goods(quantity=Decimal(-1), reductions=(Reduction(reason="x", amount=Decimal(-10)),))
    assert _composed(lines=(a_draft_line(), back)).lines[1].net_amount == Decimal("-70.00")


def test_a_group_without_a_name_is_none() -> None:
    assert [line.kind for line in _composed(lines=(a_draft_line(group=""),)).lines] == [None]
