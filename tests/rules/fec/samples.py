"""For each rule on the FEC, a file that breaks it and nothing else."""

from collections.abc import Callable

from tests.formats.fec.samples import GOOD, good_lines


def instead(old: str, new: str, times: int = 1) -> bytes:
    """The good file with `new` in the place of `old`."""
    assert old in GOOD
    return GOOD.replace(old, new, times).encode()


def _lines(change: Callable[[list[str]], list[str]]) -> bytes:
    return "\n".join(change(good_lines())).encode()


def _quoted() -> bytes:
    return _lines(lambda lines: ['"' + line.replace("|", '"|"') + '"' for line in lines])


def _without(column: int) -> bytes:
    return _lines(lambda lines: ["|".join(_left_out(line.split("|"), column)) for line in lines])


def _left_out(cells: list[str], column: int) -> list[str]:
    return cells[:column] + cells[column + 1 :]


def _turned() -> bytes:
    """The first two columns in the wrong order."""
    return _lines(lambda lines: ["|".join([b, a, *rest]) for a, b, *rest in (line.split("|") for line in lines)])


def _with_sign(sign: str) -> bytes:
    def line(cells: list[str]) -> list[str]:
        is_credit = cells[11] == "0,00"
        return [*cells[:11], cells[12] if is_credit else cells[11], "C" if is_credit else "D", *cells[13:]]

    names, *others = (each.split("|") for each in good_lines())
    text = "\n".join("|".join(each) for each in ([*names[:11], "Montant", "Sens", *names[13:]], *map(line, others)))
    return text.replace("|D|", f"|{sign}|", 1).encode()


def _numbered(bank: int, last: int) -> bytes:
    """The good file, whose second and third entry bear these numbers."""
    return GOOD.replace("BQ|Banque|2|", f"BQ|Banque|{bank}|").replace("VE|Ventes|3|", f"VE|Ventes|{last}|").encode()


#: Rule → the bytes that break it, under the good name.
BROKEN: dict[str, bytes] = {
    "FEC-ENCODING": GOOD.encode("utf-16"),
    "FEC-ENCODING-MIXED": GOOD.replace("TVA collectée", "TVA").encode()
    + "VE|Ventes|4|20260301|411000|Clients|||F3|20260301|Marché|5,00|0,00|||20260331||\n".encode()
    + "VE|Ventes|4|20260301|706000|Prestations|||F3|20260301|Marché|0,00|5,00|||20260331||\n".encode("iso-8859-15"),
    "FEC-BYTE-ORDER-MARK": b"\xef\xbb\xbf" + GOOD.encode(),
    "FEC-SEPARATOR": instead("|", ";", -1),
    "FEC-HEADER": _lines(lambda lines: lines[1:]),
    "FEC-QUOTES": _quoted(),
    "FEC-COLUMN-MISSING": _without(15),
    "FEC-COLUMN-TWICE": _lines(lambda lines: [lines[0] + "|Debit", *(line + "|0,00" for line in lines[1:])]),
    "FEC-COLUMN-NAME": instead("Montantdevise", "MontantDevise"),
    "FEC-COLUMN-ORDER": _turned(),
    "FEC-COLUMN-EXTRA": _lines(lambda lines: [lines[0] + "|Lieu", *(line + "|Lyon" for line in lines[1:])]),
    "FEC-CELLS": instead("20260131||\n", "20260131|\n"),
    "FEC-BLANK-LINE": instead("20260131||\n", "20260131||\n\n"),
    "FEC-LONG-LINE": GOOD.encode() + b"x" * 70_000,
    "FEC-CHARACTERS": instead("Dupont SAS", "Dupont\x00SAS"),
    "FEC-ACCENTS": instead("collectée", "collectÃ©e"),
    "FEC-NO-ENTRY": good_lines()[0].encode(),
    "FEC-EMPTY": instead("|Facture F2026-0001|120,00", "||120,00"),
    "FEC-DATE": instead("20260115|Facture", "15/01/2026|Facture"),
    "FEC-AMOUNT": instead("120,00", "120.00"),
    "FEC-SIGN": _with_sign("Débit"),
    "FEC-ACCOUNT": instead("411000", "CLIENT").replace(b"|AA|20260220", b"||"),
    "FEC-AUXILIARY": instead("C00040|Acme Inc.", "C00040|"),
    "FEC-ALLOCATION-DATE": instead("|AA|20260220", "|AA|"),
    "FEC-CURRENCY": instead("|100,00|USD", "||USD"),
    "FEC-VALIDATION": GOOD.replace("20260131", "20260114").encode(),
    "FEC-TWO-SIDES": instead("120,00|0,00|AA", "125,00|5,00|AA"),
    "FEC-NO-AMOUNT": _lines(lambda lines: [*lines[:5], lines[4].replace("120,00", "0,00"), *lines[5:]]),
    "FEC-AFTER-CLOSING": instead("VE|Ventes|3|20260301", "VE|Ventes|3|20270301", 2).replace(b"20260331", b"20270331"),
    "FEC-BEFORE-YEAR": instead("VE|Ventes|1|20260115", "VE|Ventes|1|20251231", 3),
    "FEC-ORDER": GOOD.replace("20260131", "20260430").encode(),
    "FEC-BALANCE": GOOD.replace("0,00|100,00", "0,00|101,00").replace("0,00|92,00", "0,00|91,00").encode(),
    "FEC-ONE-DATE": instead("VE|Ventes|3|20260301|706", "VE|Ventes|3|20260302|706"),
    "FEC-NUMBER-AGAIN": _numbered(bank=1, last=1),
    "FEC-NUMBER-ORDER": GOOD.replace("VE|Ventes|3|", "VE|Ventes|0|")
    .replace("|1|20", "|3|20")
    .replace("|0|20", "|1|20")
    .encode(),
    "FEC-NUMBER-GAP": _numbered(bank=2, last=5),
    "FEC-ALLOCATION-BALANCE": instead("|AA|", "|AB|"),
}
#: Rule → the name that breaks it.
NAMES = {
    "FEC-NAME": "fec-2026.csv",
    "FEC-SIREN": "123456789FEC20261231.txt",
    "FEC-CLOSING": "123456782FEC20261331.txt",
}
