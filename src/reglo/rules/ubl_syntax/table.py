"""The facts: which paths a document should not have, by rule. `tools/extract_ubl_syntax.py` writes the file.

A row is a rule, where it holds ("both", or "standard": not in EXTENDED-CTC-FR), and paths below the root or, with //,
anywhere (→ stands for a tab):

    UBL-CR-005 → both → cbc:UUID
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "unused.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """Paths that one rule does not want: «cac:A/cbc:B» below the root, «//cac:A/cbc:B/@c» anywhere."""

    rule: str
    paths: tuple[str, ...]
    in_extension: bool  #: whether EXTENDED-CTC-FR has the rule too


@cache
def unused() -> tuple[Unused, ...]:
    """All rules of the table."""
    return tuple(map(_unused, _FILE.read_text(encoding="utf-8").splitlines()))


def _unused(row: str) -> Unused:
    rule, where, paths = row.split("\t")
    return Unused(rule=rule, paths=tuple(paths.split(" ")), in_extension=where == "both")
