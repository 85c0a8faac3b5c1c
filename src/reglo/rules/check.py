"""One answer on one document: which rules were applied, and what they found.

    report = check_document(read_document(data))
    report.accepted, report.rule_sets, report.findings

Rule sets are loaded when a document needs them, so that a command that checks nothing starts at once.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from reglo.core.document import Invoice, Party, country_of
from reglo.core.findings import Finding, Severity
from reglo.core.rule import Rule
from reglo.formats.profiles import Profile, profile_of
from reglo.formats.reading import Reading, Syntax
from reglo.rules.places import placed
from reglo.rules.problems import PROBLEM_RULES, findings_of_problems, without_echoes
from reglo.rules.schema import without_repetitions
from reglo.rules.spaces import findings_of_spaces

EN16931 = "en16931"
FR_CTC = "fr-ctc"
FR_LAW = "fr-law"

#: Names that `rule_sets` takes, in the order in which they are applied.
RULE_SETS = (EN16931, FR_CTC, FR_LAW)

#: How many findings of one severity a report takes from one package of rules.
MOST_FINDINGS = 10_000

#: Electronic address scheme of the French platforms (EAS).
_FRENCH_ADDRESS = "0225"
#: Where the reform of e-invoicing holds: France and its overseas departments.
_FRENCH_COUNTRIES = frozenset({"FR", "GP", "MQ", "GF", "RE", "YT"})
_SEVERITIES = {Severity.FATAL: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}


class RuleSet(Protocol):
    """What a package of rules offers."""

    RULES: Mapping[str, Rule]

    def check(self, reading: Reading) -> Iterator[Finding]:
        """A finding for each breach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a check."""

    findings: tuple[Finding, ...]  #: fatal ones first, each kind in the order of the rules
    rule_sets: tuple[str, ...]  #: names of the rule sets applied
    rules_applied: int  #: how many rules they hold for a document of this profile and syntax; 0 proves nothing
    profile: Profile

    @property
    def accepted(self) -> bool:
        """Whether rules were applied and none of them was broken fatally."""
        return self.rules_applied > 0 and not any(each.severity is Severity.FATAL for each in self.findings)


def check_document(reading: Reading, rule_sets: Collection[str] | None = None) -> Report:
    """Hold a document against `rule_sets`, or against those that its parties and profile call for.

    Raises ValueError for a name that is not one of RULE_SETS.
    """
    chosen = applicable_rule_sets(reading) if rule_sets is None else _known(rule_sets)
    breaches = [finding for name in chosen for finding in _breaches(name, reading)]
    found = without_repetitions([*findings_of_problems(reading, breaches), *breaches])
    return Report(
        findings=tuple(sorted(found, key=lambda each: _SEVERITIES[each.severity])),
        rule_sets=chosen,
        rules_applied=sum(_size(package, reading) for name in chosen for package in _packages(name, reading.syntax)),
        profile=profile_of(reading.invoice.specification),
    )


def _breaches(name: str, reading: Reading) -> list[Finding]:
    """What a rule set finds, with its places.

    Values that cannot be read are told of as such, so what only repeats that is left out. Not so the rules of the
    platforms on XML: they judge texts, and say themselves what the text of a date or an amount must be.
    """
    packages = _packages(name, reading.syntax)
    breaches = placed([finding for package in packages for finding in first_of(package.check(reading))], reading)
    if name == EN16931:
        breaches.extend(findings_of_spaces(reading))
    judges_texts = name == FR_CTC and reading.syntax is not Syntax.DATA
    return breaches if judges_texts or not reading.problems else without_echoes(breaches, reading)


def first_of(findings: Iterator[Finding]) -> Iterator[Finding]:
    """As many findings as help anybody. A file of rubbish has one for each of its 200,000 elements.

    What is cut never changes the verdict: the search ends only when thousands of fatal findings are there.
    """
    left = dict.fromkeys(Severity, MOST_FINDINGS)
    for finding in findings:
        left[finding.severity] -= 1
        if left[finding.severity] >= 0:
            yield finding
        elif finding.severity is Severity.FATAL:
            return


def applicable_rule_sets(reading: Reading) -> tuple[str, ...]:
    """The rule sets that this document calls for.

    EN 16931 always; the rules of the French reform between businesses established in France or where the document
    uses the French platforms; French law where the seller is established or registered for VAT in France.
    """
    from reglo.core.mentions.situation import is_french

    invoice = reading.invoice
    chosen = [EN16931]
    if _is_french_exchange(invoice):
        chosen.append(FR_CTC)
    if is_french(invoice):
        chosen.append(FR_LAW)
    return tuple(chosen)


def all_rules() -> Mapping[str, Rule]:
    """Every rule that Réglo knows, by identifier: what `reglo explain` looks in."""
    from reglo.core.terms.statutes import TERM_RULES  # only to explain them
    from reglo.rules.fec import RULES as FEC_RULES  # likewise

    rules: dict[str, Rule] = dict(PROBLEM_RULES)
    for package in dict.fromkeys((*_PACKAGES.values(), *_SYNTAX_PACKAGES.values())):
        rules = {**rules, **{name: rule for name, rule in _load(package).RULES.items() if name not in rules}}
    return {**rules, **TERM_RULES, **FEC_RULES}


_PACKAGES: Mapping[str, str] = {
    EN16931: "reglo.rules.en16931",
    FR_CTC: "reglo.rules.fr_ctc",
    FR_LAW: "reglo.rules.fr_law",
}

#: What EN 16931 demands of the XML itself, by syntax.
_SYNTAX_PACKAGES: Mapping[Syntax, str] = {
    Syntax.CII: "reglo.rules.cii_syntax",
    Syntax.UBL_INVOICE: "reglo.rules.ubl_syntax",
    Syntax.UBL_CREDIT_NOTE: "reglo.rules.ubl_syntax",
}


def _known(names: Collection[str]) -> tuple[str, ...]:
    unknown = sorted(set(names) - set(RULE_SETS))
    if unknown:
        raise ValueError(f"no such rule set: {', '.join(unknown)}; there are {', '.join(RULE_SETS)}")
    return tuple(name for name in RULE_SETS if name in names)


def _packages(name: str, syntax: Syntax) -> Iterator[RuleSet]:
    yield _load(_PACKAGES[name])
    if name == EN16931 and syntax in _SYNTAX_PACKAGES:
        yield _load(_SYNTAX_PACKAGES[syntax])


@cache
def _load(path: str) -> RuleSet:
    return cast("RuleSet", import_module(path))  # a module is a RuleSet by what it defines


def _size(package: RuleSet, reading: Reading) -> int:
    """How many rules of `package` concern this document: all, unless the package says better."""
    rules_for: Callable[[Reading], Collection[str]] | None = getattr(package, "rules_for", None)
    return len(package.RULES) if rules_for is None else len(rules_for(reading))


def _is_french_exchange(invoice: Invoice) -> bool:
    """Whether the document goes through the French platforms.

    That of a consumer without an electronic address cannot: it is reported (e-reporting), not exchanged.
    """
    if _is_for_consumer(invoice) and not (invoice.buyer and invoice.buyer.electronic_address):
        return False
    parties = (invoice.seller, invoice.buyer)
    if any(each and each.electronic_address and each.electronic_address.scheme == _FRENCH_ADDRESS for each in parties):
        return True
    if any(note.subject == "BAR" for note in invoice.notes):
        return True
    return all(country_of(each) in _FRENCH_COUNTRIES and _is_business(each) for each in parties)


def _is_for_consumer(invoice: Invoice) -> bool:
    """Whether the document says of itself that its buyer is a consumer (BR-FR-20)."""
    return any(note.subject == "BAR" and note.text in ("B2C", "B2CINT") for note in invoice.notes)


def _is_business(party: Party | None) -> bool:
    """Whether a party has a number that only businesses and public bodies have."""
    return party is not None and bool(party.vat_identifier or party.legal_registration or party.identifiers)
