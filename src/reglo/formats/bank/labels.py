"""How the money moved, read from the words of a French or English label where no code says it."""

import re

from reglo.core.bank import LineKind
from reglo.core.folding import folded

#: In the order of certainty: a fee on a rejected direct debit is a fee, a rejected transfer is a return.
_WORDS: tuple[tuple[LineKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{words})\b"))
    for kind, words in (
        (LineKind.FEE, r"frais|commissions?|com|cotisation|cotis|abonnement bancaire|facturation|fees?|charges?"),
        (LineKind.INTEREST, r"interets?|agios|interest"),
        (LineKind.RETURN, r"impayes?|imp|rejet|rej|rejete|retour|returned|return|reversal|chargeback"),
        (LineKind.DIRECT_DEBIT, r"prlv|prelevements?|prelevt|prel|direct debit|direct_debit"),
        (LineKind.TRANSFER, r"virements?|vir|virt|inst|transfer|transfers|vrmt"),
        (LineKind.CHEQUE, r"cheques?|chq|rem chq|check"),
        (LineKind.CASH, r"retrait|dab|versement especes|especes|cash|atm|withdrawal"),
        (LineKind.CARD, r"cb|carte|card|facture carte|card_payment"),
    )
)


def kind_of_label(label: str) -> LineKind:
    """The kind that the words of `label` tell, else OTHER."""
    words = folded(label)
    return next((kind for kind, pattern in _WORDS if pattern.search(words)), LineKind.OTHER)
