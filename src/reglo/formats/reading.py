"""What reading a document gives: the invoice, and everything that was not understood on the way."""

from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from reglo.core.document import Invoice


class Syntax(StrEnum):
    """The language a document is written in."""

    CII = "cii"  #: UN/CEFACT Cross Industry Invoice, also inside Factur-X, ZUGFeRD and XRechnung
    UBL_INVOICE = "ubl-invoice"
    UBL_CREDIT_NOTE = "ubl-credit-note"
    DATA = "data"  #: JSON, TOML, CSV or XLSX of our own


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A value that stands in the document but is not what it should be: no number, no date, a second one of a kind."""

    kind: str  #: "not-a-number", "not-a-date", "not-base64", "not-a-boolean", "repeated"
    value: str  #: as it stands, cut to 80 characters
    where: str  #: XPath, or file, row and column
    term: str | None = None  #: business term it was read for


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document as read. Nothing of it is lost silently: what the model cannot hold is listed in `unknown`."""

    invoice: Invoice
    syntax: Syntax
    root: etree._Element | None = None  #: the parsed XML, for the rules that look at the syntax itself
    problems: tuple[Problem, ...] = ()
    unknown: tuple[str, ...] = ()  #: XPath of each element or attribute that no business term carries
