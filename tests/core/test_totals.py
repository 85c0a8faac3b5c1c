"""The sums of a document, against EN 16931's own equations and a naive recomputation."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglo.core.document import Allowance, Invoice, Line, LineKind, Price, Totals, VatBreakdown
from reglo.core.figures import UnusableFigure
from reglo.core.money import amount_places, minor_units, round_half_up
from reglo.core.totals import with_totals
from tests.builders import a_line, an_allowance, an_invoice

quantities = st.decimals("-1000", "1000", places=3)
prices = st.decimals("0", "10000", places=4)
amounts = st.decimals("0", "1000", places=2)
rates = st.sampled_from([Decimal(20), Decimal(10), Decimal("5.5"), Decimal("2.1")])
currencies = st.sampled_from(["EUR", "JPY", "TND"])


@st.composite
def lines(draw: st.DrawFn) -> Line:
    line = a_line(quantity=str(draw(quantities)), net=str(draw(prices)), rate=str(draw(rates)))
    base = draw(st.sampled_from([None, Decimal(1), Decimal(12), Decimal("0.5")]))
    percent = draw(st.sampled_from([None, Decimal(10), Decimal("33.33")]))
    reductions = () if percent is None else (Allowance(percent=percent, reason="Remise"),)
    price = Price(net=line.price.net if line.price else None, base_quantity=base)
    return replace(line, price=price, allowances=reductions)


@st.composite
def drafts(draw: st.DrawFn) -> Invoice:
    places = amount_places(currency := draw(currencies))
    charges = tuple(
        an_allowance(str(round_half_up(draw(amounts), places)), rate=str(draw(rates)))
        for _ in range(draw(st.integers(0, 2)))
    )
    return Invoice(
        currency=currency,
        lines=tuple(draw(st.lists(lines(), min_size=1, max_size=6))),
        charges=charges,
        allowances=tuple(an_allowance(rate="20", amount="3") for _ in range(draw(st.integers(0, 1)))),
        totals=Totals(paid=draw(st.sampled_from([None, Decimal(10)]))),
    )


def total(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value or Decimal(0) for value in values), Decimal(0))


@given(drafts())
def test_totals_satisfy_the_equations_of_the_standard(draft: Invoice) -> None:
    made = with_totals(draft)
    sums = made.totals
    assert sums is not None
    assert sums.lines == total(line.net_amount for line in made.lines)  # BR-CO-10
    assert (sums.allowances or 0) == total(each.amount for each in made.allowances)  # BR-CO-11
    assert (sums.charges or 0) == total(each.amount for each in made.charges)  # BR-CO-12
    assert sums.net == sums.lines - (sums.allowances or 0) + (sums.charges or 0)  # BR-CO-13
    assert sums.vat == total(entry.tax for entry in made.vat_breakdown)  # BR-CO-14
    assert sums.gross == sums.net + sums.vat  # BR-CO-15
    assert sums.due == sums.gross - (sums.paid or 0) + (sums.rounding or 0)  # BR-CO-16


@given(drafts())
def test_the_tax_of_a_category_is_its_base_times_its_rate_rounded_once(draft: Invoice) -> None:
    made = with_totals(draft)
    step = Decimal(1).scaleb(-amount_places(made.currency))
    assert total(entry.taxable for entry in made.vat_breakdown) == made.totals.net
    for entry in made.vat_breakdown:
        exact = entry.taxable * entry.rate / 100
        assert entry.tax == exact.quantize(step, rounding=ROUND_HALF_UP)


@given(drafts())
def test_no_amount_has_more_decimals_than_its_currency(draft: Invoice) -> None:
    made = with_totals(draft)
    places = amount_places(made.currency)
    shown = [line.net_amount for line in made.lines]
    shown += [getattr(made.totals, name) for name in ("lines", "net", "vat", "gross", "due")]
    shown += [entry.tax for entry in made.vat_breakdown]
    assert all(-value.as_tuple().exponent <= places for value in shown if value is not None)


@given(drafts())
def test_computing_twice_changes_nothing(draft: Invoice) -> None:
    assert with_totals(with_totals(draft)) == with_totals(draft)


@given(st.permutations([a_line("1", net="1.11"), a_line("2", net="2.22", rate="10"), a_line("3", net="3.335")]))
def test_the_order_of_lines_changes_no_total(permuted: list[Line]) -> None:
    made = with_totals(an_invoice(lines=tuple(permuted)))
    assert made.totals == with_totals(an_invoice(lines=tuple(sorted(permuted, key=str)))).totals


def test_vat_is_rounded_by_category_and_never_by_line() -> None:
    made = with_totals(an_invoice(lines=tuple(a_line(str(n), net="10.01") for n in range(3))))
    assert made.totals is not None
    assert made.totals.gross == Decimal("36.04")  # rounding each line would give 36.03


def test_halves_are_rounded_away_from_zero() -> None:
    assert round_half_up(Decimal("2.345"), 2) == Decimal("2.35")
    assert round_half_up(Decimal("-2.345"), 2) == Decimal("-2.35")


def test_nothing_is_never_minus_nothing() -> None:
    assert str(round_half_up(Decimal("-0.001"), 2)) == "0.00"
    credit = with_totals(an_invoice(lines=(a_line(quantity="-1", category="E", rate="0"),)))
    assert str(credit.vat_breakdown[0].tax) == "0.00"


def test_currencies_have_their_own_number_of_decimals() -> None:
    assert [minor_units(code) for code in ("EUR", "JPY", "TND", "XXX", None)] == [2, 0, 3, 2, 2]


def test_a_document_in_dinars_has_two_decimals_since_the_standard_carries_no_third() -> None:
    made = with_totals(an_invoice(currency="TND", lines=(a_line(net="12.3455", quantity="2"),)))
    assert made.totals is not None
    assert (str(made.totals.net), str(made.totals.vat), str(made.totals.gross)) == ("24.69", "4.94", "29.63")


def test_a_yen_invoice_has_no_decimals() -> None:
    made = with_totals(an_invoice(currency="JPY", lines=(a_line(net="1234.5"),)))
    assert made.totals is not None
    assert (made.totals.net, made.totals.vat) == (Decimal(1235), Decimal(247))


def test_a_net_price_comes_from_gross_price_and_discount() -> None:
    line = replace(a_line(), price=Price(gross=Decimal(120), discount=Decimal(20)))
    assert with_totals(an_invoice(lines=(line,))).lines[0].price == Price(
        gross=Decimal(120), discount=Decimal(20), net=Decimal(100)
    )


def test_the_base_quantity_divides_the_price() -> None:
    line = replace(a_line(quantity="250"), price=Price(net=Decimal("12.40"), base_quantity=Decimal(100)))
    assert with_totals(an_invoice(lines=(line,))).lines[0].net_amount == Decimal("31.00")


def test_groups_sum_what_is_below_them_and_count_once() -> None:
    tree = (
        a_line("1", kind=LineKind.GROUP, price=None, quantity="1"),
        a_line("1.1", parent="1", kind=LineKind.DETAIL, net="40"),
        a_line("1.2", parent="1", kind=LineKind.GROUP, price=None),
        a_line("1.2.1", parent="1.2", kind=LineKind.DETAIL, net="2.50"),
        a_line("2", kind=LineKind.INFORMATION, net="999"),
    )
    made = with_totals(an_invoice(lines=tree))
    assert made.totals is not None
    assert made.lines[0].net_amount == Decimal("42.50")
    assert made.totals.lines == Decimal("42.50")


def test_a_group_that_contains_itself_ends() -> None:
    loop = (a_line("1", kind=LineKind.GROUP, parent="2"), a_line("2", kind=LineKind.GROUP, parent="1"))
    assert with_totals(an_invoice(lines=loop)).totals is not None


def test_a_deposit_already_paid_lowers_what_is_due_but_not_the_tax() -> None:
    made = with_totals(an_invoice(totals=Totals(paid=Decimal("36.00"))))
    assert made.totals is not None
    assert (made.totals.vat, made.totals.due) == (Decimal("20.00"), Decimal("84.00"))


def test_the_reason_of_an_exemption_is_kept() -> None:
    reason = VatBreakdown(category="E", rate=Decimal(0), exemption_reason="Article 261, 4-4° du CGI")
    draft = an_invoice(lines=(a_line(category="E", rate="0"),))
    made = with_totals(replace(draft, vat_breakdown=(reason,)))
    assert made.vat_breakdown[0].exemption_reason == "Article 261, 4-4° du CGI"
    assert made.vat_breakdown[0].taxable == Decimal("100.00")


@pytest.mark.parametrize("figure", ["NaN", "sNaN", "Infinity", "-Infinity", "1e400", "1e26"])
def test_what_is_no_number_is_refused_with_its_place(figure: str) -> None:
    wrong = Decimal(figure)
    places = {
        "lines[0].quantity": Invoice(lines=(replace(a_line(), quantity=wrong),)),
        "lines[0].price.net": Invoice(lines=(replace(a_line(), price=Price(net=wrong)),)),
        "lines[0].allowances[0].amount": Invoice(lines=(a_line(allowances=(Allowance(amount=wrong),)),)),
        "charges[0].percent": Invoice(charges=(Allowance(percent=wrong),)),
        "totals.paid": Invoice(totals=Totals(paid=wrong)),
    }
    for where, draft in places.items():
        with pytest.raises(UnusableFigure) as caught:
            with_totals(draft)
        assert caught.value.field == where


def test_a_price_for_no_quantity_is_refused() -> None:
    line = replace(a_line(), price=Price(net=Decimal(10), base_quantity=Decimal(0)))
    with pytest.raises(UnusableFigure) as caught:
        with_totals(Invoice(lines=(line,)))
    assert caught.value.field == "lines[0].price.base_quantity"


def test_sums_do_not_depend_on_the_decimal_context_of_the_caller() -> None:
    draft = an_invoice(lines=(a_line(net="12345678.91"),))
    with localcontext(prec=5):
        made = with_totals(draft)
    assert made == with_totals(draft)


def test_products_of_the_longest_figures_are_exact() -> None:
    line = a_line(quantity="999999999999999", net="999999999999999.999995")
    made = with_totals(Invoice(lines=(line,)))
    assert made.lines[0].net_amount == Decimal("999999999999998999995000000000.00")
