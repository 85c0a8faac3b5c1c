"""The table of columns: key of the draft, what its cells hold, names in French and English.

The first name is the one that messages propose. docs/reference/data.md is made from it by

    python -m reglo.formats.data.table.names
"""

from reglo.formats.data.shape import Kind

_Row = tuple[str, Kind, tuple[str, ...]]

_T, _N, _D, _R = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.NUMBER_OR_CHOICE

_DOCUMENT: tuple[_Row, ...] = (
    (
        "number",
        _T,
        ("Numéro", "Number", "Numéro de facture", "N° facture", "N°", "Facture", "Invoice number", "Invoice"),
    ),
    ("issue_date", _D, ("Date", "Date de facture", "Date d'émission", "Issue date", "Invoice date")),
    ("kind", _T, ("Type", "Type de facture", "Nature du document", "Kind", "Document type")),
    ("due_date", _D, ("Échéance", "Date d'échéance", "Due date")),
    ("terms", _T, ("Conditions", "Conditions de paiement", "Conditions de règlement", "Terms", "Payment terms")),
    ("currency", _T, ("Devise", "Monnaie", "Currency")),
    ("euro_rate", _N, ("Taux de change", "Cours", "Euro rate", "Exchange rate")),
    ("language", _T, ("Langue", "Language")),
    ("nature", _T, ("Catégorie d'opération", "Biens ou services", "Nature", "Operation", "Goods or services")),
    ("purchase_order", _T, ("Commande", "Bon de commande", "N° de commande", "Numéro d'engagement", "Purchase order")),
    ("contract", _T, ("Contrat", "Marché", "N° de marché", "Contract")),
    ("project", _T, ("Projet", "Affaire", "Project")),
    ("buyer_reference", _T, ("Référence acheteur", "Code service", "Référence client", "Buyer reference")),
    ("sales_order", _T, ("Commande interne", "Sales order")),
    ("despatch_advice", _T, ("Bon de livraison", "BL", "Delivery note", "Despatch advice")),
    ("delivery.date", _D, ("Date de livraison", "Date de prestation", "Delivery date", "Service date")),
    ("delivery.name", _T, ("Lieu de livraison", "Nom de livraison", "Delivery name")),
    ("delivery.address.line_1", _T, ("Adresse de livraison", "Delivery address")),
    ("delivery.address.post_code", _T, ("Code postal de livraison", "Delivery post code")),
    ("delivery.address.city", _T, ("Ville de livraison", "Delivery city")),
    ("delivery.address.country", _T, ("Pays de livraison", "Delivery country")),
    ("period.start", _D, ("Début de période", "Période du", "Period start")),
    ("period.end", _D, ("Fin de période", "Période au", "Period end")),
    ("paid_on", _D, ("Payée le", "Date de paiement", "Paid on")),
    ("preceding_invoices[].number", _T, ("Facture d'origine", "Facture corrigée", "Preceding invoice")),
    ("preceding_invoices[].issue_date", _D, ("Date de la facture d'origine", "Preceding invoice date")),
    ("deposits[].number", _T, ("Facture d'acompte", "N° d'acompte", "Deposit invoice")),
    ("deposits[].issue_date", _D, ("Date de l'acompte", "Deposit date")),
    ("deposits[].amount", _N, ("Acompte TTC", "Montant de l'acompte", "Acompte", "Deposit")),
    ("reductions[].amount", _N, ("Remise globale", "Remise globale HT", "Document allowance")),
    ("reductions[].percent", _N, ("Remise globale %", "Document allowance %")),
    ("reductions[].reason", _T, ("Motif de la remise globale", "Document allowance reason")),
    ("notes[]", _T, ("Note", "Remarque", "Commentaire", "Remark", "Comment")),
)

_BUYER: tuple[_Row, ...] = (
    ("buyer.name", _T, ("Client", "Nom du client", "Acheteur", "Raison sociale", "Customer", "Buyer", "Buyer name")),
    ("buyer.kind", _T, ("Type de client", "Customer type", "Buyer kind")),
    ("buyer.siren", _T, ("SIREN", "SIREN du client", "Buyer SIREN", "Customer SIREN")),
    ("buyer.siret", _T, ("SIRET", "SIRET du client", "Buyer SIRET", "Customer SIRET")),
    ("buyer.vat_number", _T, ("N° TVA client", "TVA intracommunautaire", "N° TVA", "Buyer VAT number", "VAT number")),
    ("buyer.address.line_1", _T, ("Adresse", "Adresse du client", "Rue", "Address", "Street", "Buyer address")),
    ("buyer.address.line_2", _T, ("Complément d'adresse", "Adresse 2", "Address 2")),
    ("buyer.address.post_code", _T, ("Code postal", "CP", "Post code", "Postcode", "Zip")),
    ("buyer.address.city", _T, ("Ville", "City", "Town")),
    ("buyer.address.country", _T, ("Pays", "Code pays", "Country")),
    ("buyer.contact.name", _T, ("Contact", "Interlocuteur", "Contact name")),
    ("buyer.contact.email", _T, ("E-mail", "Courriel", "Email", "Mail")),
    ("buyer.contact.phone", _T, ("Téléphone", "Tél.", "Phone")),
)

