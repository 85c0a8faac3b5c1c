"""The rules on single texts, for a document that is no XML: each value as we would write it in CII."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from reglo.core.business_terms import term
from reglo.core.document import Invoice
from reglo.core.findings import Finding
from reglo.core.rule import Rule, value_read
from reglo.rules.fr_ctc.elements import ATTRIBUTE_HAS_NAME, ATTRIBUTE_HAS_VALUE
from reglo.rules.fr_ctc.facts import facts_of_delivery, facts_of_party
from reglo.rules.fr_ctc.party_rules import DELIVERY, LINE_DELIVERY, PARTIES, PARTY_RULES
from reglo.rules.fr_ctc.texts.families import PRICE, ROWS, SIGNED_PRICE
from reglo.rules.fr_ctc.texts.layout import CII_TEXT_RULES

Steps = tuple[tuple[str, bool], ...]  #: the fields of a path, and whether each repeats


def check_values(invoice: Invoice, *, signed_prices: bool) -> Iterator[Finding]:
    """A finding for each value that the French platforms would refuse."""
    for steps, demands in _demands(signed_prices=signed_prices):
        for value, where in _values(invoice, steps):
            text = _written(value)
            for holds, rule in demands:
                if not holds(text):
                    yield rule.finding(where, value_read(text))
    if invoice.business_process is None:
        yield CII_TEXT_RULES["BR-FR-08_BT-23"].finding("business_process")
    yield from _check_attributes(invoice)
    yield from _check_parties(invoice)


@cache
def _demands(*, signed_prices: bool) -> list[tuple[Steps, list[tuple[Callable[[str], bool], Rule]]]]:
    """What is demanded at each path of the model."""
    by_path: dict[str, list[tuple[Callable[[str], bool], Rule]]] = {}
    for row in ROWS:
        family = SIGNED_PRICE if signed_prices and row.family is PRICE else row.family
        for number in row.terms if row.cii else ():
            known = term(number)
            assert known is not None
            by_path.setdefault(known.path, []).append((family.cii, CII_TEXT_RULES[row.cii or ""]))
    return [(_steps(path), demands) for path, demands in by_path.items()]


@cache
def _steps(path: str) -> Steps:
    """The steps of "lines[].price.net"."""
    return tuple((step.removesuffix("[]"), step.endswith("[]")) for step in path.split("."))


def _values(holder: Any, steps: Steps, where: str = "") -> Iterator[tuple[Any, str]]:
    """The values at a path, each with its place: "lines[2].price.net". Any: the fields of the model."""
    (name, repeats), below = steps[0], steps[1:]
    value, here = getattr(holder, name), f"{where}.{name}" if where else name
    if repeats:
        for position, each in enumerate(value):
            yield from _values(each, below, f"{here}[{position}]") if below else ((each, f"{here}[{position}]"),)
    elif value is not None:
        yield from _values(value, below, here) if below else ((value, here),)


def _written(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.strftime("%Y%m%d") if isinstance(value, date) else str(value)


def _check_attributes(invoice: Invoice) -> Iterator[Finding]:
    for attribute, where in _values(invoice, _steps("lines[].item.attributes[]")):
        if attribute.name is None and attribute.code is None:
            yield ATTRIBUTE_HAS_NAME.finding(where)
        if attribute.value is None:
            yield ATTRIBUTE_HAS_VALUE.finding(where)


def _check_parties(invoice: Invoice) -> Iterator[Finding]:
    for roles, facts_of in ((PARTIES, facts_of_party), ((DELIVERY, LINE_DELIVERY), facts_of_delivery)):
        for role in roles:
            for party, where in _values(invoice, _steps(role.path)):
                for rule, detail in PARTY_RULES[role.path].judge(facts_of(party), is_ubl=False):
                    yield rule.finding(where, detail)
