"""What the rules of a VAT category say, in both languages: one function for each of the ten demands."""

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.rules.en16931.table import rule
from reglo.rules.en16931.vat_categories.families import Entries, Family, Parties, Rate

#: Rule number of each place where a category may stand: lines, allowances, charges.
WHERE_USED = {
    "line": Text(fr="une ligne porte", en="a line bears"),
    "allowance": Text(fr="une remise porte", en="an allowance bears"),
    "charge": Text(fr="des frais portent", en="a charge bears"),
}

_PARTIES = {
    Parties.SELLER_TAXED: (
        Text(
            fr="le numéro de TVA (BT-31) ou un autre numéro fiscal (BT-32) du vendeur, ou le numéro de TVA de son "
            "représentant (BT-63)",
            en="the VAT number (BT-31) or another tax number (BT-32) of the seller, or the VAT number of its "
            "representative (BT-63)",
        ),
        Text(fr="BT-31 = FR44732829320", en="BT-31 = FR44732829320"),
        Text(fr="aucun numéro", en="no number"),
    ),
    Parties.SELLER_AND_BUYER_KNOWN: (
        Text(
            fr="un numéro fiscal du vendeur (BT-31, BT-32) ou de son représentant (BT-63), et le numéro de TVA "
            "(BT-48) ou le numéro légal (BT-47) de l'acheteur",
            en="a tax number of the seller (BT-31, BT-32) or of its representative (BT-63), and the VAT number "
            "(BT-48) or the legal number (BT-47) of the buyer",
        ),
        Text(fr="BT-31 = FR44732829320, BT-48 = FR96552100554", en="BT-31 = FR44732829320, BT-48 = FR96552100554"),
        Text(fr="aucun numéro de l'acheteur", en="no number of the buyer"),
    ),
    Parties.SELLER_VAT: (
        Text(
            fr="le numéro de TVA du vendeur (BT-31) ou de son représentant (BT-63)",
            en="the VAT number of the seller (BT-31) or of its representative (BT-63)",
        ),
        Text(fr="BT-31 = FR44732829320", en="BT-31 = FR44732829320"),
        Text(fr="seulement un autre numéro fiscal (BT-32)", en="nothing but another tax number (BT-32)"),
    ),
    Parties.SELLER_AND_BUYER_VAT: (
        Text(
            fr="le numéro de TVA du vendeur (BT-31) ou de son représentant (BT-63), et celui de l'acheteur (BT-48)",
            en="the VAT number of the seller (BT-31) or of its representative (BT-63), and that of the buyer (BT-48)",
        ),
        Text(fr="BT-31 = FR44732829320, BT-48 = DE136695976", en="BT-31 = FR44732829320, BT-48 = DE136695976"),
        Text(fr="BT-48 absent", en="no BT-48"),
    ),
    Parties.NO_VAT_NUMBER: (
        Text(
            fr="aucun numéro de TVA : ni du vendeur (BT-31), ni de son représentant (BT-63), ni de l'acheteur (BT-48)",
            en="no VAT number: neither of the seller (BT-31), nor of its representative (BT-63), nor of the buyer "
            "(BT-48)",
        ),
        Text(fr="BT-30 = 732829320 seul", en="BT-30 = 732829320 alone"),
        Text(fr="BT-31 = FR44732829320", en="BT-31 = FR44732829320"),
    ),
}

_RATES = {
    Rate.POSITIVE: (Text(fr="supérieur à zéro", en="above zero"), "20", "0"),
    Rate.POSITIVE_BUT_IN_UBL: (Text(fr="supérieur à zéro", en="above zero"), "7", "−7"),
    Rate.FROM_ZERO: (Text(fr="zéro ou plus", en="zero or more"), "4", "−4"),
    Rate.ZERO: (Text(fr="zéro", en="zero"), "0", "20"),
}


