"""The words of the page in both languages. Whole phrases, for no sentence is glued from parts."""

from reglo.core.document import Invoice
from reglo.core.findings import Text

#: UNTDID 1001: what a document is called, by BT-3.
_TITLES = {
    "380": Text(fr="Facture", en="Invoice"),
    "381": Text(fr="Avoir", en="Credit note"),
    "384": Text(fr="Facture rectificative", en="Corrective invoice"),
    "386": Text(fr="Facture d'acompte", en="Deposit invoice"),
    "326": Text(fr="Facture partielle", en="Partial invoice"),
    "325": Text(fr="Facture pro forma", en="Pro forma invoice"),
    "383": Text(fr="Note de débit", en="Debit note"),
    "389": Text(fr="Autofacture", en="Self-billed invoice"),
    "393": Text(fr="Facture affacturée", en="Factored invoice"),
    "396": Text(fr="Avoir affacturé", en="Factored credit note"),
    "261": Text(fr="Avoir autofacturé", en="Self-billed credit note"),
    "262": Text(fr="Avoir pour remise globale", en="Credit note for a rebate"),
    "471": Text(fr="Autofacture rectificative", en="Self-billed corrective invoice"),
    "472": Text(fr="Facture rectificative affacturée", en="Factored corrective invoice"),
    "473": Text(fr="Autofacture rectificative affacturée", en="Self-billed factored corrective invoice"),
    "500": Text(fr="Autofacture d'acompte", en="Self-billed deposit invoice"),
    "501": Text(fr="Autofacture affacturée", en="Self-billed factored invoice"),
    "502": Text(fr="Avoir autofacturé affacturé", en="Self-billed factored credit note"),
    "503": Text(fr="Avoir sur facture d'acompte", en="Credit note on a deposit invoice"),
    "875": Text(fr="Facture de situation de travaux", en="Progress invoice"),
    "876": Text(fr="Facture de situation définitive", en="Final progress invoice"),
    "877": Text(fr="Facture de solde de travaux", en="Final invoice for works"),
}
_FINAL_AFTER_DEPOSIT = frozenset({"B4", "S4", "M4"})


def is_final(invoice: Invoice) -> bool:
    """Whether it settles what deposits were invoiced for (*facture de solde*)."""
    return invoice.type_code == "380" and invoice.business_process in _FINAL_AFTER_DEPOSIT


def title(invoice: Invoice) -> Text:
    """What the document is called: Facture, Avoir, Facture d'acompte, Facture de solde (BT-3, BT-23)."""
    if is_final(invoice):
        return Text(fr="Facture de solde", en="Final invoice")
    return _TITLES.get(invoice.type_code or "380", _TITLES["380"])


