"""The tables as rules: with a sentence, a mend, a term and a source."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from reglo.core.findings import Severity
from reglo.core.rule import Rule
from reglo.formats.cii.grammar import Node, grammar
from reglo.formats.profiles import Profile
from reglo.formats.xml import prefixed
from reglo.rules.cii_syntax.sentences import example, fix, statement
from reglo.rules.cii_syntax.table import Context, Demand, contexts_of
from reglo.rules.schema import SCHEMA_RULES

_SOURCES = {
    Profile.EN16931: "Factur-X 1.09 EN 16931 (Schematron)",
    Profile.EXTENDED: "Factur-X 1.09 EXTENDED (Schematron)",
    Profile.BASIC: "Factur-X 1.09 BASIC (Schematron)",
    Profile.BASIC_WL: "Factur-X 1.09 BASIC WL (Schematron)",
    Profile.MINIMUM: "Factur-X 1.09 MINIMUM (Schematron)",
    Profile.EXTENDED_CTC_FR: "EXTENDED-CTC-FR CII (Schematron)",
}

_FROM_ROOT = re.compile(r"/rsm:[\w:/]+/(?=ram:)")

#: An element and its ancestors, innermost first, without the conditions that tell variants apart.
_Path = tuple[str, ...]


class RulesOfProfile(Mapping[str, Rule]):
    """The rules of one profile, by identifier: words are made when somebody asks for a rule."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._made: dict[str, Rule] = dict(SCHEMA_RULES)
        self._places: dict[str, list[tuple[Context, Demand]]] = {}
        for context in contexts_of(profile):
            for demand in context.demands:
                self._places.setdefault(demand.rule, []).append((context, demand))

    def __getitem__(self, identifier: str) -> Rule:
        rule = self._made.get(identifier)
        if rule is None:
            rule = self._made[identifier] = _rule(identifier, self._places[identifier], self._profile)
        return rule

    def __iter__(self) -> Iterator[str]:
        yield from self._places
        yield from SCHEMA_RULES

    def __len__(self) -> int:
        return len(self._places) + len(SCHEMA_RULES)


class EveryRule(Mapping[str, Rule]):
    """The rules of all profiles, looked up in the first profile that has them."""

    def __getitem__(self, identifier: str) -> Rule:
        return rules_of(_profiles()[identifier])[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(_profiles())

    def __len__(self) -> int:
        return len(_profiles())


@cache
def _profiles() -> Mapping[str, Profile]:
    """Every identifier, and the profile to take its words from."""
    return {identifier: profile for profile in reversed(_SOURCES) for identifier in rules_of(profile)}


@cache
def rules_of(profile: Profile) -> Mapping[str, Rule]:
    """The rules of one profile, by identifier."""
    return RulesOfProfile(profile)


def _rule(identifier: str, found: list[tuple[Context, Demand]], profile: Profile) -> Rule:
    demand = found[0][1]
    terms = {_term(context, each) for context, each in found}
    return Rule(
        identifier=identifier,
        statement=statement(demand, _places([context for context, _ in found])),
        fix=fix(demand),
        source=_SOURCES[profile],
        term=terms.pop() if len(terms) == 1 else None,
        severity=Severity.WARNING if demand.kind == "unused" else Severity.FATAL,
        example=example(demand, _element(found[0][0])),
    )


def _places(contexts: list[Context]) -> str:
    """The elements meant, by name."""
    names = dict.fromkeys(_name(each) for each in contexts)
    return " / ".join(list(names)[:3]) + (" …" if len(names) > 3 else "")


def _name(context: Context) -> str:
    """The element meant, with what tells it from others of its name, without the way from the root."""
    condition = _FROM_ROOT.sub("", context.steps[-1].condition or "").strip()
    return _element(context) + (f"[{condition}]" if condition else "")


def _element(context: Context) -> str:
    name = context.steps[-1].name
    return f"ram:…{name[1:]}" if name.startswith("*") else prefixed(name)


def _term(context: Context, demand: Demand) -> str | None:
    """The business term of what is asked for, or of the place where it is."""
    if context.anywhere:
        return None
    path = tuple(prefixed(step.name) for step in reversed(context.steps))
    name = demand.argument.split(" ")[0]
    return _terms().get((name, *path)) or _terms().get((f"@{name}", *path)) or _terms().get(path)


@cache
def _terms() -> Mapping[_Path, str | None]:
    terms: dict[_Path, str | None] = {}
    _gather(grammar(), (), terms)
    return terms


def _gather(node: Node, above: _Path, terms: dict[_Path, str | None]) -> None:
    """The term of each element; none where variants of an element carry different ones."""
    path = (node.name, *above)
    terms[path] = node.term if terms.get(path, node.term) == node.term else None
    for child in (*node.children, *node.attributes):
        _gather(child, path, terms)