def presence(family: Family) -> Rule:
    """01: an invoice that uses the category has it in its breakdown, and the other way round."""
    name = family.name
    once = family.entries is Entries.ONE
    entries = Text(
        fr="exactement une entrée" if once else "au moins une entrée",
        en="exactly one entry" if once else "at least one entry",
    )
    return rule(
        f"BR-{family.key}-01",
        "BG-23",
        statement=Text(
            fr=f"Une facture où une ligne, une remise ou des frais portent le code de TVA {name.fr} doit avoir "
            f"{entries.fr} de ce code dans la ventilation de TVA (BG-23), et seulement elle.",
            en=f"An invoice in which a line, an allowance or a charge bears the VAT category {name.en} must have "
            f"{entries.en} of that category in the VAT breakdown (BG-23), and only such an invoice.",
        ),
        fix=Text(
            fr=f"Ajoutez l'entrée {family.code} à la ventilation, ou retirez celle qui ne sert à rien.",
            en=f"Add the entry {family.code} to the breakdown, or remove the one that nothing uses.",
        ),
        example=Text(
            fr=f"Bon : deux lignes {family.code}, une entrée {family.code}. Mauvais : deux lignes {family.code}, "
            "aucune entrée.",
            en=f"Good: two lines {family.code}, one entry {family.code}. Bad: two lines {family.code}, no entry.",
        ),
    )


def parties(family: Family, number: str, used: Text) -> Rule:
    """02 to 04: the tax numbers that the category asks of the parties."""
    demand, good, bad = _PARTIES[family.parties]
    forbids = family.parties is Parties.NO_VAT_NUMBER
    verb = Text(fr="ne doit indiquer" if forbids else "doit indiquer", en="must state")
    return rule(
        f"BR-{family.key}-{number}",
        "BT-31",
        statement=Text(
            fr=f"Une facture où {used.fr} le code de TVA {family.name.fr} {verb.fr} {demand.fr}.",
            en=f"An invoice in which {used.en} the VAT category {family.name.en} {verb.en} {demand.en}.",
        ),
        fix=Text(
            fr="Retirez les numéros de TVA, ou choisissez un autre code."
            if forbids
            else "Ajoutez le numéro qui manque.",
            en="Remove the VAT numbers, or choose another category." if forbids else "Add the missing number.",
        ),
        example=Text(fr=f"Bon : {good.fr}. Mauvais : {bad.fr}.", en=f"Good: {good.en}. Bad: {bad.en}."),
    )


def rate(family: Family, number: str, used: Text, business_term: str) -> Rule:
    """05 to 07: the rates that the category bears."""
    identifier = f"BR-{family.key}-{number}"
    if family.rate is Rate.NONE:
        return rule(
            identifier,
            business_term,
            statement=Text(
                fr=f"Là où {used.fr} le code de TVA {family.name.fr}, il ne doit pas y avoir de taux "
                f"({business_term}).",
                en=f"Where {used.en} the VAT category {family.name.en}, there must be no rate ({business_term}).",
            ),
            fix=Text(fr="Retirez le taux, même zéro.", en="Remove the rate, even zero."),
            example=Text(fr="Bon : O sans taux. Mauvais : O à 0.", en="Good: O without a rate. Bad: O at 0."),
        )
    demand, good, bad = _RATES[family.rate]
    return rule(
        identifier,
        business_term,
        statement=Text(
            fr=f"Là où {used.fr} le code de TVA {family.name.fr}, le taux ({business_term}) doit être {demand.fr}.",
            en=f"Where {used.en} the VAT category {family.name.en}, the rate ({business_term}) must be {demand.en}.",
        ),
        fix=Text(fr="Corrigez le taux ou le code de TVA.", en="Correct the rate or the VAT category."),
        example=Text(
            fr=f"Bon : {family.code} à {good}. Mauvais : {family.code} à {bad}.",
            en=f"Good: {family.code} at {good}. Bad: {family.code} at {bad}.",
        ),
    )


