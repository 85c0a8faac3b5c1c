"""The columns of a table: their names in French and English, and the key of a draft that each fills.

Case, accents, spaces and punctuation of a header do not matter: "N° facture", "n facture" and "Nº FACTURE" are one.
A header that begins with # is left out on purpose; any other that is not known is refused with the nearest known one,
since a column that one believes read and is not makes wrong invoices.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reglo.core.findings import Text
from reglo.formats.data.faults import Fault, InvalidData, shown
from reglo.formats.data.shape import Kind
from reglo.formats.data.table.names import COLUMNS

NUMBER = "number"
MAX_COLUMNS = 1_000  #: that have a name
_IGNORED = "#"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key it fills, and what its cells hold."""

    key: str  #: "buyer.name"; a key of the line begins with "lines[]."
    kind: Kind
    names: tuple[str, ...]  #: the first in French, then its synonyms in both languages

    @property
    def of_line(self) -> bool:
        """Whether each row states it anew, rather than each invoice."""
        return self.key.startswith("lines[].")

    @property
    def is_discount(self) -> bool:
        """Whether its numbers are percentages that may be anything up to 100, unlike rates of VAT."""
        return self.key.endswith("reductions[].percent")


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a table."""

    row: int  #: its number, as the spreadsheet counts
    names: Mapping[int, str]  #: as they stand, by index
    columns: Mapping[int, Column]
    index_of: Mapping[str, int]  #: by key
    ignored: frozenset[int]

    @property
    def names_seller(self) -> bool:
        """Whether the table itself says who invoices."""
        return any(key.startswith("seller.") for key in self.index_of)


@cache
def columns() -> Mapping[str, Column]:
    """Every column by each of its names, folded."""
    found: dict[str, Column] = {}
    for key, kind, names in COLUMNS:
        column = Column(key, kind, names)
        for name in (key, *names):
            found[folded(name)] = column
    return found


def folded(name: str) -> str:
    """A header as it is compared: small letters and digits only."""
    plain = unicodedata.normalize("NFKD", name.replace("°", "o").replace("%", " pourcent ")).casefold()
    return "".join(each for each in plain if each.isascii() and each.isalnum())


def recognised(names: Sequence[object]) -> int:
    """How many names of a row are headers that we know."""
    return sum(1 for name in names[:MAX_COLUMNS] if folded(str(name)) in columns())


def header_of(row_number: int, row: Sequence[object]) -> Header:
    """The header in a row. Raises InvalidData for unknown and repeated names, and where the number is missing."""
    names = {index: str(name).strip() for index, name in enumerate(row) if str(name).strip()}
    if len(names) > MAX_COLUMNS:
        raise InvalidData([_too_many_columns(row_number)])
    ignored = frozenset(index for index, name in names.items() if name.startswith(_IGNORED))
    faults: list[Fault] = []
    found: dict[int, Column] = {}
    index_of: dict[str, int] = {}
    for index, name in names.items():
        if index in ignored:
            continue
        column = columns().get(folded(name))
        if column is None:
            faults.append(_unknown(row_number, name))
        elif column.key in index_of:
            faults.append(_twice(row_number, name, names[index_of[column.key]]))
        else:
            found[index] = column
            index_of[column.key] = index
    if NUMBER not in index_of and not faults:
        faults.append(_no_number_column(row_number))
    if faults:
        raise InvalidData(faults)
    return Header(row_number, names, found, index_of, ignored)


def _where(row: int) -> Text:
    return Text(fr=f"ligne {row} (en-têtes)", en=f"row {row} (headers)")


def _too_many_columns(row: int) -> Fault:
    return Fault(
        where=_where(row),
        reason=Text(
            fr=f"le tableau a plus de {MAX_COLUMNS} colonnes.", en=f"the table has more than {MAX_COLUMNS} columns."
        ),
        fix=Text(fr="Gardez celles d'une facture.", en="Keep those of an invoice."),
    )


def _unknown(row: int, name: str) -> Fault:
    from difflib import get_close_matches

    by_folded = {folded(each): each for _, _, names in COLUMNS for each in names}
    near = get_close_matches(folded(name), list(by_folded), n=1, cutoff=0.6)
    known = by_folded[near[0]] if near else None
    return Fault(
        where=_where(row),
        reason=Text(fr=f"la colonne « {shown(name)} » est inconnue.", en=f'the column "{shown(name)}" is unknown.'),
        fix=Text(
            fr=(f"Vouliez-vous dire « {known} » ? " if known else "")
            + "Commencez son nom par # pour qu'elle soit laissée de côté.",
            en=(f'Did you mean "{known}"? ' if known else "") + "Begin its name with # to leave it out.",
        ),
    )


def _twice(row: int, name: str, first: str) -> Fault:
    return Fault(
        where=_where(row),
        reason=Text(
            fr=f"les colonnes « {shown(first)} » et « {shown(name)} » disent la même chose.",
            en=f'the columns "{shown(first)}" and "{shown(name)}" say the same thing.',
        ),
        fix=Text(fr="Gardez-en une.", en="Keep one of them."),
    )


def _no_number_column(row: int) -> Fault:
    return Fault(
        where=_where(row),
        reason=Text(fr="aucune colonne ne donne le numéro de facture.", en="no column gives the invoice number."),
        fix=Text(fr="Nommez-la « Numéro ».", en='Name it "Number".'),
    )
