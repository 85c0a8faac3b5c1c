"""How a FEC is laid out: its columns by regime, what separates and encodes them, how the file is called."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_BEFORE_AMOUNTS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
)
_AFTER_AMOUNTS = ("EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise")
_OF_CASH = ("DateRglt", "ModeRglt", "NatOp", "IdClient")

#: Columns whose values are dates.
DATE_COLUMNS = ("EcritureDate", "PieceDate", "DateLet", "ValidDate", "DateRglt")
#: Columns whose values are numbers.
AMOUNT_COLUMNS = ("Debit", "Credit", "Montant", "Montantdevise")


class Regime(StrEnum):
    """Whose books they are: it decides how many columns there are, and which may be blank."""

    COMMERCIAL = "commercial"  #: BIC, IS: 18 columns (A47 A-1 VII)
    LIBERAL_COMMERCIAL = "liberal-commercial"  #: BNC or BA keeping commercial books: the same 18 (VIII 3°)
    AGRICULTURAL_CASH = "agricultural-cash"  #: BA keeping cash books: 21 (VIII 5°)
    LIBERAL_CASH = "liberal-cash"  #: BNC keeping cash books: 22 (VIII 7°)

    @property
    def is_cash(self) -> bool:
        """Whether money in and out is kept, and not debts: such entries need not balance."""
        return self in (Regime.AGRICULTURAL_CASH, Regime.LIBERAL_CASH)


class AmountStyle(StrEnum):
    """Columns 12 and 13."""

    DEBIT_CREDIT = "debit-credit"
    AMOUNT_SIGN = "amount-sign"  #: Montant and Sens, for software that keeps no debits and credits (VII 2°)


class Separator(StrEnum):
    """What stands between columns (VI 1° c)."""

    TAB = "\t"
    PIPE = "|"


class FecEncoding(StrEnum):
    """The character sets of XII 1° that Réglo writes; ASCII is the beginning of both."""

    UTF_8 = "utf-8"
    ISO_8859_15 = "iso-8859-15"


def columns_of(regime: Regime, style: AmountStyle = AmountStyle.DEBIT_CREDIT) -> tuple[str, ...]:
    """The names of the columns, in their order."""
    amounts = ("Debit", "Credit") if style is AmountStyle.DEBIT_CREDIT else ("Montant", "Sens")
    extra = {Regime.AGRICULTURAL_CASH: 3, Regime.LIBERAL_CASH: 4}.get(regime, 0)
    return (*_BEFORE_AMOUNTS, *amounts, *_AFTER_AMOUNTS, *_OF_CASH[:extra])


#: Every name that a column may have.
ALL_COLUMNS = (*columns_of(Regime.LIBERAL_CASH), "Montant", "Sens")


@dataclass(frozen=True, slots=True, kw_only=True)
class FecLayout:
    """How to write a FEC. As it stands, everybody can read it: all characters, a tab, lines that Windows shows."""

    regime: Regime = Regime.COMMERCIAL
    style: AmountStyle = AmountStyle.DEBIT_CREDIT
    separator: Separator = Separator.TAB
    encoding: FecEncoding = FecEncoding.UTF_8
    line_end: str = "\r\n"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names on the first line."""
        return columns_of(self.regime, self.style)


@dataclass(frozen=True, slots=True)
class FecName:
    """What the name of a FEC says (IX)."""

    siren: str
    closing: str  #: end of the fiscal year, AAAAMMJJ as it stands
    part: int | None = None  #: of a file that was split because it is too large (XIII)


_NAME = re.compile(r"([0-9]{9})FEC([0-9]{8})(?:_([0-9]{1,4}))?(?:\.[a-z]{1,4})?", re.IGNORECASE)


def fec_name(siren: str, closing: date, part: int | None = None) -> str:
    """The name of a FEC: 123456782FEC20261231.txt (IX).

    closing: last day of the fiscal year; part: from 1, where the file is split.
    """
    return f"{siren}FEC{closing:%Y%m%d}{'' if part is None else f'_{part}'}.txt"


def read_fec_name(name: str) -> FecName | None:
    """What a file name says, without its folder; None where it is no name of a FEC."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    siren, closing, part = found.groups()
    return FecName(siren, closing, None if part is None else int(part))
