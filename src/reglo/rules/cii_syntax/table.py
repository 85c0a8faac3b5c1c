"""The tables of the package: for each profile, where the official sheets look and what they ask there.

A row without a tab before it is a place: the pattern that it belongs to (of one pattern, the first place that fits an
element counts) and paths. The rows below it are the demands made there: rule, kind, argument (→ stands for a tab).

    M70 → /rsm:CrossIndustryInvoice/rsm:ExchangedDocument
        FX-SCH-A-000019 → count → ram:ID = 1
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reglo.formats.profiles import Profile
from reglo.formats.xml import clark

_FILES = {
    Profile.MINIMUM: "minimum",
    Profile.BASIC_WL: "basic-wl",
    Profile.BASIC: "basic",
    Profile.EN16931: "en16931",
    Profile.EXTENDED: "extended",
    Profile.EXTENDED_CTC_FR: "extended-ctc-fr",
}


@dataclass(frozen=True, slots=True)
class Demand:
    """What one rule asks of an element."""

    rule: str
    kind: str  #: count, attribute, no-attribute, code, matches, same, unit, unused, xpath: see `demands`
    argument: str


@dataclass(frozen=True, slots=True)
class Step:
    """One element on the way to a place: its name, or the end of it, and a condition on it."""

    name: str  #: as lxml writes it; `*ID` is every name that ends so
    condition: str | None = None

    def fits(self, tag: str) -> bool:
        """Whether an element of this tag may be meant."""
        if self.name.startswith("*"):
            return tag.endswith(self.name[1:])
        return tag == self.name


@dataclass(frozen=True, slots=True)
class Context:
    """A place, and the demands on the elements there. Of one pattern, the first context that fits an element counts."""

    order: int
    pattern: str
    anywhere: bool  #: the steps may begin at any depth
    steps: tuple[Step, ...]
    demands: tuple[Demand, ...]


@cache
def contexts_of(profile: Profile) -> tuple[Context, ...]:
    """The contexts of a profile, in the order of precedence."""
    return tuple(_contexts(_FILES[profile]))


@cache
def codes_of(name: str) -> frozenset[str]:
    """A code list, by the name that the tables give it."""
    return _lists()[name]


def business_rule(identifier: str) -> str:
    """The name in EN 16931 of a rule that the sheets of BASIC and MINIMUM give a number (FX-SCH-A-…), or the same."""
    return _business_rules().get(identifier, identifier)


@cache
def _business_rules() -> Mapping[str, str]:
    pairs = (line.partition("\t") for line in rows("business-rules"))
    return {number: name for number, _, name in pairs}


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    lists = (line.split("\t") for line in rows("codes"))
    return {name: frozenset(values.split(" ")) for name, values in lists}


def rows(name: str) -> list[str]:
    """The lines of a file in `data`."""
    return (files("reglo.rules.cii_syntax") / "data" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()


def _contexts(name: str) -> Iterator[Context]:
    place: str | None = None
    demands: list[Demand] = []
    order = 0
    for line in [*rows(name), "end\t"]:
        if line.startswith("\t"):
            demands.append(Demand(*line[1:].split("\t")))
            continue
        if place is not None:
            pattern, _, paths = place.partition("\t")
            for path in paths.split(" | "):
                yield _context(order, pattern, path, tuple(demands))
                order += 1
        place, demands = line, []


def _context(order: int, pattern: str, path: str, demands: tuple[Demand, ...]) -> Context:
    anywhere = path.startswith("//")
    steps = tuple(_step(step) for step in _split(path.lstrip("/")))
    return Context(order, pattern, anywhere, steps, demands)


def _split(path: str) -> list[str]:
    """The steps of a path; a condition may have slashes of its own."""
    return re.findall(r"(?:[^/\[]|\[[^\]]*\])+", path) if "[" in path else path.split("/")


@cache
def _step(step: str) -> Step:
    name, _, condition = step.rstrip("]").partition("[")
    ending = re.match(r"ends-with\('(\w+)'\)(?: and )?(.*)", condition)
    if ending:
        return Step(f"*{ending[1]}", ending[2] or None)
    return Step(clark(name), condition or None)
