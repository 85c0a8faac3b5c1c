"""What a credit note and an invoice to a consumer must and must not say."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reglo.core.document import Invoice, Note
from reglo.core.findings import Finding, Severity, Text
from reglo.core.mentions import Situation, is_credit_note
from reglo.core.mentions.evidence import INDEMNITY, NOT_APPLICABLE, folded
from reglo.core.terms import BuyerKind
from reglo.core.totals import counts
from reglo.rules.rule import Rule

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
    term="BG-3",
)
_CONSUMER = Rule(
    identifier="FR-LAW-CONSUMER-CLAIM",
    statement=Text(
        fr="Une facture à un consommateur ne réclame ni l'indemnité de 40 € ni les pénalités de L441-10, qui ne valent "
        "qu'entre professionnels.",
        en="An invoice to a consumer claims neither the indemnity of 40 € nor the penalties of L441-10, which only "
        "hold between professionals.",
    ),
    fix=Text(
        fr="Écrivez qu'elles ne s'appliquent pas à un consommateur.",
        en="Write that they do not apply to a consumer.",
    ),
    source="C. com. L441-10, D441-5",
    severity=Severity.WARNING,
    term="BT-22",
)
_INDEMNITY = Rule(
    identifier="FR-LAW-INDEMNITY-AMOUNT",
    statement=Text(
        fr="L'indemnité forfaitaire pour frais de recouvrement est de 40 €.",
        en="The fixed indemnity for recovery costs is 40 €.",
    ),
    fix=Text(
        fr="Écrivez 40 € ; au-delà, seuls des frais justifiés peuvent être demandés.",
        en="Write 40 €; only proven costs may be asked beyond.",
    ),
    source="C. com. D441-5",
    severity=Severity.WARNING,
    term="BT-22",
)

DOCUMENT_RULES = (_CORRECTION, _CONSUMER, _INDEMNITY)

#: Corrective invoices (UNTDID 1001): plain, self-billed, factored, both.
_CORRECTIVE = frozenset({"384", "471", "472", "473"})
#: A rebate over a period (*remise globale*) refers to a contract instead of an invoice.
_GLOBAL_REBATE = "262"

_EURO_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:€|eur)")


def check_document_itself(invoice: Invoice, situation: Situation) -> Iterator[Finding]:
    """Findings on corrections and on claims for late payment."""
    if _corrects_something_unnamed(invoice):
        yield _CORRECTION.finding("preceding_invoices")
    for place, note in enumerate(invoice.notes):
        if situation.buyer_kind is BuyerKind.CONSUMER:
            yield from _claims_on_consumer(note, f"notes[{place}]")
        elif note.subject == "PMT":
            yield from _wrong_indemnity(note, f"notes[{place}]")


def _corrects_something_unnamed(invoice: Invoice) -> bool:
    corrects = is_credit_note(invoice) or invoice.type_code in _CORRECTIVE
    if not corrects or invoice.type_code == _GLOBAL_REBATE:
        return False
    if any(reference.number for reference in invoice.preceding_invoices):
        return False
    lines = [line for line in invoice.lines if counts(line)]
    return not lines or any(line.preceding_invoice is None for line in lines)


def _claims_on_consumer(note: Note, where: str) -> Iterator[Finding]:
    text = folded(note.text or "")
    claims = INDEMNITY.search(text) is not None or "l441-10" in text
    if claims and NOT_APPLICABLE.search(text) is None:
        yield _CONSUMER.finding(where, Text(fr=f"Note : « {note.text} »", en=f"Note: “{note.text}”"))


def _wrong_indemnity(note: Note, where: str) -> Iterator[Finding]:
    amounts = [each.replace(",", ".") for each in _EURO_AMOUNT.findall(folded(note.text or ""))]
    if amounts and not any(Decimal(each) == 40 for each in amounts):
        yield _INDEMNITY.finding(where, Text(fr=f"Note : « {note.text} »", en=f"Note: “{note.text}”"))
