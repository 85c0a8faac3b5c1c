"""How the money moved, read from the words of a French or English label where no code says it."""

import re

from reglo.core.bank import LineKind
from reglo.core.folding import folded

_WORDS: tuple[tuple[LineKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{words})\b"))
    for kind, words in (
        (LineKind.FEE, r"frais|commissions?|cotisation|cotis|facturation|fees?|charges?"),
        (LineKind.INTEREST, r"interets?|agios|interest"),
        (LineKind.RETURN, r"impayes?|imp|rejet|rej|rejete|retour|returned|return|reversal|chargeback"),
        (LineKind.DIRECT_DEBIT, r"prlv|prelevements?|prelevt|prel|direct[ _]debit"),
        (LineKind.TRANSFER, r"virements?|vir|virt|vrmt|transfers?"),
        (LineKind.CHEQUE, r"cheques?|chq|check"),
        (LineKind.CASH, r"retrait|dab|especes|cash|atm|withdrawal"),
        (LineKind.CARD, r"cb|carte|card|card_payment"),
    )
)
#: Characters within which a bank says that a payment came back ("PRLV SEPA REJETE"); later words are the payer's.
_BEGIN = 25


def kind_of_label(label: str) -> LineKind:
    """The kind that the first telling word of `label` names, else OTHER.

    The first, since the bank's own words stand before those of the payer: a transfer that settles fees is no fee.
    """
    words = folded(label[:200])
    found = {kind: match.start() for kind, pattern in _WORDS if (match := pattern.search(words))}
    first = min(found, key=lambda kind: found[kind], default=LineKind.OTHER)
    if first is not LineKind.FEE and found.get(LineKind.RETURN, _BEGIN) < _BEGIN:
        return LineKind.RETURN
    return first
