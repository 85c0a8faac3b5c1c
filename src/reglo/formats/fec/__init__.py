"""The *fichier des écritures comptables* (FEC, LPF A47 A-1): all entries of a fiscal year, for the tax administration.

Written as the article asks; read from whatever software made it, line by line, however large or damaged. Nothing here
judges: `reglo.rules.fec` does.
"""

from reglo.formats.fec.description import describe_fec
from reglo.formats.fec.layout import (
    AmountStyle,
    FecEncoding,
    FecLayout,
    FecName,
    Regime,
    Separator,
    fec_name,
    read_fec_name,
)
from reglo.formats.fec.line import FecLine, read_fec
from reglo.formats.fec.problems import Problem, ProblemKind
from reglo.formats.fec.read import FecReader, LineBlock
from reglo.formats.fec.rows import BadFecRow, FecRow
from reglo.formats.fec.values import read_amount, read_day
from reglo.formats.fec.write import write_fec

__all__ = [
    "AmountStyle",
    "BadFecRow",
    "FecEncoding",
    "FecLayout",
    "FecLine",
    "FecName",
    "FecReader",
    "FecRow",
    "LineBlock",
    "Problem",
    "ProblemKind",
    "Regime",
    "Separator",
    "describe_fec",
    "fec_name",
    "read_amount",
    "read_day",
    "read_fec",
    "read_fec_name",
    "write_fec",
]
