"""Where a rule gives up, since a file is so far from order that it would take the machine's memory."""

from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule
from reglo.rules.fec.fault import Fault

#: Unbalanced entries, allocations, or chunks of a thousand numbers: some 50 MB of each at most. A good file of ten
#: million lines has a few thousand at a time.
MOST_REMEMBERED = 100_000

UNJUDGED = Rule(
    identifier="FEC-UNJUDGED",
    statement=Text(
        fr="Le fichier est trop en désordre pour que toutes les règles soient jugées jusqu'au bout.",
        en="The file is too far from order for all rules to be judged to its end.",
    ),
    fix=Text(
        fr="Triez l'export par journal et numéro d'écriture, puis vérifiez de nouveau.",
        en="Sort the export by journal and number of entry, then check again.",
    ),
    source="Réglo",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : les lignes d'une écriture se suivent. Mauvais : un million d'écritures, toutes les lignes mêlées.",
        en="Good: the lines of an entry stand together. Bad: a million entries, all lines mingled.",
    ),
    obliges=True,
)


def unjudged(rule: Rule, row: int | None) -> Fault:
    """`rule` is not judged from this line on, or not at all."""
    name = rule.identifier
    said = (
        Text(fr=f"{name} n'est pas jugée.", en=f"{name} is not judged.")
        if row is None
        else Text(fr=f"{name} n'est pas jugée à partir d'ici.", en=f"{name} is not judged from here on.")
    )
    return Fault(UNJUDGED, row, said=said)
