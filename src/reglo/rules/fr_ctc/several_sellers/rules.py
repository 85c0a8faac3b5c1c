"""The words of the rules on documents of several sellers, and their names in both sheets."""

from collections.abc import Mapping

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.rules.fr_ctc.wording import rule_of

CREDIT_REFERENCES = rule_of(
    "BR-FR-CO-05_BT-3",
    term="BT-3",
    statement=Text(
        fr="Un avoir (261, 381, 396, 502, 503) renvoie à une facture antérieure, avec son numéro et sa date, dans "
        "l'en-tête ou sur chaque ligne.",
        en="A credit note (261, 381, 396, 502, 503) refers to a preceding invoice, with its number and date, in the "
        "header or on each line.",
    ),
    fix=Text(
        fr="Indiquez le numéro et la date de la facture corrigée.",
        en="Give the number and the date of the invoice that is corrected.",
    ),
    example=Text(
        fr="Bon : avoir sur F2026-0001 du 15 septembre 2026. Mauvais : avoir sans renvoi, ou sans date.",
        en="Good: credit note on F2026-0001 of 15 September 2026. Bad: a credit note without reference, or date.",
    ),
)

_SEVERAL = Text(fr="Quand la facture réunit plusieurs vendeurs", en="Where the invoice joins several sellers")
_S8 = Text(fr=f"{_SEVERAL.fr} (S8, B8, M8), ", en=f"{_SEVERAL.en} (S8, B8, M8), ")
_S9 = Text(
    fr="Quand deux vendeurs se facturent l'un l'autre (S9, B9, M9), ",
    en="Where two sellers bill each other (S9, B9, M9), ",
)
_S8_S9 = Text(fr=f"{_SEVERAL.fr} (S8, B8, M8, S9, B9, M9), ", en=f"{_SEVERAL.en} (S8, B8, M8, S9, B9, M9), ")

_FIX_GROUP = Text(
    fr="Complétez la ligne GROUP qui porte la sous-facture.", en="Complete the line GROUP that carries the sub-invoice."
)
_FIX_SUM = Text(fr="Recalculez les totaux de la ligne GROUP.", en="Compute the totals of the line GROUP again.")
_FIX_TYPE = Text(fr="Changez le type ou le cadre de facturation.", en="Change the type or the billing framework.")

# Each entry: our name, identifier in the UBL sheet and in the CII sheet, term, whom it concerns, the demand, the mend.
_Entry = tuple[str, str, str, str, Text, Text, Text]


def _both(name: str, identifier: str, term: str, whom: Text, demand: Text, fix: Text) -> _Entry:
    return name, identifier, identifier, term, whom, demand, fix


