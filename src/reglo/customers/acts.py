"""What the acts of this room are called in the journal."""

from reglo.core.findings import Text
from reglo.journal.wording import tell

tell(
    {
        "customer-created": Text(fr="{who} a créé le client {what}", en="{who} created the customer {what}"),
        "customer-changed": Text(fr="{who} a modifié {what}", en="{who} changed {what}"),
        "customer-archived": Text(fr="{who} a archivé {what}", en="{who} archived {what}"),
        "customer-restored": Text(fr="{who} a restauré {what}", en="{who} restored {what}"),
        "customers-merged": Text(
            fr="{who} a fusionné un doublon dans {what}", en="{who} merged a duplicate into {what}"
        ),
        "customer-merged": Text(
            fr="{who} a fusionné {what} dans un autre client", en="{who} merged {what} into another customer"
        ),
        "contact-added": Text(fr="{who} a ajouté le contact {what}", en="{who} added the contact {what}"),
        "contact-changed": Text(fr="{who} a modifié le contact {what}", en="{who} changed the contact {what}"),
        "contact-archived": Text(fr="{who} a archivé le contact {what}", en="{who} archived the contact {what}"),
        "contact-restored": Text(fr="{who} a restauré le contact {what}", en="{who} restored the contact {what}"),
        "address-added": Text(fr="{who} a ajouté l'adresse {what}", en="{who} added the address {what}"),
        "address-changed": Text(fr="{who} a modifié l'adresse {what}", en="{who} changed the address {what}"),
        "address-removed": Text(fr="{who} a retiré l'adresse {what}", en="{who} removed the address {what}"),
    },
    fields={
        "kind": Text(fr="Type", en="Kind"),
        "reference": Text(fr="Code", en="Code"),
        "registration": Text(fr="Immatriculation", en="Registration number"),
        "buyer_reference": Text(fr="Code service", en="Buyer reference"),
        "electronic_address_scheme": Text(fr="Schéma de l'adresse électronique", en="Scheme of the electronic address"),
        "notes": Text(fr="Notes", en="Notes"),
        "buys": Text(fr="Achète", en="Buys"),
        "pays": Text(fr="Paie", en="Pays"),
        "is_legal": Text(fr="Signe", en="Signs"),
        "use": Text(fr="Usage", en="Use"),
        "contacts": Text(fr="Contacts", en="Contacts"),
        "addresses": Text(fr="Adresses", en="Addresses"),
        "kept": Text(fr="Fiche gardée", en="Kept"),
        "merged": Text(fr="Fiche fusionnée", en="Merged"),
        "moved": Text(fr="Déplacé", en="Moved"),
    },
)
