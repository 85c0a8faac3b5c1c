"""`reglo doctor`: what is misconfigured, and how to mend it."""

from reglo.cli.commands import command
from reglo.cli.errors import ACCEPTED, FATAL
from reglo.cli.language import say
from reglo.cli.output import print_paragraph, styled
from reglo.core.findings import Severity, Text

_MARKS = {Severity.FATAL: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.INFORMATION: ("✓", "green")}


@command(
    "doctor",
    text=Text(
        fr="Examiner les réglages et l'état du site, et dire comment réparer.\n"
        "État de sortie : 1 si quelque chose ne va pas.",
        en="Look at the settings and the state of the site, and say how to mend them.\n"
        "Exit status: 1 if something is wrong.",
    ),
    examples=("reglo doctor",),
)
def doctor() -> int:
    """Print what was looked at."""
    from reglo.cli.site import open_site

    environment = open_site()
    from django.utils import timezone

    from reglo.web.running.doctor import examine

    status = ACCEPTED
    for ailment in examine(environment, now=timezone.now()):
        mark, colour = _MARKS[ailment.severity]
        print_paragraph(say(ailment.what), begin=f"{styled(mark, fg=colour)} ", indent=2)
        if ailment.mend is not None:
            print_paragraph(say(ailment.mend), begin="  → ", indent=4)
        if ailment.severity is Severity.FATAL:
            status = FATAL
    return status
