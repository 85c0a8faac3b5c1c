"""Reading UBL: a Reading from the root element of an Invoice or a CreditNote."""

from typing import Any

from lxml import etree

from reglo.core.document import Invoice, Payment, Totals
from reglo.formats.reading import Reading, Syntax
from reglo.formats.ubl.context import Context
from reglo.formats.ubl.leaves import Values
from reglo.formats.ubl.tables import CREDIT_NOTE, INVOICE
from reglo.formats.xml import CBC, UBL_CREDIT_NOTE


def read_ubl(root: etree._Element) -> Reading:
    """The invoice in a UBL Invoice or CreditNote, and what in it no term carries.

    Never fails: what is missing is None, what is wrong is a problem. The root may be a fragment of an invoice.
    """
    is_credit_note = root.tag == f"{{{UBL_CREDIT_NOTE}}}CreditNote"
    context = Context(
        number=root.findtext(f"{{{CBC}}}ID"),
        currency=_code(root, "DocumentCurrencyCode"),
        vat_currency=_code(root, "TaxCurrencyCode"),
    )
    values = (CREDIT_NOTE if is_credit_note else INVOICE).read_values(root, context)
    return Reading(
        invoice=_invoice(values),
        syntax=Syntax.UBL_CREDIT_NOTE if is_credit_note else Syntax.UBL_INVOICE,
        root=root,
        problems=tuple(context.problems),
        unknown=tuple(context.unknown),
    )


def _code(root: etree._Element, name: str) -> str | None:
    text = root.findtext(f"{{{CBC}}}{name}")
    return None if text is None else text.strip()


def _invoice(values: Values) -> Invoice:
    """The invoice, with the two groups that UBL scatters: payment and totals."""
    payment = _payment(values)
    totals: dict[str, Any] | None = values.pop("totals", None)  # Any: checked by Totals
    return Invoice(**values, payment=payment, totals=None if totals is None else Totals(**totals))


def _payment(values: Values) -> Payment | None:
    found = {name: values.pop(name) for name in _PAYMENT if name in values}
    return Payment(**found) if found else None


_PAYMENT = ("means", "remittance_information", "mandate", "creditor")
