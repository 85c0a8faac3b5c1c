"""The first line of a FEC: what separates columns, and which column is where."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.fec.layout import ALL_COLUMNS, AmountStyle, Regime, Separator, columns_of
from reglo.formats.fec.problems import Problem, ProblemKind

_SEPARATORS = (Separator.TAB.value, Separator.PIPE.value, ";", ",")
_FEWEST_NAMES = 3  #: known ones, for a line to be names of columns at all
_FEWEST_CELLS = 18
_DAY = re.compile("[0-9]{8}")
_ROW = 1


def _folded(name: str) -> str:
    """A name without what people spell in different ways."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(each for each in plain if each.isalnum()).casefold()


#: What other software calls columns, by the article's name.
_OTHER_NAMES = {
    "CompteAuxNum": "CompAuxNum",
    "CompteAuxLib": "CompAuxLib",
    "PieceReference": "PieceRef",
    "EcritureLettrage": "EcritureLet",
    "DateLettrage": "DateLet",
    "JournalLibelle": "JournalLib",
    "CompteLibelle": "CompteLib",
    "EcritureLibelle": "EcritureLib",
}
_BY_FOLDED = {_folded(name): name for name in ALL_COLUMNS} | {
    _folded(other): name for other, name in _OTHER_NAMES.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the first line says."""

    separator: str
    names: tuple[str, ...]  #: as they stand, without quotation marks
    places: dict[str, int]  #: name of the article → where the column is
    style: AmountStyle
    regime: Regime
    is_quoted: bool = False
    is_missing: bool = False  #: the first line is an entry already; the columns are taken to be the article's
    problems: tuple[Problem, ...] = ()


def read_header(line: str) -> Header:
    """Understand the first line. Raises UnreadableDocument where it is no FEC."""
    separator = max(_SEPARATORS, key=lambda each: _known(line, each))
    if _known(line, separator) < _FEWEST_NAMES:
        return _without_names(line)
    cells = line.split(separator)
    is_quoted = any(cell.strip().startswith('"') for cell in cells)
    names = tuple(cell.strip().strip('"').strip() for cell in cells)
    places = _places(names)
    style = AmountStyle.AMOUNT_SIGN if "Montant" in places and "Debit" not in places else AmountStyle.DEBIT_CREDIT
    regime = _regime(places)
    return Header(
        separator=separator,
        names=names,
        places=places,
        style=style,
        regime=regime,
        is_quoted=is_quoted,
        problems=tuple(_problems(separator, names, places, columns_of(regime, style), is_quoted)),
    )


def _known(line: str, separator: str) -> int:
    return sum(_folded(cell) in _BY_FOLDED for cell in line.split(separator))


def _places(names: Sequence[str]) -> dict[str, int]:
    """Where each column is; the first, where a name stands twice."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        known = _BY_FOLDED.get(_folded(name))
        if known is not None:
            places.setdefault(known, place)
    return places


def _regime(places: dict[str, int]) -> Regime:
    if "DateRglt" not in places and "ModeRglt" not in places:
        return Regime.COMMERCIAL
    return Regime.LIBERAL_CASH if "IdClient" in places else Regime.AGRICULTURAL_CASH


def _problems(
    separator: str, names: Sequence[str], places: dict[str, int], asked: Sequence[str], is_quoted: bool
) -> Iterator[Problem]:
    if separator not in tuple(Separator):
        yield Problem(ProblemKind.SEPARATOR, _ROW, value=separator)
    if is_quoted:
        yield Problem(ProblemKind.QUOTES, _ROW)
    for column in asked:
        if column not in places:
            yield Problem(ProblemKind.COLUMN_MISSING, _ROW, column)
    yield from _of_names(names, asked)
    there = [column for column in asked if column in places]
    if [places[column] for column in there] != list(range(len(there))):
        moved = next(column for place, column in enumerate(there) if places[column] != place)
        yield Problem(ProblemKind.COLUMN_ORDER, _ROW, moved, names[places[moved]])


def _of_names(names: Sequence[str], asked: Sequence[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in names:
        column = _BY_FOLDED.get(_folded(name))
        if column in seen:
            yield Problem(ProblemKind.COLUMN_TWICE, _ROW, column or "", name)
        elif column is None or column not in asked:
            yield Problem(ProblemKind.COLUMN_EXTRA, _ROW, value=name)
        elif name != column:
            yield Problem(ProblemKind.COLUMN_NAME, _ROW, column, name)
        if column is not None:
            seen.add(column)


def _without_names(line: str) -> Header:
    """The columns of a file whose first line is an entry. Raises UnreadableDocument where it is none either."""
    separator = max(_SEPARATORS, key=line.count)
    cells = [cell.strip().strip('"') for cell in line.split(separator)]
    if len(cells) < _FEWEST_CELLS or not _DAY.fullmatch(cells[3]):
        raise UnreadableDocument(
            Text(
                fr="Ce n'est pas un FEC\N{NO-BREAK SPACE}: la première ligne ne porte pas les noms des colonnes "
                "(JournalCode, JournalLib, EcritureNum…). Exportez le FEC depuis le logiciel de comptabilité.",
                en="This is no FEC: the first line does not hold the names of the columns "
                "(JournalCode, JournalLib, EcritureNum…). Export the FEC from the accounting software.",
            )
        )
    regime = {21: Regime.AGRICULTURAL_CASH, 22: Regime.LIBERAL_CASH}.get(len(cells), Regime.COMMERCIAL)
    names = columns_of(regime)
    problems = [Problem(ProblemKind.NO_HEADER, _ROW)]
    if separator not in tuple(Separator):
        problems.append(Problem(ProblemKind.SEPARATOR, _ROW, value=separator))
    return Header(
        separator=separator,
        names=names + ("",) * (len(cells) - len(names)),
        places={name: place for place, name in enumerate(names)},
        style=AmountStyle.DEBIT_CREDIT,
        regime=regime,
        is_quoted='"' in line,
        is_missing=True,
        problems=tuple(problems),
    )
