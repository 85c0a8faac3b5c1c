"""Columns are as wide as their figures, though nobody measured them."""

import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reglo.formats.pdf import render_pdf
from reglo.formats.pdf.content.widths import widest, width_of
from reglo.formats.pdf.figures import number
from tests.builders import a_line, an_invoice
from tests.formats.pdf_reading import text

quantities = st.decimals("0.0001", "9999999", places=4)
prices = st.decimals("0.01", "99999", places=3)


@given(st.lists(st.tuples(quantities, prices), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_no_figure_of_a_line_is_broken(values: list[tuple[Decimal, Decimal]]) -> None:
    lines = tuple(a_line(str(place), quantity=str(q), net=str(p)) for place, (q, p) in enumerate(values, start=1))
    invoice = an_invoice(lines=lines)
    page = text(render_pdf(invoice))
    for line in invoice.lines:
        assert line.quantity is not None
        assert line.net_amount is not None
        quantity = number(line.quantity, "fr").replace("\u202f", " ")
        amount = number(line.net_amount, "fr", least=2).replace("\u202f", " ")
        assert re.search(rf"(^| ){re.escape(quantity)} unité.* {re.escape(amount)}$", page, re.MULTILINE)


def test_a_wider_text_is_wider() -> None:
    assert width_of("") == widest([]) == 0
    assert width_of("1\u202f000") < width_of("1\u202f0000") < width_of("10\u202f0000")
    assert width_of("i") < width_of("W") < width_of("漢")
    assert width_of("a\u200bb") == width_of("ab")
    assert widest(["1", "100", "10"]) == width_of("100")
