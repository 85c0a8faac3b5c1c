"""A statement as a letter, in the language of the customer."""

from collections.abc import Iterator
from datetime import date

from reglo.collection.paying import Transfer
from reglo.collection.services.letters.parts import address_of, paper
from reglo.collection.services.reminders import days_text
from reglo.core.findings import Text
from reglo.core.money import from_minor
from reglo.customers.queries import paying_contact
from reglo.delivery.services.values import amount_text
from reglo.formats.pdf import figures, render_paper
from reglo.formats.pdf.papers import Block, Grid, Heading, Picture, Small
from reglo.reporting.statements.account import CustomerStatement, OpenRow
from reglo.reporting.statements.words import bucket_name, move_name

_NBSP = "\N{NO-BREAK SPACE}"
_MOVES = Text(fr="Date|Opération|Pièce|Débit|Crédit|Solde", en="Date|Operation|Document|Debit|Credit|Balance")
_OPEN = Text(fr="Document|Date|Échéance|Retard|Reste dû", en="Document|Date|Due|Late|Open")
_QR_SHARE = 4  #: the code is a fourth of the text's width, some 4 cm: what a telephone reads at once


def statement_pdf(statement: CustomerStatement, *, written: date) -> bytes:
    """The letter, dated `written`."""
    customer = statement.customer
    language = customer.language
    title = statement_title(statement).in_language(language)
    letter = paper(
        customer.organisation,
        language=language,
        title=f"{title} – {customer.name}",
        subject=title,
        recipient=address_of(customer, paying_contact(customer)),
        written=written,
        blocks=list(_blocks(statement, language)),
    )
    return render_paper(letter, written=written)


def statement_title(statement: CustomerStatement) -> Text:
    """What it is, of which days."""
    start, end = statement.days.start, statement.days.end
    return Text(
        fr=f"Relevé de compte du {figures.day(start, 'fr')} au {figures.day(end, 'fr')}",
        en=f"Account statement from {figures.day(start, 'en')} to {figures.day(end, 'en')}",
    )


def statement_file_name(statement: CustomerStatement) -> str:
    """The name of its file: releve-2026-11-30.pdf."""
    name = Text(fr="releve-de-compte", en="account-statement").in_language(statement.customer.language)
    currency = "" if statement.days.currency == "EUR" else f"-{statement.days.currency}"
    return f"{name}-{statement.days.end:%Y-%m-%d}{currency}.pdf"


def _blocks(statement: CustomerStatement, language: str) -> Iterator[Block]:
    yield _answer(statement).in_language(language)
    yield _moves(statement, language)
    if statement.open_rows:
        yield Heading(Text(fr="Ce qui reste ouvert", en="What is open").in_language(language))
        yield _open(statement, language)
    if statement.owed_minor:
        yield Heading(Text(fr="Par ancienneté", en="By age").in_language(language))
        yield _aged(statement, language)
    if statement.transfer:
        yield Heading(Text(fr="Pour payer", en="How to pay").in_language(language))
        yield _how_to_pay(statement.transfer).in_language(language)
        yield from _code(statement.transfer, language)
    yield Small(_note(statement).in_language(language))


def _answer(statement: CustomerStatement) -> Text:
    end, closing, currency = statement.days.end, statement.closing_minor, statement.days.currency
    if closing < 0:
        return Text(
            fr=f"Au {figures.day(end, 'fr')}, votre compte présente un solde en votre faveur de "
            f"{amount_text(-closing, currency, 'fr')}.",
            en=f"At {figures.day(end, 'en')}, your account has a balance in your favour of "
            f"{amount_text(-closing, currency, 'en')}.",
        )
    if not closing:
        return Text(
            fr=f"Au {figures.day(end, 'fr')}, votre compte est soldé. Merci.",
            en=f"At {figures.day(end, 'en')}, nothing is owed on your account. Thank you.",
        )
    return Text(
        fr=f"Au {figures.day(end, 'fr')}, il reste à payer {amount_text(closing, currency, 'fr')} sur votre compte.",
        en=f"At {figures.day(end, 'en')}, {amount_text(closing, currency, 'en')} is left to pay on your account.",
    )


