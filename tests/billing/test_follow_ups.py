"""From an accepted quote to its invoices, and from an invoice to its corrections: nothing is asked or given twice."""

from decimal import Decimal
from typing import Any

import pytest

from reglo.billing.models import Draft, Invoice, Quote
from reglo.billing.queries.follow_ups import billing_of, room_on
from reglo.billing.queries.issued import document_of
from reglo.billing.queries.quotes import open_quote
from reglo.billing.services.drafts import save_draft
from reglo.billing.services.follow_ups import (
    AmountsCredit,
    BilledAlready,
    CannotBeCorrected,
    DepositsExceedBill,
    DepositUsedUp,
    LinesCredit,
    QuoteNotAccepted,
    WholeCredit,
    draft_corrective,
    draft_credit,
    draft_deposit,
    draft_final,
    draft_progress,
)
from reglo.billing.services.issue import NotLegal, issue_draft
from reglo.core.composition import DocumentKind
from reglo.core.document import Invoice as Document
from reglo.core.follow_ups import DepositTooLarge, NothingLeftToBill, NothingLeftToCredit, ProgressGoesBack
from reglo.core.terms import PaymentTerms, Share
from reglo.formats.data.stored import write_stored
from tests.billing.quotes import a_line, a_sent_quote, accepted, an_accepted_quote, with_choices
from tests.site import INES, NOW, a_content, a_customer, a_draft, an_organisation

pytestmark = pytest.mark.django_db

SEVERAL_RATES = {
    "lines": [
        a_line(name="Étude"),
        a_line(name="Pose", quantity="3", price="333.33", vat="10"),
        a_line(name="Livres", quantity="7", price="9.97", vat="5.5", unit="C62", nature="B"),
    ],
    "reductions": [{"reason": "Fidélité", "percent": "3", "vat": "20"}],
}
KEY = ("S", Decimal("20"))


def issued(draft: Draft) -> Invoice:
    made = issue_draft(draft_id=draft.pk, organisation=draft.organisation, by=INES, now=NOW)
    return Invoice.objects.select_related("draft", "customer", "organisation", "quote").get(pk=made.pk)


def on(quote: Quote) -> dict[str, Any]:
    return {"quote_id": quote.pk, "organisation": quote.organisation, "by": INES, "now": NOW}


def about(invoice: Invoice, **wanted: Any) -> dict[str, Any]:
    return {
        "invoice_id": invoice.pk,
        "organisation": invoice.organisation,
        "reason": "",
        "by": INES,
        "now": NOW,
    } | wanted


def percent(share: str) -> Share:
    return Share(percent=Decimal(share))


def to_date(*shares: str) -> dict[str, Decimal]:
    return {f"lines[{place}]": Decimal(share) for place, share in enumerate(shares)}


def billing(quote: Quote) -> Any:
    return billing_of(open_quote(quote.organisation, quote.pk))


def due(*invoices: Invoice) -> int:
    return sum(each.due_minor for each in invoices)


def taxes(*documents: Document) -> dict[Any, tuple[Decimal, Decimal]]:
    sums: dict[Any, tuple[Decimal, Decimal]] = {}
    for document in documents:
        for entry in document.vat_breakdown:
            net, tax = sums.get((entry.category, entry.rate), (Decimal(0), Decimal(0)))
            sums[(entry.category, entry.rate)] = (net + (entry.taxable or 0), tax + (entry.tax or 0))
    return sums


def an_invoice(content: dict[str, Any] | None = None) -> Invoice:
    organisation = an_organisation()
    return issued(a_draft(organisation, a_customer(organisation), content=content or a_content()))


# Deposits and the final invoice


def test_a_deposit_and_the_final_invoice_ask_together_what_the_quote_said() -> None:
    quote = an_accepted_quote(SEVERAL_RATES)
    deposit = issued(draft_deposit(**on(quote), share=percent("30")))
    final = issued(draft_final(**on(quote)))
    document = document_of(final)
    assert deposit.kind == DocumentKind.DEPOSIT
    assert due(deposit, final) == quote.gross_minor
    assert final.gross_minor == quote.gross_minor
    assert document.business_process == "M4"
    assert [each.number for each in document.preceding_invoices] == [deposit.number]
    assert billing(quote).is_done
    assert billing(quote).deposits == ()


def test_a_deposit_names_the_quote_and_its_share() -> None:
    quote = an_accepted_quote()
    draft = draft_deposit(**on(quote), share=percent("30"))
    assert (
        draft.content["lines"][0]["name"] == f"Acompte de 30\N{NO-BREAK SPACE}% sur devis {quote.number} du 24/11/2026"
    )
    assert (draft.quote_id, draft.kind, draft.gross_minor) == (quote.pk, "386", 32_400)


