"""What a bank file is, by its content first, and its statements. Each reader is loaded when such a file comes."""

import re
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from reglo.core.bank import BankAccount
from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text
from reglo.formats.bank.balances import check_statements
from reglo.formats.bank.plain import bounded
from reglo.formats.bank.reading import MAX_BYTES, BankFormat, BankReading, Faults, UnreadableBankFile
from reglo.formats.bank.table.mapping import ColumnMapping

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CAMT = re.compile(rb"BkToCstmr(?:Stmt|DbtCdtNtfctn|AcctRpt)|camt\.05[234]")
_OFX = re.compile(rb"OFXHEADER|<OFX>", re.IGNORECASE)
_MT940 = re.compile(rb"(?:^|[\r\n}])\s*:(?:20|25|28C?|60[FM]|61|62[FM]|64|86):")
_CFONB = re.compile(rb"\s*0[1457][0-9]{5}(?:[0-9A-Z ]{4})[0-9]{5}")
_HEAD = 8192
_PROLOGUE = 256 * 1024


def read_bank_file(
    content: bytes | BinaryIO,
    *,
    name: str = "",
    mapping: ColumnMapping | None = None,
    account: BankAccount | None = None,
) -> BankReading:
    """The statements of a bank file: camt.052/.053/.054, CFONB 120, MT940, OFX, CSV, XLSX.

    name: of the file; content alone tells the formats apart, for banks name files as they like;
    mapping: what the columns of a table are, where it was remembered, else it is guessed;
    account: whose the lines of a table are where it does not say itself.
    Raises UnreadableBankFile with the place, the reason and the mend.
    """
    del name
    data = content if isinstance(content, bytes) else content.read(MAX_BYTES + 1)
    try:
        reading = _read(data, mapping, account)
    except UnreadableBankFile:
        raise
    except UnreadableDocument as error:
        raise UnreadableBankFile(error.message) from error
    statements = tuple(replace(each, lines=tuple(map(bounded, each.lines))) for each in reading.statements)
    faults = Faults()
    check_statements(statements, faults)
    return BankReading(format=reading.format, statements=statements, faults=(*reading.faults, *faults.found()))


def _read(data: bytes, mapping: ColumnMapping | None, account: BankAccount | None) -> BankReading:
    if len(data) > MAX_BYTES:
        raise UnreadableBankFile(
            Text(
                fr=f"Le fichier dépasse {MAX_BYTES // 1024 // 1024} Mio\N{NO-BREAK SPACE}: "
                "demandez une période plus courte.",
                en=f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB: ask for a shorter period.",
            )
        )
    kind = format_of(data)
    if kind is BankFormat.CAMT_053:
        from reglo.formats.bank.camt.read import read_camt

        return read_camt(BytesIO(data))
    if kind is BankFormat.CFONB_120:
        from reglo.formats.bank.cfonb.read import read_cfonb120

        return read_cfonb120(data)
    if kind is BankFormat.MT940:
        from reglo.formats.bank.mt940 import read_mt940

        return read_mt940(data)
    if kind is BankFormat.OFX:
        from reglo.formats.bank.ofx import read_ofx

        return read_ofx(data)
    from reglo.formats.bank.table import read_bank_table

    return read_bank_table(data, mapping, account)


def format_of(data: bytes) -> BankFormat:
    """The format of a bank file; any camt is told as CAMT_053. Raises UnreadableBankFile where it is none."""
    if not data.strip():
        raise UnreadableBankFile(Text(fr="Le fichier est vide.", en="The file is empty."))
    if data.startswith(b"PK\x03\x04"):
        return BankFormat.XLSX
    head = _without_mark(data[:_HEAD])
    if head.lstrip()[:1] == b"<" or _OFX.search(head):
        return _of_markup(data, head)
    if _CFONB.match(head):
        return BankFormat.CFONB_120
    if _MT940.search(head):
        return BankFormat.MT940
    _refuse_others(data, head)
    return BankFormat.CSV


def _without_mark(head: bytes) -> bytes:
    for mark in _MARKS:
        if head.startswith(mark):
            return head.removeprefix(mark).replace(b"\0", b"")
    return head


def _of_markup(data: bytes, head: bytes) -> BankFormat:
    if _OFX.search(head):
        return BankFormat.OFX
    # Comments, signatures and envelopes may stand before the root element.
    if _CAMT.search(data[:_PROLOGUE].replace(b"\0", b"")):
        return BankFormat.CAMT_053
    raise UnreadableBankFile(
        Text(
            fr="Ce fichier XML n'est pas un relevé bancaire\N{NO-BREAK SPACE}: "
            "camt.053, camt.054, camt.052 ou OFX sont attendus.",
            en="This XML file is no bank statement: camt.053, camt.054, camt.052 or OFX are wanted.",
        )
    )


def _refuse_others(data: bytes, head: bytes) -> None:
    """Refuse what is no text."""
    if data.startswith(b"%PDF"):
        raise UnreadableBankFile(
            Text(
                fr="C'est un relevé en PDF, fait pour être lu par une personne\N{NO-BREAK SPACE}: "
                "demandez à la banque un export camt.053, CFONB 120, OFX ou CSV.",
                en="This is a statement in PDF, made for a person to read: "
                "ask the bank for an export as camt.053, CFONB 120, OFX or CSV.",
            )
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableBankFile(
            Text(
                fr="Ce classeur est de l'ancien format Excel (.xls)\N{NO-BREAK SPACE}: enregistrez-le en .xlsx.",
                en="This workbook is in the old Excel format (.xls): save it as .xlsx.",
            )
        )
    if head.count(b"\0") and not data.startswith(_MARKS):
        raise UnreadableBankFile(
            Text(
                fr="Ce fichier n'est pas un relevé bancaire que Réglo lit\N{NO-BREAK SPACE}: "
                "camt.053, camt.054, CFONB 120, OFX, MT940, CSV ou XLSX.",
                en="This file is no bank statement that Réglo reads: "
                "camt.053, camt.054, CFONB 120, OFX, MT940, CSV or XLSX.",
            )
        )