#: Fixed words, by the name under which the template and the content modules ask for them.
WORDS = {
    "issued": Text(fr="Date d'émission", en="Issue date"),
    "due_on": Text(fr="Échéance", en="Due date"),
    "to_pay": Text(fr="Net à payer", en="Amount due"),
    "settled": Text(fr="Facture acquittée", en="Paid"),
    "to_credit": Text(fr="À votre crédit", en="Credited to you"),
    "billed_to": Text(fr="Facturé à", en="Billed to"),
    "credited_to": Text(fr="Adressé à", en="Issued to"),
    "delivered_to": Text(fr="Livré à", en="Delivered to"),
    "delivered_on": Text(fr="Date de livraison ou d'exécution", en="Delivery date"),
    "payee": Text(fr="Paiement à", en="Pay to"),
    "tax_representative": Text(fr="Représentant fiscal", en="Tax representative"),
    "payer": Text(fr="Payeur", en="Payer"),
    "invoicer": Text(fr="Facturant", en="Issued by"),
    "invoicee": Text(fr="Adressé à", en="Sent to"),
    "buyer_agent": Text(fr="Représentant de l'acheteur", en="Buyer's agent"),
    "seller_agent": Text(fr="Représentant du vendeur", en="Seller's agent"),
    "siren": Text(fr="SIREN", en="SIREN"),
    "siret": Text(fr="SIRET", en="SIRET"),
    "registration": Text(fr="Immatriculation", en="Registration"),
    "identifier": Text(fr="Identifiant", en="Identifier"),
    "vat_number": Text(fr="N° TVA", en="VAT no."),
    "tax_number": Text(fr="N° fiscal", en="Tax no."),
    "contact": Text(fr="Contact", en="Contact"),
    "buyer_reference": Text(fr="Votre référence", en="Your reference"),
    "purchase_order": Text(fr="Bon de commande", en="Purchase order"),
    "sales_order": Text(fr="Notre commande", en="Our order"),
    "contract": Text(fr="Contrat", en="Contract"),
    "tender": Text(fr="Appel d'offres ou lot", en="Tender or lot"),
    "project": Text(fr="Projet", en="Project"),
    "despatch_advice": Text(fr="Bon de livraison", en="Delivery note"),
    "receiving_advice": Text(fr="Bon de réception", en="Goods receipt"),
    "invoiced_object": Text(fr="Objet facturé", en="Invoiced object"),
    "accounting": Text(fr="Imputation comptable", en="Accounting reference"),
    "preceding": Text(fr="Facture d'origine", en="Original invoice"),
    "deposit": Text(fr="Acompte facturé", en="Deposit invoiced"),
    "period": Text(fr="Période facturée", en="Invoicing period"),
    "tax_point": Text(fr="Exigibilité de la TVA", en="VAT due date"),
    "tax_point_issue": Text(fr="à l'émission de la facture", en="on the date of the invoice"),
    "tax_point_delivery": Text(fr="à la livraison", en="on delivery"),
    "tax_point_payment": Text(fr="au paiement", en="on payment"),
    "supporting": Text(fr="Pièce jointe", en="Supporting document"),
    "item": Text(fr="Désignation", en="Description"),
    "line_number": Text(fr="N°", en="No."),
    "quantity": Text(fr="Quantité", en="Quantity"),
    "unit": Text(fr="Unité", en="Unit"),
    "unit_price": Text(fr="Prix unitaire HT", en="Unit price"),
    "discount": Text(fr="Remise", en="Discount"),
    "vat": Text(fr="TVA", en="VAT"),
    "net_amount": Text(fr="Montant HT", en="Net amount"),
    "item_reference": Text(fr="Réf.", en="Ref."),
    "your_reference": Text(fr="Votre réf.", en="Your ref."),
    "origin": Text(fr="Origine", en="Origin"),
    "order_line": Text(fr="Ligne de commande", en="Order line"),
    "allowance": Text(fr="Remise", en="Allowance"),
    "charge": Text(fr="Frais", en="Charge"),
    "lines_total": Text(fr="Total des lignes HT", en="Total of lines"),
    "net_total": Text(fr="Total HT", en="Total without VAT"),
    "vat_total": Text(fr="Total TVA", en="Total VAT"),
    "gross_total": Text(fr="Total TTC", en="Total with VAT"),
    "vat_in": Text(fr="TVA en {currency}", en="VAT in {currency}"),
    "paid": Text(fr="Déjà payé", en="Already paid"),
    "deposits": Text(fr="Acomptes déduits", en="Deposits deducted"),
    "rounding": Text(fr="Arrondi", en="Rounding"),
    "vat_detail": Text(fr="Détail de la TVA", en="VAT breakdown"),
    "vat_rate": Text(fr="Taux", en="Rate"),
    "vat_base": Text(fr="Base HT", en="Taxable amount"),
    "vat_amount": Text(fr="TVA", en="VAT"),
    "per": Text(fr="pour {quantity} {unit}", en="per {quantity} {unit}"),
    "payment": Text(fr="Règlement", en="Payment"),
    "means": Text(fr="Moyen", en="Means"),
    "iban": Text(fr="IBAN", en="IBAN"),
    "account": Text(fr="Compte", en="Account"),
    "bic": Text(fr="BIC", en="BIC"),
    "holder": Text(fr="Titulaire", en="Account holder"),
    "remittance": Text(fr="Référence à rappeler", en="Payment reference"),
    "mandate": Text(fr="Référence de mandat", en="Mandate reference"),
    "creditor": Text(fr="Identifiant créancier", en="Creditor identifier"),
    "debited": Text(fr="Compte débité", en="Debited account"),
    "card": Text(fr="Carte", en="Card"),
    "qr_caption": Text(fr="Payer par virement", en="Pay by transfer"),
    "qr_alt": Text(
        fr="Code QR de virement SEPA : {amount} à {name}, référence {reference}",
        en="QR code of a SEPA transfer: {amount} to {name}, reference {reference}",
    ),
    "logo_alt": Text(fr="Logo : {name}", en="Logo: {name}"),
    "mentions": Text(fr="Mentions", en="Notes"),
    "page": Text(fr="page", en="page"),
    "of_date": Text(fr="{number} du {date}", en="{number} of {date}"),
    "from_to": Text(fr="du {start} au {end}", en="{start} to {end}"),
    "from": Text(fr="à partir du {start}", en="from {start}"),
    "until": Text(fr="jusqu'au {end}", en="until {end}"),
    "quote": Text(fr="Devis", en="Quote"),
    "quoted_to": Text(fr="Client", en="Customer"),
    "subject": Text(fr="Objet", en="Subject"),
    "valid_until": Text(fr="Valable jusqu'au", en="Valid until"),
    "planned_on": Text(fr="Date de livraison ou d'exécution prévue", en="Planned delivery date"),
    "planned_period": Text(fr="Période prévue", en="Planned period"),
    "choices": Text(fr="Options et variantes", en="Options and alternatives"),
    "options": Text(fr="Options, non comprises dans le total", en="Options, not in the total"),
    "alternatives": Text(fr="{name} : une variante au choix", en="{name}: one of these"),
    "in_total": Text(fr="Comprise dans le total", en="In the total"),
    "conditions": Text(fr="Conditions de règlement", en="Payment terms"),
    "approved": Text(fr="Bon pour accord", en="Agreed"),
    "sign_here": Text(
        fr="Date, nom et qualité du signataire, signature précédée de la mention « Bon pour accord »",
        en="Date, name and position, signature after the words “Agreed”",
    ),
    "sign_options": Text(
        fr="Options et variantes retenues (n°)",
        en="Options and alternatives taken (no.)",
    ),
    "signed": Text(fr="Accepté le {date} par {name}.", en="Accepted on {date} by {name}."),
    "signed_hash": Text(fr="Empreinte du devis accepté (SHA-256) :", en="Hash of the accepted quote (SHA-256):"),
}