_LINE: tuple[_Row, ...] = (
    ("lines[].name", _T, ("Désignation", "Libellé", "Article", "Prestation", "Produit", "Item", "Name")),
    ("lines[].description", _T, ("Description", "Détail", "Détails", "Details")),
    ("lines[].reference", _T, ("Référence", "Réf.", "Référence article", "Code article", "Reference", "SKU")),
    ("lines[].quantity", _N, ("Quantité", "Qté", "Quantity", "Qty")),
    ("lines[].unit", _T, ("Unité", "Unit")),
    (
        "lines[].price",
        _N,
        ("Prix unitaire HT", "Prix HT", "Prix unitaire", "PU HT", "PU", "Prix", "Unit price", "Price"),
    ),
    ("lines[].price_with_vat", _N, ("Prix unitaire TTC", "Prix TTC", "PU TTC", "Price with VAT", "Gross price")),
    ("lines[].vat", _R, ("TVA", "Taux de TVA", "TVA %", "Taux TVA", "VAT", "VAT rate", "VAT %")),
    ("lines[].nature", _T, ("Bien ou service", "Nature de la ligne", "Line nature", "Good or service")),
    ("lines[].reductions[].percent", _N, ("Remise %", "Taux de remise", "Discount %", "Allowance %")),
    ("lines[].reductions[].amount", _N, ("Remise", "Remise HT", "Discount", "Allowance")),
    ("lines[].reductions[].reason", _T, ("Motif de la remise", "Discount reason", "Allowance reason")),
    ("lines[].period.start", _D, ("Début", "Du", "Line start", "From")),
    ("lines[].period.end", _D, ("Fin", "Au", "Line end", "To")),
    ("lines[].group", _T, ("Lot", "Groupe", "Group")),
    ("lines[].order_line", _T, ("Ligne de commande", "Poste de commande", "Order line")),
    ("lines[].note", _T, ("Note de ligne", "Line note")),
)

_SELLER: tuple[_Row, ...] = (
    ("seller.name", _T, ("Vendeur", "Nom du vendeur", "Seller", "Seller name")),
    ("seller.siren", _T, ("SIREN du vendeur", "Seller SIREN")),
    ("seller.siret", _T, ("SIRET du vendeur", "Seller SIRET")),
    ("seller.legal_form", _T, ("Forme juridique", "Legal form")),
    ("seller.capital", _N, ("Capital", "Capital social", "Share capital")),
    ("seller.register_town", _T, ("RCS", "Ville du RCS", "Register town")),
    ("seller.vat_regime", _T, ("Régime de TVA", "VAT regime")),
    ("seller.vat_number", _T, ("N° TVA du vendeur", "Seller VAT number")),
    ("seller.address.line_1", _T, ("Adresse du vendeur", "Seller address")),
    ("seller.address.line_2", _T, ("Complément d'adresse du vendeur", "Seller address 2")),
    ("seller.address.post_code", _T, ("Code postal du vendeur", "Seller post code")),
    ("seller.address.city", _T, ("Ville du vendeur", "Seller city")),
    ("seller.address.country", _T, ("Pays du vendeur", "Seller country")),
    ("seller.contact.email", _T, ("E-mail du vendeur", "Seller email")),
    ("seller.contact.phone", _T, ("Téléphone du vendeur", "Seller phone")),
    ("payment.method", _T, ("Mode de règlement", "Moyen de paiement", "Mode de paiement", "Payment method")),
    ("payment.iban", _T, ("IBAN",)),
    ("payment.bic", _T, ("BIC", "SWIFT")),
)

COLUMNS: tuple[_Row, ...] = (*_DOCUMENT, *_BUYER, *_LINE, *_SELLER)


def documented() -> str:
    """The rows of the table in docs/reference/data.md."""
    return "".join(f"| {names[0]} | {', '.join(names[1:])} | `{key}` |\n" for key, _, names in COLUMNS)


if __name__ == "__main__":
    print(documented(), end="")
