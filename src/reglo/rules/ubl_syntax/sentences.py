"""The demands in our own words, in both languages: one sentence a kind, and one for each demand of its own."""

from reglo.core.findings import Text


def unused_statement(path: str) -> Text:
    """That a document does not use a path of the table."""
    element, _, attribute = path.removeprefix("//").partition("@")
    place = element.rstrip("/")
    if not attribute:
        return Text(
            fr=f"Une facture UBL n'emploie pas l'élément {path.removeprefix('//')} : aucune donnée EN 16931 n'y est.",
            en=f"A UBL invoice does not use the element {path.removeprefix('//')}: no EN 16931 data stand there.",
        )
    if not place:
        return Text(
            fr=f"Aucun élément d'une facture UBL ne porte l'attribut {attribute}.",
            en=f"No element of a UBL invoice has the attribute {attribute}.",
        )
    return Text(
        fr=f"Dans une facture UBL, l'élément {place} ne porte pas l'attribut {attribute}.",
        en=f"In a UBL invoice the element {place} does not have the attribute {attribute}.",
    )


UNUSED_FIX = Text(
    fr="Retirez-le : un destinataire qui suit EN 16931 ne le lira pas.",
    en="Remove it: a recipient who follows EN 16931 will not read it.",
)


def once_statement(at: str, path: str) -> Text:
    """That a path leads to one element at most."""
    where_fr, where_en = _PLACES.get(at, (f"Dans {at}", f"In {at}"))
    return Text(fr=f"{where_fr}, {path} figure au plus une fois.", en=f"{where_en}, {path} stands at most once.")


_PLACES = {"/": ("Dans la facture", "In the invoice"), "line": ("Dans une ligne", "In a line")}

ONCE_FIX = Text(
    fr="Gardez un seul de ces éléments ; s'il faut en dire plus, employez les notes (BT-22).",
    en="Keep only one of these elements; where more is to be said, use the notes (BT-22).",
)

_ONE = Text(fr="N'en gardez qu'un.", en="Keep one only.")

