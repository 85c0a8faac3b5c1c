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


def builder(cls: type, nodes: tuple[Node, ...]) -> Build:
    """How to build `cls` from its dictionary once `nodes` were read into it, the objects inside it first."""
    shape: _Shape = {}
    _add(nodes, shape)
    return _builder(cls, shape)


@dataclass(slots=True)
class _Part:
    """A field that is an object, or several."""

    repeats: bool = False
    shape: "_Shape" = field(default_factory=dict)


#: Which fields of an object are objects themselves.
_Shape = dict[str, _Part]


def _add(nodes: tuple[Node, ...], shape: _Shape) -> None:
    for node in nodes:
        if node.outer:
            continue
        inner = shape
        is_object = node.kind in STRUCTURES or node.repeats
        for name in node.target if is_object else node.target[:-1]:
            part = inner.setdefault(name, _Part())
            inner = part.shape
        if node.repeats:
            part.repeats = True
        _add(node.children, inner)


def _builder(cls: type, shape: _Shape) -> Build:
    parts = [(name, _part_builder(name, part)) for name, part in shape.items()]

    def build(values: Values) -> object:
        for name, build_part in parts:
            if name in values:
                values[name] = build_part(values[name])
        return cls(**values)

    if cls is Identifier:  # a scheme without a value is in the document all the same
        return lambda values: Identifier(**{"value": "", **values})
    return build


def _part_builder(name: str, part: _Part) -> Callable[[Any], Any]:  # Any: a dictionary, or a list of them
    if name not in CLASSES:
        return tuple  # of values that are what they are
    build = _builder(CLASSES[name], part.shape)
    if part.repeats:
        return lambda several: tuple(map(build, several))
    return build
