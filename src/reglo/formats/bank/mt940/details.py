"""Field :86: of MT940: free text, numbered sub-fields ("?20…"), or words between slashes ("/EREF/…")."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reglo.formats.bank.mt940.fields import unwrapped
from reglo.formats.bank.plain import iban_in, joined, plain

_NUMBERED = re.compile(r"\s*([0-9]{3})([?<>~@|])(?=[0-9]{2})", re.DOTALL)
_PURPOSE = (*range(20, 30), *range(60, 64))
#: Words with which SEPA marks the parts of a purpose in German dialects.
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|PURP|COAM|OAMT|IBAN|BIC|MTLG)\+")
_SLASHED = re.compile(
    r"/(EREF|REMI|NAME|IBAN|BIC|ORDP|BENM|CNTP|TRTP|RTRN|CSID|MARF|PREF|PURP|SVCL|ULTD|ULTB|ADDR|ISDT|CREF|NRTX|"
    r"TRCD|KREF|TRID|CHGS|OCMT|EXCH|ORIG|BO|BENM|ID)(?=/)"
)
_NONE_GIVEN = frozenset({"NOTPROVIDED", "NONREF"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What :86: says of a movement."""

    code: str = ""  #: the business transaction code (GVC) of the German banks: 166 is a transfer received
    label: str = ""  #: what the bank calls it
    text: str = ""
    end_to_end: str = ""
    payer: str = ""
    payer_iban: str = ""
    reference: str = ""


def read_details(lines: tuple[str, ...]) -> Details:
    """The details in the lines of a :86:."""
    if not lines:
        return Details()
    if found := _NUMBERED.match("".join(lines[:2])):
        return _numbered("".join(lines), found[1], found[2])
    text = unwrapped(lines)
    if len(_SLASHED.findall(text)) > 1 or text.startswith("/"):
        return _slashed(text)
    code = text[:3] if re.match(r"[0-9]{3}(?:\s|$|[A-Z])", text) else ""
    return Details(code=code, text=plain(text[len(code) :]))


def _numbered(text: str, code: str, separator: str) -> Details:
    parts: dict[int, str] = {}
    for part in text.split(separator)[1:]:
        if part[:2].isascii() and part[:2].isdigit():
            parts[int(part[:2])] = part[2:]
    named = _marked("".join(parts.get(number, "") for number in _PURPOSE))
    return Details(
        code=code,
        label=plain(parts.get(0, "")),
        text=joined(plain(parts.get(0, "")), named.get("SVWZ", ""), named.get("", ""), named.get("MTLG", "")),
        end_to_end=_reference(named.get("EREF", "")),
        payer=plain(parts.get(32, "") + parts.get(33, "")),
        payer_iban=iban_in(parts.get(38, "")) or iban_in(parts.get(31, "")) or iban_in(named.get("IBAN", "")),
    )


def _marked(purpose: str) -> dict[str, str]:
    """The parts of a purpose by the mark before each; "" is what no mark names."""
    first, *rest = _SEPA.split(purpose.replace("MTLG:", "MTLG+"))
    named = {"": plain(first)}
    for mark, value in zip(rest[::2], rest[1::2], strict=True):
        named.setdefault(mark, plain(value))
    return named


def _slashed(text: str) -> Details:
    first, *rest = _SLASHED.split(text)
    named: dict[str, str] = {}
    for word, value in zip(rest[::2], rest[1::2], strict=True):
        named.setdefault(word, plain(value.strip("/")))
    remittance, reference = _remittance(named.get("REMI", ""))
    return Details(
        label=named.get("TRTP", ""),
        text=joined(named.get("TRTP", ""), remittance, plain(first.strip("/"))),
        end_to_end=_reference(named.get("EREF", "")),
        payer=_name(named),
        payer_iban=iban_in(named.get("IBAN", "")) or _counterparty_iban(named),
        reference=reference,
    )


def _remittance(text: str) -> tuple[str, str]:
    """USTD//text is free; STRD/CUR/reference is structured."""
    kind, _, rest = text.partition("/")
    if kind == "STRD":
        return "", rest.rpartition("/")[2].strip()
    return (rest.lstrip("/") if kind == "USTD" else text), ""


def _name(named: Mapping[str, str]) -> str:
    found = named.get("NAME") or named.get("ORDP") or named.get("BENM") or ""
    if not found and named.get("CNTP"):
        found = named["CNTP"].split("/")[2] if named["CNTP"].count("/") >= 2 else ""
    return found


def _counterparty_iban(named: Mapping[str, str]) -> str:
    """CNTP/iban/bic/name/city."""
    return iban_in(named.get("CNTP", "").split("/")[0])


def _reference(text: str) -> str:
    return "" if text.upper() in _NONE_GIVEN else text
