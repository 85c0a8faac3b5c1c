"""When entries are: within the fiscal year, and in the order in which they were validated."""

from collections.abc import Iterator
from datetime import date, timedelta

from reglo.core.dates import add_months
from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule
from reglo.formats.fec import read_day
from reglo.rules.fec.fault import Fault
from reglo.rules.fec.lines import Lines
from reglo.rules.fec.value_rules import ValueRule

AFTER_CLOSING = Rule(
    identifier="FEC-AFTER-CLOSING",
    statement=Text(
        fr="Aucune écriture n'est datée d'après la clôture de l'exercice.",
        en="No entry is dated after the end of the fiscal year.",
    ),
    fix=Text(
        fr="Exportez un seul exercice, ou corrigez la date de clôture dans le nom du fichier.",
        en="Export one fiscal year only, or mend the closing date in the file name.",
    ),
    source="LPF A47 A-1 VII 1°, IX",
    example=Text(
        fr="Clôture 20261231. Bon : EcritureDate 20261230. Mauvais : 20270102.",
        en="Closing 20261231. Good: EcritureDate 20261230. Bad: 20270102.",
    ),
)
BEFORE_YEAR = Rule(
    identifier="FEC-BEFORE-YEAR",
    statement=Text(
        fr="Les écritures sont de l'exercice, qui a d'ordinaire douze mois.",
        en="Entries are of the fiscal year, which has twelve months as a rule.",
    ),
    fix=Text(
        fr="Exportez un seul exercice ; si l'exercice a plus de douze mois, rien n'est à faire.",
        en="Export one fiscal year only; if it has more than twelve months, nothing is to be done.",
    ),
    source="LPF A47 A-1 VII 1°",
    severity=Severity.WARNING,
    example=Text(
        fr="Clôture 20261231. Bon : EcritureDate 20260101. Mauvais : 20251231.",
        en="Closing 20261231. Good: EcritureDate 20260101. Bad: 20251231.",
    ),
)
ORDER = Rule(
    identifier="FEC-ORDER",
    statement=Text(
        fr="Les écritures sont classées par ordre chronologique de validation.",
        en="Entries stand in the order in which they were validated.",
    ),
    fix=Text(fr="Triez l'export par ValidDate, puis par numéro.", en="Sort the export by ValidDate, then by number."),
    source="LPF A47 A-1 VII 1°, VIII 1°",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : 20260131 puis 20260228. Mauvais : 20260228 puis 20260131.",
        en="Good: 20260131 then 20260228. Bad: 20260228 then 20260131.",
    ),
)

DAY_RULES = (AFTER_CLOSING, BEFORE_YEAR, ORDER)


def year_rules(closing: date | None) -> Iterator[ValueRule]:
    """The rules on dates of entries, for a fiscal year that ends on `closing`."""
    if closing is None:
        return
    begins = add_months(closing + timedelta(days=1), -12)
    yield ValueRule(AFTER_CLOSING, ("EcritureDate",), lambda text: (read_day(text) or closing) <= closing)
    yield ValueRule(BEFORE_YEAR, ("EcritureDate",), lambda text: (read_day(text) or begins) >= begins)


class Order:
    """Remembers the latest day of validation."""

    def __init__(self) -> None:
        self._latest = ""

    def look(self, lines: Lines) -> Iterator[Fault]:
        """A fault where lines begin to be of an earlier day."""
        values = lines.columns["ValidDate"]
        if not values:
            return
        if values[0] >= self._latest and list(values) == sorted(values):
            self._latest = values[-1]
            return
        before = self._latest
        for row, value in zip(lines.rows, values, strict=True):
            if read_day(value) is None:
                continue
            if value < self._latest and value != before:
                yield Fault(ORDER, row, "ValidDate", said=_after(value, self._latest))
            before = value
            self._latest = max(self._latest, value)


def _after(value: str, latest: str) -> Text:
    return Text(fr=f"{value} vient après {latest}.", en=f"{value} comes after {latest}.")
