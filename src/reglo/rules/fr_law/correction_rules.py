"""What a credit note or a corrective invoice must name."""

from collections.abc import Iterator

from reglo.core.document import Invoice
from reglo.core.findings import Finding, Text
from reglo.core.mentions import is_credit_note
from reglo.core.rule import Rule
from reglo.core.totals import counts

_CORRECTION = Rule(
    identifier="FR-LAW-CORRECTED-INVOICE",
    statement=Text(
        fr="Un avoir ou une facture rectificative nomme la facture d'origine.",
        en="A credit note or a corrective invoice names the original invoice.",
    ),
    fix=Text(
        fr="Indiquez le numéro et la date de la facture d'origine (BT-25, BT-26).",
        en="Give number and date of the original invoice (BT-25, BT-26).",
    ),
    source="CGI 289 I 5",
    example=Text(
        fr="Avoir A2026-0001 sur la facture F2026-0012 du 15/09/2026.",
        en="Credit note A2026-0001 on invoice F2026-0012 of 2026-09-15.",
    ),
    term="BG-3",
)

CORRECTION_RULES = (_CORRECTION,)

#: Corrective invoices (UNTDID 1001): plain, self-billed, factored, both.
_CORRECTIVE = frozenset({"384", "471", "472", "473"})
#: A rebate over a period (*remise globale*) refers to a contract instead of an invoice.
_GLOBAL_REBATE = "262"


def check_correction(invoice: Invoice) -> Iterator[Finding]:
    """A finding where a correction does not name what it corrects."""
    if _corrects_something_unnamed(invoice):
        yield _CORRECTION.finding("preceding_invoices")


def _corrects_something_unnamed(invoice: Invoice) -> bool:
    corrects = is_credit_note(invoice) or invoice.type_code in _CORRECTIVE
    if not corrects or invoice.type_code == _GLOBAL_REBATE:
        return False
    if any(reference.number for reference in invoice.preceding_invoices):
        return False
    lines = [line for line in invoice.lines if counts(line)]
    return not lines or any(line.preceding_invoice is None for line in lines)
