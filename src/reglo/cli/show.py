"""`reglo show`: the invoice that a file holds, readable in the terminal."""

from collections.abc import Iterator

import click

from reglo.cli.commands import command
from reglo.cli.documents import read_defaults, read_documents
from reglo.cli.errors import ACCEPTED, UNREADABLE
from reglo.cli.figures import amount, day, percent, quantity
from reglo.cli.language import language, say
from reglo.cli.options import FILE, seller_option
from reglo.cli.output import broken_lines, complain, one_line, print_line, styled, table
from reglo.core.document import Invoice, Line, Party
from reglo.core.findings import Text

_KINDS = {
    "380": Text(fr="Facture", en="Invoice"),
    "381": Text(fr="Avoir", en="Credit note"),
    "384": Text(fr="Facture rectificative", en="Corrective invoice"),
    "386": Text(fr="Facture d'acompte", en="Deposit invoice"),
    "389": Text(fr="Autofacture", en="Self-billed invoice"),
    "261": Text(fr="Avoir autofacturé", en="Self-billed credit note"),
}
_LINE_HEAD = Text(
    fr="n°|désignation|quantité|unité|prix HT|TVA|montant HT", en="no.|item|quantity|unit|net price|VAT|net amount"
)
_VAT_HEAD = Text(fr="TVA|taux|base HT|taxe|motif", en="VAT|rate|taxable|tax|reason")

_ORIGINAL = Text(fr="Facture d'origine", en="Preceding invoice")
_DEPOSIT = Text(fr="Acompte facturé", en="Deposit invoiced")
#: Columns of the names at the left.
_LABEL = 20


@command(
    "show",
    text=Text(
        fr="Afficher une facture en clair : parties, dates, lignes, TVA, totaux, conditions, notes.",
        en="Show an invoice in clear: parties, dates, lines, VAT, totals, terms, notes.",
    ),
    examples=("reglo show facture.pdf", "reglo show factures.csv | less"),
)
@click.argument("file", type=FILE, metavar="FILE")
@seller_option
def show(file: str, seller: str | None) -> int:
    """Print each document of the file."""
    status = ACCEPTED
    for document in read_documents(file, read_defaults(seller)):
        if document.reading is None:
            reason = say(document.error.message) if document.error is not None else ""
            complain("\n".join(f"{document.name}: {line}" for line in reason.splitlines()))
            status = UNREADABLE
            continue
        for line in _page(document.reading.invoice):
            print_line(line)
        print_line()
    return status


def _page(invoice: Invoice) -> Iterator[str]:
    yield from _head(invoice)
    yield from _parties(invoice)
    yield from _references(invoice)
    yield from _lines(invoice)
    yield from _allowances(invoice)
    yield from _vat(invoice)
    yield from _totals(invoice)
    yield from _payment(invoice)
    yield from _notes(invoice)


def _head(invoice: Invoice) -> Iterator[str]:
    kind = say(_KINDS.get(invoice.type_code or "380", Text(fr="Document", en="Document")))
    yield styled(one_line(f"{kind} {invoice.number or '—'}"), bold=True)
    facts = [
        (Text(fr="date", en="date"), day(invoice.issue_date)),
        (Text(fr="échéance", en="due"), day(invoice.due_date)),
        (Text(fr="devise", en="currency"), invoice.currency or ""),
        (Text(fr="profil", en="profile"), invoice.specification or ""),
    ]
    yield from broken_lines(one_line(" · ".join(f"{say(name)} {value}" for name, value in facts if value)), 0)


def _parties(invoice: Invoice) -> Iterator[str]:
    roles = (
        (Text(fr="Vendeur", en="Seller"), invoice.seller),
        (Text(fr="Client", en="Buyer"), invoice.buyer),
        (Text(fr="Bénéficiaire", en="Payee"), invoice.payee),
        (Text(fr="Représentant fiscal", en="Tax representative"), invoice.tax_representative),
    )
    for name, party in roles:
        if party is not None:
            yield ""
            yield from _indented(say(name), list(_party(party)))


def _party(party: Party) -> Iterator[str]:
    yield party.name or "—"
    if party.address is not None:
        place = party.address
        streets = [each for each in (place.line_1, place.line_2, place.line_3) if each]
        town = " ".join(each for each in (place.post_code, place.city) if each)
        yield ", ".join(each for each in (*streets, town, place.country) if each)
    yield " · ".join(f"{name} {value}" for name, value in _numbers(party) if value)
    yield party.legal_information or ""


def _numbers(party: Party) -> Iterator[tuple[str, str | None]]:
    if party.legal_registration is not None:
        siren = party.legal_registration.scheme == "0002"
        yield "SIREN" if siren else say(Text(fr="N° légal", en="Reg. no.")), party.legal_registration.value
    yield say(Text(fr="TVA", en="VAT")), party.vat_identifier


def _indented(name: str, values: list[str]) -> Iterator[str]:
    kept = [one_line(value) for value in values if value]
    for index, value in enumerate(kept):
        for place, line in enumerate(broken_lines(value, _LABEL)):
            label = name if index == place == 0 else ""
            yield f"{styled(f'{label:<{_LABEL}}', dim=True)}{line}"


