"""A finding as the terminal shows it: mark, rule, term, place, what is wrong, how to mend it, source."""

from reglo.cli.language import language, say
from reglo.cli.output import one_line, print_line, styled
from reglo.core.findings import Finding, Severity

_MARKS = {Severity.FATAL: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.INFORMATION: ("i", "cyan")}


def print_finding(finding: Finding) -> None:
    """Print a finding in three or four lines."""
    from reglo.core.business_terms import label

    mark, colour = _MARKS[finding.severity]
    about = label(finding.term, language()) if finding.term else ""
    head = "  ".join(one_line(each) for each in (finding.rule, about, finding.where or "") if each)
    print_line(f"  {styled(mark, fg=colour, bold=True)} {styled(head, fg=colour)}")
    print_line(f"    {one_line(say(finding.message))}")
    fix = one_line(say(finding.fix))
    if fix:
        print_line(f"    → {fix}")
    print_line(f"    {styled(one_line(finding.source), dim=True)}")
