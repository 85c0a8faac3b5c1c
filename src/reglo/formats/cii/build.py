"""From the dictionaries that reading fills to the objects of the model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reglo.core.document import (
    Address,
    Allowance,
    Attribute,
    BankAccount,
    Contact,
    Delivery,
    DocumentReference,
    Identifier,
    Item,
    Line,
    Note,
    Party,
    Payment,
    PaymentCard,
    PaymentMeans,
    Period,
    Price,
    SupportingDocument,
    Totals,
    VatBreakdown,
)
from reglo.formats.cii.grammar import STRUCTURES, Node

#: The class of each object of the model, by the field that holds it.
CLASSES: Mapping[str, type] = {
    "account": BankAccount,
    "address": Address,
    "allowances": Allowance,
    "attributes": Attribute,
    "buyer": Party,
    "buyer_agent": Party,
    "card": PaymentCard,
    "charges": Allowance,
    "classifications": Identifier,
    "contact": Contact,
    "delivery": Delivery,
    "despatch_advice": DocumentReference,
    "invoiced_object": Identifier,
    "invoicee": Party,
    "invoicer": Party,
    "item": Item,
    "lines": Line,
    "means": PaymentMeans,
    "notes": Note,
    "order": DocumentReference,
    "payee": Party,
    "payer": Party,
    "payment": Payment,
    "period": Period,
    "preceding_invoice": DocumentReference,
    "preceding_invoices": DocumentReference,
    "price": Price,
    "receiving_advice": DocumentReference,
    "seller": Party,
    "seller_agent": Party,
    "supporting_documents": SupportingDocument,
    "tax_representative": Party,
    "totals": Totals,
    "vat_breakdown": VatBreakdown,
}

#: The dictionary of an object under way: fields to values, lists, and dictionaries of objects inside it.
Values = dict[str, Any]  # Any: the values of a dataclass have as many types as it has fields
Build = Callable[[Values], Any]  # Any: whichever class of the model

#: Where an object under way keeps which of its variants were read.
MARKS = "<marks>"


@dataclass(slots=True)
class _Shape:
    """Which fields of an object are objects themselves, which are lists, and whether it keeps marks."""

    parts: dict[str, "_Shape"] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    marked: bool = False

    def at(self, path: tuple[str, ...]) -> "_Shape":
        """The shape of the object at `path`, made if need be."""
        shape = self
        for name in path:
            shape = shape.parts.setdefault(name, _Shape())
        return shape

    def add(self, nodes: tuple[Node, ...]) -> "_Shape":
        """Take in what `nodes` carry."""
        for node in nodes:
            if node.outer:
                continue
            if node.repeats:
                self.at(node.target[:-1]).lists.add(node.target[-1])
            elif node.kind in STRUCTURES:
                self.marked |= node.test is not None
                self.at(node.target).add(node.children)
            else:
                self.at(node.target[:-1])
        return self


def builder(cls: type, nodes: tuple[Node, ...]) -> Build:
    """How to build `cls` from its dictionary once `nodes` were read into it, the objects inside it first."""
    return _builder(cls, _Shape().add(nodes))


def _builder(cls: type, shape: _Shape) -> Build:
    parts = {name: _builder(CLASSES[name], inside) for name, inside in shape.parts.items()}
    lists, marked, is_identifier = tuple(shape.lists), shape.marked, cls is Identifier

    def build(values: Values) -> object:
        for name, part in parts.items():
            if name in values:
                values[name] = part(values[name])
        for name in lists:
            if name in values:
                values[name] = tuple(values[name])
        if marked:
            values.pop(MARKS, None)
        if is_identifier:
            values.setdefault("value", "")  # a scheme without a value is in the document all the same
        return cls(**values)

    return build
