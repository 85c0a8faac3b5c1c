"""What the Factur-X profiles and EXTENDED-CTC-FR demand of a CII document as XML: counts, attributes, code lists.

The facts (identifier, place, demand) stand in tables under `data`, which `tools/extract_cii_syntax.py` takes out of
the official sheets; `engine` holds a document against them in one walk; the words are in `sentences`.
"""

from collections.abc import Iterator, Mapping

from reglo.core.findings import Finding
from reglo.core.rule import Rule
from reglo.formats.profiles import profile_of
from reglo.formats.reading import Reading, Syntax
from reglo.formats.xml import PathFinder
from reglo.rules.cii_syntax.details import detail
from reglo.rules.cii_syntax.engine import breaches
from reglo.rules.cii_syntax.rules import EveryRule, rules_of
from reglo.rules.cii_syntax.table import business_rule
from reglo.rules.schema import Mistake, finding_of, schema_of_cii, wrong_values

__all__ = ["RULES", "business_rule", "check", "rules_for"]

#: All rules of all profiles, by identifier. An identifier means the same in each profile that has it.
RULES: Mapping[str, Rule] = EveryRule()


def rules_for(reading: Reading) -> Mapping[str, Rule]:
    """The rules of the profile that a document claims; none for a document that is not CII."""
    if reading.syntax is not Syntax.CII:
        return {}
    return rules_of(profile_of(reading.invoice.specification))


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each demand of its profile that a CII document does not meet."""
    if reading.syntax is not Syntax.CII or reading.root is None:
        return
    profile = profile_of(reading.invoice.specification)
    schema = schema_of_cii(profile, reading.invoice.specification)
    found = [*breaches(reading.root, profile, schema), *wrong_values(reading, schema)]
    if not found:
        return
    rules, paths = rules_of(profile), PathFinder()
    for wrong, element in found:
        where = paths.path_of(element)
        if isinstance(wrong, Mistake):
            yield finding_of(wrong, where)
        else:
            yield rules[wrong.rule].finding(where, detail(wrong, element))