def test_a_deposit_of_an_amount_asks_that_very_amount() -> None:
    quote = an_accepted_quote(SEVERAL_RATES)
    assert issued(draft_deposit(**on(quote), share=Share(amount=Decimal("999.99")))).due_minor == 99_999


def test_the_final_invoice_bills_what_was_chosen_as_it_was_offered() -> None:
    quote = a_sent_quote(content=with_choices())
    accepted(quote, options=[1, 3])
    final = issued(draft_final(**on(quote)))
    assert [line.item.name for line in document_of(final).lines if line.item] == ["Étude", "Visite", "Laiton"]
    assert final.gross_minor == 180_000


def test_the_terms_of_the_quote_hold_for_its_invoices() -> None:
    terms = write_stored(PaymentTerms(deposit=Share(percent=Decimal(40))))
    quote = an_accepted_quote({"lines": [a_line()], "terms": terms})
    assert draft_final(**on(quote)).content["terms"]["deposit"] == {"percent": "40"}


def test_deposits_of_more_than_is_left_are_refused() -> None:
    quote = an_accepted_quote()
    issued(draft_deposit(**on(quote), share=percent("60")))
    with pytest.raises(DepositTooLarge):
        draft_deposit(**on(quote), share=percent("50"))


def test_only_what_was_accepted_is_billed() -> None:
    quote = a_sent_quote()
    with pytest.raises(QuoteNotAccepted):
        draft_final(**on(quote))


def test_what_is_billed_is_not_billed_again() -> None:
    quote = an_accepted_quote()
    first, second = draft_final(**on(quote)), draft_final(**on(quote))
    issued(first)
    with pytest.raises(BilledAlready):
        issued(second)
    with pytest.raises(NothingLeftToBill):
        draft_final(**on(quote))


def test_two_final_invoices_never_deduct_one_deposit() -> None:
    quote = an_accepted_quote()
    deposit = issued(draft_deposit(**on(quote), share=percent("30")))
    final = issued(draft_final(**on(quote)))
    by_hand = a_draft(
        quote.organisation,
        quote.customer,
        content=a_content(deposits=[{"number": deposit.number, "issue_date": "2026-11-24", "amount": "324,00 €"}]),
    )
    with pytest.raises(DepositUsedUp):
        issued(by_hand)
    issued(draft_credit(**about(final, wanted=WholeCredit())))
    assert issued(by_hand).due_minor == 108_000 - 32_400


def test_a_deposit_that_was_deducted_is_credited_on_the_final_invoice() -> None:
    quote = an_accepted_quote()
    deposit = issued(draft_deposit(**on(quote), share=percent("30")))
    before = draft_credit(**about(deposit, wanted=WholeCredit()))
    issued(draft_final(**on(quote)))
    for act in (lambda: draft_credit(**about(deposit, wanted=WholeCredit())), lambda: issued(before)):
        with pytest.raises(CannotBeCorrected):
            act()


def test_a_deposit_that_was_credited_is_not_deducted() -> None:
    quote = an_accepted_quote()
    deposit = issued(draft_deposit(**on(quote), share=percent("30")))
    issued(draft_credit(**about(deposit, wanted=AmountsCredit(amounts={KEY: Decimal("70.00")}))))
    assert billing(quote).deposited == Decimal("240.00")
    final = issued(draft_final(**on(quote)))
    assert final.due_minor == quote.gross_minor - 24_000


# Progress


def test_progress_invoices_and_the_final_one_come_to_the_quote_for_each_rate() -> None:
    quote = an_accepted_quote(SEVERAL_RATES)
    made = [issued(draft_progress(**on(quote), shares=to_date(*shares))) for shares in (
        ("0.333", "0.333", "0.333"), ("0.5", "0.75", "0.333"), ("0.777", "0.75", "0.9"),
    )]  # fmt: skip
    made.append(issued(draft_final(**on(quote))))
    assert due(*made) == quote.gross_minor
    assert taxes(*map(document_of, made)) == taxes(billing(quote).document)
    assert billing(quote).is_done


def test_a_final_invoice_after_deposit_and_progress_deducts_the_deposit_once() -> None:
    quote = an_accepted_quote(SEVERAL_RATES)
    made = [
        issued(draft_deposit(**on(quote), share=percent("30"))),
        issued(draft_progress(**on(quote), shares=to_date("0.5", "0.5", "0.5"))),
        issued(draft_final(**on(quote))),
    ]
    assert due(*made) == quote.gross_minor
    assert sum(each.vat_minor for each in made[1:]) == int((billing(quote).document.totals.vat or 0) * 100)


def test_progress_leaves_room_for_the_deposit_that_is_to_be_deducted() -> None:
    quote = an_accepted_quote()
    issued(draft_deposit(**on(quote), share=percent("30")))
    with pytest.raises(DepositsExceedBill):
        draft_progress(**on(quote), shares=to_date("0.8"))
    assert draft_progress(**on(quote), shares=to_date("0.7")).gross_minor == 75_600