_ENTRIES: tuple[_Entry, ...] = (
    _both(
        "MV-01",
        "BR-FR-MV-01_EXT-FR-FE-163",
        "EXT-FR-FE-163",
        _S8_S9,
        Text(
            fr="chaque ligne dit si elle est GROUP, DETAIL ou INFORMATION.",
            en="each line says whether it is GROUP, DETAIL or INFORMATION.",
        ),
        Text(fr="Ajoutez le sous-type de la ligne.", en="Add the subtype of the line."),
    ),
    _both(
        "MV-02",
        "BR-FR-MV-02_EXT-FR-FE-163",
        "EXT-FR-FE-163",
        _S8,
        Text(fr="une ligne GROUP au moins n'a pas de ligne mère.", en="at least one line GROUP has no parent line."),
        Text(fr="Mettez chaque sous-facture sous une ligne GROUP.", en="Put each sub-invoice under a line GROUP."),
    ),
    _both(
        "BD-02",
        "BR-FR-BD-02_EXT-FR-FE-163",
        "EXT-FR-FE-163",
        _S9,
        Text(fr="deux lignes GROUP exactement n'ont pas de ligne mère.", en="exactly two lines GROUP have no parent."),
        Text(fr="Faites une ligne GROUP pour chaque sens.", en="Make one line GROUP for each direction."),
    ),
    (
        "BD-02-seller",
        "BR-FR-BD-02_BT-30",
        "BR-FR-BD-02_BT-31",
        "BT-30",
        _S9,
        Text(
            fr="une ligne GROUP exactement a pour vendeur le vendeur de la facture.",
            en="exactly one line GROUP has the seller of the invoice as its seller.",
        ),
        _FIX_GROUP,
    ),
    _both(
        "BD-02-buyer",
        "BR-FR-BD-02_BT-47",
        "BT-47",
        _S9,
        Text(
            fr="une ligne GROUP exactement a pour vendeur l'acheteur de la facture.",
            en="exactly one line GROUP has the buyer of the invoice as its seller.",
        ),
        _FIX_GROUP,
    ),
    _both(
        "MV-03-name",
        "BR-FR-MV-03_EXT-FR-FE-164",
        "EXT-FR-FE-164",
        _S8_S9,
        Text(
            fr="chaque ligne GROUP sans mère nomme son vendeur.", en="each line GROUP without parent names its seller."
        ),
        _FIX_GROUP,
    ),
    _both(
        "MV-03-number",
        "BR-FR-MV-03_EXT-FR-FE-167",
        "EXT-FR-FE-167",
        _S8_S9,
        Text(
            fr="chaque ligne GROUP sans mère donne le SIREN de son vendeur.",
            en="each line GROUP without parent gives the legal number of its seller.",
        ),
        _FIX_GROUP,
    ),
    _both(
        "MV-03-country",
        "BR-FR-MV-03_EXT-FR-FE-177",
        "EXT-FR-FE-177",
        _S8_S9,
        Text(
            fr="chaque ligne GROUP sans mère donne le pays de son vendeur.",
            en="each line GROUP without parent gives the country of its seller.",
        ),
        _FIX_GROUP,
    ),
    _both(
        "MV-03-vat",
        "BR-FR-MV-03_EXT-FR-FE-181",
        "EXT-FR-FE-181",
        _S8_S9,
        Text(fr="chaque ligne GROUP sans mère donne sa TVA.", en="each line GROUP without parent gives its VAT."),
        _FIX_GROUP,
    ),
    _both(
        "MV-03-vat-accounting",
        "BR-FR-MV-03_EXT-FR-FE-182",
        "EXT-FR-FE-182",
        _S8_S9,
        Text(
            fr="chaque ligne GROUP sans mère donne sa TVA dans la devise de comptabilisation, s'il y en a une.",
            en="each line GROUP without parent gives its VAT in the accounting currency, if there is one.",
        ),
        _FIX_GROUP,
    ),
    _both(
        "MV-03-AFL",
        "BR-FR-MV-03_BT-128_AFL",
        "BT-128",
        _S8_S9,
        Text(
            fr="chaque ligne GROUP sans mère donne le numéro de sa sous-facture (objet de type 130, schéma AFL).",
            en="each line GROUP without parent gives the number of its sub-invoice (object of type 130, scheme AFL).",
        ),
        _FIX_GROUP,
    ),
    _both(
        "MV-03-AVV",
        "BR-FR-MV-03_BT-128_AVV",
        "BT-128",
        _S8_S9,
        Text(
            fr="chaque ligne GROUP sans mère donne le cadre de sa sous-facture (objet de type 130, schéma AVV), qui "
            "n'est ni S8, ni B8, ni M8.",
            en="each line GROUP without parent gives the framework of its sub-invoice (object of type 130, scheme "
            "AVV), which is none of S8, B8 and M8.",
        ),
        _FIX_GROUP,
    ),
    _both(
        "MV-05",
        "BR-FR-MV-05_EXT-FR-FE-BG-12",
        "EXT-FR-FE-BG-12",
        _S8_S9,
        Text(
            fr="le montant d'une ligne GROUP est la somme de ses lignes, à un centime par ligne près.",
            en="the amount of a line GROUP is the sum of its lines, to one cent for each line.",
        ),
        _FIX_SUM,
    ),
    _both(
        "MV-06",
        "BR-FR-MV-06_EXT-FR-FE-167",
        "EXT-FR-FE-167",
        _S8_S9,
        Text(
            fr="chaque ligne donne le SIREN de son vendeur, le même que celui de sa ligne mère.",
            en="each line gives the legal number of its seller, the same as its parent line.",
        ),
        Text(fr="Reprenez le vendeur de la ligne mère.", en="Take over the seller of the parent line."),
    ),
    _both(
        "MV-07",
        "BR-FR-MV-07_BT-128",
        "BT-128",
        _S8_S9,
        Text(
            fr="chaque ligne donne le numéro de sa sous-facture (schéma AFL), le même que celui de sa ligne mère.",
            en="each line gives the number of its sub-invoice (scheme AFL), the same as its parent line.",
        ),
        Text(fr="Reprenez le numéro de la ligne mère.", en="Take over the number of the parent line."),
    ),
    _both(
        "MV-08",
        "BR-FR-MV-08_BT-128",
        "BT-128",
        _S8_S9,
        Text(
            fr="le motif d'exonération d'une ligne DETAIL commence par le numéro de sa sous-facture, entre deux #.",
            en="the exemption reason of a line DETAIL begins with the number of its sub-invoice, between two #.",
        ),
        Text(fr="Écrivez par exemple #SF-1#TVA 20 %.", en="Write #SF-1#VAT 20 %, say."),
    ),
    _both(
        "MV-09",
        "BR-FR-MV-09_EXT-FR-FE-181",
        "EXT-FR-FE-181",
        _S8_S9,
        Text(
            fr="la TVA d'une ligne GROUP est la somme des ventilations dont le motif commence par son numéro.",
            en="the VAT of a line GROUP is the sum of the breakdown entries whose reason begins with its number.",
        ),
        _FIX_SUM,
    ),
    _both(
        "MV-10",
        "BR-FR-MV-10_EXT-FR-FE-184",
        "EXT-FR-FE-184",
        _S8_S9,
        Text(
            fr="le total TTC d'une ligne GROUP, s'il est donné, est son montant HT plus sa TVA.",
            en="the total with VAT of a line GROUP, where it is given, is its net amount plus its VAT.",
        ),
        _FIX_SUM,
    ),
    _both(
        "MV-11",
        "BR-FR-MV-11_BT-128",
        "BT-128",
        _S8_S9,
        Text(
            fr="une seule des lignes GROUP du vendeur principal porte le numéro de la facture.",
            en="exactly one of the lines GROUP of the main seller has the number of the invoice.",
        ),
        Text(
            fr="Donnez à une sous-facture du vendeur principal le numéro de la facture, et d'autres aux suivantes.",
            en="Give one sub-invoice of the main seller the number of the invoice, and the next ones others.",
        ),
    ),
    _both(
        "MV-12",
        "BR-FR-MV-12_BT-128",
        "BT-128",
        _S8_S9,
        Text(fr="chaque sous-facture a un numéro à elle.", en="each sub-invoice has a number of its own."),
        Text(fr="Changez le numéro qui vient deux fois.", en="Change the number that comes twice."),
    ),
    _both(
        "MV-13",
        "BR-FR-MV-13_BT-3",
        "BT-3",
        _S8,
        Text(
            fr="le type n'est pas celui d'une autofacture (389, 261, 501, 500, 502, 471, 473).",
            en="the type is not one of self-billing (389, 261, 501, 500, 502, 471, 473).",
        ),
        _FIX_TYPE,
    ),
    (
        "BD-13",
        "BR-FR-MV-BD_BT-3",
        "BR-FR-BD-13_BT-3",
        "BT-3",
        _S9,
        Text(
            fr="le type est celui d'une autofacture (389, 261, 501, 500, 502, 471, 473).",
            en="the type is one of self-billing (389, 261, 501, 500, 502, 471, 473).",
        ),
        _FIX_TYPE,
    ),
    *(
        _both(
            f"{family}-{name}",
            f"BR-FR-{family}-{number}",
            number,
            whom,
            Text(
                fr=f"chaque ligne GROUP sans mère d'une facture rectificative ou d'un avoir donne {what.fr} de la "
                "facture qu'elle corrige.",
                en=f"each line GROUP without parent of a corrective invoice or credit note gives {what.en} of the "
                "invoice that it corrects.",
            ),
            _FIX_GROUP,
        )
        for family, whom in (("MV-14", _S8), ("BD-14", _S9))
        for name, number, what in (
            ("number", "EXT-FR-FE-136", Text(fr="le numéro", en="the number")),
            ("date", "EXT-FR-FE-138", Text(fr="la date", en="the date")),
        )
    ),
)

