"""The documents that are measured: an ordinary French invoice with as many lines as one asks for, good or bad."""

import re
from dataclasses import replace
from decimal import Decimal

from tests.builders import a_line, an_invoice

from reglo.core.document import Invoice
from reglo.core.totals import with_totals
from reglo.formats.cii import write_cii
from reglo.formats.ubl import write_ubl


def invoice(lines: int, which: int = 0) -> Invoice:
    """An invoice of `lines` lines at three VAT rates, complete for the French platforms; another for each `which`."""
    rates = ("20", "10", "5.5")
    made = tuple(
        a_line(
            str(n + 1), quantity=str(1 + n % 7), net=str(Decimal("9.99") + (n + which) % 50 + which), rate=rates[n % 3]
        )
        for n in range(lines)
    )
    return with_totals(replace(an_invoice(), number=f"F{which + 1}", lines=made))


def cii(lines: int) -> bytes:
    """The same as CII."""
    return write_cii(invoice(lines))


def ubl(lines: int) -> bytes:
    """The same as UBL."""
    return write_ubl(invoice(lines))


def with_findings(data: bytes) -> bytes:
    """The same document with an unknown unit and an article without a name on every line."""
    return re.sub(rb'unitCode="[^"]*"', b'unitCode="ZZQ"', data).replace(b">Conseil<", b"><")


def with_unreadable_quantities(data: bytes) -> bytes:
    """The same document with a quantity on every line that is no number."""
    return re.sub(rb'(Quantity unitCode="[^"]*">)[^<]*', rb"\1beaucoup", data)
