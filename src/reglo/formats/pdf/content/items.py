"""What is sold, in small print under its name."""

from collections.abc import Iterator

from reglo.core.document import Address, Attribute, Delivery, Item, Line
from reglo.formats.pdf.content.references import dated, preceding_kind, span
from reglo.formats.pdf.content.text import breakable, lines_of
from reglo.formats.pdf.countries import country_name
from reglo.formats.pdf.figures import short_day
from reglo.formats.pdf.wording import colon, word

#: ISO 6523 0160: a GTIN, the number under a bar code.
_GTIN = "0160"


def item_details(line: Line, language: str) -> list[str]:
    """Description, properties, identifiers, period, references and note of a line."""
    item = line.item or Item()
    identifiers = " · ".join(_identifiers(item, language))
    properties = " · ".join(_property(each, language) for each in item.attributes if each.name or each.value)
    facts = " · ".join(_facts(line, language))
    small = [breakable(text) for text in (properties, identifiers, facts) if text]
    notes = [text for note in line.notes for text in lines_of(note.text)]
    return [*lines_of(item.description), *small, *notes, *lines_of(line.exemption_reason)]


def _property(attribute: Attribute, language: str) -> str:
    return colon(language).join(part for part in (attribute.name, attribute.value) if part)


def _identifiers(item: Item, language: str) -> Iterator[str]:
    if item.seller_identifier:
        yield f"{word('item_reference', language)} {item.seller_identifier}"
    if item.buyer_identifier:
        yield f"{word('your_reference', language)} {item.buyer_identifier}"
    if item.standard_identifier:
        scheme = "GTIN " if item.standard_identifier.scheme == _GTIN else ""
        yield scheme + item.standard_identifier.value
    if item.origin_country:
        yield f"{word('origin', language)} {country_name(item.origin_country, language)}"


def _facts(line: Line, language: str) -> Iterator[str]:
    if period := span(line.period, language):
        yield period
    yield from _delivery(line.delivery, language)
    earlier = line.preceding_invoice
    references = (
        ("purchase_order", line.order),
        ("despatch_advice", line.despatch_advice),
        ("receiving_advice", line.receiving_advice),
        (preceding_kind(earlier) if earlier else "preceding", earlier),
    )
    for name, reference in references:
        if reference and reference.number:
            yield f"{word(name, language)} {dated(reference, language)}"
    if line.order_line:
        yield f"{word('order_line', language)} {line.order_line}"
    if line.buyer_accounting_reference:
        yield f"{word('accounting', language)} {line.buyer_accounting_reference}"


def _delivery(delivery: Delivery | None, language: str) -> Iterator[str]:
    """Where and when this line was delivered, where lines differ."""
    if delivery is None:
        return
    address = delivery.address or Address()
    town = " ".join(part for part in (address.post_code, address.city) if part)
    place = ", ".join(part for part in (delivery.name, address.line_1, address.line_2, address.line_3, town) if part)
    if place:
        yield f"{word('delivered_to', language)} {place}"
    if delivery.date:
        yield f"{word('delivered_on', language)} {short_day(delivery.date, language)}"
