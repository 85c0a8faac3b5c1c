"""How a value of the model stands inside an element: one function a kind.

Each gives what follows the name of the element in its start tag, up to its end tag: `>380`, ` schemeID="0002">…`; or
None where there is nothing to write.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from reglo.core.document import BankAccount, Identifier, Invoice, Price
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.formats.cii.grammar import Kind, Node, getter
from reglo.formats.cii.values import TAX_POINT_CODES_BACK, format_binary, format_date
from reglo.formats.numbers import format_number

_TextOf = Callable[[Any], str | None]  # Any: whichever class of the model

#: What cannot stand as it is in XML, and below what XML 1.0 cannot say at all.
_SPECIAL = re.compile('[&<>"\\x00-\\x1f\ud800-\udfff\ufffe\uffff]')
_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ud800-\udfff\ufffe\uffff]")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


class UnwritableCharacter(DomainError):
    """A text holds a character that XML 1.0 has no way to write."""

    code = "unwritable-character"


def escape(text: str) -> str:
    """`text` as it may stand in an element."""
    return _escape(text, _IN_TEXT) if _SPECIAL.search(text) else text


def _escape(text: str, table: Mapping[int, str]) -> str:
    found = _FORBIDDEN.search(text)
    if found is not None:
        code, start = f"U+{ord(found[0]):04X}", text[: found.start()][-20:]
        raise UnwritableCharacter(
            Text(
                fr=f"Après « {start} » se trouve un caractère invisible ({code}) qu'un fichier XML ne peut pas "
                "contenir : retirez-le.",
                en=f"After “{start}” there is an invisible character ({code}) that an XML file cannot hold: remove it.",
            )
        )
    return text.translate(table)


def attribute_writer(node: Node) -> Callable[[Any, Invoice], str]:  # Any: whichever class of the model
    """How to write an attribute, with the space before it; nothing where there is none."""
    name = node.name[1:]
    if node.constant is not None:
        return lambda _, __: f' {name}="{node.constant}"'
    get = getter(node.target)

    def write(value: object, invoice: Invoice) -> str:
        return _attribute(name, get(invoice if node.outer else value))

    return write


def _attribute(name: str, text: str | None) -> str:
    if text is None:
        return ""
    return f' {name}="{_escape(text, _IN_ATTRIBUTE) if _SPECIAL.search(text) else text}"'


def _text(node: Node) -> _TextOf:
    get = getter(node.target)

    def text_of(value: object) -> str | None:
        text = get(value)
        return None if text is None else f">{escape(text)}"

    return text_of


def _number(node: Node) -> _TextOf:
    get = getter(node.target)

    def text_of(value: object) -> str | None:
        number = get(value)
        return None if number is None else f">{format_number(number)}"

    return text_of


def _date(node: Node) -> _TextOf:
    get = getter(node.target)

    def text_of(value: object) -> str | None:
        day = get(value)
        return None if day is None else f' format="102">{format_date(day)}'

    return text_of


def _binary(node: Node) -> _TextOf:
    get = getter(node.target)

    def text_of(value: object) -> str | None:
        attachment = get(value)
        if attachment is None:
            return None
        names = _attribute("mimeCode", attachment.mime_code) + _attribute("filename", attachment.filename)
        return f"{names}>{format_binary(attachment)}"

    return text_of


def _identifier(node: Node) -> _TextOf:
    """An identifier by itself, or several: with or without scheme, according to the element."""
    get = getter(node.target)

    def text_of(value: object) -> str | None:
        identifier: Identifier | None = value if isinstance(value, Identifier) else get(value)
        if identifier is None or not _belongs(identifier, node.kind):
            return None
        return f"{_attribute('schemeID', identifier.scheme)}>{escape(identifier.value)}"

    return text_of


def _belongs(identifier: Identifier, kind: Kind) -> bool:
    return kind is Kind.ID or (identifier.scheme is None) == (kind is Kind.PLAIN_ID)


def _account_number(node: Node) -> _TextOf:
    is_iban = node.kind is Kind.IBAN

    def text_of(account: BankAccount) -> str | None:
        if account.identifier is None or account.is_iban is not is_iban:
            return None
        return f">{escape(account.identifier)}"

    return text_of


def _tax_point(_: Node) -> _TextOf:
    def text_of(invoice: Invoice) -> str | None:
        code = invoice.tax_point_code
        return None if code is None else f">{escape(TAX_POINT_CODES_BACK.get(code, code))}"

    return text_of


def _gross_base(_: Node) -> _TextOf:
    """BT-149 stands on both prices, and is written on the gross price where there is one."""

    def text_of(price: Price) -> str | None:
        if price.gross is None or price.base_quantity is None:
            return None
        return f"{_attribute('unitCode', price.base_unit)}>{format_number(price.base_quantity)}"

    return text_of


#: How to make the function of an element that holds a value, by its kind.
TEXTS: Mapping[Kind, Callable[[Node], _TextOf]] = {
    Kind.TEXT: _text,
    Kind.CODE: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.BINARY: _binary,
    Kind.ID: _identifier,
    Kind.PLAIN_ID: _identifier,
    Kind.GLOBAL_ID: _identifier,
    Kind.IBAN: _account_number,
    Kind.PROPRIETARY: _account_number,
    Kind.TAX_POINT: _tax_point,
    Kind.GROSS_BASE: _gross_base,
}
