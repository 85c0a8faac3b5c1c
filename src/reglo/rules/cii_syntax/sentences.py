"""Our own words for the demands, in both languages: one sentence a kind, and one for each demand of its own.

Examples for the demands of a kind are in `examples`.
"""

from reglo.core.findings import Text
from reglo.rules.cii_syntax import examples
from reglo.rules.cii_syntax.table import Demand, codes_of

#: A list of at most so many codes is written out.
_SHORT_LIST = 14


def statement(demand: Demand, place: str) -> Text:
    """The demand as a sentence; `place` is the element it is about."""
    if demand.argument in _SPECIAL:
        return _SPECIAL[demand.argument][0]
    return _STATEMENTS.get(demand.kind, _condition)(demand.argument, place)


def fix(demand: Demand) -> Text:
    """How to mend what does not meet the demand."""
    if demand.argument in _SPECIAL:
        return _SPECIAL[demand.argument][1]
    if demand.kind == "code":
        return _fix_code(demand.argument)
    if demand.kind == "count":
        return _FIX_COUNT[_comparison(demand.argument)]
    return _FIXES.get(demand.kind, _FIX_CONDITION)


def example(demand: Demand, element: str) -> Text:
    """What is good, and what is not; `element` is the name of the one that the demand is about."""
    if demand.argument in _SPECIAL:
        return _SPECIAL[demand.argument][2]
    return examples.of_kind(demand, element)


def _comparison(argument: str) -> str:
    return "none" if argument.endswith("<= 0") else argument.split(" ")[1]


def _count(argument: str, place: str) -> Text:
    name, comparison, number = argument.split(" ")
    if argument.endswith("<= 0"):
        return Text(fr=f"Dans {place}, {name} n'est pas utilisé.", en=f"In {place}, {name} is not used.")
    words = {"=": ("exactement", "exactly"), "<=": ("au plus", "at most"), ">=": ("au moins", "at least")}[comparison]
    fois, times = ("une fois", "once") if number == "1" else (f"{number} fois", f"{number} times")
    return Text(
        fr=f"Dans {place}, {name} figure {words[0]} {fois}.", en=f"In {place}, {name} stands {words[1]} {times}."
    )


def _attribute(name: str, place: str) -> Text:
    return Text(fr=f"L'élément {place} porte l'attribut {name}.", en=f"The element {place} has the attribute {name}.")


def _no_attribute(name: str, place: str) -> Text:
    return Text(
        fr=f"L'élément {place} n'a pas d'attribut {name}.",
        en=f"The element {place} does not have the attribute {name}.",
    )


def _code(argument: str, place: str) -> Text:
    of = argument.split(" ")[0]
    if of == ".":
        return Text(
            fr=f"La valeur de {place} est un code de la liste admise, écrit exactement comme elle.",
            en=f"The value of {place} is a code of the list allowed, written exactly as there.",
        )
    return Text(
        fr=f"L'attribut {of[1:]} de {place} est un code de la liste admise.",
        en=f"The attribute {of[1:]} of {place} is a code of the list allowed.",
    )


def _fix_code(argument: str) -> Text:
    codes = sorted(codes_of(argument.split(" ")[1]))
    if len(codes) <= _SHORT_LIST:
        return Text(fr=f"Choisissez l'un de : {', '.join(codes)}.", en=f"Choose one of: {', '.join(codes)}.")
    start = ", ".join(codes[:4])
    return Text(
        fr=f"Choisissez un code de la liste ({start}…, {len(codes)} en tout), sans espace autour.",
        en=f"Choose a code of the list ({start}…, {len(codes)} in all), without spaces around it.",
    )


def _condition(argument: str, place: str) -> Text:
    return Text(
        fr=f"L'élément {place} remplit la condition : {argument}.", en=f"The element {place} meets: {argument}."
    )


_STATEMENTS = {"count": _count, "attribute": _attribute, "no-attribute": _no_attribute, "code": _code}

