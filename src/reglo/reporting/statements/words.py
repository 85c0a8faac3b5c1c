"""What a statement calls things, in the language of the customer: plain words, none of our bookkeeping."""

from collections.abc import Mapping

from reglo.core.accounting import EventKind
from reglo.core.findings import Text
from reglo.core.metrics import Bucket
from reglo.reporting.statements.account import Move

_CREDIT_NOTE = Text(fr="Avoir", en="Credit note")
_SETTLEMENT = Text(fr="Régularisation", en="Adjustment")
_NAMES: Mapping[str, Text] = {
    EventKind.DOCUMENT: Text(fr="Facture", en="Invoice"),
    EventKind.REPLACEMENT: Text(fr="Remplacement", en="Replacement"),
    EventKind.PAYMENT: Text(fr="Paiement", en="Payment"),
    EventKind.REFUND: Text(fr="Remboursement", en="Refund"),
    EventKind.DISCOUNT: Text(fr="Escompte", en="Early-payment discount"),
    EventKind.PENALTY: Text(fr="Pénalités de retard", en="Late-payment penalty"),
    EventKind.REVERSAL: Text(fr="Annulation", en="Reversal"),
}


def move_name(move: Move) -> Text:
    """What happened. Of a debt that was given up, no more than that it was set right."""
    if move.entry.kind == EventKind.DOCUMENT and move.amount_minor < 0:
        return _CREDIT_NOTE
    return _NAMES.get(move.entry.kind, _SETTLEMENT)


def bucket_name(bucket: Bucket) -> Text:
    """How late something is."""
    if bucket.first is None:
        return Text(fr="Non échu", en="Not due")
    if bucket.last is None:
        return Text(fr=f"Plus de {bucket.first - 1} jours", en=f"Over {bucket.first - 1} days")
    return Text(fr=f"{bucket.first} à {bucket.last} jours", en=f"{bucket.first} to {bucket.last} days")
