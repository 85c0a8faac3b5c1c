"""Reading an element of camt: its children by name, whatever the namespace of the version."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from lxml import etree

from reglo.core.findings import Text
from reglo.formats.bank.amounts import bank_day, exact_amount
from reglo.formats.bank.plain import plain
from reglo.formats.data.faults import shown
from reglo.formats.data.scalars import BadValue
from reglo.formats.numbers import parse_number

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T+\-Z].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file: the statement and the entry, counted from 1; 0 is the statement itself."""

    statement: int
    entry: int = 0

    def text(self) -> Text:
        """For a message."""
        if not self.entry:
            return Text(fr=f"relevé {self.statement}", en=f"statement {self.statement}")
        return Text(
            fr=f"relevé {self.statement}, mouvement {self.entry}", en=f"statement {self.statement}, entry {self.entry}"
        )


class Node:
    """An element with its children by name, whatever the namespace of the version: looked through once."""

    __slots__ = ("_children", "_more", "element")

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self._children: dict[str, Node] | None = None
        self._more: dict[str, list[Node]] = _NO_MORE  #: those after the first of their name; hardly ever any

    def first(self, name: str) -> "Node | None":
        """The first child of this name."""
        children = self._children
        if children is None:
            children = self._children = self._look()
        return children.get(name)

    def _look(self) -> "dict[str, Node]":
        found: dict[str, Node] = {}
        for element in self.element:
            name = _local(element.tag)
            if name not in found:
                found[name] = Node(element)
                continue
            if self._more is _NO_MORE:
                self._more = {}
            self._more.setdefault(name, []).append(Node(element))
        return found

    def all(self, name: str) -> "list[Node]":
        """Every child of this name."""
        first = self.first(name)
        return [] if first is None else [first, *self._more.get(name, ())]


_NO_MORE: dict[str, list[Node]] = {}


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def child(node: Node | None, *path: str) -> Node | None:
    """The first element at the end of `path`."""
    for name in path:
        if node is None:
            return None
        node = node.first(name)
    return node


def code_at(node: Node, *path: str) -> str:
    """The code at the end of `path`, or ""; short and never shown as text."""
    found = child(node, *path)
    return "" if found is None else (found.element.text or "").strip()[:60]


def text_at(node: Node, *path: str) -> str:
    """The text at the end of `path` on one line, or ""."""
    found = child(node, *path)
    return "" if found is None or not found.element.text else plain(found.element.text)


def texts_at(node: Node, name: str) -> list[str]:
    """The texts of all children of one name."""
    return [plain(each.element.text) for each in node.all(name) if each.element.text]


def first_text(node: Node, *paths: tuple[str, ...]) -> str:
    """The first of these texts that says something: the same thing stands elsewhere in another version."""
    for path in paths:
        if text := text_at(node, *path):
            return text
    return ""


def amount_in(node: Node) -> tuple[Decimal, str]:
    """The exact amount and currency of an element Amt. Raises BadValue."""
    return _amount((node.element.text or "").strip()[:60], node.element.get("Ccy", ""))


@lru_cache(maxsize=4096)
def _amount(text: str, currency: str) -> tuple[Decimal, str]:
    number = parse_number(text)
    if number is None or number < 0:
        raise BadValue(
            Text(fr=f"« {shown(text)} » n'est pas un montant.", en=f'"{shown(text)}" is not an amount.'),
            Text(fr="Demandez à la banque un fichier correct.", en="Ask the bank for a correct file."),
        )
    return exact_amount(number, currency), currency


def is_credit(node: Node) -> bool | None:
    """Whether the money came in (CRDT) or went out (DBIT); None where the element does not say."""
    return {"CRDT": True, "DBIT": False}.get(code_at(node, "CdtDbtInd"))


def day_at(node: Node, name: str) -> date | None:
    """The day in a date or a date and time (as the bank writes it, in its own zone); None where there is none.

    Raises BadValue for one that is not in the calendar.
    """
    text = code_at(node, name, "Dt") or code_at(node, name, "DtTm")
    return _day(text) if text else None


@lru_cache(maxsize=1024)
def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    year, month, day = map(int, found.groups()) if found else (0, 0, 0)
    return bank_day(year, month, day, shown_as=text)