_WHOLE_GROUP = Text(
    fr="Bon : GROUP SF-1, Lumen SAS, 732829320, FR, TVA 20.00, cadre S1. Mauvais : GROUP SF-1 seul.",
    en="Good: GROUP SF-1, Lumen SAS, 732829320, FR, VAT 20.00, framework S1. Bad: GROUP SF-1 alone.",
)
_DIRECTIONS = Text(
    fr="Bon : une ligne GROUP du vendeur, une de l'acheteur. Mauvais : deux du vendeur.",
    en="Good: one line GROUP of the seller, one of the buyer. Bad: two of the seller.",
)
_CORRECTED = Text(
    fr="Bon : GROUP SF-9, corrige SF-1 du 15 septembre 2026. Mauvais : GROUP SF-9 seul.",
    en="Good: GROUP SF-9, corrects SF-1 of 15 September 2026. Bad: GROUP SF-9 alone.",
)
#: By the number of the rule, with which our names begin.
_EXAMPLES: Mapping[str, Text] = {
    "MV-01": Text(fr="Bon : DETAIL. Mauvais : rien.", en="Good: DETAIL. Bad: nothing."),
    "MV-02": Text(
        fr="Bon : GROUP SF-1, et ses lignes DETAIL dessous. Mauvais : des lignes DETAIL seules.",
        en="Good: GROUP SF-1, and its lines DETAIL below. Bad: lines DETAIL alone.",
    ),
    "BD-02": _DIRECTIONS,
    "MV-03": _WHOLE_GROUP,
    "MV-05": Text(
        fr="Bon : GROUP 100.00, DETAIL 60.00 et 40.00. Mauvais : GROUP 110.00.",
        en="Good: GROUP 100.00, DETAIL 60.00 and 40.00. Bad: GROUP 110.00.",
    ),
    "MV-06": Text(
        fr="Bon : GROUP et DETAIL de 732829320. Mauvais : DETAIL de 552100554 sous un GROUP de 732829320.",
        en="Good: GROUP and DETAIL of 732829320. Bad: DETAIL of 552100554 below a GROUP of 732829320.",
    ),
    "MV-07": Text(
        fr="Bon : GROUP SF-1, DETAIL SF-1. Mauvais : DETAIL SF-2 sous GROUP SF-1.",
        en="Good: GROUP SF-1, DETAIL SF-1. Bad: DETAIL SF-2 below GROUP SF-1.",
    ),
    "MV-08": Text(fr="Bon : #SF-1#TVA 20 %. Mauvais : TVA 20 %.", en="Good: #SF-1#VAT 20 %. Bad: VAT 20 %."),
    "MV-09": Text(
        fr="Bon : GROUP SF-1, TVA 20.00 ; ventilation #SF-1#, TVA 20.00. Mauvais : ventilation #SF-1#, TVA 18.00.",
        en="Good: GROUP SF-1, VAT 20.00; breakdown #SF-1#, VAT 20.00. Bad: breakdown #SF-1#, VAT 18.00.",
    ),
    "MV-10": Text(
        fr="Bon : 100.00 + 20.00 = 120.00. Mauvais : 100.00 + 20.00 = 119.00.",
        en="Good: 100.00 + 20.00 = 120.00. Bad: 100.00 + 20.00 = 119.00.",
    ),
    "MV-11": Text(
        fr="Bon : facture F2026-0042, GROUP F2026-0042 du vendeur principal. Mauvais : aucun GROUP de ce numéro.",
        en="Good: invoice F2026-0042, GROUP F2026-0042 of the main seller. Bad: no GROUP of that number.",
    ),
    "MV-12": Text(fr="Bon : SF-1 et SF-2. Mauvais : SF-1 deux fois.", en="Good: SF-1 and SF-2. Bad: SF-1 twice."),
    "MV-13": Text(fr="Bon : 380 et S8. Mauvais : 389 et S8.", en="Good: 380 and S8. Bad: 389 and S8."),
    "BD-13": Text(fr="Bon : 389 et S9. Mauvais : 380 et S9.", en="Good: 389 and S9. Bad: 380 and S9."),
    "MV-14": _CORRECTED,
    "BD-14": _CORRECTED,
}


def _rule(entry: _Entry, identifier: str) -> Rule:
    name, _, _, term, whom, demand, fix = entry
    statement = Text(fr=whom.fr + demand.fr, en=whom.en + demand.en)
    return rule_of(identifier, term=term, statement=statement, fix=fix, example=_EXAMPLES[name[:5]])


#: The rules of each sheet by our names.
UBL_GROUP_RULES: Mapping[str, Rule] = {entry[0]: _rule(entry, entry[1]) for entry in _ENTRIES}
CII_GROUP_RULES: Mapping[str, Rule] = {entry[0]: _rule(entry, entry[2]) for entry in _ENTRIES}
