"""Allocated lines (*lettrage*): those of one account that bear the same letters come to nothing together."""

from collections.abc import Iterator
from decimal import Decimal

from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule
from reglo.rules.fec.fault import Fault
from reglo.rules.fec.lines import Lines
from reglo.rules.fec.unjudged import MOST_REMEMBERED, unjudged

ALLOCATION_BALANCE = Rule(
    identifier="FEC-ALLOCATION-BALANCE",
    statement=Text(
        fr="Les lignes d'un compte qui portent les mêmes lettres s'équilibrent.",
        en="Lines of an account that bear the same letters balance.",
    ),
    fix=Text(
        fr="Reprenez ce lettrage ; s'il se solde sur un autre exercice, rien n'est à faire.",
        en="Look at this allocation again; if it is settled in another fiscal year, nothing is to be done.",
    ),
    source="LPF A47 A-1 VII 1° (14)",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : AA au débit 120,00, AA au crédit 120,00. Mauvais : AA au débit seulement.",
        en="Good: AA debit 120,00, AA credit 120,00. Bad: AA debit only.",
    ),
)

ALLOCATION_RULES = (ALLOCATION_BALANCE,)


class Allocations:
    """Letters whose lines do not balance yet: account, subsidiary account, letters → what is missing, first line."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str, str], tuple[Decimal, int]] = {}
        self._gave_up: int | None = None

    def look(self, lines: Lines) -> None:
        """Note the allocated lines of a block."""
        letters = lines.columns["EcritureLet"]
        accounts, auxiliaries = lines.columns["CompteNum"], lines.columns["CompAuxNum"]
        for place in [place for place, each in enumerate(letters) if each]:
            key = (accounts[place], auxiliaries[place], letters[place])
            missing, row = self._open.pop(key, (Decimal(0), lines.rows[place]))
            missing += lines.debits[place] - lines.credits[place]
            if missing and self._gave_up is None:
                self._open[key] = (missing, row)
        if len(self._open) > MOST_REMEMBERED:
            self._gave_up = lines.rows[-1]
            self._open.clear()

    def end(self) -> Iterator[Fault]:
        """What never balanced."""
        for (account, auxiliary, letters), (missing, row) in self._open.items():
            name = " ".join(each for each in (account, auxiliary, letters) if each)
            amount = f"{missing:f}"
            said = Text(
                fr=f"{name} : solde {amount.replace('.', ',')}.",
                en=f"{name}: balance {amount}.",
            )
            yield Fault(ALLOCATION_BALANCE, row, "EcritureLet", said=said)
        if self._gave_up is not None:
            yield unjudged(ALLOCATION_BALANCE, self._gave_up)
