"""What could not be read is a finding too: an amount that is no number, a date that no calendar has.

The official sheets stop with an error on such values; a person needs to know which value it is and what it should be.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from reglo.core.findings import Finding, Severity, Text
from reglo.core.rule import Rule, value_read
from reglo.formats.reading import Problem, Reading, Syntax
from reglo.rules.spaces import SPACES

_SOURCE = "EN 16931-1, cardinalities and semantic data types"


def findings_of_problems(reading: Reading, breaches: Iterable[Finding]) -> list[Finding]:
    """One finding for each value that could not be read: fatal, unless it is only one more than the model holds.

    How often XML may state a thing, its schema and the official sheets say: one value more is fatal where `breaches`
    refuse it.
    """
    if not reading.problems:
        return []
    refused = {each.where for each in breaches if each.severity is Severity.FATAL}
    return [_finding(problem, refused, in_xml=reading.syntax is not Syntax.DATA) for problem in reading.problems]


def without_echoes(findings: list[Finding], reading: Reading) -> list[Finding]:
    """`findings` less those that only repeat a problem.

    That a value is missing, where it is there but unreadable; and that a sum is wrong, where a part of it is
    unreadable.
    """
    unreadable = _Unreadable(problem for problem in reading.problems if _is_unreadable(problem))
    return [each for each in findings if not unreadable.explains(each)]


def _is_unreadable(problem: Problem) -> bool:
    """Whether something stands there that hides a value. An empty date hides nothing: it is a missing one."""
    is_empty_date = problem.kind == "not-a-date" and not problem.value
    hides = problem.kind != "repeated" and not is_empty_date
    return hides and problem.term is not None


class _Unreadable:
    """The values that could not be read, by their terms: a thousand of them are asked about a thousand findings."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._places: dict[str | None, list[str]] = {}  #: in order, so that those below an element stand together
        for problem in problems:
            self._places.setdefault(problem.term, []).append(problem.where)
        for places in self._places.values():
            places.sort()

    def explains(self, finding: Finding) -> bool:
        """Whether a finding only repeats that one of these values could not be read."""
        from reglo.rules.en16931 import reads  # a rule set is loaded when a document needs it

        places = self._places.get(finding.term)
        if places and (finding.where is None or _any_below(finding.where, places)):
            return True
        return any(term in self._places for term in reads(finding.rule) if term != finding.term)


def _any_below(where: str, places: list[str]) -> bool:
    """Whether one of `places`, which are in order, begins with `where`."""
    first = bisect_left(places, where)
    return first < len(places) and places[first].startswith(where)


def _finding(problem: Problem, refused: Collection[str | None], *, in_xml: bool) -> Finding:
    rule = _RULE_OF_KIND.get(problem.kind, _VALUE)
    finding = rule.finding(problem.where, value_read(problem.value))
    is_allowed = in_xml and problem.kind == "repeated" and problem.where not in refused
    severity = Severity.WARNING if is_allowed else finding.severity
    return replace(finding, term=problem.term or finding.term, severity=severity)


_NUMBER = Rule(
    identifier="REGLO-NUMBER",
    statement=Text(
        fr="Un montant, une quantité ou un taux s'écrit en chiffres, avec un point décimal et sans espace.",
        en="An amount, a quantity or a rate is written in digits, with a decimal point and without spaces.",
    ),
    fix=Text(fr="Écrivez par exemple 2400.00 au lieu de 2 400,00.", en="Write 2400.00, say, instead of 2 400,00."),
    source=_SOURCE,
    example=Text(
        fr="Bon : 2400.00. Mauvais : 2400,00 ; 2 400.00 ; NaN ; 1e400.",
        en="Good: 2400.00. Bad: 2400,00; 2 400.00; NaN; 1e400.",
    ),
)
_DATE = Rule(
    identifier="REGLO-DATE",
    statement=Text(fr="Une date est un jour qui existe.", en="A date is a day that exists."),
    fix=Text(
        fr="Écrivez l'année, le mois et le jour : 2026-09-15 en UBL, 20260915 (format 102) en CII.",
        en="Write year, month and day: 2026-09-15 in UBL, 20260915 (format 102) in CII.",
    ),
    source=_SOURCE,
    example=Text(fr="Bon : 2026-02-28. Mauvais : 2026-02-31.", en="Good: 2026-02-28. Bad: 2026-02-31."),
)
_BASE64 = Rule(
    identifier="REGLO-BASE64",
    statement=Text(
        fr="Le contenu d'un fichier joint est écrit en base 64.", en="The content of an attached file is in base 64."
    ),
    fix=Text(fr="Joignez de nouveau le fichier.", en="Attach the file again."),
    source=_SOURCE,
    term="BT-125",
    example=Text(fr="Bon : JVBERi0xLjcK. Mauvais : %PDF-1.7.", en="Good: JVBERi0xLjcK. Bad: %PDF-1.7."),
)
_BOOLEAN = Rule(
    identifier="REGLO-BOOLEAN",
    statement=Text(
        fr="Ce qui distingue une remise de frais est « true » ou « false ».",
        en="What tells an allowance from a charge is “true” or “false”.",
    ),
    fix=Text(
        fr="Écrivez true pour des frais, false pour une remise.", en="Write true for a charge, false for an allowance."
    ),
    source=_SOURCE,
    example=Text(fr="Bon : false. Mauvais : non.", en="Good: false. Bad: no."),
)
_REPEATED = Rule(
    identifier="REGLO-REPEATED",
    statement=Text(
        fr="Ce qui ne peut figurer qu'une fois dans une facture n'y figure qu'une fois.",
        en="What an invoice may state once is stated once.",
    ),
    fix=Text(fr="Gardez la bonne valeur et retirez les autres.", en="Keep the right value and remove the others."),
    source=_SOURCE,
    example=Text(
        fr="Bon : un numéro de facture. Mauvais : deux numéros différents.",
        en="Good: one invoice number. Bad: two different numbers.",
    ),
)
_VALUE = Rule(
    identifier="REGLO-VALUE",
    statement=Text(
        fr="Chaque valeur a la forme que son terme demande.", en="Each value has the form that its term asks."
    ),
    fix=Text(fr="Corrigez la valeur ou retirez-la.", en="Correct the value or remove it."),
    source=_SOURCE,
    example=Text(fr="Bon : 20 pour un taux. Mauvais : vingt.", en="Good: 20 for a rate. Bad: twenty."),
)
_RULE_OF_KIND: Mapping[str, Rule] = {
    "not-a-number": _NUMBER,
    "not-a-date": _DATE,
    "not-base64": _BASE64,
    "not-a-boolean": _BOOLEAN,
    "repeated": _REPEATED,
}

PROBLEM_RULES: Mapping[str, Rule] = {rule.identifier: rule for rule in (*_RULE_OF_KIND.values(), _VALUE, SPACES)}
