"""Writing UBL: the canonical Invoice or CreditNote of an invoice, the same bytes each time."""

from reglo.core.document import Invoice
from reglo.formats.ubl.binding import fields_of
from reglo.formats.ubl.extension import refuse_what_is_lost
from reglo.formats.ubl.leaves import Values
from reglo.formats.ubl.output import Output
from reglo.formats.ubl.tables import CREDIT_NOTE, INVOICE
from reglo.formats.xml import CAC, CBC, UBL_CREDIT_NOTE, UBL_INVOICE

#: Type codes (UNTDID 1001) that EN 16931 has as a UBL CreditNote (BR-CL-01); 81 may be either.
CREDIT_NOTE_TYPES = frozenset(["81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"])


def write_ubl(invoice: Invoice) -> bytes:
    """The UBL 2.1 document of `invoice`: a CreditNote for the type codes of credit notes, else an Invoice.

    Raises ExtensionTermsRefused where the document claims plain EN 16931 and has terms of EXTENDED-CTC-FR,
    NotInUbl where it has terms that UBL has no place for, and UnwritableCharacter.
    """
    refuse_what_is_lost(invoice)
    is_credit_note = invoice.type_code in CREDIT_NOTE_TYPES
    out = Output(number=invoice.number, currency=invoice.currency, vat_currency=invoice.vat_currency)
    (CREDIT_NOTE if is_credit_note else INVOICE).write_children(_values(invoice), out)
    name, namespace = ("CreditNote", UBL_CREDIT_NOTE) if is_credit_note else ("Invoice", UBL_INVOICE)
    return out.document(name, {"xmlns": namespace, "xmlns:cac": CAC, "xmlns:cbc": CBC})


def _values(invoice: Invoice) -> Values:
    """The fields of the invoice, with the two groups that UBL scatters taken apart: payment and totals."""
    values = fields_of(invoice)
    payment = fields_of(values.pop("payment", None))
    totals = fields_of(values.pop("totals", None))
    return {**values, **payment, "totals": totals}