_FIX_COUNT = {
    "none": Text(fr="Retirez cet élément.", en="Remove this element."),
    "=": Text(
        fr="Ajoutez l'élément s'il manque ; s'il y en a trop, gardez le bon.",
        en="Add the element if it is missing; if there are too many, keep the right one.",
    ),
    "<=": Text(fr="Gardez le bon élément et retirez les autres.", en="Keep the right element and remove the others."),
    ">=": Text(fr="Ajoutez l'élément qui manque.", en="Add the missing element."),
}
_FIXES = {
    "attribute": Text(fr="Ajoutez cet attribut.", en="Add this attribute."),
    "no-attribute": Text(fr="Retirez cet attribut.", en="Remove this attribute."),
    "matches": Text(
        fr="Écrivez l'année, le mois et le jour d'une date qui existe.",
        en="Write the year, the month and the day of a date that exists.",
    ),
}
_FIX_CONDITION = Text(
    fr="Corrigez cet élément ou ce qu'il contient.", en="Correct this element, or what stands inside it."
)

#: A sentence, a mend and an example.
_Words = tuple[Text, Text, Text]

_ONE_NOT_TWO = Text(fr="Bon : un. Mauvais : deux.", en="Good: one. Bad: two.")
_KEEP_ONE = Text(fr="Gardez l'un des deux.", en="Keep one of the two.")
_ONE_REGISTRATION = "count(ram:SpecifiedTaxRegistration[ram:ID/@schemeID="
_REMOVE = _FIX_COUNT["none"]


_DAY = Text(
    fr="Bon : 20260930, format 102. Mauvais : 2026-09-30T00:00:00.",
    en="Good: 20260930, format 102. Bad: 2026-09-30T00:00:00.",
)


def _contact(party_fr: str, party_en: str) -> _Words:
    sentence = Text(
        fr=f"Le contact {party_fr} est une personne ou un service (BT-41, BT-56), pas les deux.",
        en=f"The contact of the {party_en} is a person or a department (BT-41, BT-56), not both.",
    )
    return (
        sentence,
        _KEEP_ONE,
        Text(
            fr="Bon : Jeanne Petit. Mauvais : Jeanne Petit, et Comptabilité.",
            en="Good: Jeanne Petit. Bad: Jeanne Petit, and Accounting.",
        ),
    )


def _registrations(number: int, scheme: str, name_fr: str, name_en: str) -> dict[str, _Words]:
    sentence = Text(
        fr=f"Une partie a au plus {number} {name_fr} (ram:SpecifiedTaxRegistration, {scheme}).",
        en=f"A party has at most {number} {name_en} (ram:SpecifiedTaxRegistration, {scheme}).",
    )
    example = Text(fr=f"Bon : {number}. Mauvais : {number + 1}.", en=f"Good: {number}. Bad: {number + 1}.")
    return {f'{_ONE_REGISTRATION}"{scheme}"])<={number}': (sentence, _FIX_COUNT["<="], example)}


def _vat_total(currency: str, term: str, name_fr: str, name_en: str) -> dict[str, _Words]:
    sentence = Text(
        fr=f"Le total de TVA dans la devise {name_fr} ({term}) figure au plus une fois.",
        en=f"The VAT total in the {name_en} currency ({term}) stands at most once.",
    )
    settlement = "/rsm:CrossIndustryInvoice/rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
    return {
        f"count(ram:TaxTotalAmount[@currencyID={above}/ram:{currency}])<=1": (sentence, _FIX_COUNT["<="], _ONE_NOT_TWO)
        for above in ("../..", settlement)
    }


def _only_of(name: str, documents_fr: str, documents_en: str) -> _Words:
    sentence = Text(
        fr=f"Parmi les documents référencés, {name} n'est utilisé que {documents_fr}.",
        en=f"Among referenced documents, {name} is used {documents_en} only.",
    )
    example = Text(
        fr=f"Mauvais : {name} dans ram:DespatchAdviceReferencedDocument.",
        en=f"Bad: {name} in ram:DespatchAdviceReferencedDocument.",
    )
    return sentence, _REMOVE, example


