"""What two values of a line must be to each other. A row of the table a rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule
from reglo.formats.fec import read_amount, read_day
from reglo.rules.fec.fault import Fault
from reglo.rules.fec.lines import Lines


@dataclass(frozen=True, slots=True)
class PairRule:
    """A demand on two columns. Pairs are judged once in a block, however many lines bear them."""

    rule: Rule
    first: str
    second: str
    is_good: Callable[[str, str], bool]

    def look(self, lines: Lines) -> Iterator[Fault]:
        """A fault for each line that bears a bad pair."""
        pairs = list(zip(lines.columns[self.first], lines.columns[self.second], strict=True))
        bad = {each for each in set(pairs) if not self.is_good(*each)}
        if bad:
            yield from (
                Fault(self.rule, row, self.first if pair[0] else self.second, self._shown(pair))
                for row, pair in zip(lines.rows, pairs, strict=True)
                if pair in bad
            )

    def _shown(self, pair: tuple[str, str]) -> str:
        return f"{self.first}={pair[0]}, {self.second}={pair[1]}"


AUXILIARY = Rule(
    identifier="FEC-AUXILIARY",
    statement=Text(
        fr="Un compte auxiliaire a un numéro et un libellé, ou ni l'un ni l'autre.",
        en="A subsidiary account has a number and a label, or neither.",
    ),
    fix=Text(fr="Complétez CompAuxNum et CompAuxLib ensemble.", en="Give CompAuxNum and CompAuxLib together."),
    source="LPF A47 A-1 VII 1° (7, 8)",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : C00012 et Dupont SAS. Mauvais : C00012 sans libellé.",
        en="Good: C00012 and Dupont SAS. Bad: C00012 without label.",
    ),
)
ALLOCATION_DATE = Rule(
    identifier="FEC-ALLOCATION-DATE",
    statement=Text(
        fr="Une ligne lettrée porte la date de son lettrage ; une ligne non lettrée n'en porte pas.",
        en="An allocated line bears the day of its allocation (lettrage); another bears none.",
    ),
    fix=Text(fr="Complétez EcritureLet et DateLet ensemble.", en="Give EcritureLet and DateLet together."),
    source="LPF A47 A-1 VII 1° (14, 15)",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : AA et 20260301. Mauvais : AA sans date.",
        en="Good: AA and 20260301. Bad: AA without date.",
    ),
)
CURRENCY = Rule(
    identifier="FEC-CURRENCY",
    statement=Text(
        fr="Un montant en devise nomme sa devise, et une devise a son montant.",
        en="A foreign amount names its currency, and a currency has its amount.",
    ),
    fix=Text(
        fr="Complétez Montantdevise et Idevise ensemble, ou laissez les deux en blanc.",
        en="Give Montantdevise and Idevise together, or leave both blank.",
    ),
    source="LPF A47 A-1 VII 1° (17, 18)",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : 100,00 et USD. Mauvais : USD sans montant.",
        en="Good: 100,00 and USD. Bad: USD without amount.",
    ),
)
VALIDATION = Rule(
    identifier="FEC-VALIDATION",
    statement=Text(
        fr="Une écriture n'est pas validée avant d'être comptabilisée.",
        en="An entry is not validated before it is booked.",
    ),
    fix=Text(
        fr="Vérifiez EcritureDate et ValidDate de cette écriture dans le logiciel.",
        en="Look at EcritureDate and ValidDate of this entry in the software.",
    ),
    source="LPF A47 A-1 VII 1° (4, 16)",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : écriture du 20260115, validée le 20260131. Mauvais : validée le 20260110.",
        en="Good: entry of 20260115, validated on 20260131. Bad: validated on 20260110.",
    ),
)
TWO_SIDES = Rule(
    identifier="FEC-TWO-SIDES",
    statement=Text(
        fr="Une ligne est au débit ou au crédit, jamais aux deux.", en="A line is a debit or a credit, never both."
    ),
    fix=Text(fr="Séparez-la en deux lignes.", en="Make it two lines."),
    source="DGFiP, Test Compta Demat (alerte)",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : 120,00 et 0,00. Mauvais : 120,00 et 20,00.",
        en="Good: 120,00 and 0,00. Bad: 120,00 and 20,00.",
    ),
)
NO_AMOUNT = Rule(
    identifier="FEC-NO-AMOUNT",
    statement=Text(
        fr="Une ligne a un montant au débit ou au crédit qui n'est pas nul.",
        en="A line has a debit or a credit that is not zero.",
    ),
    fix=Text(
        fr="Supprimez de l'export les lignes à zéro, ou retrouvez leur montant.",
        en="Leave lines of zero out of the export, or find their amount.",
    ),
    source="DGFiP, Test Compta Demat (alerte)",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : 120,00 et 0,00. Mauvais : 0,00 et 0,00.",
        en="Good: 120,00 and 0,00. Bad: 0,00 and 0,00.",
    ),
)

PAIR_RULES = (AUXILIARY, ALLOCATION_DATE, CURRENCY, VALIDATION, TWO_SIDES, NO_AMOUNT)


def pair_rules(columns: set[str]) -> Iterator[PairRule]:
    """The rules for a file that has these columns."""
    for each in (
        PairRule(AUXILIARY, "CompAuxNum", "CompAuxLib", _both_or_none),
        PairRule(ALLOCATION_DATE, "EcritureLet", "DateLet", _both_or_none),
        PairRule(CURRENCY, "Montantdevise", "Idevise", _amount_and_currency),
        PairRule(VALIDATION, "EcritureDate", "ValidDate", _in_order),
        PairRule(TWO_SIDES, "Debit", "Credit", _one_at_most),
        PairRule(NO_AMOUNT, "Debit", "Credit", _one_at_least),
        PairRule(NO_AMOUNT, "Montant", "Sens", _is_some),
    ):
        if {each.first, each.second} <= columns:
            yield each


def _both_or_none(first: str, second: str) -> bool:
    return (not first) == (not second)


def _amount_and_currency(amount: str, currency: str) -> bool:
    """An amount of zero without a currency is how some software writes a blank."""
    return (not read_amount(amount).value) if not currency else bool(amount)


def _in_order(booked: str, validated: str) -> bool:
    first, then = read_day(booked), read_day(validated)
    return first is None or then is None or first <= then


def _one_at_most(debit: str, credit: str) -> bool:
    return not (read_amount(debit).value and read_amount(credit).value)


def _one_at_least(debit: str, credit: str) -> bool:
    """Something that cannot be read is another fault."""
    return not (_is_zero(debit) and _is_zero(credit))


def _is_some(amount: str, _: str) -> bool:
    return not amount or not _is_zero(amount)


def _is_zero(text: str) -> bool:
    return read_amount(text).value == Decimal(0)
