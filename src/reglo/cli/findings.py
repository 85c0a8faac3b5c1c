"""A finding as the terminal shows it: mark, rule, term, place, what is wrong, how to mend it, source."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from reglo.cli.language import language, say
from reglo.cli.output import one_line, print_line, print_paragraph, styled, terminal_width, width_of
from reglo.core.findings import Finding, Severity, Text

_MARKS = {Severity.FATAL: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.INFORMATION: ("i", "cyan")}
_MARGIN = "    "
_CONFIRMED = Text(fr="confirmé par l'artefact officiel", en="confirmed officially")


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, with one for all rules that find the same fault in the same place and mend it the same way.

    EN 16931 asks for the reason of an allowance twice (BR-33, BR-CO-21): a person mends it once.
    """
    times: Counter[tuple[object, ...]] = Counter()
    blocks: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        fault = (each.severity, each.term, each.where, each.fix)
        times[fault, each.rule] += 1  # what one rule finds twice is two faults
        blocks.setdefault((fault, times[fault, each.rule]), []).append(each)
    return [_of_all(alike) for alike in blocks.values()]


def _of_all(alike: list[Finding]) -> Finding:
    rules, sources = (dict.fromkeys(each) for each in zip(*((each.rule, each.source) for each in alike), strict=True))
    return replace(alike[0], rule=", ".join(rules), source="; ".join(sources))


def print_finding(finding: Finding, *, confirmed: bool = False) -> None:
    """Print a finding: its rule, term and place, what is wrong, how to mend it, and who says so.

    confirmed: the official artefacts say so too.
    """
    from reglo.core.business_terms import label

    mark, colour = _MARKS[finding.severity]
    about = label(finding.term, language()) if finding.term else ""
    _print_head(f"  {styled(mark, fg=colour, bold=True)} ", (finding.rule, about), finding.where or "", colour)
    print_paragraph(say(finding.message), begin=_MARGIN, indent=4)
    fix = one_line(say(finding.fix))
    if fix:
        print_paragraph(fix, begin=f"{_MARGIN}→ ", indent=6)
    source = f"{finding.source} — {say(_CONFIRMED)}" if confirmed else finding.source
    print_paragraph(source, begin=_MARGIN, indent=4, dim=True)


def _print_head(mark: str, names: tuple[str, ...], where: str, colour: str) -> None:
    """The place beside the names where there is room, else below them: a path in one piece can be copied."""
    head = "  ".join(one_line(each) for each in (*names, where) if each)
    columns = terminal_width()
    if not where or columns is None or width_of(head) + 4 <= columns:
        print_line(f"{mark}{styled(head, fg=colour)}")
        return
    print_line(f"{mark}{styled('  '.join(each for each in names if each), fg=colour)}")
    print_line(_MARGIN + styled(one_line(where), dim=True))
