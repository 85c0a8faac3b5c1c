"""What the acts of negotiations are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "negotiation-begun": Text(
            fr="{who} a ouvert une négociation avec {what}", en="{who} began a negotiation with {what}"
        ),
        "negotiation-facts-given": Text(
            fr="{who} a donné les faits de la négociation avec {what}",
            en="{who} gave the facts of the negotiation with {what}",
        ),
        "negotiation-limits-drawn": Text(
            fr="{who} a fixé ses limites pour la négociation avec {what}",
            en="{who} drew the limits of the negotiation with {what}",
        ),
        "negotiation-levers-chosen": Text(
            fr="{who} a choisi les leviers de la négociation avec {what}",
            en="{who} chose the levers of the negotiation with {what}",
        ),
        "negotiation-position-kept": Text(
            fr="{who} a gardé une position dans la négociation avec {what}",
            en="{who} kept a position in the negotiation with {what}",
        ),
        "negotiation-customer-named": Text(
            fr="{who} a rattaché la négociation à {what}", en="{who} joined the negotiation to {what}"
        ),
        "negotiation-agreed": Text(
            fr="{who} a conclu la négociation avec {what}", en="{who} closed the negotiation with {what} as agreed"
        ),
        "negotiation-abandoned": Text(
            fr="{who} a abandonné la négociation avec {what}", en="{who} gave up the negotiation with {what}"
        ),
        "negotiation-reopened": Text(
            fr="{who} a rouvert la négociation avec {what}", en="{who} reopened the negotiation with {what}"
        ),
        "negotiation-archived": Text(
            fr="{who} a archivé la négociation avec {what}", en="{who} archived the negotiation with {what}"
        ),
        "negotiation-restored": Text(
            fr="{who} a repris la négociation archivée avec {what}", en="{who} restored the negotiation with {what}"
        ),
        "negotiation-deleted": Text(
            fr="{who} a supprimé la négociation avec {what}", en="{who} deleted the negotiation with {what}"
        ),
        "round-noted": Text(fr="{who} a noté une offre ({what})", en="{who} noted an offer ({what})"),
        "round-withdrawn": Text(fr="{who} a retiré une offre ({what})", en="{who} took an offer back ({what})"),
        "round-restored": Text(fr="{who} a repris une offre retirée ({what})", en="{who} restored an offer ({what})"),
        "round-letter-written": Text(
            fr="{who} a écrit la contre-proposition ({what})", en="{who} wrote the counter-proposal ({what})"
        ),
        "round-agreement-drafted": Text(
            fr="{who} a préparé l'accord de règlement d'une offre ({what})",
            en="{who} prepared the terms agreement of an offer ({what})",
        ),
    },
    fields={
        "deal": Text(fr="Faits", en="Facts"),
        "limits": Text(fr="Limites", en="Limits"),
        "levers": Text(fr="Leviers", en="Levers"),
        "offer": Text(fr="Offre", en="Offer"),
        "letter": Text(fr="Lettre", en="Letter"),
        "agreement": Text(fr="Accord", en="Agreement"),
    },
)