def colon(language: str) -> str:
    """What stands between a name and its value on one line."""
    return ": " if language == "en" else "\u00a0: "


def word(name: str, language: str, /, **values: str) -> str:
    """The phrase `name` in `language`, with `values` put in."""
    phrase = WORDS[name].in_language(language)
    return phrase.format(**values) if values else phrase


#: UNTDID 4461: how to pay, by BT-81.
_MEANS = {
    "10": Text(fr="Espèces", en="Cash"),
    "20": Text(fr="Chèque", en="Cheque"),
    "30": Text(fr="Virement", en="Credit transfer"),
    "31": Text(fr="Virement", en="Debit transfer"),
    "42": Text(fr="Virement sur compte", en="Payment to bank account"),
    "48": Text(fr="Carte bancaire", en="Bank card"),
    "49": Text(fr="Prélèvement", en="Direct debit"),
    "54": Text(fr="Carte de crédit", en="Credit card"),
    "55": Text(fr="Carte de débit", en="Debit card"),
    "57": Text(fr="Accord permanent", en="Standing agreement"),
    "58": Text(fr="Virement SEPA", en="SEPA credit transfer"),
    "59": Text(fr="Prélèvement SEPA", en="SEPA direct debit"),
    "68": Text(fr="Paiement en ligne", en="Online payment"),
    "97": Text(fr="Compensation", en="Clearing between partners"),
}


def means_name(code: str | None, language: str) -> str:
    """How to pay, in words, or nothing for a code that says nothing to people."""
    name = _MEANS.get(code or "")
    return "" if name is None else name.in_language(language)


#: UNTDID 5305: why a line bears no tax, short enough for a column.
_CATEGORIES = {
    "AE": Text(fr="Autoliq.", en="Reverse ch."),
    "E": Text(fr="Exonéré", en="Exempt"),
    "G": Text(fr="Export", en="Export"),
    "K": Text(fr="Intracom.", en="Intra-EU"),
    "O": Text(fr="Hors champ", en="Outside"),
}
_LONG_CATEGORIES = {
    "AE": Text(fr="Autoliquidation", en="Reverse charge"),
    "E": Text(fr="Exonéré", en="Exempt"),
    "G": Text(fr="Exportation", en="Export"),
    "K": Text(fr="Livraison intracommunautaire", en="Intra-Community supply"),
    "O": Text(fr="Hors champ de la TVA", en="Outside the scope of VAT"),
}


def category_name(code: str | None, language: str) -> str:
    """A VAT category that bears no tax, in a word or two; nothing for those that a rate describes."""
    name = _CATEGORIES.get(code or "")
    return "" if name is None else name.in_language(language)


def long_category_name(code: str | None, language: str) -> str:
    """The same, in full."""
    name = _LONG_CATEGORIES.get(code or "")
    return "" if name is None else name.in_language(language)