def taxable(family: Family) -> Rule:
    """08: the taxable amount is the sum of what bears the category."""
    each = family.entries is Entries.ONE_A_RATE
    scope = Text(fr=" et de ce taux" if each else "", en=" and rate" if each else "")
    return rule(
        f"BR-{family.key}-08",
        "BT-116",
        statement=Text(
            fr=f"La base (BT-116) d'une entrée {family.name.fr} de la ventilation doit être la somme des lignes de "
            f"ce code{scope.fr} (BT-131), moins les remises (BT-92), plus les frais (BT-99).",
            en=f"The taxable amount (BT-116) of an entry {family.name.en} of the breakdown must be the sum of the "
            f"lines of that category{scope.en} (BT-131), less allowances (BT-92), plus charges (BT-99).",
        ),
        fix=Text(
            fr="Refaites la somme, ou corrigez le code de TVA d'une ligne.",
            en="Do the sum again, or correct the VAT category of a line.",
        ),
        example=Text(
            fr="Bon : 60.00 + 40.00 − 10.00 = 90.00. Mauvais : 60.00 + 40.00 − 10.00 = 100.00.",
            en="Good: 60.00 + 40.00 − 10.00 = 90.00. Bad: 60.00 + 40.00 − 10.00 = 100.00.",
        ),
    )


def tax(family: Family) -> Rule:
    """09: the tax is nothing, or what the rate gives."""
    if family.entries is Entries.ONE:
        statement = Text(
            fr=f"La TVA (BT-117) d'une entrée {family.name.fr} de la ventilation doit être zéro.",
            en=f"The VAT (BT-117) of an entry {family.name.en} of the breakdown must be zero.",
        )
        example = Text(fr="Bon : 0.00. Mauvais : 20.00.", en="Good: 0.00. Bad: 20.00.")
    else:
        statement = Text(
            fr=f"La TVA (BT-117) d'une entrée {family.name.fr} de la ventilation doit être sa base multipliée par "
            "son taux.",
            en=f"The VAT (BT-117) of an entry {family.name.en} of the breakdown must be its taxable amount times its "
            "rate.",
        )
        example = Text(
            fr="Bon : 90.00 à 20 % donne 18.00. Mauvais : 20.00.", en="Good: 90.00 at 20 % gives 18.00. Bad: 20.00."
        )
    return rule(
        f"BR-{family.key}-09",
        "BT-117",
        statement=statement,
        fix=Text(
            fr="Corrigez la TVA de l'entrée, puis les totaux.", en="Correct the VAT of the entry, then the totals."
        ),
        example=example,
    )


def reason(family: Family) -> Rule:
    """10: why there is no tax, where there is none."""
    identifier, name = f"BR-{family.key}-10", family.name
    if family.needs_reason:
        return rule(
            identifier,
            "BT-120",
            statement=Text(
                fr=f"Une entrée {name.fr} de la ventilation doit dire pourquoi : en toutes lettres (BT-120) ou par "
                "un code (BT-121).",
                en=f"An entry {name.en} of the breakdown must say why: in words (BT-120) or as a code (BT-121).",
            ),
            fix=Text(fr="Ajoutez le motif d'exonération.", en="Add the exemption reason."),
            example=Text(
                fr=f"Bon : « {family.reason} ». Mauvais : rien.", en=f"Good: “{family.reason}”. Bad: nothing."
            ),
        )
    return rule(
        identifier,
        "BT-120",
        statement=Text(
            fr=f"Une entrée {name.fr} de la ventilation ne doit pas avoir de motif d'exonération (BT-120, BT-121).",
            en=f"An entry {name.en} of the breakdown must have no exemption reason (BT-120, BT-121).",
        ),
        fix=Text(
            fr="Retirez le motif, ou choisissez le code de TVA qu'il justifie.",
            en="Remove the reason, or choose the VAT category that it justifies.",
        ),
        example=Text(
            fr=f"Bon : {family.code} sans motif. Mauvais : {family.code} avec « exonéré ».",
            en=f"Good: {family.code} without a reason. Bad: {family.code} with “exempt”.",
        ),
    )