def test_progress_does_not_go_back() -> None:
    quote = an_accepted_quote()
    issued(draft_progress(**on(quote), shares=to_date("0.5")))
    with pytest.raises(ProgressGoesBack):
        draft_progress(**on(quote), shares=to_date("0.4"))
    with pytest.raises(NothingLeftToBill):
        draft_progress(**on(quote), shares=to_date("0.5"))


def test_a_progress_invoice_that_was_credited_whole_can_be_billed_again() -> None:
    quote = an_accepted_quote()
    first = issued(draft_progress(**on(quote), shares=to_date("0.5")))
    issued(draft_credit(**about(first, wanted=WholeCredit())))
    assert billing(quote).left.gross == billing(quote).total
    again = issued(draft_progress(**on(quote), shares=to_date("0.5")))
    assert again.gross_minor == first.gross_minor


def test_a_price_cut_after_the_fact_is_not_billed_again() -> None:
    quote = an_accepted_quote()
    first = issued(draft_progress(**on(quote), shares=to_date("0.5")))
    issued(draft_credit(**about(first, wanted=AmountsCredit(amounts={KEY: Decimal("50.00")}))))
    assert billing(quote).left.net == Decimal("450.00")


def test_a_corrective_invoice_takes_the_place_of_what_was_billed() -> None:
    quote = an_accepted_quote()
    first = issued(draft_progress(**on(quote), shares=to_date("0.5")))
    issued(draft_corrective(**about(first)))
    assert billing(quote).left.net == Decimal("450.00")
    assert issued(draft_final(**on(quote))).net_minor == 45_000


def test_progress_of_all_is_the_final_invoice() -> None:
    quote = an_accepted_quote()
    deposit = issued(draft_deposit(**on(quote), share=percent("30")))
    first = issued(draft_progress(**on(quote), shares=to_date("0.5")))
    last = issued(draft_progress(**on(quote), shares=to_date("1")))
    assert [each.number for each in document_of(last).preceding_invoices] == [deposit.number]
    assert due(deposit, first, last) == quote.gross_minor


def test_prices_with_tax_come_to_what_the_consumer_was_told() -> None:
    lines = [{"name": "Lampe", "quantity": "3", "price_with_vat": "19.99", "vat": "20", "nature": "B"}]
    quote = an_accepted_quote({"lines": lines})
    assert billing(quote).total == Decimal("59.97")
    made = [
        issued(draft_deposit(**on(quote), share=percent("30"))),
        issued(draft_progress(**on(quote), shares=to_date("0.55"))),
        issued(draft_final(**on(quote))),
    ]
    assert due(*made) == 5_997
    assert billing(quote).billed == Decimal("59.97")


# Credit notes


def test_a_whole_credit_names_the_invoice_and_gives_back_all_of_it() -> None:
    invoice = an_invoice(SEVERAL_RATES)
    draft = draft_credit(**about(invoice, wanted=WholeCredit(), reason="Commande annulée"))
    credit = issued(draft)
    document = document_of(credit)
    assert credit.kind == "381"
    assert credit.corrects_id == invoice.pk
    assert [(each.number, each.issue_date) for each in document.preceding_invoices] == [
        (invoice.number, invoice.issue_date)
    ]
    assert (credit.net_minor, credit.vat_minor, credit.gross_minor) == (
        invoice.net_minor,
        invoice.vat_minor,
        invoice.gross_minor,
    )
    assert document.vat_breakdown == document_of(invoice).vat_breakdown
    assert "Commande annulée" in [note.text for note in document.notes]
    assert room_on(invoice).is_empty


def test_prices_with_tax_are_given_back_to_the_cent() -> None:
    line = {"name": "Lampe", "quantity": "3", "price_with_vat": "19.99", "vat": "20", "nature": "B"}
    invoice = an_invoice({"lines": [line]})
    credit = issued(draft_credit(**about(invoice, wanted=WholeCredit())))
    assert (credit.gross_minor, credit.due_minor) == (invoice.gross_minor, invoice.due_minor)
    assert room_on(invoice).gross == 0


def test_some_units_then_an_amount_then_the_rest_close_the_invoice() -> None:
    invoice = an_invoice(SEVERAL_RATES)
    notes = [
        issued(draft_credit(**about(invoice, wanted=wanted)))
        for wanted in (
            LinesCredit(quantities={0: Decimal("0.5"), 2: Decimal(3)}),
            AmountsCredit(amounts={("S", Decimal("10")): Decimal("123.45")}),
            WholeCredit(),
        )
    ]
    assert sum(each.gross_minor for each in notes) == invoice.gross_minor
    assert sum(each.vat_minor for each in notes) == invoice.vat_minor
    assert room_on(invoice).is_empty


