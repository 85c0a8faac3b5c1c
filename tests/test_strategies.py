"""The generated invoices leave no term out: each field of the model stands in some of them."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hypothesis import given, seed, settings

from reglo.core import document
from reglo.core.document import Invoice
from tests.strategies import invoices

#: A field of the model: its class and its name.
Field = tuple[str, str]

_ABSENT = (None, (), "")


def model() -> set[Field]:
    """Every field of every class of the model."""
    classes = [each for each in vars(document).values() if isinstance(each, type) and is_dataclass(each)]
    return {(each.__name__, field.name) for each in classes for field in fields(each)}


def filled(value: object) -> Iterator[Field]:
    """The fields that hold something, in `value` and in everything inside it."""
    if isinstance(value, tuple):
        for each in value:
            yield from filled(each)
    elif is_dataclass(value):
        for field in fields(value):
            inner = getattr(value, field.name)
            if inner not in _ABSENT:
                yield type(value).__name__, field.name
                yield from filled(inner)


def test_every_field_of_the_model_stands_in_a_generated_invoice() -> None:
    """The rare ones need some rounds: what a seed draws also depends on the modules loaded with it."""
    left = model()
    for each in range(20):

        @seed(each)
        @settings(max_examples=80, database=None, deadline=None)
        @given(invoices(extended=True))
        def gather(invoice: Invoice) -> None:
            left.difference_update(filled(invoice))

        gather()
        if not left:
            break
    assert left == set()
