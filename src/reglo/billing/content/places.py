"""Where a finding is mended: from a path in the document to a field of the draft, the customer or the organisation."""

import re
from collections.abc import Iterator, Mapping, Sequence

from reglo.core.business_terms import term
from reglo.core.document import Invoice, LineKind
from reglo.core.findings import Finding

#: Fields of a party of the document, and of the rows that it is made of.
_PARTY = {
    "name": "name",
    "trading_name": "trading_name",
    "identity.siren": "siren",
    "identity.siret": "siret",
    "identifiers": "siret",
    "legal_registration": "siren",
    "vat_identifier": "vat_number",
    "tax_registration": "vat_number",
    "legal_information": "legal_form",
    "electronic_address": "electronic_address",
    "address.line_1": "line_1",
    "address.line_2": "line_2",
    "address.post_code": "post_code",
    "address.city": "city",
    "address.country": "country",
    "address": "line_1",
    "contact.phone": "phone",
    "contact.email": "email",
    "contact": "contact_name",
}
_LINE = {
    "item.name": "name",
    "item.description": "description",
    "item.seller_identifier": "reference",
    "item": "name",
    "price": "price",
    "net_amount": "price",
    "vat_category": "vat",
    "vat_rate": "vat",
    "allowances": "reductions",
    "charges": "reductions",
    "notes": "note",
    "kind": "group",
    "identifier": "",
}
#: Fields of the document that are worked out from others.
_DOCUMENT = {
    "payment_terms": "terms",
    "payment": "payment.bank_account_id",
    "payment.method": "payment.method",
    "payment.mandate": "payment.mandate",
    "payment.creditor": "payment.creditor",
    "allowances": "reductions",
    "business_process": "nature",
    "totals.vat_accounting": "euro_rate",
    "totals.paid": "deposits",
    "totals": "lines",
    "vat_breakdown": "lines",
    "tax_point_date": "issue_date",
    "tax_point_code": "issue_date",
    "specification": "",
    "type_code": "kind",
    "invoice_date": "issue_date",
    "order_date": "issue_date",
    "delivery_date": "delivery.date",
}
_LINE_PATH = re.compile(r"lines\[(\d+)\]\.?(.*)")


def field_of(path: str, places: Sequence[int]) -> str:
    """The field behind `path`: "lines[2].price", "customer.siren", "organisation.siret", "due_date"; "" is the whole.

    places: for each line of the document, its place among those that were typed.
    """
    if found := _LINE_PATH.fullmatch(path):
        number = int(found[1])
        place = places[number] if number < len(places) else number
        return f"lines[{place}].{_renamed(found[2], _LINE)}".rstrip(".")
    for role, row in (("seller", "organisation"), ("buyer", "customer")):
        if path == role or path.startswith(f"{role}."):
            return f"{row}.{_renamed(path.removeprefix(role).removeprefix('.'), _PARTY)}".rstrip(".")
    return _renamed(path, _DOCUMENT)


def field_of_finding(finding: Finding, places: Sequence[int]) -> str:
    """The field that a finding is about, by its place or else by its business term."""
    where = finding.where
    if not where or where.startswith("/"):
        known = term(finding.term) if finding.term else None
        where = known.path.split("[]")[0] if known else ""
    return field_of(where, places)


def places_of_lines(invoice: Invoice, places: Sequence[int]) -> tuple[int, ...]:
    """For each line of `invoice`, where it was typed; the line of a group stands where its first part does."""
    order = iter(places)
    typed: list[int] = []
    groups: list[int] = []
    for line in invoice.lines:
        if line.kind == LineKind.GROUP:
            groups.append(len(typed))
            typed.append(0)
            continue
        place = next(order)
        for group in groups:
            typed[group] = place
        groups.clear()
        typed.append(place)
    return tuple(typed)


def typed_lines(invoice: Invoice) -> Iterator[int]:
    """The places in `invoice` of the lines that were typed: all but those of groups."""
    return (place for place, line in enumerate(invoice.lines) if line.kind != LineKind.GROUP)


def _renamed(path: str, names: Mapping[str, str]) -> str:
    """The name for the longest beginning of `path` that has one; as it stands where none has."""
    plain = re.sub(r"\[\d+\]", "", path)
    while plain:
        if plain in names:
            return names[plain]
        plain = plain.rpartition(".")[0]
    return path
