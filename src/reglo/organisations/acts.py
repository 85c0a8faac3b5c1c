"""What the acts of this room are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "organisation-created": Text(fr="{who} a créé l'organisation {what}", en="{who} made the organisation {what}"),
        "identity-changed": Text(fr="{who} a modifié l'identité de {what}", en="{who} changed the identity of {what}"),
        "vat-regime-changed": Text(
            fr="{who} a modifié le régime de TVA de {what}", en="{who} changed the VAT regime of {what}"
        ),
        "fiscal-year-changed": Text(
            fr="{who} a modifié la clôture de l'exercice de {what}", en="{who} changed the fiscal year of {what}"
        ),
        "logo-changed": Text(fr="{who} a changé le logo de {what}", en="{who} changed the logo of {what}"),
        "logo-removed": Text(fr="{who} a retiré le logo de {what}", en="{who} removed the logo of {what}"),
        "accent-changed": Text(fr="{who} a changé la couleur de {what}", en="{who} changed the colour of {what}"),
        "default-terms-changed": Text(
            fr="{who} a modifié les conditions de paiement par défaut de {what}",
            en="{who} changed the default payment terms of {what}",
        ),
        "documents-changed": Text(
            fr="{who} a modifié les paramètres des documents de {what}",
            en="{who} changed the settings of documents of {what}",
        ),
        "sending-changed": Text(
            fr="{who} a modifié l'expéditeur des e-mails de {what}", en="{who} changed the sender of e-mails of {what}"
        ),
        "bank-account-added": Text(
            fr="{who} a ajouté le compte bancaire {what}", en="{who} added the bank account {what}"
        ),
        "bank-account-changed": Text(
            fr="{who} a modifié le compte bancaire {what}", en="{who} changed the bank account {what}"
        ),
        "bank-account-made-default": Text(
            fr="{who} a choisi {what} comme compte par défaut", en="{who} made {what} the default account"
        ),
        "bank-account-archived": Text(
            fr="{who} a archivé le compte bancaire {what}", en="{who} archived the bank account {what}"
        ),
        "bank-account-restored": Text(
            fr="{who} a restauré le compte bancaire {what}", en="{who} restored the bank account {what}"
        ),
        "rate-entered": Text(fr="{who} a saisi le taux {what}", en="{who} entered the rate {what}"),
        "rate-forgotten": Text(fr="{who} a retiré le taux {what}", en="{who} took the rate {what} back"),
        "member-invited": Text(fr="{who} a invité {what}", en="{who} invited {what}"),
        "invitation-revoked": Text(
            fr="{who} a retiré l'invitation de {what}", en="{who} took the invitation of {what} back"
        ),
        "member-joined": Text(fr="{what} a rejoint l'organisation", en="{what} joined the organisation"),
        "role-changed": Text(fr="{who} a changé le rôle de {what}", en="{who} changed the role of {what}"),
        "member-removed": Text(
            fr="{who} a retiré {what} de l'organisation", en="{who} removed {what} from the organisation"
        ),
        "member-left": Text(fr="{what} a quitté l'organisation", en="{what} left the organisation"),
    },
    fields={
        "name": Text(fr="Nom", en="Name"),
        "trading_name": Text(fr="Nom commercial", en="Trading name"),
        "siren": Text(fr="SIREN", en="SIREN"),
        "siret": Text(fr="SIRET", en="SIRET"),
        "vat_number": Text(fr="Numéro de TVA", en="VAT number"),
        "vat_regime": Text(fr="Régime de TVA", en="VAT regime"),
        "franchise_activity": Text(fr="Activité", en="Activity"),
        "closing_month": Text(fr="Mois de clôture", en="Month of closing"),
        "closing_day": Text(fr="Jour de clôture", en="Day of closing"),
        "legal_form": Text(fr="Forme juridique", en="Legal form"),
        "capital_minor": Text(fr="Capital (centimes)", en="Capital (cents)"),
        "variable_capital": Text(fr="Capital variable", en="Variable capital"),
        "register": Text(fr="Registre", en="Register"),
        "register_town": Text(fr="Ville du registre", en="Town of the register"),
        "sole_trader": Text(fr="Entrepreneur individuel", en="Sole trader"),
        "in_liquidation": Text(fr="En liquidation", en="In liquidation"),
        "approved_body_member": Text(fr="Membre d'un OGA", en="Member of an approved body"),
        "insurer": Text(fr="Assureur", en="Insurer"),
        "insurer_contact": Text(fr="Coordonnées de l'assureur", en="Contact of the insurer"),
        "insurance_contract": Text(fr="Contrat d'assurance", en="Insurance contract"),
        "insurance_territory": Text(fr="Territoire couvert", en="Territory covered"),
        "size": Text(fr="Taille", en="Size"),
        "line_1": Text(fr="Adresse", en="Address"),
        "line_2": Text(fr="Complément d'adresse", en="Address, continued"),
        "post_code": Text(fr="Code postal", en="Post code"),
        "city": Text(fr="Ville", en="City"),
        "country": Text(fr="Pays", en="Country"),
        "electronic_address": Text(fr="Adresse électronique", en="Electronic address"),
        "email": Text(fr="E-mail", en="E-mail"),
        "phone": Text(fr="Téléphone", en="Telephone"),
        "contact_name": Text(fr="Contact", en="Contact"),
        "logo": Text(fr="Logo", en="Logo"),
        "accent": Text(fr="Couleur", en="Colour"),
        "default_terms": Text(fr="Conditions de paiement", en="Payment terms"),
        "language": Text(fr="Langue", en="Language"),
        "quote_validity_days": Text(fr="Validité des devis (jours)", en="Validity of quotes (days)"),
        "sender_name": Text(fr="Nom de l'expéditeur", en="Name of the sender"),
        "sender_address": Text(fr="Adresse de l'expéditeur", en="Address of the sender"),
        "reply_to": Text(fr="Réponses à", en="Answers to"),
        "label": Text(fr="Libellé", en="Label"),
        "holder": Text(fr="Titulaire", en="Holder"),
        "iban": Text(fr="IBAN", en="IBAN"),
        "bic": Text(fr="BIC", en="BIC"),
        "is_default": Text(fr="Par défaut", en="Default"),
        "role": Text(fr="Rôle", en="Role"),
        "percent": Text(fr="Taux (%)", en="Rate (%)"),
        "source": Text(fr="Source", en="Source"),
    },
)