def _references(invoice: Invoice) -> Iterator[str]:
    delivered = day(invoice.delivery.date) if invoice.delivery is not None else ""
    preceding = ", ".join(each.number or "—" for each in invoice.preceding_invoices)
    facts = (
        (Text(fr="Livraison", en="Delivery"), delivered),
        (Text(fr="Période", en="Period"), _period(invoice)),
        (Text(fr="Référence acheteur", en="Buyer reference"), invoice.buyer_reference),
        (Text(fr="Commande", en="Order"), invoice.purchase_order),
        (Text(fr="Contrat", en="Contract"), invoice.contract),
        (_DEPOSIT if _is_final(invoice) else _ORIGINAL, preceding),
    )
    if any(value for _, value in facts):
        yield ""
    for name, value in facts:
        yield from _indented(say(name), [value or ""])


def _is_final(invoice: Invoice) -> bool:
    """Whether the invoices before it are deposits that it deducts (BT-23)."""
    return invoice.type_code == "380" and (invoice.business_process or "").endswith("4")


def _period(invoice: Invoice) -> str:
    if invoice.period is None:
        return ""
    return f"{day(invoice.period.start)} – {day(invoice.period.end)}"


def _lines(invoice: Invoice) -> Iterator[str]:
    if not invoice.lines:
        return
    rows = [say(_LINE_HEAD).split("|"), *(_line(line, invoice) for line in invoice.lines)]
    yield ""
    head, *rest = table(rows, right=(2, 4, 5, 6), flows=1)
    yield styled(head, underline=True)
    yield from rest


def _line(line: Line, invoice: Invoice) -> list[str]:
    name = (line.item.name if line.item is not None else None) or "—"
    return [
        line.identifier or "",
        name if len(name) <= 60 else f"{name[:59]}…",
        quantity(line.quantity),
        _unit(line),
        amount(line.price.net if line.price is not None else None, invoice.currency),
        percent(line.vat_rate) or (line.vat_category or ""),
        amount(line.net_amount, invoice.currency),
    ]


def _unit(line: Line) -> str:
    from reglo.formats.units import unit_name  # loaded with the formats, once there is a document to show

    if not line.unit or line.quantity is None:
        return line.unit or ""
    return unit_name(line.unit, line.quantity, language())


def _allowances(invoice: Invoice) -> Iterator[str]:
    remise, frais = say(Text(fr="Remise", en="Allowance")), say(Text(fr="Frais", en="Charge"))
    rows = [
        *([each.reason or remise, f"-{amount(each.amount, invoice.currency)}"] for each in invoice.allowances),
        *([each.reason or frais, amount(each.amount, invoice.currency)] for each in invoice.charges),
    ]
    if rows:
        yield ""
        yield from table(rows, right=(1,))


def _vat(invoice: Invoice) -> Iterator[str]:
    if not invoice.vat_breakdown:
        return
    rows = [
        [
            entry.category or "",
            percent(entry.rate),
            amount(entry.taxable, invoice.currency),
            amount(entry.tax, invoice.currency),
            entry.exemption_reason or entry.exemption_code or "",
        ]
        for entry in invoice.vat_breakdown
    ]
    yield ""
    head, *rest = table([say(_VAT_HEAD).split("|"), *rows], right=(1, 2, 3), flows=4)
    yield styled(head, underline=True)
    yield from rest


def _totals(invoice: Invoice) -> Iterator[str]:
    totals = invoice.totals
    if totals is None:
        return
    facts = (
        (Text(fr="Total HT", en="Total without VAT"), totals.net),
        (Text(fr="TVA", en="VAT"), totals.vat),
        (Text(fr="Total TTC", en="Total with VAT"), totals.gross),
        (Text(fr="Déjà payé", en="Already paid"), totals.paid),
        (Text(fr="Arrondi", en="Rounding"), totals.rounding),
        (Text(fr="Net à payer", en="Amount due"), totals.due),
    )
    rows = [
        [say(name), amount(value, invoice.currency), invoice.currency or ""]
        for name, value in facts
        if value is not None
    ]
    yield ""
    lines = table(rows, right=(1,))
    yield from lines[:-1]
    yield from (styled(line, bold=True) for line in lines[-1:])


def _payment(invoice: Invoice) -> Iterator[str]:
    yield ""
    yield from _indented(say(Text(fr="Conditions", en="Terms")), [invoice.payment_terms or ""])
    if invoice.payment is None:
        return
    for means in invoice.payment.means:
        account = means.account
        values = [account.identifier, account.bic, account.name] if account is not None else []
        yield from _indented(say(Text(fr="Compte", en="Account")), [" · ".join(each for each in values if each)])
    yield from _indented(say(Text(fr="Référence", en="Reference")), [invoice.payment.remittance_information or ""])


def _notes(invoice: Invoice) -> Iterator[str]:
    for note in invoice.notes:
        yield from _indented(f"Note {note.subject or ''}".strip(), [note.text or ""])
