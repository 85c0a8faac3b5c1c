"""What French law asks of an invoice and no Schematron checks: mentions, true numbers, lawful delays, coherent VAT.

Only for sellers that French law binds (`reglo.core.mentions.is_french`). A finding is fatal where the law makes
something mandatory for this very document and date; what rests on a guess about the parties is a warning; what will be
due later is information. Mentions that a fatal rule of EN 16931 demands as well (number, date, names, lines, totals)
are left to that rule.
"""

from collections.abc import Iterator, Mapping

from reglo.core.document import Invoice
from reglo.core.findings import Finding
from reglo.core.mentions import Evidence, Situation, evidence_of, is_french, situation_of
from reglo.core.rule import Rule
from reglo.formats.reading import Reading
from reglo.rules.fr_law.correction_rules import CORRECTION_RULES, check_correction
from reglo.rules.fr_law.delay_rules import DELAY_RULES, check_delay
from reglo.rules.fr_law.identifier_rules import IDENTIFIER_RULES, check_identifiers
from reglo.rules.fr_law.late_payment_rules import LATE_PAYMENT_RULES, check_late_payment
from reglo.rules.fr_law.mention_rules import MENTION_RULES, check_mentions
from reglo.rules.fr_law.vat_rules import VAT_RULES, check_vat

__all__ = ["RULES", "check", "check_invoice", "rules_for"]

RULES: Mapping[str, Rule] = {
    rule.identifier: rule
    for rules in (
        MENTION_RULES.values(),
        IDENTIFIER_RULES,
        DELAY_RULES,
        LATE_PAYMENT_RULES,
        VAT_RULES,
        CORRECTION_RULES,
    )
    for rule in rules
}


def rules_for(reading: Reading) -> Mapping[str, Rule]:
    """The rules that concern this document: all, or none where French law does not bind the seller."""
    return RULES if is_french(reading.invoice) else {}


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each breach, as far as the document tells who its parties are."""
    evidence = evidence_of(reading.invoice)
    yield from check_invoice(reading.invoice, situation_of(reading.invoice, evidence), evidence)


def check_invoice(invoice: Invoice, situation: Situation, evidence: Evidence | None = None) -> Iterator[Finding]:
    """A finding for each breach, with what is known of seller, buyer and operation beside the document."""
    if not is_french(invoice):
        return
    evidence = evidence or evidence_of(invoice)
    yield from check_mentions(invoice, situation, evidence)
    yield from check_identifiers(invoice, situation)
    yield from check_delay(invoice, situation)
    yield from check_late_payment(invoice, situation)
    yield from check_vat(invoice, evidence)
    yield from check_correction(invoice)
