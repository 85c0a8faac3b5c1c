"""What stands on the page of a quote: that of an invoice without what only an invoice says, and what may be chosen."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from reglo.core.composition import compose_invoice
from reglo.core.document import Invoice, Item, Line, LineKind, Note
from reglo.core.quotes import Offer, alternatives_of, first_choice, offered, options_of
from reglo.core.totals import counts
from reglo.formats.pdf.content import Page, SignatureBlock, fonts_of, page_content
from reglo.formats.pdf.content.lines import Table, table_content
from reglo.formats.pdf.content.notes import notes_content
from reglo.formats.pdf.content.payment import PaymentBlock
from reglo.formats.pdf.content.text import Pair, fits, lines_of, pair
from reglo.formats.pdf.content.totals import Sums
from reglo.formats.pdf.figures import day
from reglo.formats.pdf.look import Look
from reglo.formats.pdf.wording import word

#: Notes by what they are about (UNTDID 4451): terms of payment stand with the terms, tax on debits is for invoices.
_TERMS, _FOR_INVOICES = frozenset({"PMT", "PMD", "AAB"}), frozenset({"TXD", "BAR"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who accepted a quote, and when."""

    name: str
    day: date
    document_sha256: str


def quote_content(
    offer: Offer, look: Look, language: str, *, taken: Collection[int] | None = None, signature: Signature | None = None
) -> Page:
    """Everything that the pages of a quote say. taken: the choice that was made, once there is one."""
    made = offered(offer, taken)
    shown = replace(made, notes=tuple(note for note in made.notes if note.subject not in _TERMS | _FOR_INVOICES))
    page = page_content(replace(shown, due_date=None, payment=None, payment_terms=None), look, language)
    name, number = word("quote", language), made.number or ""
    seller = page["author"]
    notes = notes_content(shown)
    choices = None if taken is not None else _choices(offer, language)
    page |= {
        "title": name,
        "document_title": " ".join(part for part in (name, number, "–" if seller else "", seller) if part),
        "buyer": {**page["buyer"], "heading": word("quoted_to", language)},
        "facts": _facts(offer, language),
        "references": pair(word("subject", language), offer.title) + _planned(page["references"], language),
        "sums": _sums(page["sums"], language),
        "due": Pair(label=word("gross_total", language), value=page["due"]["value"]),
        "payment": _conditions(made, language),
        "notes": notes,
        "notes_keep_together": fits(notes),
        "choices": choices,
        "choices_heading": word("choices", language),
        "signature": _signature(signature, language, has_choices=choices is not None),
    }
    page["fonts"] = fonts_of(page, made)
    return page


def everything(offer: Offer) -> Invoice:
    """All lines of a quote in one document, whatever is chosen: what may be printed at all."""
    lines = tuple(each.line for each in offer.lines)
    return compose_invoice(replace(offer.draft, lines=lines, reductions=(), deposits=(), rounding=None))


def _facts(offer: Offer, language: str) -> list[Pair]:
    until = offer.valid_until
    return [
        *pair(word("issued", language), day(offer.draft.issue_date, language)),
        *(pair(word("valid_until", language), day(until, language)) if until else []),
    ]


def _planned(references: list[Pair], language: str) -> list[Pair]:
    """The same facts, said of what is to come."""
    planned = {
        word("delivered_on", language): word("planned_on", language),
        word("period", language): word("planned_period", language),
    }
    return [Pair(label=planned.get(each["label"], each["label"]), value=each["value"]) for each in references]


def _sums(sums: Sums, language: str) -> Sums:
    """The total with tax stands in the strong place, where an invoice says what is due."""
    total = word("gross_total", language)
    rows = [row for row in sums["rows"] if row["label"] != total]
    return Sums(**{**sums, "rows": rows, "due": Pair(label=total, value=sums["due"]["value"]), "settled": ""})


def _conditions(made: Invoice, language: str) -> PaymentBlock:
    """When the invoice will be due, and what is owed for paying late."""
    terms = [*lines_of(made.payment_terms), *_late(made.notes)]
    return PaymentBlock(
        heading=word("conditions", language),
        rows=[],
        terms=terms,
        code="",
        code_alt="",
        code_caption="",
        keep_together=fits(terms),
    )


def _late(notes: tuple[Note, ...]) -> Iterator[str]:
    for note in notes:
        if note.subject in _TERMS:
            yield from lines_of(note.text)


def _choices(offer: Offer, language: str) -> Table | None:
    """Options, and for each group of alternatives its ways, with what each comes to; numbered as lines of the quote."""
    lines = tuple(_choice_lines(offer, language))
    if not lines:
        return None
    return table_content(Invoice(currency=offer.draft.currency, lines=lines), language)


def _choice_lines(offer: Offer, language: str) -> Iterator[Line]:
    made = [line for line in everything(offer).lines if counts(line)]
    groups = [
        (word("options", language), options_of(offer.lines)),
        *((word("alternatives", language, name=name), places) for name, places in alternatives_of(offer.lines).items()),
    ]
    first = first_choice(offer.lines)
    for group, (name, places) in enumerate((each for each in groups if each[1]), 1):
        letters = _letters(group)
        yield Line(identifier=letters, kind=LineKind.GROUP, item=Item(name=name))
        for number, place in enumerate(places, 1):
            note = (Note(text=word("in_total", language)),) if place in first else ()
            yield replace(
                made[place],
                identifier=f"{letters}{number}",
                parent=letters,
                kind=LineKind.DETAIL,
                notes=(*made[place].notes, *note),
            )


def _letters(number: int) -> str:
    """A, B, …, Z, AA: how a group is told from the numbers of lines."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _signature(signature: Signature | None, language: str, *, has_choices: bool) -> SignatureBlock:
    heading = word("approved", language)
    if signature is None:
        blanks = [word("sign_options", language)] if has_choices else []
        return SignatureBlock(heading=heading, lines=[], blanks=[*blanks, word("sign_here", language)])
    said = word("signed", language, date=day(signature.day, language), name=signature.name)
    proof = [word("signed_hash", language), signature.document_sha256]
    return SignatureBlock(heading=heading, lines=lines_of("\n".join([said, *proof])), blanks=[])