def _at_most_once(name: str, name_en: str | None = None) -> _Words:
    return (
        Text(fr=f"{name} figure au plus une fois.", en=f"{name_en or name} stands at most once."),
        _FIX_COUNT["<="],
        _ONE_NOT_TWO,
    )


def _no_moment(name: str) -> _Words:
    sentence = Text(
        fr=f"Dans une période, {name} est une date (udt:DateTimeString), pas un instant (udt:DateTime).",
        en=f"In a period, {name} is a day (udt:DateTimeString), not an instant (udt:DateTime).",
    )
    return sentence, Text(fr="Écrivez la date en format 102.", en="Write the day in format 102."), _DAY


_SUPPORTING = ("pour une pièce justificative (type 916)", "for a supporting document (type 916)")
_ACCOUNT = "ram:PayeePartyCreditorFinancialAccount"
_DATE = r"^\s*(\d{4})(1[0-2]|0[1-9]){1}(3[01]|[12][0-9]|0[1-9]){1}\s*$"
_MOMENT = r"^\s*(\d{4})(1[0-2]|0[1-9])(3[01]|[12][0-9]|0[1-9])([01][0-9]|2[0-3])[0-5][0-9]\s*$"

#: Demands with a sentence of their own, by their argument: the sentence, the mend and an example.
_SPECIAL: dict[str, _Words] = {
    **_registrations(1, "VA", "numéro de TVA", "VAT number"),
    **_registrations(1, "FC", "autre numéro fiscal", "other tax number"),
    **_registrations(2, "VA", "numéros de TVA", "VAT numbers"),
    **_registrations(2, "FC", "autres numéros fiscaux", "other tax numbers"),
    **_vat_total("InvoiceCurrencyCode", "BT-110", "de la facture", "document"),
    **_vat_total("TaxCurrencyCode", "BT-111", "de comptabilisation de la TVA", "VAT accounting"),
    "not(ram:SellerTradeParty/ram:DefinedTradeContact/ram:PersonName and "
    "ram:SellerTradeParty/ram:DefinedTradeContact/ram:DepartmentName)": _contact("du vendeur", "seller"),
    "not(ram:BuyerTradeParty/ram:DefinedTradeContact/ram:PersonName and "
    "ram:BuyerTradeParty/ram:DefinedTradeContact/ram:DepartmentName)": _contact("de l'acheteur", "buyer"),
    "ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode": (
        Text(
            fr="Tous les moyens de paiement d'une facture ont le même code (BT-81).",
            en="All payment means of an invoice have the same code (BT-81).",
        ),
        Text(fr="Gardez un seul code.", en="Keep one code only."),
        Text(
            fr="Bon : 30 pour deux comptes. Mauvais : 30, puis 48.", en="Good: 30 for two accounts. Bad: 30, then 48."
        ),
    ),
    "ram:SpecifiedTradeSettlementPaymentMeans/ram:Information": (
        Text(
            fr="Tous les moyens de paiement d'une facture ont le même libellé (BT-82).",
            en="All payment means of an invoice have the same text (BT-82).",
        ),
        Text(fr="Écrivez le même libellé partout.", en="Write the same text everywhere."),
        Text(
            fr="Bon : Virement partout. Mauvais : Virement, puis Carte.",
            en="Good: Transfer everywhere. Bad: Transfer, then Card.",
        ),
    ),
    "ram:ApplicableTradeTax/ram:DueDateTypeCode": (
        Text(
            fr="Le code de la date d'exigibilité (BT-8) est le même dans toute la facture.",
            en="The code of the VAT point (BT-8) is the same all over the invoice.",
        ),
        Text(fr="Écrivez le même code partout.", en="Write the same code everywhere."),
        Text(fr="Bon : 72 partout. Mauvais : 72, puis 5.", en="Good: 72 everywhere. Bad: 72, then 5."),
    ),
    "count(//ram:ApplicableHeaderTradeSettlement/ram:PaymentReference) <= 1": _at_most_once(
        "ram:PaymentReference (BT-83)"
    ),
    f"({_ACCOUNT}/ram:IBANID or {_ACCOUNT}/ram:ProprietaryID) and "
    f"not({_ACCOUNT}/ram:IBANID and {_ACCOUNT}/ram:ProprietaryID)": (
        Text(
            fr="Un virement (code 30 ou 58) nomme le compte à créditer (BT-84), par son IBAN ou par un autre numéro, "
            "mais pas les deux.",
            en="A transfer (code 30 or 58) names the account to pay into (BT-84), by its IBAN or by another number, "
            "but not both.",
        ),
        Text(fr="Écrivez l'IBAN (ram:IBANID) seul.", en="Write the IBAN (ram:IBANID) alone."),
        Text(
            fr="Bon : FR7630006000011234567890189. Mauvais : ni IBAN ni autre numéro.",
            en="Good: FR7630006000011234567890189. Bad: neither an IBAN nor another number.",
        ),
    ),
    'count(ram:AppliedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator="false"])<=1': _at_most_once(
        "La remise sur le prix brut (BT-147)", "The discount on the gross price (BT-147)"
    ),
    "not(ram:URIID) or (self::ram:AdditionalReferencedDocument and ram:TypeCode='916')": _only_of(
        "ram:URIID", *_SUPPORTING
    ),
    "not(ram:Name) or (self::ram:AdditionalReferencedDocument and ram:TypeCode='916')": _only_of(
        "ram:Name", *_SUPPORTING
    ),
    "not(ram:AttachmentBinaryObject) or (self::ram:AdditionalReferencedDocument and ram:TypeCode='916')": _only_of(
        "ram:AttachmentBinaryObject", *_SUPPORTING
    ),
    "not(ram:TypeCode) or (self::ram:AdditionalReferencedDocument) and (ram:TypeCode='50' or ram:TypeCode='130' or "
    "ram:TypeCode='916') or self::ram:InvoiceReferencedDocument": _only_of(
        "ram:TypeCode",
        "pour une facture, ou avec 50, 130 ou 916 dans ram:AdditionalReferencedDocument",
        "for an invoice, or with 50, 130 or 916 in ram:AdditionalReferencedDocument",
    ),
    "not(ram:ReferenceTypeCode) or (self::ram:AdditionalReferencedDocument and ram:TypeCode='130') or "
    "(self::ram:ContractReferencedDocument)": _only_of(
        "ram:ReferenceTypeCode",
        "pour un contrat ou un objet facturé (type 130)",
        "for a contract or an invoiced object (type 130)",
    ),
    "not(ram:FormattedIssueDateTime) or self::ram:InvoiceReferencedDocument or self::ram:ContractReferencedDocument "
    "or self::ram:BuyerOrderReferencedDocument or self::ram:DespatchAdviceReferencedDocument": _only_of(
        "ram:FormattedIssueDateTime",
        "pour une facture, un contrat, une commande ou un avis d'expédition",
        "for an invoice, a contract, an order or a despatch advice",
    ),
    "not(ram:TypeCode) or (ram:TypeCode = 'VAT')": (
        Text(fr="La taxe est la TVA : son type est « VAT ».", en="The tax is VAT: its type is “VAT”."),
        Text(fr="Écrivez VAT.", en="Write VAT."),
        Text(fr="Bon : VAT. Mauvais : TVA.", en="Good: VAT. Bad: TVA."),
    ),
    "not(ram:StartDateTime/udt:DateTime)": _no_moment("ram:StartDateTime"),
    "not(ram:EndDateTime/udt:DateTime)": _no_moment("ram:EndDateTime"),
    "not(ram:GlobalID) or (ram:GlobalID/@schemeID)": (
        Text(
            fr="L'identifiant standard d'un article (BT-157) nomme son référentiel (schemeID).",
            en="The standard identifier of an item (BT-157) names its scheme (schemeID).",
        ),
        Text(fr="Ajoutez schemeID, par exemple 0160 pour un GTIN.", en="Add schemeID, 0160 for a GTIN, say."),
        Text(
            fr="Bon : 3012345678900, schemeID 0160. Mauvais : 3012345678900 seul.",
            en="Good: 3012345678900, schemeID 0160. Bad: 3012345678900 alone.",
        ),
    ),
    "not (ram:OriginTradeCountry) or (count(ram:OriginTradeCountry/ram:ID) =1)": _at_most_once(
        "ram:OriginTradeCountry/ram:ID (BT-159)"
    ),
    "count(ram:NetPriceProductTradePrice/ram:ChargeAmount) <= 1": _at_most_once(
        "ram:NetPriceProductTradePrice/ram:ChargeAmount (BT-146)"
    ),
    "count(ram:SellerTradeParty/ram:URIUniversalCommunication) <= 1": _at_most_once(
        "ram:SellerTradeParty/ram:URIUniversalCommunication (BT-34)"
    ),
    "count(ram:BuyerTradeParty/ram:URIUniversalCommunication) <= 1": _at_most_once(
        "ram:BuyerTradeParty/ram:URIUniversalCommunication (BT-49)"
    ),
    "( count(ram:SellerTradeParty/ram:DefinedTradeContact) <= 1)": _at_most_once(
        "ram:SellerTradeParty/ram:DefinedTradeContact (BG-6)"
    ),
    "( count(ram:BuyerTradeParty/ram:DefinedTradeContact) <= 1)": _at_most_once(
        "ram:BuyerTradeParty/ram:DefinedTradeContact (BG-9)"
    ),
    "count(ram:ApplicableTradeTax/ram:TaxPointDate) <= 1": _at_most_once("ram:TaxPointDate (BT-7)"),
    "count(ram:GuidelineSpecifiedDocumentContextParameter/ram:ID) = 1": (
        Text(
            fr="L'identifiant du profil (BT-24) figure exactement une fois.",
            en="The identifier of the profile (BT-24) stands exactly once.",
        ),
        _FIX_COUNT["="],
        Text(fr="Bon : urn:cen.eu:en16931:2017. Mauvais : rien.", en="Good: urn:cen.eu:en16931:2017. Bad: nothing."),
    ),
    "ram:BilledQuantity": (
        Text(
            fr="Des quantités n'ont d'unité que si une quantité facturée en a une aussi (BT-130).",
            en="Quantities have units only where an invoiced quantity has one too (BT-130).",
        ),
        Text(
            fr="Donnez son unité à la quantité facturée (unitCode).",
            en="Give the invoiced quantity its unit (unitCode).",
        ),
        Text(
            fr="Bon : unitCode HUR sur les deux. Mauvais : HUR sur la base du prix seule.",
            en="Good: unitCode HUR on both. Bad: HUR on the base of the price alone.",
        ),
    ),
    ".": (
        Text(
            fr="Le profil n'utilise pas cet élément à cette place, bien que le schéma l'y admette.",
            en="The profile does not use this element in this place, though the schema lets it stand there.",
        ),
        Text(
            fr="Retirez cet élément, ou choisissez un profil qui l'utilise.",
            en="Remove this element, or choose a profile that uses it.",
        ),
        Text(
            fr="Mauvais : un ram:LineID de référence dans un profil qui ne lit pas les lignes.",
            en="Bad: a ram:LineID of reference in a profile that reads no lines.",
        ),
    ),
    _DATE: (
        Text(
            fr="Une date en format 102 est une année, un mois et un jour : AAAAMMJJ.",
            en="A date in format 102 is a year, a month and a day: YYYYMMDD.",
        ),
        _FIXES["matches"],
        Text(fr="Bon : 20260930. Mauvais : 2026-09-30 ; 20261330.", en="Good: 20260930. Bad: 2026-09-30; 20261330."),
    ),
    _MOMENT: (
        Text(
            fr="Un instant en format 205 est une année, un mois, un jour, une heure et une minute : AAAAMMJJHHMM.",
            en="An instant in format 205 is a year, a month, a day, an hour and a minute: YYYYMMDDHHMM.",
        ),
        _FIXES["matches"],
        Text(fr="Bon : 202609301430. Mauvais : 20260930.", en="Good: 202609301430. Bad: 20260930."),
    ),
}
