"""What a value must be: there, a day, a number, an account. A row of the table a rule.

A value is judged once in a block, however many lines bear it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reglo.core.findings import Text
from reglo.core.rule import Rule
from reglo.formats.fec import Regime, read_amount, read_day
from reglo.formats.fec.layout import AMOUNT_COLUMNS, DATE_COLUMNS
from reglo.formats.fec.values import CREDIT_SIGNS, DEBIT_SIGNS
from reglo.rules.fec.fault import Fault
from reglo.rules.fec.lines import Lines


@dataclass(frozen=True, slots=True)
class ValueRule:
    """A demand on each value of some columns."""

    rule: Rule
    columns: tuple[str, ...]
    is_good: Callable[[str], bool]

    def look(self, lines: Lines) -> Iterator[Fault]:
        """A fault for each line that bears a bad value."""
        for column in self.columns:
            values = lines.columns[column]
            bad = {each for each in set(values) if not self.is_good(each)}
            if bad:
                yield from (
                    Fault(self.rule, row, column, value)
                    for row, value in zip(lines.rows, values, strict=True)
                    if value in bad
                )


EMPTY = Rule(
    identifier="FEC-EMPTY",
    statement=Text(
        fr="Une information obligatoire est donnée sur chaque ligne.",
        en="What is compulsory is given on every line.",
    ),
    fix=Text(
        fr="Complétez l'écriture dans le logiciel de comptabilité, puis exportez de nouveau. "
        "Un BNC ou un BA peut laisser en blanc le journal et le compte (--bnc).",
        en="Complete the entry in the accounting software, then export again. "
        "A BNC or BA may leave journal and account blank (--bnc).",
    ),
    source="LPF A47 A-1 VII 1°, VIII 3° à 7°",
    example=Text(
        fr="Bon : EcritureLib « Facture F2026-0012 ». Mauvais : EcritureLib en blanc.",
        en="Good: EcritureLib “Facture F2026-0012”. Bad: EcritureLib blank.",
    ),
)
DATE = Rule(
    identifier="FEC-DATE",
    statement=Text(
        fr="Une date est un jour du calendrier, écrit AAAAMMJJ sans séparateur.",
        en="A date is a day of the calendar, written YYYYMMDD without separator.",
    ),
    fix=Text(
        fr="Réglez le format des dates de l'export sur AAAAMMJJ.", en="Set the date format of the export to YYYYMMDD."
    ),
    source="LPF A47 A-1 XII 4°",
    example=Text(
        fr="Bon : 20260131. Mauvais : 31/01/2026, 20260231.",
        en="Good: 20260131. Bad: 31/01/2026, 20260231.",
    ),
)
AMOUNT = Rule(
    identifier="FEC-AMOUNT",
    statement=Text(
        fr="Un montant a une virgule décimale, aucun séparateur de milliers, et son signe au début ou à la fin.",
        en="An amount has a decimal comma, no thousands separator, and its sign first or last.",
    ),
    fix=Text(
        fr="Réglez le format des nombres de l'export : virgule, sans séparateur de milliers.",
        en="Set the number format of the export: comma, no thousands separator.",
    ),
    source="LPF A47 A-1 XII 2°",
    example=Text(
        fr="Bon : 1234,50 ou -12,00. Mauvais : 1234.50, 1 234,50.",
        en="Good: 1234,50 or -12,00. Bad: 1234.50, 1 234,50.",
    ),
)
SIGN = Rule(
    identifier="FEC-SIGN",
    statement=Text(
        fr="Sens vaut D ou C, ou bien +1 ou -1 sans espace.", en="Sens is D or C, or else +1 or -1 without space."
    ),
    fix=Text(fr="Écrivez D pour un débit, C pour un crédit.", en="Write D for a debit, C for a credit."),
    source="LPF A47 A-1 X",
    example=Text(fr="Bon : D. Mauvais : Débit.", en="Good: D. Bad: Débit."),
)
ACCOUNT = Rule(
    identifier="FEC-ACCOUNT",
    statement=Text(
        fr="Un numéro de compte commence par trois chiffres du plan comptable français, classes 1 à 8.",
        en="An account number begins with three digits of the French chart of accounts, classes 1 to 8.",
    ),
    fix=Text(
        fr="Donnez à ce compte un numéro du plan comptable ; un numéro de tiers va dans CompAuxNum.",
        en="Give this account a number of the chart; the number of a customer or supplier goes to CompAuxNum.",
    ),
    source="LPF A47 A-1 VII 1° (5)",
    example=Text(
        fr="Bon : 411000, 445DUP. Mauvais : CDUPONT, 41, 960000.",
        en="Good: 411000, 445DUP. Bad: CDUPONT, 41, 960000.",
    ),
)

_FRENCH_ACCOUNT = re.compile("[1-8][0-9]{2}")
#: May be blank on a line; all others are there on every line of commercial books.
_OPTIONAL = (
    *("CompAuxNum", "CompAuxLib", "Debit", "Credit", "EcritureLet", "DateLet"),
    *("Montantdevise", "Idevise", "NatOp", "IdClient"),
)
_OPTIONAL_LIBERAL = ("JournalCode", "JournalLib", "CompteNum")

VALUE_RULES = (EMPTY, DATE, AMOUNT, SIGN, ACCOUNT)


def value_rules(columns: Sequence[str], regime: Regime) -> Iterator[ValueRule]:
    """The rules for a file that has these columns."""
    yield ValueRule(EMPTY, tuple(each for each in columns if _is_compulsory(each, regime)), bool)
    yield ValueRule(DATE, tuple(each for each in DATE_COLUMNS if each in columns), _is_day)
    yield ValueRule(AMOUNT, tuple(each for each in AMOUNT_COLUMNS if each in columns), _is_amount)
    if "Sens" in columns:
        yield ValueRule(SIGN, ("Sens",), _is_sign)
    if "CompteNum" in columns and not regime.is_cash:
        yield ValueRule(ACCOUNT, ("CompteNum",), _is_account)


def _is_compulsory(column: str, regime: Regime) -> bool:
    """A blank Debit or Credit counts as zero; a line that has neither is another fault."""
    return column not in _OPTIONAL and (regime is Regime.COMMERCIAL or column not in _OPTIONAL_LIBERAL)


def _is_day(value: str) -> bool:
    return not value or read_day(value) is not None


def _is_amount(value: str) -> bool:
    return read_amount(value).is_as_asked


def _is_sign(value: str) -> bool:
    return not value or value in DEBIT_SIGNS or value in CREDIT_SIGNS


def _is_account(value: str) -> bool:
    return not value or _FRENCH_ACCOUNT.match(value) is not None
