"""`reglo explain`: a rule in plain words, with its source and an example."""

from collections.abc import Mapping

import click

from reglo.cli.commands import command
from reglo.cli.errors import ACCEPTED, UNREADABLE
from reglo.cli.language import language, say
from reglo.cli.output import complain, one_line, print_line, styled
from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule

_SEVERITIES = {
    Severity.FATAL: Text(fr="bloquante", en="fatal"),
    Severity.WARNING: Text(fr="avertissement", en="warning"),
    Severity.INFORMATION: Text(fr="information", en="information"),
}


@command(
    "explain",
    text=Text(
        fr="Expliquer une règle ; sans argument, lister les familles de règles.",
        en="Explain a rule; without argument, list the families of rules.",
    ),
    examples=("reglo explain BR-CO-15", "reglo explain BR-FR-05", "reglo explain"),
)
@click.argument("rule", required=False, metavar="RULE")
def explain(rule: str | None) -> int:
    """Print one rule, or the families."""
    from reglo.rules.check import all_rules

    rules = all_rules()
    if rule is None:
        return _print_families(rules)
    found = rules.get(rule) or {name.casefold(): each for name, each in rules.items()}.get(rule.strip().casefold())
    if found is not None:
        return _print_rule(found)
    begin = rule.casefold().rstrip("-")
    family = [each for name, each in rules.items() if name.casefold().startswith((f"{begin}-", f"{begin}_"))]
    if family:
        return _print_family(family)
    complain(say(_unknown(rule, rules)))
    return UNREADABLE


def _print_rule(rule: Rule) -> int:
    from reglo.core.business_terms import label

    print_line(f"{styled(rule.identifier, bold=True)}  {say(_SEVERITIES[rule.severity])}")
    print_line(one_line(say(rule.statement)))
    if rule.term:
        print_line(label(rule.term, language()))
    print_line(f"→ {one_line(say(rule.fix))}")
    if rule.example is not None:
        print_line(f"{say(Text(fr='Exemple :', en='Example:'))} {one_line(say(rule.example))}")
    print_line(styled(rule.source, dim=True))
    return ACCEPTED


def _print_family(rules: list[Rule]) -> int:
    for each in rules:
        print_line(f"{styled(each.identifier, bold=True)}  {one_line(say(each.statement))}")
    return ACCEPTED


def _print_families(rules: Mapping[str, Rule]) -> int:
    from reglo.rules.check import RULE_SETS

    sets = ", ".join(RULE_SETS)
    print_line(
        say(Text(fr=f"Jeux de règles (--rules) : {sets}. Familles :", en=f"Rule sets (--rules): {sets}. Families:"))
    )
    counts: dict[str, list[Rule]] = {}
    for name, each in rules.items():
        counts.setdefault(_family(name), []).append(each)
    for name, family in counts.items():
        some = ", ".join(each.identifier for each in family[:3]) + (" …" if len(family) > 3 else "")
        print_line(f"{styled(f'{name:<12}', bold=True)}{len(family):>5}  {some}")
    print_line(
        say(
            Text(
                fr="Pour une famille ou une règle : reglo explain BR-CO, reglo explain BR-CO-15.",
                en="For a family or a rule: reglo explain BR-CO, reglo explain BR-CO-15.",
            )
        )
    )
    return ACCEPTED


def _family(identifier: str) -> str:
    """BR-CO of BR-CO-15, BR-FR of BR-FR-05_BT-22, BR of BR-45."""
    first, *rest = identifier.split("-")
    return f"{first}-{rest[0]}" if len(rest) > 1 and rest[0].isalpha() else first


def _unknown(rule: str, rules: Mapping[str, Rule]) -> Text:
    from difflib import get_close_matches

    near = get_close_matches(rule.upper(), list(rules), n=3)
    return Text(
        fr=f"La règle « {rule} » est inconnue. "
        + (f"Proches : {', '.join(near)}." if near else "Voyez reglo explain."),
        en=f'There is no rule "{rule}". ' + (f"Near: {', '.join(near)}." if near else "See reglo explain."),
    )
