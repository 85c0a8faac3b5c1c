"""What a reader of a FEC stumbles over; `reglo.rules.fec` says what each means."""

from enum import StrEnum
from typing import NamedTuple


class ProblemKind(StrEnum):
    """What is not as a reader expects it."""

    ENCODING = "encoding"  #: UTF-16 or EBCDIC; the value names it
    ENCODING_MIXED = "encoding-mixed"  #: some lines are UTF-8, others are not
    BYTE_ORDER_MARK = "byte-order-mark"
    SEPARATOR = "separator"  #: neither tab nor "|"; the value is what was found
    NO_HEADER = "no-header"
    QUOTES = "quotes"  #: values stand in quotation marks
    COLUMN_MISSING = "column-missing"
    COLUMN_TWICE = "column-twice"
    COLUMN_NAME = "column-name"  #: in other letters than the article's; the value is what stands there
    COLUMN_ORDER = "column-order"
    COLUMN_EXTRA = "column-extra"  #: after those of the article; the value is its name
    CELLS = "cells"  #: more or fewer than the first line has; the value is how many
    BLANK_LINE = "blank-line"
    LONG_LINE = "long-line"
    CHARACTERS = "characters"  #: control characters, or such as stand for unreadable ones
    ACCENTS = "accents"  #: UTF-8 that was read as something else and written again
    NOT_A_DAY = "not-a-day"
    NOT_AN_AMOUNT = "not-an-amount"


class Problem(NamedTuple):
    """One thing that was stumbled over. A tuple: a damaged file has millions."""

    kind: ProblemKind
    row: int  #: line of the file, from 1
    column: str = ""
    value: str = ""  #: what stands there
