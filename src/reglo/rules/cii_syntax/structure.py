"""Which element may stand where, and in which order: what the XML schema of a profile says of elements.

How often they stand is left to the rules of the profile, which say it with a rule for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from reglo.formats.profiles import Profile
from reglo.rules.cii_syntax.table import Demand, clark, rows

#: The demands of a schema, for the engine; their words are in `sentences`.
UNKNOWN = Demand("REGLO-CII-UNKNOWN", "structure", "unknown")
ORDER = Demand("REGLO-CII-ORDER", "structure", "order")
EMPTY = Demand("REGLO-CII-EMPTY", "structure", "empty")
STRAY = Demand("REGLO-CII-STRAY", "structure", "stray")
ALL = (UNKNOWN, ORDER, EMPTY, STRAY)

_TABLES = {
    Profile.MINIMUM: "minimum",
    Profile.BASIC_WL: "basic-wl",
    Profile.BASIC: "basic",
    Profile.EN16931: "en16931",
    Profile.EXTENDED: "extended",
}
_ROOT = "rsm:CrossIndustryInvoiceType"


@dataclass(slots=True, eq=False)
class Type:
    """The elements that may stand inside an element, in their order; none inside one that holds a value."""

    inside: dict[str, tuple[int, "Type"]] = field(default_factory=dict)  #: tag to place in the order, and type
    is_value: bool = False  #: a date or an indicator, whose value stands in an element inside

    def inside_of(self, tag: str) -> "Type | None":
        """The type of an element inside, if it is known."""
        known = self.inside.get(tag)
        return None if known is None else known[1]

    def mistakes(self, tags: Sequence[str]) -> list[tuple[Demand, int]]:
        """What is unknown or out of order among elements, and the position of each that is."""
        found, furthest = [], -1
        for position, tag in enumerate(tags):
            known = self.inside.get(tag)
            if known is None:
                found.append((UNKNOWN, position))
            elif known[0] < furthest:
                found.append((ORDER, position))
            else:
                furthest = known[0]
        return found


@cache
def schema_of(profile: Profile, specification: str | None) -> Type:
    """The type of the root element, in the schema to which a document is held.

    Users of the standard other than Factur-X (XRechnung, …) and EXTENDED-CTC-FR are held to CII as a whole.
    """
    is_other_user = profile is Profile.EN16931 and (specification or "").strip() != profile.value
    return _types("whole" if is_other_user else _TABLES.get(profile, "whole"))[_ROOT]


@cache
def _types(name: str) -> Mapping[str, Type]:
    types: dict[str, Type] = {}
    current = Type()
    for line in rows(f"structure-{name}"):
        if not line.startswith("\t"):
            current = types.setdefault(line, Type())
            current.is_value = line.startswith(("udt:", "qdt:"))
            continue
        element, inner = line[1:].split("\t")
        current.inside[clark(element)] = (len(current.inside), types.setdefault(inner, Type()) if inner else Type())
    return types
