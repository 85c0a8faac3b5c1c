"""What the lines of an entry must be together: balanced, of one day, and numbered in a run without gaps.

Lines of an entry need not stand together. What is remembered of a balanced one is that its number was seen, one bit; of
one that does not balance yet, its number, sum and first line. So memory grows with faults, not with lines,
and where there are too many of them the rule gives up and says so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from reglo.core.findings import Severity, Text
from reglo.core.rule import Rule
from reglo.rules.fec.fault import Fault
from reglo.rules.fec.lines import Lines, Run
from reglo.rules.fec.numbering import NumberSet, Seen, split_number
from reglo.rules.fec.unjudged import MOST_REMEMBERED, unjudged

BALANCE = Rule(
    identifier="FEC-BALANCE",
    statement=Text(
        fr="Dans chaque écriture (même journal, même numéro), le débit égale le crédit.",
        en="In each entry (same journal, same number), debits equal credits.",
    ),
    fix=Text(
        fr="Retrouvez la ligne qui manque ou qui est en trop dans cette écriture.",
        en="Find the line that is missing from this entry, or one too many.",
    ),
    source="PCG 921-1 (partie double)",
    example=Text(
        fr="Bon : 411 débit 120,00, 706 crédit 100,00, 44571 crédit 20,00. Mauvais : sans la ligne de TVA.",
        en="Good: 411 debit 120,00, 706 credit 100,00, 44571 credit 20,00. Bad: without the line of VAT.",
    ),
)
ONE_DATE = Rule(
    identifier="FEC-ONE-DATE",
    statement=Text(
        fr="Les lignes d'une écriture ont la même date de comptabilisation.",
        en="The lines of an entry are booked on the same day.",
    ),
    fix=Text(
        fr="Donnez un numéro à chaque écriture, ou une seule date à celle-ci.",
        en="Give each entry a number of its own, or this one a single date.",
    ),
    source="LPF A47 A-1 VII 1° (3, 4)",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : numéro 12, deux lignes du 20260115. Mauvais : numéro 12, une du 20260115, une du 20260116.",
        en="Good: number 12, two lines of 20260115. Bad: number 12, one of 20260115, one of 20260116.",
    ),
)
NUMBER_AGAIN = Rule(
    identifier="FEC-NUMBER-AGAIN",
    statement=Text(
        fr="Dans un journal, un numéro ne désigne qu'une écriture.", en="In a journal, a number means one entry only."
    ),
    fix=Text(
        fr="Renumérotez ces écritures, ou regroupez les lignes d'une même écriture.",
        en="Number these entries anew, or put the lines of one entry together.",
    ),
    source="LPF A47 A-1 VII 1° (3) ; BOI-CF-IOR-60-40-20 § 100",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : VE 1, VE 2, VE 3. Mauvais : VE 1, VE 2, VE 1.", en="Good: VE 1, VE 2, VE 3. Bad: VE 1, VE 2, VE 1."
    ),
)
NUMBER_ORDER = Rule(
    identifier="FEC-NUMBER-ORDER",
    statement=Text(
        fr="Dans un journal, les numéros croissent avec le temps.", en="In a journal, numbers grow with time."
    ),
    fix=Text(
        fr="Triez l'export par ordre de validation ; si le désordre reste, faites numéroter à la validation.",
        en="Sort the export by validation; if disorder stays, have numbers given at validation.",
    ),
    source="BOI-CF-IOR-60-40-20 § 100",
    severity=Severity.WARNING,
    example=Text(
        fr="Bon : VE 1, VE 2, VE 3. Mauvais : VE 1, VE 3, VE 2.", en="Good: VE 1, VE 2, VE 3. Bad: VE 1, VE 3, VE 2."
    ),
)
NUMBER_GAP = Rule(
    identifier="FEC-NUMBER-GAP",
    statement=Text(
        fr="Les numéros d'écriture se suivent sans rupture, dans tout le fichier ou dans chaque journal.",
        en="Numbers of entries follow each other without a gap, in the whole file or in each journal.",
    ),
    fix=Text(
        fr="Vérifiez que rien ne manque à l'export ; gardez de quoi expliquer la rupture.",
        en="Make sure that nothing is missing from the export; keep what explains the gap.",
    ),
    source="LPF A47 A-1 VII 1° (3) ; BOI-CF-IOR-60-40-20 § 100",
    severity=Severity.WARNING,
    example=Text(fr="Bon : 1, 2, 3. Mauvais : 1, 2, 4.", en="Good: 1, 2, 3. Bad: 1, 2, 4."),
)
TOTAL = Rule(
    identifier="FEC-TOTAL",
    statement=Text(
        fr="Sur tout le fichier, le total des débits égale le total des crédits.",
        en="Over the whole file, debits equal credits.",
    ),
    fix=Text(
        fr="Commencez par les écritures qui ne s'équilibrent pas et les lignes illisibles.",
        en="Begin with the entries that do not balance and the lines that cannot be read.",
    ),
    source="PCG 921-1 (partie double)",
    example=Text(
        fr="Bon : 12 500,00 des deux côtés. Mauvais : 12 500,00 et 12 380,00.",
        en="Good: 12,500.00 on both sides. Bad: 12,500.00 and 12,380.00.",
    ),
)

ENTRY_RULES = (BALANCE, TOTAL, ONE_DATE, NUMBER_AGAIN, NUMBER_ORDER, NUMBER_GAP)
_ZERO = Decimal(0)
_Key = tuple[str, str]


class Entries:
    """The entries of a file, as far as they must be remembered."""

    def __init__(self, *, must_balance: bool) -> None:
        self.count = 0
        self._must_balance = must_balance
        self._open: dict[_Key, tuple[Decimal, int]] = {}
        self._last: _Key | None = None
        self._last_date = ""
        self._numbers = Numbers()
        self._gave_up: int | None = None

    def look(self, lines: Lines) -> Iterator[Fault]:
        """The faults of a block that show at once."""
        dates = lines.columns["EcritureDate"]
        for run in lines.runs:
            row = lines.rows[run.start]
            key = (run.journal, run.number)
            before = self._open.pop(key, None)
            if key != self._last and before is None:
                yield from self._begin(key, row)
            yield from self._dates(run, key, lines)
            self._sum(run, key, lines, before or (_ZERO, row))
            self._last, self._last_date = key, dates[run.end - 1]

    def _begin(self, key: _Key, row: int) -> Iterator[Fault]:
        """An entry that was not yet seen, or is balanced already."""
        seen = self._numbers.add(*key)
        if seen is not Seen.AGAIN:
            self.count += 1
        if seen is Seen.AGAIN:
            yield Fault(NUMBER_AGAIN, row, "EcritureNum", _named(key))
        elif seen is Seen.LATE:
            yield Fault(NUMBER_ORDER, row, "EcritureNum", _named(key))

    def _dates(self, run: Run, key: _Key, lines: Lines) -> Iterator[Fault]:
        dates = lines.columns["EcritureDate"]
        first = self._last_date if key == self._last else dates[run.start]
        if run.number and len({first, *dates[run.start : run.end]}) > 1:
            place = next(place for place in range(run.start, run.end) if dates[place] != first)
            yield Fault(ONE_DATE, lines.rows[place], "EcritureDate", said=_two_dates(key, first, dates[place]))

    def _sum(self, run: Run, key: _Key, lines: Lines, before: tuple[Decimal, int]) -> None:
        """Remember what is missing until the entry balances."""
        if not (self._must_balance and run.number) or self._gave_up is not None:
            return
        debit = sum(lines.debits[run.start : run.end], before[0])
        missing = debit - sum(lines.credits[run.start : run.end], _ZERO)
        if missing:
            self._open[key] = (missing, before[1])
        if len(self._open) > MOST_REMEMBERED:
            self._gave_up = lines.rows[run.start]
            self._open.clear()

    def end(self) -> Iterator[Fault]:
        """The faults that show at the end of the file."""
        for key, (missing, row) in self._open.items():
            yield Fault(BALANCE, row, "EcritureNum", said=_missing(key, missing))
        if self._gave_up is not None:
            yield unjudged(BALANCE, self._gave_up)
        yield from self._numbers.end()


class Numbers:
    """The numbers of entries that were seen, in each journal and in all of them."""

    def __init__(self) -> None:
        self._of_file: defaultdict[str, NumberSet] = defaultdict(NumberSet)
        self._of_journal: defaultdict[_Key, NumberSet] = defaultdict(NumberSet)
        self._is_by_journal = False
        self._count = 0
        self._gave_up = False

    def add(self, journal: str, number: str) -> Seen:
        """Note the number of an entry."""
        before, count = split_number(number)
        if count is None or self._gave_up:
            return Seen.NEXT
        numbers = self._of_journal[journal, before]
        size = len(numbers)
        seen = numbers.add(count)
        in_file = self._of_file[before].add(count)
        if in_file is Seen.AGAIN and seen is not Seen.AGAIN:
            self._is_by_journal = True
        self._count += len(numbers) - size
        if self._count > MOST_REMEMBERED:
            self._gave_up = True
            self._of_file.clear()
            self._of_journal.clear()
        return seen

    def end(self) -> Iterator[Fault]:
        """The gaps."""
        if self._gave_up:
            yield unjudged(NUMBER_GAP, None)
        if self._is_by_journal or _gaps(self._of_journal) < _gaps(self._of_file):
            for (journal, before), numbers in self._of_journal.items():
                yield from (_gap(journal, before, *gap) for gap in numbers.gaps())
        else:
            for before, numbers in self._of_file.items():
                yield from (_gap("", before, *gap) for gap in numbers.gaps())


def _gaps(sequences: Mapping[str, NumberSet] | Mapping[_Key, NumberSet]) -> int:
    return sum(1 for numbers in sequences.values() for _ in numbers.gaps())


def _gap(journal: str, before: str, first: int, last: int) -> Fault:
    where = f" ({journal})" if journal else ""
    if first == last:
        said = Text(fr=f"Il manque {before}{first}{where}.", en=f"{before}{first} is missing{where}.")
    else:
        said = Text(
            fr=f"Il manque {before}{first} à {before}{last}{where}.",
            en=f"{before}{first} to {before}{last} are missing{where}.",
        )
    return Fault(NUMBER_GAP, None, "EcritureNum", said=said)


def _named(key: _Key) -> str:
    return " ".join(each for each in key if each)


def _two_dates(key: _Key, first: str, other: str) -> Text:
    return Text(fr=f"{_named(key)} : {first} et {other}.", en=f"{_named(key)}: {first} and {other}.")


def _missing(key: _Key, missing: Decimal) -> Text:
    amount = f"{abs(missing):f}"
    side = ("débit", "debit") if missing > 0 else ("crédit", "credit")
    return Text(
        fr=f"{_named(key)} : {amount.replace('.', ',')} de trop au {side[0]}.",
        en=f"{_named(key)}: {amount} too much on the {side[1]} side.",
    )
