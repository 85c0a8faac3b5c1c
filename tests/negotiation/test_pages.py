"""The pages, from the list to the agreement: what they show is what the core says."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from reglo.core.negotiation import Offer, Side, negotiate, their_worth_of, usual_levers, worth_of
from reglo.core.terms.figures import amount_text
from reglo.formats.pdf import figures
from reglo.negotiation.in_play import InPlay
from reglo.negotiation.models import Negotiation, NegotiationState, Round
from reglo.negotiation.services import agree
from reglo.negotiation.stored import deal_of, in_play_of, limits_of, offer_of, position_of
from reglo.negotiation.taking import packed
from reglo.organisations.models import Organisation, Role
from tests.collection.debts import a_debt
from tests.negotiation.deals import ASKED, DEAL, OURS, TEN_YEARS, a_negotiation, a_round, fields_of, who
from tests.site import TODAY, a_customer, a_member, an_organisation, logged_in

pytestmark = pytest.mark.django_db
ANSWER = {"HX-Request": "true", "HX-Target": "answer"}
"""What htmx says when a slider was moved."""


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def browser(organisation: Organisation) -> Client:
    return logged_in(a_member(organisation, language="en"))


def _url(organisation: Organisation, path: str = "") -> str:
    return f"/o/{organisation.slug}/negotiation/{path}"


def _text(answer: Any) -> str:
    """What a page says, without tags."""
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(words).split())


def test_the_list_explains_itself_and_shows_what_is_under_discussion(
    organisation: Organisation, browser: Client
) -> None:
    assert "No negotiation yet" in _text(browser.get(_url(organisation)))
    row = a_negotiation(organisation)
    shown = _text(browser.get(_url(organisation)))
    assert "Hôtel des Quais" in shown
    assert "under discussion" in shown
    browser.post(_url(organisation, f"{row.pk}/archive/"))
    assert "Hôtel des Quais" not in _text(browser.get(_url(organisation)))
    assert "Hôtel des Quais" in _text(browser.get(_url(organisation, "?archived=1")))


def test_a_customer_brings_volume_habit_and_terms_along(organisation: Organisation, browser: Client) -> None:
    customer = a_customer(organisation)
    a_debt(customer, "600.00")
    begun = browser.post(_url(organisation, "new/"), {"kind": "customer", "customer": customer.pk})
    page = browser.get(begun["Location"])
    form = page.context["form"]
    assert form.initial["yearly_net"] == Decimal("1200.00")
    assert form.initial["vat_percent"] == Decimal(20)
    assert form.initial["month_11"] == Decimal("1200.00")
    assert form.initial["vat_regime"] == "debits"
    assert "1 invoice in the last twelve months: €1,200.00 without tax." in _text(page)
    assert "Too few payments" in _text(page)


def test_a_prospect_is_walked_from_facts_to_the_table(organisation: Organisation, browser: Client) -> None:
    begun = browser.post(_url(organisation, "new/"), {"kind": "tender", "name": "Ville de Lyon, lot 3"})
    facts = begun["Location"]
    row = Negotiation.objects.get()
    typed = dict(browser.get(facts).context["form"].initial) | {
        "yearly_net": "120 000", "margin_percent": "25,5", "own_money_percent": "", "sector": "general",
    }  # fmt: skip
    sent = {name: value for name, value in typed.items() if value is not None}
    answer = browser.post(facts, sent)
    assert answer["Location"] == _url(organisation, f"{row.pk}/limits/")
    row.refresh_from_db()
    deal = deal_of(row)
    assert (deal.yearly_net, deal.margin_percent) == (Decimal(120_000), Decimal("25.5"))
    assert deal.own_money_percent == Decimal(8)  # the usual overdraft
    answer = browser.post(answer["Location"], {"will_not_gain": "-500", "need_days": "50"})
    assert answer["Location"] == _url(organisation, f"{row.pk}/levers/")
    levers = {"delays": "0 ; 30 ; 60", "deposits": "0;30", "discount_days": "10", "prices": "-1 0 1"}
    answer = browser.post(answer["Location"], levers)
    row.refresh_from_db()
    assert len(limits_of(row)) == 2
    assert in_play_of(row) == InPlay(
        delays=(0, 30, 60),
        end_of_month=(),
        deposits=(Decimal(0), Decimal(30)),
        prices=(Decimal(-1), Decimal(0), Decimal(1)),
    )
    page = browser.get(answer["Location"])
    assert page.status_code == 200
    assert "is not among your customers yet" in _text(page)


def test_the_table_shows_the_figures_of_the_core(organisation: Organisation, browser: Client) -> None:
    row = a_negotiation(organisation)
    page = browser.post(_url(organisation, f"{row.pk}/"), fields_of(), headers=ANSWER)
    shown = _text(page)
    ours, theirs = worth_of(ASKED, DEAL), their_worth_of(ASKED, DEAL)
    answer = negotiate(DEAL, ASKED, usual_levers(DEAL))
    for figure in (
        ours.gain, ours.cost, ours.cash_need.after.average, ours.lowest_after.amount, ours.exposure.after.peak,
        theirs.gain,
    ):  # fmt: skip
        assert figures.money(figure, "EUR", "en") in shown
    assert ours.why.en in shown
    assert ours.lines[0].working.en in shown
    assert ours.cash_need.after.working.en in shown
    assert ours.expected_loss_working.en in shown
    assert answer.why.en in shown
    assert all(each.meaning.en in shown for each in answer.fair)
    assert "Walk-away line broken, by €184.71 a year." in shown
    assert "<html" not in page.content.decode()


def test_without_scripts_a_button_gives_the_whole_page_and_nothing_is_kept(
    organisation: Organisation, browser: Client
) -> None:
    row = a_negotiation(organisation)
    page = browser.post(_url(organisation, f"{row.pk}/"), fields_of(days=60))
    assert worth_of(ASKED, DEAL).why.en in _text(page)
    row.refresh_from_db()
    assert row.position is None
    browser.post(_url(organisation, f"{row.pk}/keep/"), fields_of(days=60))
    row.refresh_from_db()
    assert position_of(row) == ASKED


def test_a_point_of_a_table_is_taken_into_the_sliders(organisation: Organisation, browser: Client) -> None:
    row = a_negotiation(organisation)
    page = browser.post(_url(organisation, f"{row.pk}/"), {"take": packed(OURS)})
    assert page.context["form"].initial["price_percent"] == Decimal(1)
    assert worth_of(OURS, DEAL).why.en in _text(page)


@pytest.mark.parametrize(
    "taken", ["{", "[]", '{"terms":{"delay":{"days":"-1"}}}', '{"price_percent":"NaN"}', "9" * 9999, "[" * 4000]
)
def test_what_is_no_offer_is_not_taken(organisation: Organisation, browser: Client, taken: str) -> None:
    row = a_negotiation(organisation)
    page = browser.post(_url(organisation, f"{row.pk}/"), {"take": taken})
    assert page.status_code == 200
    assert page.context["form"].initial["days"] == 30  # today's terms
    assert "unreadable" in _text(page)


def test_what_the_law_forbids_stands_beside_its_field_and_is_not_offered(
    organisation: Organisation, browser: Client
) -> None:
    row = a_negotiation(organisation)
    page = browser.post(_url(organisation, f"{row.pk}/"), fields_of(days=90, penalty_value="1"))
    sheet = page.context["sheet"]
    assert [each.rule for each in sheet.law["delay"]]
    assert [each.rule for each in sheet.law["penalty"]]
    assert all(point.offer.terms.delay.days <= 60 for point in sheet.table.answer.points)
    refused = browser.post(_url(organisation, f"{row.pk}/rounds/"), fields_of(days=90, by="ours", on="2026-11-24"))
    assert refused.status_code == 422
    assert "L441-10" in _text(refused)
    assert not Round.objects.exists()


def test_our_offer_becomes_a_letter_a_pdf_and_a_draft_agreement(organisation: Organisation, browser: Client) -> None:
    row = a_negotiation(organisation, a_customer(organisation))
    a_round(row, TEN_YEARS, on=TODAY - timedelta(days=3))
    said = {"by": "ours", "on": "2026-11-24", "note": "au téléphone"}
    noted = browser.post(_url(organisation, f"{row.pk}/rounds/"), fields_of(OURS) | said)
    made = Round.objects.get(by=Side.OURS)
    page = browser.get(noted["Location"])
    letter = page.context["form"].initial
    assert letter["language"] == "fr"
    assert "Madame" in letter["letter"] or "Claire Petit" in letter["letter"]
    assert "21/11/2026" in letter["letter"]
    assert "L441-10" in letter["letter"]
    assert "184" not in letter["letter"]
    assert "Yours sincerely" in browser.get(noted["Location"] + "?language=en").context["form"].initial["letter"]
    assert browser.get(noted["Location"] + "letter.pdf").status_code == 302  # nothing is kept yet
    browser.post(noted["Location"], letter | {"letter": letter["letter"] + "\n\nÀ bientôt."})
    made.refresh_from_db()
    assert made.letter.endswith("À bientôt.")
    pdf = browser.get(noted["Location"] + "letter.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    drafted = browser.post(_url(organisation, f"rounds/{made.pk}/agreement/"))
    made.refresh_from_db()
    assert made.agreement is not None
    assert drafted["Location"] == f"/o/{organisation.slug}/terms/{made.agreement.pk}/"
    assert "was prepared from this offer" in _text(browser.get(noted["Location"]))


def test_a_prospect_becomes_a_customer_before_an_agreement(organisation: Organisation, browser: Client) -> None:
    row = a_negotiation(organisation)
    made = a_round(row, OURS, Side.OURS)
    page = browser.get(_url(organisation, f"rounds/{made.pk}/"))
    assert f"/o/{organisation.slug}/customers/new/?name=H%C3%B4tel%20des%20Quais" in page.content.decode()
    browser.post(_url(organisation, f"rounds/{made.pk}/agreement/"))
    made.refresh_from_db()
    assert made.agreement is None
    customer = a_customer(organisation, name="Hôtel des Quais")
    table = browser.get(_url(organisation, f"{row.pk}/"))
    assert table.context["customer_form"].initial["customer"] == customer
    browser.post(_url(organisation, f"{row.pk}/customer/"), {"customer": customer.pk})
    row.refresh_from_db()
    assert row.customer == customer


def test_rounds_stand_with_the_gain_of_each_side_and_the_gap(organisation: Organisation, browser: Client) -> None:
    row = a_negotiation(organisation)
    theirs = a_round(row, on=TODAY - timedelta(days=2))
    a_round(row, OURS, Side.OURS)
    shown = _text(browser.get(_url(organisation, f"{row.pk}/")))
    gap = worth_of(OURS, DEAL).gain - worth_of(ASKED, DEAL).gain
    assert figures.money(gap, "EUR", "en") in shown
    browser.post(_url(organisation, f"rounds/{theirs.pk}/withdraw/"))
    assert "Only one side has offered" in _text(browser.get(_url(organisation, f"{row.pk}/")))
    browser.post(_url(organisation, f"rounds/{theirs.pk}/restore/"))
    browser.post(_url(organisation, f"rounds/{theirs.pk}/agree/"))
    row.refresh_from_db()
    assert (row.state, row.agreed_round) == (NegotiationState.AGREED, theirs)
    browser.post(_url(organisation, f"{row.pk}/reopen/"))
    browser.post(_url(organisation, f"{row.pk}/abandon/"))
    row.refresh_from_db()
    assert row.state == NegotiationState.ABANDONED


def test_an_agreement_is_compared_with_what_happened_or_says_why_not(
    organisation: Organisation, browser: Client
) -> None:
    row = a_negotiation(organisation, a_customer(organisation))
    agree(round_id=a_round(row).pk, on=TODAY, **who(organisation))
    shown = _text(browser.get(_url(organisation, f"{row.pk}/")))
    assert "No invoice of the year is paid: there is nothing to compare." in shown


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("days", "99999999999999999999"), ("days", "-1"), ("price_percent", "NaN"), ("price_percent", "1e400"),
        ("price_percent", "-100"), ("volume", "0"), ("volume", "-5"), ("volume", "9" * 29), ("deposit", "100 %"),
        ("deposit", "abc"), ("discount_percent", "150"), ("minimum_order", "Infinity"), ("penalty_value", "-3"),
    ],
)  # fmt: skip
def test_a_wrong_figure_is_answered_with_a_sentence(
    organisation: Organisation, browser: Client, field: str, typed: str
) -> None:
    row = a_negotiation(organisation)
    page = browser.post(_url(organisation, f"{row.pk}/"), fields_of() | {field: typed})
    assert page.status_code == 422
    assert page.context["form"].errors[field]
    assert "This cannot be worked out yet:" in _text(page)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("margin_percent", Decimal(0)), ("margin_percent", Decimal(-100)), ("own_money_percent", Decimal(0)),
        ("own_money_percent", Decimal(-50)), ("own_money_percent", Decimal(200)), ("yearly_net", Decimal("0.01")),
        ("yearly_net", Decimal(10) ** 12), ("orders", 100_000), ("default_percent", Decimal(100)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("days", [0, 3650])
def test_extreme_deals_make_a_page_without_nonsense(
    organisation: Organisation, browser: Client, name: str, value: Any, days: int
) -> None:
    row = a_negotiation(organisation, deal=replace(DEAL, **{name: value}))
    page = browser.post(_url(organisation, f"{row.pk}/"), fields_of(days=days, deposit="50 %"))
    assert page.status_code == 200
    shown = _text(page)
    assert not re.search(r"\b(nan|NaN|inf|Infinity|None|\d[Ee]\+\d+)\b", shown)


def test_decimals_with_comma_are_read_in_both_languages(organisation: Organisation) -> None:
    row = a_negotiation(organisation)
    for language in ("fr", "en"):
        browser = logged_in(a_member(organisation, language=language))
        page = browser.post(_url(organisation, f"{row.pk}/"), fields_of(price_percent="1,5", volume="120 000,50 €"))
        offer = page.context["sheet"].table.offer
        assert (offer.price_percent, offer.volume) == (Decimal("1.5"), Decimal("120000.50"))


def test_a_reader_moves_sliders_but_writes_nothing(organisation: Organisation) -> None:
    row = a_negotiation(organisation)
    reader = logged_in(a_member(organisation, Role.READER))
    assert reader.post(_url(organisation, f"{row.pk}/"), fields_of()).status_code == 200
    assert reader.post(_url(organisation, f"{row.pk}/rounds/"), fields_of()).status_code == 403
    bare = a_negotiation(organisation, deal=None)
    assert reader.get(_url(organisation, f"{bare.pk}/")).status_code == 200


def test_the_table_asks_the_database_little(
    organisation: Organisation, browser: Client, django_assert_max_num_queries: Any
) -> None:
    row = a_negotiation(organisation, a_customer(organisation))
    for days in range(5):
        a_round(row, on=TODAY - timedelta(days=days))
    with django_assert_max_num_queries(12):
        browser.post(_url(organisation, f"{row.pk}/"), fields_of(), headers=ANSWER)


def test_amounts_of_what_is_offered_are_written_out(organisation: Organisation, browser: Client) -> None:
    row = a_negotiation(organisation)
    fields = fields_of(
        volume="150000", minimum_order="2000", instalment_1="30 %", instalment_1_days="0",
        discount_percent="0.5", discount_days="10", discount_2_percent="0.3", discount_2_days="20",
    )  # fmt: skip
    browser.post(_url(organisation, f"{row.pk}/rounds/"), fields | {"by": "theirs", "on": "2026-11-24"})
    offer: Offer = offer_of(Round.objects.get())
    assert [tier.days for tier in offer.terms.discounts] == [10, 20]
    assert len(offer.terms.instalments) == 1
    shown = _text(browser.get(_url(organisation, f"{row.pk}/")))
    assert f"volume of {amount_text(Decimal(150_000)).en} a year" in shown
    assert "discount of 0.5% within 10 days or 0.3% within 20 days" in shown
