"""Due dates beyond what the law allows: C. com. L441-10 between professionals, CCP R2192-10 and R2192-11 for the state.

Warnings, since some trades have caps of their own (L441-11) that a document does not tell.
"""

from collections.abc import Iterator
from datetime import timedelta

from reglo.core.document import Invoice
from reglo.core.findings import Finding, Severity, Text
from reglo.core.mentions import Situation, is_credit_note
from reglo.core.rule import Rule
from reglo.core.terms import last_lawful_day

_PROFESSIONALS = Rule(
    identifier="FR-LAW-DELAY",
    statement=Text(
        fr="Entre professionnels, l'échéance est au plus tard à 60 jours de la facture, ou à 45 jours fin de mois.",
        en="Between professionals, payment is due within 60 days of the invoice, or 45 days end of month.",
    ),
    fix=Text(
        fr="Avancez l'échéance, à moins qu'un accord de votre branche ne permette plus (L441-11).",
        en="Bring the due date forward, unless an agreement of your trade allows more (L441-11).",
    ),
    source="C. com. L441-10 I",
    severity=Severity.WARNING,
    term="BT-9",
    example=Text(
        fr="Facture du 3 mars : 2 mai (60 jours), ou 15 mai (fin mars, plus 45 jours).",
        en="Invoice of 3 March: 2 May (60 days), or 15 May (end of March plus 45 days).",
    ),
)
_PUBLIC = Rule(
    identifier="FR-LAW-PUBLIC-DELAY",
    statement=Text(
        fr="Une personne publique paie en 30 jours (50 pour un hôpital, 60 pour une entreprise publique).",
        en="A public body pays within 30 days (50 for a hospital, 60 for a public company).",
    ),
    fix=Text(fr="Ramenez l'échéance dans ce délai.", en="Bring the due date within that delay."),
    source="CCP R2192-10, R2192-11",
    severity=Severity.WARNING,
    term="BT-9",
    example=Text(
        fr="Facture du 1er septembre à une commune : au plus tard vers le 1er octobre. Mauvais : le 31 octobre.",
        en="Invoice of 1 September to a town: by about 1 October. Bad: 31 October.",
    ),
)

DELAY_RULES = (_PROFESSIONALS, _PUBLIC)

#: An invoice sent through Chorus Pro is received when it is made available, within a working day or two.
_DAYS_TO_ARRIVE = timedelta(days=2)


def check_delay(invoice: Invoice, situation: Situation) -> Iterator[Finding]:
    """A finding where the due date is later than the latest that law allows."""
    issued, due, kind = invoice.issue_date, invoice.due_date, situation.buyer_kind
    if issued is None or due is None or kind is None or situation.buyer_abroad or is_credit_note(invoice):
        return
    latest = last_lawful_day(issued, kind)
    if latest is not None and kind.is_public:
        latest += _DAYS_TO_ARRIVE  # its delay runs from receipt
    if latest is None or due <= latest:
        return
    rule = _PUBLIC if kind.is_public else _PROFESSIONALS
    days = (due - issued).days
    yield rule.finding(
        "due_date",
        Text(
            fr=f"L'échéance du {due:%d/%m/%Y} est à {days} jours ; au plus tard : {latest:%d/%m/%Y}.",
            en=f"The due date {due} is {days} days away; at the latest: {latest}.",
        ),
    )