def test_no_more_units_are_credited_than_are_left() -> None:
    invoice = an_invoice()
    issued(draft_credit(**about(invoice, wanted=LinesCredit(quantities={0: Decimal("1.5")}))))
    with pytest.raises(NothingLeftToCredit):
        draft_credit(**about(invoice, wanted=LinesCredit(quantities={0: Decimal(1)})))


def test_two_credit_notes_for_the_whole_cannot_both_be_issued() -> None:
    invoice = an_invoice()
    first, second = (draft_credit(**about(invoice, wanted=WholeCredit())) for _ in range(2))
    issued(first)
    with pytest.raises(NothingLeftToCredit):
        issued(second)
    with pytest.raises(NothingLeftToCredit):
        draft_credit(**about(invoice, wanted=WholeCredit()))


def test_a_credit_note_that_is_edited_to_more_than_the_invoice_is_refused() -> None:
    invoice = an_invoice()
    draft = draft_credit(**about(invoice, wanted=WholeCredit()))
    lines = [{**draft.content["lines"][0], "price": "450.01"}]
    save_draft(
        draft_id=draft.pk, organisation=draft.organisation, content={**draft.content, "lines": lines}, version=1,
        by=INES, now=NOW,
    )  # fmt: skip
    with pytest.raises(NothingLeftToCredit):
        issued(draft)


def test_a_credit_note_written_by_hand_is_tied_to_the_invoice_that_it_names() -> None:
    invoice = an_invoice()
    content = a_content(preceding_invoices=[{"number": invoice.number, "issue_date": "2026-11-24"}])
    by_hand = [a_draft(invoice.organisation, invoice.customer, kind="381", content=content) for _ in range(2)]
    assert issued(by_hand[0]).corrects_id == invoice.pk
    with pytest.raises(NothingLeftToCredit):
        issued(by_hand[1])


def test_a_credit_note_names_no_invoice_of_another_customer() -> None:
    invoice = an_invoice()
    content = a_content(preceding_invoices=[{"number": invoice.number, "issue_date": "2026-11-24"}])
    stranger = a_customer(invoice.organisation, name="Autre SARL")
    with pytest.raises(CannotBeCorrected):
        issued(a_draft(invoice.organisation, stranger, kind="381", content=content))


def test_a_credit_note_that_names_nothing_breaks_the_law() -> None:
    organisation = an_organisation()
    with pytest.raises(NotLegal):
        issued(a_draft(organisation, kind="381"))


def test_an_invoice_of_another_organisation_is_not_there() -> None:
    invoice, other = an_invoice(), an_organisation()
    for act, wanted in ((draft_credit, {"wanted": WholeCredit()}), (draft_corrective, {})):
        with pytest.raises(Invoice.DoesNotExist):
            act(**about(invoice, organisation=other, **wanted))


def test_a_credit_note_is_neither_credited_nor_replaced() -> None:
    credit = issued(draft_credit(**about(an_invoice(), wanted=WholeCredit())))
    for act in (lambda: draft_credit(**about(credit, wanted=WholeCredit())), lambda: draft_corrective(**about(credit))):
        with pytest.raises(CannotBeCorrected):
            act()


# Corrective invoices


def test_a_corrective_invoice_says_what_it_replaces() -> None:
    invoice = an_invoice(a_content(delivery={"date": "2026-11-20"}, notes=["Merci"]))
    corrective = issued(draft_corrective(**about(invoice, reason="Mauvaise adresse")))
    document = document_of(corrective)
    texts = [note.text for note in document.notes]
    assert corrective.kind == "384"
    assert f"Annule et remplace la facture {invoice.number} du 24/11/2026." in texts
    assert "Merci" in texts
    assert document.delivery is not None
    assert corrective.gross_minor == invoice.gross_minor


def test_an_invoice_is_replaced_once_and_not_credited_after() -> None:
    invoice = an_invoice()
    second = draft_corrective(**about(invoice))
    credit = draft_credit(**about(invoice, wanted=WholeCredit()))
    corrective = issued(draft_corrective(**about(invoice)))
    for draft in (second, credit):
        with pytest.raises(CannotBeCorrected):
            issued(draft)
    assert issued(draft_credit(**about(corrective, wanted=WholeCredit()))).gross_minor == invoice.gross_minor


def test_what_has_a_credit_note_deducts_deposits_or_is_a_deposit_is_not_replaced() -> None:
    credited = an_invoice()
    issued(draft_credit(**about(credited, wanted=LinesCredit(quantities={0: Decimal(1)}))))
    quote = an_accepted_quote()
    deposit = issued(draft_deposit(**on(quote), share=percent("30")))
    final = issued(draft_final(**on(quote)))
    for invoice in (credited, final, deposit):
        with pytest.raises(CannotBeCorrected):
            draft_corrective(**about(invoice))
