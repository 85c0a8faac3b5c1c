"""What EN 16931 and EXTENDED-CTC-FR demand of a UBL document as XML: counts, attributes, and what is not used.

    table, unused.tsv   which paths no document should have (warnings), taken out of the official sheets by
                        `tools/extract_ubl_syntax.py`
    walk                one walk that finds them, with the decimals and currencies of amounts
    demands             how often an element may stand at a place, and what must stand beside it (fatal)
    exceptions          the warnings that are no plain path
    sentences, rules    the same in words

Of the code lists, only two things are checked here that the model does not carry: the currency of each single amount
(BR-CL-03), and a subject code inside the text of a note (BR-CL-08). The others are rules on the model
(`reglo.rules.en16931`). A warning is given once a document,
with the place where it first applies.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from reglo.core.findings import Finding, Severity, Text
from reglo.core.rule import Rule
from reglo.formats.profiles import Profile, profile_of
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import PathFinder
from reglo.rules.schema import Mistake, finding_of, schema_of_ubl, wrong_values
from reglo.rules.ubl_syntax.demands import breaches_of_structure
from reglo.rules.ubl_syntax.exceptions import other_warnings
from reglo.rules.ubl_syntax.rules import all_rules, rules_of
from reglo.rules.ubl_syntax.walk import Breach, breaches_on_the_way

#: All rules, by identifier.
RULES: Mapping[str, Rule] = all_rules()


def rules_for(reading: Reading) -> Mapping[str, Rule]:
    """The rules that hold for a document; none for one that is not UBL."""
    return rules_of(extension=_is_extension(reading)) if _is_ubl(reading) else {}


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each demand that a UBL document does not meet."""
    if not _is_ubl(reading) or reading.root is None:
        return
    paths, given = PathFinder(), set[str]()
    breaches = list(_breaches(reading.root, extension=_is_extension(reading)))
    breaches += [(mistake, element, None) for mistake, element in wrong_values(reading, schema_of_ubl())]
    counts = _counts(breaches)
    for broken, element, attribute in breaches:
        where = paths.path_of(element, attribute)
        if isinstance(broken, Mistake):
            yield finding_of(broken, where)
            continue
        rule = RULES[broken]
        if rule.severity is not Severity.FATAL and broken in given:
            continue
        given.add(broken)
        detail = _elsewhere(counts[broken] - 1) if rule.severity is not Severity.FATAL else None
        yield rule.finding(where, detail)


def _is_ubl(reading: Reading) -> bool:
    return reading.syntax in (Syntax.UBL_INVOICE, Syntax.UBL_CREDIT_NOTE)


def _is_extension(reading: Reading) -> bool:
    return profile_of(reading.invoice.specification) is Profile.EXTENDED_CTC_FR


def _breaches(root: etree._Element, *, extension: bool) -> Iterator[Breach]:
    yield from ((rule, element, None) for rule, element in breaches_of_structure(root, extension=extension))
    yield from breaches_on_the_way(root, extension=extension)
    yield from other_warnings(root, extension=extension)


def _counts(breaches: list[Breach]) -> dict[str | Mistake, int]:
    counts: dict[str | Mistake, int] = {}
    for rule, _, _ in breaches:
        counts[rule] = counts.get(rule, 0) + 1
    return counts


def _elsewhere(more: int) -> Text | None:
    if more == 0:
        return None
    times = "endroit" if more == 1 else "endroits"
    places = "place" if more == 1 else "places"
    return Text(fr=f"De même à {more} autre{'s' * (more > 1)} {times}.", en=f"The same in {more} other {places}.")
