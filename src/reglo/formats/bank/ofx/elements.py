"""OFX as a sequence of groups that open and close and values between them; the same for SGML and XML.

In SGML a value has no end tag, and an empty one looks like a group that never closes: only the groups that matter are
told apart, by their names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from reglo.core.findings import Text
from reglo.formats.bank.decoding import text_of
from reglo.formats.bank.plain import plain
from reglo.formats.bank.reading import UnreadableBankFile

GROUPS = frozenset(
    {
        "STMTRS", "CCSTMTRS", "BANKACCTFROM", "CCACCTFROM", "BANKACCTTO", "CCACCTTO", "BANKTRANLIST", "STMTTRN",
        "PAYEE", "CURRENCY", "ORIGCURRENCY", "LEDGERBAL", "AVAILBAL", "BALLIST",
    }
)  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z0-9._]{1,40})(?:\s[^<>]*)?(/?)>([^<]*)")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_CHARSET = re.compile(rb"(?:CHARSET:\s*|encoding=[\"'])([A-Za-z0-9-]{1,20})")
_ENCODINGS = {"1252": "cp1252", "8859-1": "cp1252", "ISO-8859-1": "cp1252", "WINDOWS-1252": "cp1252"}


@dataclass(frozen=True, slots=True)
class Step:
    """A group that opens or closes, or a value."""

    line: int
    name: str
    closes: bool
    value: str


def steps(data: bytes) -> Iterator[Step]:
    """The steps of a file from its element OFX on. Raises UnreadableBankFile for a DTD."""
    head = data[:2048]
    found = _CHARSET.search(head)
    stated = _ENCODINGS.get(found[1].decode().upper(), "") if found else ""
    text = text_of(data, stated)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnreadableBankFile(
            Text(
                fr="Le fichier contient une DTD (<!DOCTYPE …>), qui n'est pas admise\N{NO-BREAK SPACE}: retirez-la.",
                en="The file has a DTD (<!DOCTYPE …>), which is not allowed: remove it.",
            )
        )
    text = _CDATA.sub(lambda part: part[1].replace("&", "&amp;").replace("<", "&lt;"), text)
    line, counted = 1, 0
    for tag in _TAG.finditer(text):
        line += text.count("\n", counted, tag.start())
        counted = tag.start()
        end, name, empty, value = tag.groups()
        if not empty:
            yield Step(line, name.upper(), bool(end), plain(unescape(value)) if not end else "")
