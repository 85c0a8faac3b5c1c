"""Mentions: what the law wants to read on this invoice, where it goes, and whether it is there.

`required_mentions(invoice)` works on any document: what the document does not say about seller, buyer and operation
is deduced from it by `situation_of`, and what is known better is said with `dataclasses.replace` on that situation.
"""

from collections.abc import Iterator

from reglo.core.document import Invoice
from reglo.core.mentions.evidence import Evidence, evidence_of
from reglo.core.mentions.model import Demand, Duty, Facts, Mention
from reglo.core.mentions.parties_demands import PARTIES_DEMANDS
from reglo.core.mentions.sector_demands import SECTOR_DEMANDS
from reglo.core.mentions.situation import (
    IssuerSize,
    Nature,
    SellerKind,
    Situation,
    duty_of_decree_2022_1299_begins,
    is_credit_note,
    is_foreign,
    is_french,
    is_self_billed,
    situation_of,
)
from reglo.core.mentions.tax_demands import TAX_DEMANDS
from reglo.core.mentions.trade_demands import TRADE_DEMANDS

__all__ = [
    "DEMANDS",
    "Demand",
    "Duty",
    "Evidence",
    "IssuerSize",
    "Mention",
    "Nature",
    "SellerKind",
    "Situation",
    "duty_of_decree_2022_1299_begins",
    "evidence_of",
    "is_credit_note",
    "is_foreign",
    "is_french",
    "is_self_billed",
    "required_mentions",
    "situation_of",
]

#: Every mention that Réglo knows, in the order in which a reader meets them on the page.
DEMANDS: tuple[Demand, ...] = (*PARTIES_DEMANDS, *TAX_DEMANDS, *TRADE_DEMANDS, *SECTOR_DEMANDS)


def required_mentions(
    invoice: Invoice, situation: Situation | None = None, evidence: Evidence | None = None
) -> tuple[Mention, ...]:
    """Every mention that concerns this invoice, present or not.

    situation: what is known of seller, buyer and operation; deduced from the document where it is not given.
    """
    evidence = evidence or evidence_of(invoice)
    situation = situation or situation_of(invoice, evidence)
    return tuple(_mentions(Facts(invoice=invoice, situation=situation, evidence=evidence)))


def _mentions(facts: Facts) -> Iterator[Mention]:
    for demand in DEMANDS:
        duty = demand.duty(facts)
        if duty is None:
            continue
        yield Mention(
            identifier=demand.identifier,
            title=demand.title,
            article=demand.article,
            wording=demand.wording,
            carried_by=demand.term,
            where=demand.where,
            duty=duty,
            due_from=duty_of_decree_2022_1299_begins(facts.situation.issuer_size) if duty is Duty.COMING else None,
            present=demand.present(facts),
        )
