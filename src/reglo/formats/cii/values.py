"""Dates, codes and files between XML text and values."""

import base64
import binascii
import re
from datetime import date

from reglo.core.document import Attachment

_DATE = re.compile(r"[0-9]{8}", re.ASCII)

#: UNTDID 2475 (CII) to UNTDID 2005 (the model), for BT-8: date of invoice, of delivery, of payment.
TAX_POINT_CODES = {"5": "3", "29": "35", "72": "432"}
TAX_POINT_CODES_BACK = {model: syntax for syntax, model in TAX_POINT_CODES.items()}


def parse_date(text: str) -> date | None:
    """A day in format 102 (YYYYMMDD), or None."""
    text = text.strip()
    if not _DATE.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def format_date(day: date) -> str:
    """A day in format 102."""
    return f"{day.year:04}{day.month:02}{day.day:02}"


def parse_binary(text: str, mime_code: str | None, filename: str | None) -> Attachment | None:
    """A file in base64 (line breaks allowed), or None."""
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return Attachment(content=content, mime_code=mime_code, filename=filename)


def format_binary(attachment: Attachment) -> str:
    """The content in base64, in one line."""
    return base64.b64encode(attachment.content).decode("ascii")
