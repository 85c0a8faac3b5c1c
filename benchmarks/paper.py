"""Factur-X of one page, all included, against WeasyPrint for a page of the same content, PDF alone."""

from collections.abc import Iterator
from html import escape
from itertools import cycle

from benchmarks import documents
from benchmarks.measure import Row, median, side_by_side
from reglo.core.document import Invoice
from reglo.formats.facturx import write_facturx
from reglo.formats.pdf import Look


def against_weasyprint(quick: bool) -> Iterator[Row]:
    """One page; WeasyPrint is left out where its system libraries are missing."""
    runs = 5 if quick else 20
    # Each of its own, for the typesetter remembers what it has set before.
    invoices = [documents.invoice(3, which) for which in range(runs + 1)]
    next_invoice, next_page = cycle(invoices), cycle(map(_as_html, invoices))

    def ours() -> bytes:
        return write_facturx(next(next_invoice), look=Look())

    try:
        from weasyprint import HTML
    except OSError:
        yield Row(
            "Factur-X, 1 page", median(ours, runs), reach="≤ 20 ms", note="WeasyPrint's libraries are missing here"
        )
        return
    mine, theirs = side_by_side(ours, lambda: HTML(string=next(next_page)).write_pdf(), runs)
    yield Row("Factur-X, 1 page", mine, theirs, "WeasyPrint, PDF alone", "≤ 20 ms")


def long_documents(quick: bool) -> Iterator[Row]:
    """A thousand lines."""
    runs = 1 if quick else 3
    invoices = iter([documents.invoice(1000, which) for which in range(runs + 1)])
    ours = median(lambda: write_facturx(next(invoices), look=Look()), runs)
    yield Row("Factur-X, 1,000 lines", ours, note=f"{ours:.2f} ms a line")


def _as_html(invoice: Invoice) -> str:
    rows = "".join(
        f"<tr><td>{escape(line.item.name or '') if line.item else ''}</td><td>{line.quantity}</td>"
        f"<td>{line.price.net if line.price else ''}</td><td>{line.vat_rate} %</td><td>{line.net_amount}</td></tr>"
        for line in invoice.lines
    )
    seller, buyer = invoice.seller, invoice.buyer
    return (
        "<style>@page{size:A4;margin:2cm}body{font-family:sans-serif}table{width:100%;border-collapse:collapse}"
        "td{border-bottom:1px solid #ccc;padding:4px}</style>"
        f"<h1>Facture {escape(invoice.number or '')}</h1><p>{escape((seller and seller.name) or '')}</p>"
        f"<p>{escape((buyer and buyer.name) or '')}</p><table>{rows}</table>"
        f"<p>Net à payer : {invoice.totals.due if invoice.totals else ''} EUR</p>"
        + "".join(f"<p><small>{escape(note.text or '')}</small></p>" for note in invoice.notes)
    )
