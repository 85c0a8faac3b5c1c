"""What a plain EN 16931 document in UBL may not carry, and what no UBL document can.

The terms of the French extension need a document that claims EXTENDED-CTC-FR (BT-24).
"""

from collections.abc import Iterator

from reglo.core.document import DocumentReference, Invoice, Line, Party
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.formats.profiles import Profile, profile_of


class ExtensionTermsRefused(DomainError):
    """The document claims a specification without the French extension, and uses terms of it."""

    code = "extension-terms-refused"


class NotInUbl(DomainError):
    """The document has terms that UBL has no place for."""

    code = "not-in-ubl"


def refuse_what_is_lost(invoice: Invoice) -> None:
    """Raise ExtensionTermsRefused or NotInUbl where writing `invoice` would drop or misplace something."""
    lost = tuple(_without_place(invoice))
    if lost:
        raise NotInUbl(_no_place(", ".join(lost)), field=lost[0])
    if profile_of(invoice.specification) in (Profile.EXTENDED_CTC_FR, Profile.EXTENDED):
        return
    extension = tuple(extension_terms(invoice))
    if extension:
        raise ExtensionTermsRefused(_needs_extension(", ".join(extension)), field=extension[0])


def extension_terms(invoice: Invoice) -> Iterator[str]:
    """Paths in the model of the terms of `invoice` that only EXTENDED-CTC-FR has."""
    for name in ("buyer_agent", "payer", "seller_agent", "invoicer", "invoicee"):
        if getattr(invoice, name) is not None:
            yield name
    yield from _of_parties(invoice)
    for index, reference in enumerate(invoice.preceding_invoices):
        if reference.type_code is not None:
            yield f"preceding_invoices[{index}].type_code"
    for index, line in enumerate(invoice.lines):
        yield from (f"lines[{index}].{name}" for name in _of_line(line))


def _of_parties(invoice: Invoice) -> Iterator[str]:
    if invoice.buyer is not None and len(invoice.buyer.identifiers) > 1:
        yield "buyer.identifiers"
    for name in ("seller", "buyer", "payee", "tax_representative"):
        party: Party | None = getattr(invoice, name)
        if party is not None and party.role_code is not None:
            yield f"{name}.role_code"
    for name in ("electronic_address", "address", "vat_identifier", "tax_registration", "contact"):
        if invoice.payee is not None and getattr(invoice.payee, name) is not None:
            yield f"payee.{name}"


_LINE_EXTENSIONS = (
    "parent",
    "kind",
    "order",
    "despatch_advice",
    "receiving_advice",
    "preceding_invoice",
    "delivery",
    "exemption_reason",
    "exemption_code",
)


def _of_line(line: Line) -> Iterator[str]:
    for name in _LINE_EXTENSIONS:
        if getattr(line, name) is not None:
            yield name
    if len(line.notes) > 1 or any(note.subject is not None for note in line.notes):
        yield "notes"
    if line.item is not None:
        for index, attribute in enumerate(line.item.attributes):
            if attribute.code is not None:
                yield f"item.attributes[{index}].code"


def _without_place(invoice: Invoice) -> Iterator[str]:
    """Paths in the model of the terms of `invoice` that no UBL document of ours carries."""
    for name in ("payee", "tax_representative"):
        party: Party | None = getattr(invoice, name)
        if party is not None and party.trading_name is not None:
            yield f"{name}.trading_name"
    for index, reference in enumerate(invoice.preceding_invoices):
        if reference.line is not None:
            yield f"preceding_invoices[{index}].line"
    for index, line in enumerate(invoice.lines):
        yield from (f"lines[{index}].{name}" for name in _line_without_place(line, invoice.number))
    if invoice.payment is not None and invoice.payment.creditor is not None and invoice.seller is None:
        yield "payment.creditor"
    if invoice.payment is not None and len({each.text for each in invoice.payment.means} - {None}) > 1:
        yield "payment.means[1].text"
    has_vat_accounting = invoice.totals is not None and invoice.totals.vat_accounting is not None
    if has_vat_accounting and invoice.vat_currency in (None, invoice.currency):
        yield "totals.vat_accounting"


def _line_without_place(line: Line, number: str | None) -> Iterator[str]:
    if line.order is not None and line.order.line is not None:
        yield "order.line"
    if line.unit is not None and line.quantity is None:
        yield "unit"
    if line.price is not None and line.price.base_unit is not None and line.price.base_quantity is None:
        yield "price.base_unit"
    if line.preceding_invoice is not None and line.preceding_invoice.number == number is not None:
        yield "preceding_invoice.number"  # a reference of a line to its own document says that it is a sub-line
    for name in ("order", "despatch_advice", "receiving_advice"):
        reference: DocumentReference | None = getattr(line, name)
        if reference is not None and reference.type_code is not None:
            yield f"{name}.type_code"


def _needs_extension(terms: str) -> Text:
    claimed = Profile.EXTENDED_CTC_FR.value
    return Text(
        fr=f"Ces données ne sont admises en UBL que dans une facture EXTENDED-CTC-FR : {terms}. "
        f"Retirez-les, ou indiquez comme spécification (BT-24) {claimed}.",
        en=f"UBL takes these data only in an EXTENDED-CTC-FR invoice: {terms}. "
        f"Remove them, or set the specification (BT-24) to {claimed}.",
    )


def _no_place(terms: str) -> Text:
    return Text(
        fr=f"Une facture UBL n'a pas de place pour ces données : {terms}. Retirez-les, ou choisissez CII.",
        en=f"A UBL invoice has no place for these data: {terms}. Remove them, or choose CII.",
    )
