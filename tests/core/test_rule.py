"""What a finding says of a rule."""

import pytest

from reglo.core.findings import Text
from reglo.core.rule import Rule, value_read
from reglo.rules import cii_syntax, en16931, fr_ctc, fr_law, ubl_syntax

_DETAIL = Text(fr="Valeur lue : « 12 ».", en="Value read: “12”.")


def _rule(*, obliges: bool = False) -> Rule:
    verb = Text(fr="doit avoir", en="must have") if obliges else Text(fr="a", en="has")
    return Rule(
        identifier="X-1",
        statement=Text(fr=f"La facture {verb.fr} un numéro.", en=f"The invoice {verb.en} a number."),
        fix=Text(fr="Numérotez-la.", en="Number it."),
        source="nowhere",
        obliges=obliges,
    )


def test_what_holds_for_a_good_document_is_said_not_to_hold_here() -> None:
    message = _rule().finding().message
    assert message.fr == "La facture a un numéro. Ce n'est pas le cas ici."
    assert message.en == "The invoice has a number. This is not so here."


def test_an_obligation_reads_as_a_fault_by_itself() -> None:
    assert _rule(obliges=True).finding().message.en == "The invoice must have a number."


@pytest.mark.parametrize("obliges", [False, True])
def test_what_was_found_instead_is_all_that_follows(obliges: bool) -> None:
    rule = _rule(obliges=obliges)
    assert rule.finding(detail=_DETAIL).message.fr == f"{rule.statement.fr} Valeur lue : « 12 »."


def test_every_rule_reads_as_a_fault_where_it_stands_alone() -> None:
    for rules in (cii_syntax.RULES, en16931.RULES, fr_ctc.RULES, fr_law.RULES, ubl_syntax.RULES):
        for rule in rules.values():
            message = rule.finding().message
            assert (
                message.fr.endswith("Ce n'est pas le cas ici.") or " doit " in message.fr or " doivent " in message.fr
            )
            assert message.en.endswith("This is not so here.") or " must " in message.en


def test_a_value_is_told_as_far_as_a_line_holds_it_and_an_empty_one_in_words() -> None:
    assert value_read("12").en == "Value read: “12”."
    assert value_read(" ").fr == "La valeur est vide."
    assert len(value_read("x" * 500).fr) < 90