def _moves(statement: CustomerStatement, language: str) -> Grid:
    currency = statement.days.currency

    def amount(minor: int) -> str:
        return amount_text(minor, currency, language) if minor else ""

    opening = Text(fr="Solde précédent", en="Balance before").in_language(language)
    closing = Text(fr="Solde", en="Balance").in_language(language)
    rows = [
        (
            figures.short_day(each.entry.date, language),
            move_name(each).in_language(language),
            each.entry.reference,
            amount(each.debit_minor),
            amount(each.credit_minor),
            amount_text(each.balance_minor, currency, language),
        )
        for each in statement.moves
    ]
    first = (figures.short_day(statement.days.before, language), opening, "", "", "")
    last = (figures.short_day(statement.days.end, language), closing, "")
    return Grid(
        headings=tuple(_MOVES.in_language(language).split("|")),
        rows=(
            (*first, amount_text(statement.opening_minor, currency, language)),
            *rows,
            (
                *last,
                amount(statement.debit_minor),
                amount(statement.credit_minor),
                amount_text(statement.closing_minor, currency, language),
            ),
        ),
        figures=frozenset({3, 4, 5}),
        totals=1,
    )


def _open(statement: CustomerStatement, language: str) -> Grid:
    total = amount_text(statement.closing_minor, statement.days.currency, language)
    return Grid(
        headings=tuple(_OPEN.in_language(language).split("|")),
        rows=(*(_open_row(each, language) for each in statement.open_rows), ("Total", "", "", "", total)),
        figures=frozenset({3, 4}),
        totals=1,
    )


def _open_row(row: OpenRow, language: str) -> tuple[str, str, str, str, str]:
    unused = Text(fr="Paiement à affecter", en="Payment on account").in_language(language)
    return (
        row.item.reference or unused,
        figures.short_day(row.item.document_date, language),
        figures.short_day(row.item.due_date, language) if row.item.due_date else "",
        days_text(row.days_late, language) if row.days_late else "–",
        amount_text(row.amount_minor, row.item.currency, language),
    )


def _aged(statement: CustomerStatement, language: str) -> Grid:
    currency, total = statement.days.currency, Text(fr="Solde", en="Balance").in_language(language)
    unused = Text(fr="À déduire", en="Credits").in_language(language)
    amounts = [figures.money(each.amount, currency, language) for each in statement.buckets]
    return Grid(
        headings=(*(bucket_name(each).in_language(language) for each in statement.buckets), unused, total),
        rows=(
            (
                *amounts,
                figures.money(from_minor(statement.credits_minor, currency), currency, language),
                amount_text(statement.closing_minor, currency, language),
            ),
        ),
        figures=frozenset(range(len(statement.buckets) + 2)),
    )


def _how_to_pay(transfer: Transfer) -> Text:
    bic = f", BIC {transfer.bic}" if transfer.bic else ""
    to = f"{transfer.holder}, IBAN {transfer.iban_grouped}{bic}"
    return Text(
        fr=f"Par virement de {amount_text(transfer.minor, transfer.currency, 'fr')} à {to}, "
        f"référence{_NBSP}: {transfer.reference}.",
        en=f"By transfer of {amount_text(transfer.minor, transfer.currency, 'en')} to {to}, "
        f"reference: {transfer.reference}.",
    )


def _code(transfer: Transfer, language: str) -> Iterator[Block]:
    if transfer.qr:
        words = Text(
            fr="Code QR du virement, à lire avec l'application de votre banque",
            en="QR code of the transfer, to be read by your bank's app",
        )
        yield Picture(svg=_beside_nothing(transfer.qr), words=words.in_language(language))


def _beside_nothing(svg: str) -> str:
    """A square drawing at the left of a wide one, since pictures are as wide as the text."""
    inner = svg.replace("<svg ", '<svg x="0" y="0" ', 1)
    size = inner.partition('width="')[2].partition('"')[0]
    wide = _QR_SHARE * int(size)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {size}">{inner}</svg>'


def _note(statement: CustomerStatement) -> Text:
    end = statement.days.end
    return Text(
        fr=f"Établi d'après nos livres, toutes taxes comprises. Les paiements reçus après le {figures.day(end, 'fr')} "
        "n'y figurent pas ; le montant à virer, lui, en tient compte.",
        en=f"Made from our books, with tax. Payments received after {figures.day(end, 'en')} are not in it; the amount "
        "to transfer takes them into account.",
    )
