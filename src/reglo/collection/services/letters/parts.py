"""The parts that papers share: head, address, tables of what is due, the working of interest."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from reglo.collection.queries.penalties import ItemPenalty
from reglo.collection.services.reminders import days_text, total_text
from reglo.core.collection import Item
from reglo.core.findings import Text
from reglo.customers.models import Contact, Customer
from reglo.delivery.services.values import amount_text
from reglo.formats.pdf import figures
from reglo.formats.pdf.papers import Block, Grid, Heading, Paper, Small
from reglo.organisations.letterhead import letterhead_of
from reglo.organisations.models import Organisation
from reglo.organisations.queries import look_of

_DUE = Text(fr="Facture|Date|Échéance|Retard|Restant dû TTC", en="Invoice|Date|Due|Late|Unpaid, with tax")
_WORKING = Text(fr="Du|Au|Jours|Base TTC|Taux annuel|Pénalités", en="From|To|Days|Base with tax|Yearly rate|Interest")


def paper(
    organisation: Organisation,
    *,
    language: str,
    title: str,
    blocks: Sequence[Block],
    recipient: tuple[str, ...] = (),
    postal: str = "",
    subject: str = "",
    written: date | None = None,
) -> Paper:
    """A paper of an organisation. written: the day that stands above it."""
    head = letterhead_of(organisation)
    place = f"{organisation.city}, " if organisation.city else ""
    day = figures.day(written, language) if written else ""
    dated = Text(fr=f"{place}le {day}", en=f"{place}{day}").in_language(language)
    return Paper(
        language=language,
        title=title,
        sender=head.trading_name or head.name,
        sender_lines=(*head.address, " · ".join(head.reach)),
        recipient=recipient,
        postal=postal,
        place_and_day=dated if written else "",
        subject=subject,
        footer=" · ".join(part for part in (head.name, head.legal, head.vat) if part),
        look=look_of(organisation),
        blocks=tuple(blocks),
    )


def address_of(customer: Customer, contact: Contact | None) -> tuple[str, ...]:
    """Name and registered address, for the window of the envelope."""
    person = contact.name if contact is not None else ""
    place = f"{customer.post_code} {customer.city}".strip()
    country = customer.country if customer.country != "FR" else ""
    lines = (customer.name, person, customer.line_1, customer.line_2, place, country)
    return tuple(line for line in lines if line)


def due_grid(items: Sequence[Item], issued: dict[str, date], language: str) -> Grid:
    """All that is due."""
    rows = [
        (
            each.number,
            figures.short_day(issued[each.receivable], language) if each.receivable in issued else "",
            figures.short_day(each.due, language),
            days_text(each.days_late, language) if each.days_late > 0 else "–",
            figures.money(each.amount, each.currency, language),
        )
        for each in items
    ]
    return Grid(
        headings=tuple(_DUE.in_language(language).split("|")),
        rows=(*rows, ("Total", "", "", "", total_text(items, language))),
        figures=frozenset({3, 4}),
        totals=1,
    )


def working(penalties: Iterable[ItemPenalty], language: str) -> Iterator[Block]:
    """How interest and indemnity were worked out, invoice by invoice, line by line."""
    known = list(penalties)
    for each in known:
        number = each.item.reference
        yield Heading(Text(fr=f"Facture {number}", en=f"Invoice {number}").in_language(language))
        yield _working_grid(each, language)
    if known:
        yield Small(known[0].statement.method.in_language(language))
    yield from (Small(each) for each in sorted(_sources(known)))


def _working_grid(each: ItemPenalty, language: str) -> Grid:
    currency = each.item.currency
    rows = [
        (
            figures.short_day(line.first, language),
            figures.short_day(line.last, language),
            str(line.days),
            figures.money(line.base, currency, language),
            line.rate.working.in_language(language),
            figures.money(line.interest, currency, language),
        )
        for line in each.statement.lines
    ]
    return Grid(
        headings=tuple(_WORKING.in_language(language).split("|")),
        rows=(*rows, *_sums(each, language)),
        figures=frozenset({2, 3, 5}),
        totals=len(list(_sums(each, language))),
    )


def _sums(each: ItemPenalty, language: str) -> Iterator[tuple[str, ...]]:
    currency = each.item.currency
    interest = Text(fr="Pénalités", en="Interest").in_language(language)
    yield (interest, "", "", "", "", figures.money(each.statement.total, currency, language))
    if each.decided_minor:
        before = Text(fr="Déjà décidé", en="Decided before").in_language(language)
        yield (before, "", "", "", "", amount_text(-each.decided_minor, currency, language))
    if each.indemnity_minor:
        indemnity = Text(fr="Indemnité", en="Indemnity").in_language(language)
        yield (indemnity, "", "", "", "", amount_text(each.indemnity_minor, "EUR", language))


def _sources(penalties: Iterable[ItemPenalty]) -> set[str]:
    return {line.rate.source for each in penalties for line in each.statement.lines if line.rate.source}