#: Statement, mend and chief term of the demands that are functions.
SPECIAL: dict[str, tuple[Text, Text, str | None]] = {
    "UBL-SR-04": (
        Text(
            fr="La facture porte sur un objet (BT-18) au plus : une seule référence de type 130.",
            en="The invoice is about one object (BT-18) at most: one reference of type 130.",
        ),
        _ONE,
        "BT-18",
    ),
    "UBL-SR-06": (
        Text(
            fr="Chaque cac:BillingReference désigne une seule facture.",
            en="Each cac:BillingReference names one invoice only.",
        ),
        Text(
            fr="Écrivez un cac:BillingReference par facture antérieure.",
            en="Write one cac:BillingReference for each preceding invoice.",
        ),
        "BG-3",
    ),
    "UBL-SR-07": (
        Text(
            fr="Une référence à une facture antérieure en donne le numéro (BT-25).",
            en="A reference to a preceding invoice gives its number (BT-25).",
        ),
        Text(fr="Ajoutez le numéro de cette facture.", en="Add the number of that invoice."),
        "BT-25",
    ),
    "UBL-SR-12": (
        Text(fr="Le vendeur a un seul numéro de TVA (BT-31).", en="The seller has one VAT identifier only (BT-31)."),
        _ONE,
        "BT-31",
    ),
    "UBL-SR-13": (
        Text(
            fr="Le vendeur a un seul autre numéro fiscal (BT-32).",
            en="The seller has one other tax number only (BT-32).",
        ),
        _ONE,
        "BT-32",
    ),
    "UBL-SR-18": (
        Text(fr="L'acheteur a un seul numéro de TVA (BT-48).", en="The buyer has one VAT identifier only (BT-48)."),
        _ONE,
        "BT-48",
    ),
    "UBL-SR-19": (
        Text(
            fr="Le bénéficiaire du paiement a un seul nom (BT-59), qui n'est pas celui du vendeur (BT-27).",
            en="The payee has one name (BT-59), which is not that of the seller (BT-27).",
        ),
        Text(
            fr="Retirez le bénéficiaire s'il est le vendeur ; sinon donnez-lui son nom.",
            en="Remove the payee where it is the seller; else give it its name.",
        ),
        "BT-59",
    ),
    "UBL-SR-20": (
        Text(
            fr="Un bénéficiaire autre que le vendeur a un identifiant au plus (BT-60).",
            en="A payee other than the seller has one identifier at most (BT-60).",
        ),
        Text(
            fr="Gardez un seul identifiant, et retirez le bénéficiaire s'il est le vendeur.",
            en="Keep one identifier, and remove the payee where it is the seller.",
        ),
        "BT-60",
    ),
    "UBL-SR-21": (
        Text(
            fr="Un bénéficiaire autre que le vendeur a un numéro d'immatriculation au plus (BT-61).",
            en="A payee other than the seller has one legal registration at most (BT-61).",
        ),
        Text(
            fr="Gardez un seul numéro, et retirez le bénéficiaire s'il est le vendeur.",
            en="Keep one number, and remove the payee where it is the seller.",
        ),
        "BT-61",
    ),
    "UBL-SR-29": (
        Text(
            fr="Il y a un seul identifiant créancier SEPA (BT-90).",
            en="There is one SEPA creditor identifier only (BT-90).",
        ),
        _ONE,
        "BT-90",
    ),
    "UBL-SR-30": (
        Text(fr="Une remise a un seul libellé de motif.", en="An allowance has one reason text only."),
        _ONE,
        "BT-97",
    ),
    "UBL-SR-31": (
        Text(fr="Des frais ont un seul libellé de motif.", en="A charge has one reason text only."),
        _ONE,
        "BT-104",
    ),
    "UBL-SR-42": (
        Text(
            fr="Le vendeur a deux numéros fiscaux au plus (BT-31 et BT-32).",
            en="The seller has two tax numbers at most (BT-31 and BT-32).",
        ),
        Text(
            fr="Gardez le numéro de TVA et, s'il le faut, un autre numéro.",
            en="Keep the VAT identifier and, where needed, one other number.",
        ),
        "BG-4",
    ),
    "UBL-SR-43": (
        Text(
            fr="Seule la référence à un objet facturé (type 130, ou 50 pour le projet d'un avoir) a un type ou un "
            "schéma.",
            en="Only the reference to an invoiced object (type 130, or 50 for the project of a credit note) has a type "
            "or a scheme.",
        ),
        Text(
            fr="Pour une pièce jointe, retirez cbc:DocumentTypeCode et l'attribut schemeID.",
            en="For a supporting document remove cbc:DocumentTypeCode and the attribute schemeID.",
        ),
        "BG-24",
    ),
    "UBL-SR-44": (
        Text(
            fr="La référence de paiement (BT-83) est la même pour tous les moyens de paiement.",
            en="The remittance information (BT-83) is the same for all means of payment.",
        ),
        Text(fr="Écrivez partout la même référence.", en="Write the same reference everywhere."),
        "BT-83",
    ),
    "UBL-SR-46": (
        Text(
            fr="Le libellé du moyen de paiement (BT-82, attribut name) est dit une seule fois.",
            en="The text of the means of payment (BT-82, attribute name) is said once only.",
        ),
        _ONE,
        "BT-82",
    ),
    "UBL-SR-47": (
        Text(
            fr="Tous les moyens de paiement ont le même code (BT-81).",
            en="All means of payment have the same code (BT-81).",
        ),
        Text(
            fr="Gardez un seul moyen de paiement, sur un ou plusieurs comptes.",
            en="Keep one means of payment, on one or several accounts.",
        ),
        "BT-81",
    ),
    "UBL-SR-48": (
        Text(
            fr="Chaque ligne a une catégorie de TVA (BT-151), et une seule.",
            en="Each line has one VAT category (BT-151), and one only.",
        ),
        Text(
            fr="Donnez sa catégorie à la ligne ; partagez une ligne qui en a plusieurs.",
            en="Give the line its category; split a line that has several.",
        ),
        "BT-151",
    ),
    "UBL-FREXT-SR-48": (
        Text(
            fr="Chaque ligne qui compte dans les totaux a une seule catégorie de TVA (BT-151), les autres une au plus.",
            en="Each line that counts in the totals has one VAT category (BT-151), the others one at most.",
        ),
        Text(
            fr="Donnez sa catégorie à la ligne ; partagez une ligne qui en a plusieurs.",
            en="Give the line its category; split a line that has several.",
        ),
        "BT-151",
    ),
    "UBL-SR-53": (
        Text(
            fr="Un numéro fiscal (cac:PartyTaxScheme) a une valeur et dit de quelle taxe il est.",
            en="A tax number (cac:PartyTaxScheme) has a value and says which tax it is for.",
        ),
        Text(
            fr="Ajoutez cbc:CompanyID et cac:TaxScheme/cbc:ID (VAT pour la TVA), ou retirez l'élément.",
            en="Add cbc:CompanyID and cac:TaxScheme/cbc:ID (VAT for VAT), or remove the element.",
        ),
        "BT-31",
    ),
    "UBL-CR-666": (
        Text(
            fr="Une référence à un objet facturé (type 130) n'a pas de fichier joint.",
            en="A reference to an invoiced object (type 130) has no attachment.",
        ),
        Text(
            fr="Mettez le fichier dans un autre cac:AdditionalDocumentReference, sans type.",
            en="Put the file into another cac:AdditionalDocumentReference, without a type.",
        ),
        "BT-18",
    ),
    "UBL-CR-673": (
        Text(
            fr="Une référence à un objet facturé (type 130) n'a pas de description.",
            en="A reference to an invoiced object (type 130) has no description.",
        ),
        Text(fr="Retirez cbc:DocumentDescription.", en="Remove cbc:DocumentDescription."),
        "BT-18",
    ),
    "UBL-DT-01": (
        Text(
            fr="Un montant a deux décimales au plus ; seuls les prix unitaires peuvent en avoir davantage.",
            en="An amount has two decimals at most; only unit prices may have more.",
        ),
        Text(fr="Arrondissez le montant à deux décimales.", en="Round the amount to two decimals."),
        None,
    ),
    "UBL-DT-06": (
        Text(fr="Un fichier joint dit son type (mimeCode).", en="An attached file says its type (mimeCode)."),
        Text(fr="Ajoutez l'attribut mimeCode.", en="Add the attribute mimeCode."),
        "BT-125",
    ),
    "UBL-DT-07": (
        Text(fr="Un fichier joint a un nom (filename).", en="An attached file has a name (filename)."),
        Text(fr="Ajoutez l'attribut filename.", en="Add the attribute filename."),
        "BT-125",
    ),
    "BR-CL-03": (
        Text(
            fr="Chaque montant dit sa devise (currencyID), par un code ISO 4217.",
            en="Each amount says its currency (currencyID), by an ISO 4217 code.",
        ),
        Text(
            fr="Écrivez le code en trois lettres, comme EUR, sur chaque montant.",
            en="Write the three-letter code, such as EUR, on each amount.",
        ),
        "BT-5",
    ),
    "BR-CL-08": (
        Text(
            fr="Trois caractères entre deux # dans une note sont un code de sujet (BT-21) de la liste UNTDID 4451.",
            en="Three characters between two # in a note are a subject code (BT-21) of the list UNTDID 4451.",
        ),
        Text(
            fr="Commencez la note par un code de la liste, comme #PMT#, ou n'écrivez pas de #.",
            en="Begin the note with a code of the list, such as #PMT#, or write no #.",
        ),
        "BT-21",
    ),
    "UBL-CR-002": (
        Text(fr="La version d'UBL, si elle est dite, est 2.1.", en="The version of UBL, where it is said, is 2.1."),
        Text(fr="Retirez cbc:UBLVersionID.", en="Remove cbc:UBLVersionID."),
        None,
    ),
    "UBL-CR-412": (
        Text(
            fr="Seul un avoir a sa date d'échéance (BT-9) dans cac:PaymentMeans ; une facture a cbc:DueDate.",
            en="Only a credit note has its due date (BT-9) in cac:PaymentMeans; an invoice has cbc:DueDate.",
        ),
        Text(fr="Écrivez la date dans cbc:DueDate.", en="Write the date into cbc:DueDate."),
        "BT-9",
    ),
    "UBL-CR-665": (
        Text(
            fr="Seul un objet facturé (type 130) a un schéma d'identification.",
            en="Only an invoiced object (type 130) has an identification scheme.",
        ),
        Text(fr="Retirez l'attribut schemeID.", en="Remove the attribute schemeID."),
        "BT-122",
    ),
    "UBL-DT-18": (
        Text(
            fr="L'attribut name ne sert qu'au libellé du moyen de paiement (BT-82).",
            en="The attribute name serves only for the text of the means of payment (BT-82).",
        ),
        UNUSED_FIX,
        None,
    ),
    "UBL-FREXT-CR-410": (
        Text(
            fr="Les conditions de livraison ne disent que l'Incoterm et le nom du lieu.",
            en="Delivery terms say only the Incoterm and the name of the place.",
        ),
        UNUSED_FIX,
        None,
    ),
    "UBL-FREXT-CR-645": (
        Text(
            fr="Les conditions de livraison d'une ligne ne disent que l'Incoterm et le nom du lieu.",
            en="Delivery terms of a line say only the Incoterm and the name of the place.",
        ),
        UNUSED_FIX,
        None,
    ),
    "CII-FREXT-CR-490": (
        Text(
            fr="Un taux de change ne dit que les deux devises, le taux et sa date.",
            en="An exchange rate says only the two currencies, the rate and its date.",
        ),
        UNUSED_FIX,
        None,
    ),
}
