"""The columns of a table of customers, by the headers of our files and of other tools."""

from reglo.core.findings import Text
from reglo.imports.kinds import Field, Holds


def _field(key: str, fr: str, en: str, *names: str, holds: Holds = Holds.TEXT, example: str = "") -> Field:
    return Field(key=key, label=Text(fr=fr, en=en), names=names, holds=holds, example=example)


_IDENTITY = (
    _field("reference", "Code client", "Customer code", "Code", "Référence", "Réf.", "N° client", "Numéro client",
           "Identifiant", "Compte", "Compte auxiliaire", "Customer number", "Customer ID", "ID", "Ref", example="C001"),
    _field("name", "Nom", "Name", "Raison sociale", "Nom du client", "Client", "Société", "Dénomination",
           "Entreprise", "Nom / Raison sociale", "Customer", "Customer name", "Company", "Company name", "Display name",
           "Business name", "Tiers", example="Librairie du Port SARL"),
    _field("kind", "Type", "Kind", "Type de client", "Catégorie", "Customer type", "Type de tiers",
           example="Entreprise"),
    _field("trading_name", "Nom commercial", "Trading name", "Enseigne", "Nom d'usage", "Nom alternatif"),
    _field("siren", "SIREN", "SIREN", "N° SIREN", "Numéro SIREN", "Id. prof. 1 (SIREN)", example="732829320"),
    _field("siret", "SIRET", "SIRET", "N° SIRET", "Numéro SIRET", "Id. prof. 2 (SIRET)", example="73282932000074"),
    _field("vat_number", "N° TVA", "VAT number", "TVA intracommunautaire", "Numéro de TVA", "N° TVA intracommunautaire",
           "N° de TVA intracommunautaire", "TVA intra", "VAT", "VAT ID", "Tax ID", "VAT no", example="FR44732829320"),
    _field("registration", "Immatriculation", "Registration number", "N° d'entreprise", "Company number"),
)  # fmt: skip

_PLACE = (
    _field("line_1", "Adresse", "Address", "Rue", "Adresse 1", "Adresse ligne 1", "Adresse de facturation", "Street",
           "Address 1", "Address line 1", "Billing address", "Billing address line 1", example="3 quai Voltaire"),
    _field("line_2", "Complément d'adresse", "Address line 2", "Adresse 2", "Adresse ligne 2", "Complément",
           "Address 2"),
    _field("post_code", "Code postal", "Post code", "CP", "Postcode", "Postal code", "Zip", "Zip code",
           example="75007"),
    _field("city", "Ville", "City", "Commune", "Localité", "Town", example="Paris"),
    _field("country", "Pays", "Country", "Code pays", "Country code", example="FR"),
    _field("language", "Langue", "Language", example="fr"),
)  # fmt: skip

_DEALING = (
    _field("buyer_reference", "Code service", "Buyer reference", "Référence acheteur", "Service code"),
    _field("electronic_address", "Adresse électronique", "Electronic address", "Adresse de facturation électronique",
           "Endpoint"),
    _field("electronic_address_scheme", "Schéma d'adresse", "Address scheme", "EAS", "Endpoint scheme"),
    _field("default_terms", "Conditions de règlement", "Payment terms", "Conditions de paiement", "Délai de paiement",
           "Conditions", "Terms", "Échéance", example="30 jours fin de mois"),
    _field("notes", "Notes", "Notes", "Note", "Remarque", "Remarques", "Commentaire", "Commentaires", "Comment",
           "Description"),
)  # fmt: skip

_CONTACT = (
    _field("contact.name", "Contact", "Contact", "Nom du contact", "Interlocuteur", "Contact name", "Contact principal",
           "Primary contact", example="Claire Petit"),
    _field("contact.email", "E-mail", "Email", "Courriel", "Mail", "Adresse e-mail", "E-mail du contact",
           "Email du contact", "Email address", "Contact email", example="claire@example.com"),
    _field("contact.phone", "Téléphone", "Phone", "Tél.", "Tel", "Mobile", "Portable", "Téléphone du contact",
           "Phone number", "Contact phone", example="01 23 45 67 89"),
    _field("contact.buys", "Contact achats", "Contact buys", "Achète", "Reçoit les devis", holds=Holds.FLAG,
           example="oui"),
    _field("contact.pays", "Contact paiement", "Contact pays", "Paie", "Reçoit les factures", holds=Holds.FLAG,
           example="oui"),
    _field("contact.is_legal", "Contact juridique", "Contact signs", "Signe", "Juridique", holds=Holds.FLAG,
           example="non"),
)  # fmt: skip

_OTHER_PLACE = (
    _field("address.use", "Autre adresse : usage", "Other address: use"),
    _field("address.name", "Autre adresse : nom", "Other address: name", "Nom de livraison", "Shipping name"),
    _field("address.line_1", "Autre adresse : adresse", "Other address: address", "Adresse de livraison",
           "Adresse livraison", "Shipping address", "Delivery address"),
    _field("address.line_2", "Autre adresse : complément", "Other address: line 2"),
    _field("address.post_code", "Autre adresse : code postal", "Other address: post code", "Code postal de livraison",
           "CP livraison", "Shipping zip", "Delivery post code"),
    _field("address.city", "Autre adresse : ville", "Other address: city", "Ville de livraison", "Ville livraison",
           "Shipping city", "Delivery city"),
    _field("address.country", "Autre adresse : pays", "Other address: country", "Pays de livraison",
           "Shipping country", "Delivery country"),
)  # fmt: skip

FIELDS: tuple[Field, ...] = (*_IDENTITY, *_PLACE, *_DEALING, *_CONTACT, *_OTHER_PLACE)
