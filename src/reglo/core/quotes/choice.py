"""Options and alternatives: which lines of a quote the customer takes.

A choice is the places of the lines that are taken among those that may be left: options, each taken or not, and
alternatives, of which one of each group is taken. All other lines are always in.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from reglo.core.errors import DomainError
from reglo.core.findings import Text


class BadChoice(DomainError):
    """A choice that the quote does not offer."""

    code = "bad-choice"


class Choosable(Protocol):
    """A line that may be left."""

    @property
    def optional(self) -> bool:
        """Whether it is an option: taken or not."""

    @property
    def alternative(self) -> str | None:
        """The group of which it is one way (*variante*)."""


def options_of(lines: Sequence[Choosable]) -> tuple[int, ...]:
    """Places of the options. A line of a group of alternatives is none."""
    return tuple(place for place, line in enumerate(lines) if line.optional and not line.alternative)


def alternatives_of(lines: Sequence[Choosable]) -> Mapping[str, tuple[int, ...]]:
    """For each group of alternatives, the places of its ways."""
    groups: dict[str, tuple[int, ...]] = {}
    for place, line in enumerate(lines):
        if line.alternative:
            groups[line.alternative] = (*groups.get(line.alternative, ()), place)
    return groups


def first_choice(lines: Sequence[Choosable]) -> tuple[int, ...]:
    """No option, and the first way of each group: what a quote shows before anybody chooses."""
    return tuple(sorted(places[0] for places in alternatives_of(lines).values()))


def require_choice(lines: Sequence[Choosable], taken: Collection[int]) -> tuple[int, ...]:
    """The choice in order, if the quote offers it. Raises BadChoice."""
    groups = alternatives_of(lines)
    offered = {*options_of(lines), *(place for places in groups.values() for place in places)}
    if not offered.issuperset(taken):
        raise BadChoice(
            Text(fr="Cette option ne fait pas partie du devis.", en="This option is not part of the quote."),
            field="options",
        )
    for name, places in groups.items():
        if len(set(places) & set(taken)) != 1:
            raise BadChoice(
                Text(fr=f"Choisissez une variante de « {name} ».", en=f"Choose one alternative of “{name}”."),
                field="options",
            )
    return tuple(sorted(set(taken)))


def chosen_places(lines: Sequence[Choosable], taken: Collection[int]) -> tuple[int, ...]:
    """Places of all lines that are in, when `taken` is chosen. Raises BadChoice."""
    chosen = require_choice(lines, taken)
    return tuple(
        place for place, line in enumerate(lines) if place in chosen or not (line.optional or line.alternative)
    )
