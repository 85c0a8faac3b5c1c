"""What the rules that only the extended sheets have say, in both languages: one row a rule."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.rules.en16931.extended.dialects import Dialect, identifier
from reglo.rules.en16931.table import rule


class Wording(NamedTuple):
    """The texts of a rule, and the business term it is about."""

    term: str
    statement: Text
    fix: Text
    example: Text


_WRITE_THE_NOTE = Text(fr="Écrivez la note, ou retirez-la.", en="Write the note, or remove it.")
_NOTE_EXAMPLE = Text(fr="Bon : PMT et son texte. Mauvais : PMT seul.", en="Good: PMT and its text. Bad: PMT alone.")

_WORDINGS: Mapping[str, Wording] = {
    "01": Wording(
        "BT-22",
        Text(
            fr="Une note qui a un objet (BT-21) doit avoir un texte (BT-22).",
            en="A note with a subject (BT-21) must have a text (BT-22).",
        ),
        _WRITE_THE_NOTE,
        _NOTE_EXAMPLE,
    ),
    "02": Wording(
        "BT-127",
        Text(
            fr="Une note de ligne qui a un objet doit avoir un texte (BT-127).",
            en="A note of a line with a subject must have a text (BT-127).",
        ),
        _WRITE_THE_NOTE,
        _NOTE_EXAMPLE,
    ),
    "03": Wording(
        "BT-48",
        Text(
            fr="Le numéro fiscal d'une autre partie que le vendeur doit être un numéro de TVA.",
            en="The tax number of another party than the seller must be a VAT number.",
        ),
        Text(fr="Donnez le numéro de TVA, ou retirez le numéro.", en="Give the VAT number, or remove the number."),
        Text(fr="Bon : VA, FR96552100554. Mauvais : FC, 552100554.", en="Good: VA, FR96552100554. Bad: FC, 552100554."),
    ),
    "04": Wording(
        "EXT-FR-FE-159",
        Text(
            fr="Le code d'une caractéristique (EXT-FR-FE-159) doit venir de la liste UNTDID 6313 ou de celle de "
            "Factur-X.",
            en="The code of an attribute (EXT-FR-FE-159) must come from the list UNTDID 6313 or from that of Factur-X.",
        ),
        Text(fr="Choisissez un code de la liste, ou donnez un nom.", en="Choose a code of the list, or give a name."),
        Text(fr="Bon : MATERIAL. Mauvais : MATIERE.", en="Good: MATERIAL. Bad: MATIERE."),
    ),
    "05": Wording(
        "EXT-FR-FE-163",
        Text(
            fr="Le genre d'une ligne (EXT-FR-FE-163) doit être DETAIL, GROUP ou INFORMATION.",
            en="The kind of a line (EXT-FR-FE-163) must be DETAIL, GROUP or INFORMATION.",
        ),
        Text(fr="Choisissez l'un des trois.", en="Choose one of the three."),
        Text(fr="Bon : DETAIL. Mauvais : LIGNE.", en="Good: DETAIL. Bad: LINE."),
    ),
    "06": Wording(
        "EXT-FR-FE-163",
        Text(
            fr="Une ligne qui en a une autre au-dessus d'elle (EXT-FR-FE-162) doit dire ce qu'elle est "
            "(EXT-FR-FE-163).",
            en="A line with another above it (EXT-FR-FE-162) must say what it is (EXT-FR-FE-163).",
        ),
        Text(fr="Indiquez DETAIL, GROUP ou INFORMATION.", en="State DETAIL, GROUP or INFORMATION."),
        Text(
            fr="Bon : ligne 1.1 sous 1, DETAIL. Mauvais : ligne 1.1 sous 1, sans genre.",
            en="Good: line 1.1 below 1, DETAIL. Bad: line 1.1 below 1, without a kind.",
        ),
    ),
    "08": Wording(
        "BT-131",
        Text(
            fr="Le montant d'une ligne GROUP doit être la somme des lignes DETAIL et GROUP juste au-dessous d'elle.",
            en="The amount of a line GROUP must be the sum of the lines DETAIL and GROUP right below it.",
        ),
        Text(fr="Refaites la somme du groupe.", en="Do the sum of the group again."),
        Text(fr="Bon : 60.00 + 40.00 = 100.00. Mauvais : 90.00.", en="Good: 60.00 + 40.00 = 100.00. Bad: 90.00."),
    ),
    "11": Wording(
        "EXT-FR-FE-162",
        Text(
            fr="La ligne au-dessus d'une autre (EXT-FR-FE-162) doit figurer dans la facture.",
            en="The line above another (EXT-FR-FE-162) must stand in the invoice.",
        ),
        Text(fr="Corrigez le numéro de la ligne du dessus.", en="Correct the number of the line above."),
        Text(
            fr="Bon : sous la ligne 1. Mauvais : sous la ligne 9, qui n'y est pas.",
            en="Good: below line 1. Bad: below line 9, which is not there.",
        ),
    ),
    "12": Wording(
        "BT-131",
        Text(
            fr="Si une ligne GROUP a un montant, celles de ses lignes qui sont des groupes doivent en avoir un aussi.",
            en="Where a line GROUP has an amount, those of its lines that are groups must have one too.",
        ),
        Text(fr="Donnez un montant à chaque sous-groupe.", en="Give each group below an amount."),
        Text(
            fr="Bon : 100.00, dont un groupe de 40.00. Mauvais : 100.00, dont un groupe sans montant.",
            en="Good: 100.00, with a group of 40.00. Bad: 100.00, with a group without an amount.",
        ),
    ),
    "54-1": Wording(
        "BT-160",
        Text(
            fr="Chaque caractéristique d'un article doit avoir un nom (BT-160) ou un code (EXT-FR-FE-159).",
            en="Each attribute of an item must have a name (BT-160) or a code (EXT-FR-FE-159).",
        ),
        Text(fr="Nommez la caractéristique.", en="Name the attribute."),
        Text(fr="Bon : Couleur = Noir. Mauvais : Noir seul.", en="Good: Colour = Black. Bad: Black alone."),
    ),
    "54-2": Wording(
        "BT-161",
        Text(
            fr="Chaque caractéristique d'un article doit avoir une valeur (BT-161) ou une mesure.",
            en="Each attribute of an item must have a value (BT-161) or a measure.",
        ),
        Text(fr="Donnez la valeur de la caractéristique.", en="Give the value of the attribute."),
        Text(fr="Bon : Couleur = Noir. Mauvais : Couleur seule.", en="Good: Colour = Black. Bad: Colour alone."),
    ),
}


def new_rule(dialect: Dialect, key: str) -> Rule:
    """The rule `key` as a sheet has it."""
    words, name = _WORDINGS[key], identifier(dialect, key)
    made = rule(name, words.term, statement=words.statement, fix=words.fix, example=words.example)
    return replace(made, source=f"{name} ({dialect.value})")
