"""What must be there: a value that the document, a line, an allowance… may not lack.

The artefacts differ on values that are there but empty: UBL mostly asks that the element exists, Factur-X that it says
something. `Empty` puts that in one word a rule.
"""

from collections.abc import Callable
from enum import Enum, auto

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.rules.en16931.table import CII, DATA, UBL, Check, Group, Subject, name_of, rule

#: What can be asked of a part of the document: a text, a number, a date, a group; None where it is absent.
_Value = Callable[[Subject], object]


class Empty(Enum):
    """Whether a value that is there but empty will do."""

    REFUSED = auto()
    REFUSED_IN_CII = auto()  #: and in data of our own, which becomes CII
    ADMITTED = auto()


#: How the demand begins, by what it is made of.
_WHO_STATES = {
    Group.DOCUMENT: Text(fr="La facture doit indiquer", en="The invoice must state"),
    Group.TOTALS: Text(fr="La facture doit indiquer", en="The invoice must state"),
    Group.PRECEDING: Text(
        fr="Chaque référence à une facture antérieure doit indiquer",
        en="Each reference to a preceding invoice must state",
    ),
    Group.SUPPORTING: Text(fr="Chaque pièce justificative doit indiquer", en="Each supporting document must state"),
    Group.MEANS: Text(fr="Chaque moyen de paiement doit indiquer", en="Each means of payment must state"),
    Group.ALLOWANCE: Text(
        fr="Chaque remise sur la facture doit indiquer", en="Each allowance on the invoice must state"
    ),
    Group.CHARGE: Text(
        fr="Chaque poste de frais sur la facture doit indiquer", en="Each charge on the invoice must state"
    ),
    Group.BREAKDOWN: Text(
        fr="Chaque entrée de la ventilation de TVA doit indiquer", en="Each entry of the VAT breakdown must state"
    ),
    Group.LINE: Text(fr="Chaque ligne doit indiquer", en="Each line must state"),
    Group.LINE_ALLOWANCE: Text(
        fr="Chaque remise sur une ligne doit indiquer", en="Each allowance on a line must state"
    ),
    Group.LINE_CHARGE: Text(
        fr="Chaque poste de frais sur une ligne doit indiquer", en="Each charge on a line must state"
    ),
    Group.CLASSIFICATION: Text(
        fr="Chaque classification d'un article doit indiquer", en="Each classification of an item must state"
    ),
    Group.ATTRIBUTE: Text(
        fr="Chaque caractéristique d'un article doit indiquer", en="Each attribute of an item must state"
    ),
}


def need(
    identifier: str,
    group: Group,
    business_term: str,
    value: "_Value[Subject]",
    *,
    good: str | Text,
    empty: Empty = Empty.REFUSED,
    provided: Text | None = None,
    in_ubl: "_Value[Subject] | None" = None,
) -> tuple[Check[Subject], ...]:
    """The checks of a rule that asks for `value`.

    good: a value that will do, for the example; provided: a clause that says when the rule asks it;
    in_ubl: where UBL asks for something else.
    """
    demand = _demand(identifier, group, business_term, good, provided)
    test_in_ubl = _empty if empty is Empty.REFUSED else _absent
    test = _absent if empty is Empty.ADMITTED else _empty
    if in_ubl is None and test is test_in_ubl:
        return (Check(rule=demand, group=group, breached=test(value)),)
    return (
        Check(rule=demand, group=group, breached=test_in_ubl(in_ubl or value), syntaxes=UBL),
        Check(rule=demand, group=group, breached=test(value), syntaxes=CII | DATA),
    )


def _demand(identifier: str, group: Group, business_term: str, good: str | Text, provided: Text | None) -> Rule:
    name, who = name_of(business_term), _WHO_STATES[group]
    condition = Text(fr="", en="") if provided is None else Text(fr=f", {provided.fr}", en=f", {provided.en}")
    sample = Text(fr=good, en=good) if isinstance(good, str) else good
    return rule(
        identifier,
        business_term,
        statement=Text(fr=f"{who.fr} {name.fr}{condition.fr}.", en=f"{who.en} {name.en}{condition.en}."),
        fix=Text(fr=f"Renseignez {name.fr}.", en=f"Fill in {name.en}."),
        example=Text(fr=f"Bon : {sample.fr}. Mauvais : rien.", en=f"Good: {sample.en}. Bad: nothing."),
    )


def _empty(value: "_Value[Subject]") -> Callable[[Subject], bool]:
    return lambda subject: value(subject) in (None, "")


def _absent(value: "_Value[Subject]") -> Callable[[Subject], bool]:
    return lambda subject: value(subject) is None
