"""What the acts on drafts, quotes, invoices and series are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell
from reglo.ledger.sources import shown_at

tell(
    {
        "draft-created": Text(fr="{who} a commencé un brouillon", en="{who} began a draft"),
        "draft-edited": Text(fr="{who} a modifié un brouillon", en="{who} edited a draft"),
        "draft-deleted": Text(fr="{who} a supprimé un brouillon", en="{who} deleted a draft"),
        "draft-restored": Text(fr="{who} a restauré un brouillon", en="{who} restored a draft"),
        "quote-created": Text(fr="{who} a commencé un devis", en="{who} began a quote"),
        "quote-edited": Text(fr="{who} a modifié un devis", en="{who} edited a quote"),
        "quote-validity-set": Text(fr="{who} a fixé la validité du devis", en="{who} set the validity of the quote"),
        "quote-sent": Text(fr="{who} a numéroté le devis {what}", en="{who} numbered the quote {what}"),
        "quote-follow-up-planned": Text(
            fr="{who} a prévu une relance du devis {what}", en="{who} planned to ask about the quote {what}"
        ),
        "quote-accepted": Text(fr="Le devis {what} est accepté ({who})", en="The quote {what} is accepted ({who})"),
        "quote-refused": Text(fr="Le devis {what} est refusé ({who})", en="The quote {what} is refused ({who})"),
        "quote-deleted": Text(fr="{who} a supprimé un devis", en="{who} deleted a quote"),
        "quote-restored": Text(fr="{who} a restauré un devis", en="{who} restored a quote"),
        "invoice-issued": Text(fr="{who} a émis {what}", en="{who} issued {what}"),
        "series-created": Text(fr="{who} a créé la série {what}", en="{who} created the series {what}"),
        "series-changed": Text(fr="{who} a modifié la série {what}", en="{who} changed the series {what}"),
        "series-archived": Text(fr="{who} a archivé la série {what}", en="{who} archived the series {what}"),
        "series-made-default": Text(
            fr="{who} a fait de {what} la série par défaut", en="{who} made {what} the default series"
        ),
        "recurrence-created": Text(
            fr="{who} a créé la facture récurrente {what}", en="{who} made the recurring invoice {what}"
        ),
        "recurrence-changed": Text(
            fr="{who} a modifié la facture récurrente {what}", en="{who} changed the recurring invoice {what}"
        ),
        "recurrence-paused": Text(
            fr="{who} a suspendu la facture récurrente {what}", en="{who} paused the recurring invoice {what}"
        ),
        "recurrence-resumed": Text(
            fr="{who} a repris la facture récurrente {what}", en="{who} resumed the recurring invoice {what}"
        ),
        "recurrence-ended": Text(
            fr="{who} a arrêté la facture récurrente {what}", en="{who} ended the recurring invoice {what}"
        ),
        "recurrence-held": Text(
            fr="La facture récurrente {what} attend : elle ne peut pas être émise",
            en="The recurring invoice {what} waits: it cannot be issued",
        ),
    },
    fields={
        "kind": Text(fr="Nature", en="Kind"),
        "number": Text(fr="Numéro", en="Number"),
        "net_minor": Text(fr="Total HT (centimes)", en="Total without VAT (cents)"),
        "gross_minor": Text(fr="Total TTC (centimes)", en="Total with VAT (cents)"),
        "currency": Text(fr="Devise", en="Currency"),
        "sha256": Text(fr="Empreinte SHA-256", en="SHA-256 hash"),
        "name": Text(fr="Nom", en="Name"),
        "reason": Text(fr="Motif", en="Reason"),
        "options": Text(fr="Options retenues (lignes)", en="Options taken (lines)"),
        "accepted_gross_minor": Text(fr="Total TTC accepté (centimes)", en="Accepted total with VAT (cents)"),
        "valid_until": Text(fr="Valable jusqu'au", en="Valid until"),
        "follow_up_on": Text(fr="Relance le", en="To ask on"),
        "rhythm": Text(fr="Période", en="Period"),
        "every": Text(fr="Nombre de périodes", en="Number of periods"),
        "starts_on": Text(fr="Début", en="From"),
        "ends_on": Text(fr="Fin", en="Until"),
        "occurrences_at_most": Text(fr="Factures au plus", en="Invoices at most"),
        "issues_by_itself": Text(fr="Émission automatique", en="Issued by itself"),
        "sends_by_itself": Text(fr="Envoi automatique", en="Sent by itself"),
        "revision_percent": Text(fr="Révision (%)", en="Revision (%)"),
        "revision_month": Text(fr="Mois de révision", en="Month of revision"),
        "next_on": Text(fr="Prochaine le", en="Next on"),
    },
)

shown_at("invoice", "billing:invoice")
