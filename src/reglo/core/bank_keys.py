"""Which bank line is which: the same movement is recognised when it comes again, in another file or another format.

No format names a movement as another does: camt has a reference of the bank, CFONB a label, a table what its columns
hold. What they share is the account, the day and the amount; but two customers may pay the same amount on one day. So
each line has two keys, and lines are *counted*:

- the exact key: the reference of the bank, else all that the line says; true twins in one file are numbered;
- the loose key: day, amount and currency, the same for every format. A file tells whole days, so where two files of an
  account each have two lines of one loose key, they are the same two lines, and where the later has three, one is new.

Lines of different accounts are never compared: the account is for the caller to know, who may know more than the file.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from reglo.core.bank import BankLine
from reglo.core.folding import folded


class Recognition(Enum):
    """Whether a line that arrives is known."""

    NEW = "new"
    SAME = "same"  #: by its exact key
    LIKELY_SAME = "likely-same"  #: by counting lines of one day and amount: another format, or a changed text


@dataclass(frozen=True, slots=True, kw_only=True)
class LineKeys:
    """What a line is recognised by, on its account."""

    exact: str  #: 64 characters
    loose: str  #: 64 characters
    source: str = ""  #: where the bank itself tells its movements apart: the family of formats; "" elsewhere


def line_keys(lines: Iterable[BankLine], *, source: str = "") -> tuple[LineKeys, ...]:
    """The keys of all lines that one file has of one account, in their order.

    source: a family of formats whose bank references are unique on an account and never change ("camt"), else "".
    """
    twins: Counter[str] = Counter()
    return tuple(_keys(line, twins, source) for line in lines)


def _keys(line: BankLine, twins: Counter[str], source: str) -> LineKeys:
    loose = (line.booked.isoformat(), f"{line.amount:f}", line.currency)
    named = source if line.bank_reference else ""
    said = (named, line.bank_reference) if named else ("", line.bank_reference, *_content(line))
    content = _digest(*loose, *said)
    twins[content] += 1
    number = twins[content]
    return LineKeys(
        exact=content if number == 1 else _digest(content, str(number)), loose=_digest(*loose), source=named
    )


def _content(line: BankLine) -> tuple[str, ...]:
    """What a line says, without what a bank may write in another case or spacing from one day to the next."""
    return tuple(map(folded, (line.text, line.reference, line.end_to_end, line.payer, line.payer_iban)))


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def recognise(arriving: Sequence[LineKeys], known: Iterable[LineKeys]) -> tuple[Recognition, ...]:
    """For each line of a file whether it is known, given what is stored of the days that the file is about.

    Exact keys first; of what remains, lines of one loose key are paired one to one, but for two that the bank itself
    tells apart. The answer is of the same length as `arriving`.
    """
    unmet = Counter(known)
    answer = [Recognition.NEW] * len(arriving)
    exact = defaultdict[str, list[LineKeys]](list)
    for keys in unmet.elements():
        exact[keys.exact].append(keys)
    for place, keys in enumerate(arriving):
        if same := exact.get(keys.exact):
            unmet[same.pop()] -= 1
            answer[place] = Recognition.SAME
    loose = defaultdict[str, list[LineKeys]](list)
    for keys in unmet.elements():
        loose[keys.loose].append(keys)
    for place, keys in enumerate(arriving):
        if answer[place] is Recognition.NEW and _take(loose.get(keys.loose, []), keys):
            answer[place] = Recognition.LIKELY_SAME
    return tuple(answer)


def _take(candidates: list[LineKeys], keys: LineKeys) -> bool:
    """Take one of the known lines that may be this one."""
    for place, each in enumerate(candidates):
        if not (each.source and each.source == keys.source):
            del candidates[place]
            return True
    return False
