"""The note that goes with a FEC (A47 A-1 XI): what each column means, which codes it uses, how the file is made.

In French alone: the tax administration reads it.
"""

from collections.abc import Iterator, Mapping

from reglo.formats.fec.layout import AMOUNT_COLUMNS, DATE_COLUMNS, AmountStyle, FecEncoding, FecLayout, Separator

_MEANINGS = {
    "JournalCode": "code du journal",
    "JournalLib": "libellé du journal",
    "EcritureNum": "numéro de l'écriture, le même sur toutes ses lignes",
    "EcritureDate": "date de comptabilisation",
    "CompteNum": "numéro de compte du plan comptable",
    "CompteLib": "libellé du compte",
    "CompAuxNum": "numéro du compte du tiers, en blanc s'il n'y en a pas",
    "CompAuxLib": "nom du tiers, en blanc s'il n'y en a pas",
    "PieceRef": "référence de la pièce justificative",
    "PieceDate": "date de la pièce justificative",
    "EcritureLib": "libellé de l'écriture",
    "Debit": "montant au débit, en euros",
    "Credit": "montant au crédit, en euros",
    "Montant": "montant, en euros",
    "Sens": "sens du montant",
    "EcritureLet": "lettrage, en blanc si la ligne n'est pas lettrée",
    "DateLet": "date du lettrage, en blanc si la ligne n'est pas lettrée",
    "ValidDate": "date de validation",
    "Montantdevise": "montant en devise, en blanc si l'opération est en euros",
    "Idevise": "devise (ISO 4217), en blanc si l'opération est en euros",
    "DateRglt": "date du règlement",
    "ModeRglt": "mode de règlement",
    "NatOp": "nature de l'opération, en blanc si elle n'est pas utilisée",
    "IdClient": "identification du client, en blanc si elle n'est pas utilisée",
}
_ENCODINGS = {FecEncoding.UTF_8: "UTF-8, sans marque d'ordre des octets", FecEncoding.ISO_8859_15: "ISO 8859-15"}
_LINE_ENDS = {"\r\n": "retour chariot et fin de ligne", "\n": "fin de ligne", "\r": "retour chariot"}


def describe_fec(name: str, layout: FecLayout, journals: Mapping[str, str]) -> str:
    """The note for the file of this name.

    journals: the codes that stand in JournalCode, and what each means.
    """
    return "\n".join([f"Description du fichier {name} (LPF, article A47 A-1, XI)", "", *_parts(layout, journals), ""])


def _parts(layout: FecLayout, journals: Mapping[str, str]) -> Iterator[str]:
    yield "Zones, dans l'ordre"
    for place, column in enumerate(layout.columns, 1):
        yield f"{place:>3}. {column} ({_nature(column)}) : {_MEANINGS[column]}"
    yield from ("", "Codes")
    yield from (f"     JournalCode {code} : {label}" for code, label in journals.items())
    if layout.style is AmountStyle.AMOUNT_SIGN:
        yield "     Sens D : débit ; C : crédit"
    yield from ("", "Fichier")
    yield f"     Jeu de caractères : {_ENCODINGS[layout.encoding]}"
    yield "     Structure : fichier à plat, un seul type d'enregistrement, la première ligne porte le nom des zones"
    yield "     Longueur des enregistrements : variable"
    yield f"     Séparateur de zones : {'tabulation' if layout.separator is Separator.TAB else layout.separator.value}"
    yield f"     Séparateur d'enregistrements : {_LINE_ENDS[layout.line_end]}"
    yield "     Dates : AAAAMMJJ. Montants : virgule décimale, sans séparateur de milliers, signe en tête"


def _nature(column: str) -> str:
    if column in DATE_COLUMNS:
        return "date"
    return "numérique" if column in AMOUNT_COLUMNS else "alphanumérique"
