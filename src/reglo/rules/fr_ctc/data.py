"""The rules on single texts, for a document that is no XML: each value as we would write it in CII."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from reglo.core.business_terms import term
from reglo.core.document import Invoice
from reglo.core.findings import Finding
from reglo.rules.fr_ctc.elements import ATTRIBUTE_HAS_NAME, ATTRIBUTE_HAS_VALUE
from reglo.rules.fr_ctc.facts import facts_of_delivery, facts_of_party
from reglo.rules.fr_ctc.families import PRICE, ROWS, SIGNED_PRICE
from reglo.rules.fr_ctc.layout import CII_TEXT_RULES
from reglo.rules.fr_ctc.roles import DELIVERY, LINE_DELIVERY, PARTIES, PARTY_RULES
from reglo.rules.fr_ctc.wording import value_read


def check_values(invoice: Invoice, *, signed_prices: bool) -> Iterator[Finding]:
    """A finding for each value that the French platforms would refuse."""
    for row in ROWS:
        if row.cii is None:
            continue
        holds = (SIGNED_PRICE if signed_prices and row.family is PRICE else row.family).cii
        for text, where in _texts(invoice, row.terms):
            if not holds(text):
                yield CII_TEXT_RULES[row.cii].finding(where, value_read(text))
    if invoice.business_process is None:
        yield CII_TEXT_RULES["BR-FR-08_BT-23"].finding("business_process")
    yield from _check_attributes(invoice)
    yield from _check_parties(invoice)


def _texts(invoice: Invoice, terms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for number in terms:
        known = term(number)
        assert known is not None
        for value, where in values_at(invoice, known.path):
            yield _written(value), where


def values_at(invoice: Invoice, path: str) -> Iterator[tuple[Any, str]]:
    """The values at a path of the model, "lines[].price.net", each with its place: "lines[2].price.net"."""
    found: list[tuple[Any, str]] = [(invoice, "")]
    for step in path.split("."):
        name = step.removesuffix("[]")
        below = [(getattr(holder, name), f"{where}.{name}".lstrip(".")) for holder, where in found]
        if step.endswith("[]"):
            below = [(each, f"{where}[{position}]") for values, where in below for position, each in enumerate(values)]
        found = [(value, where) for value, where in below if value is not None]
    return iter(found)


def _written(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.strftime("%Y%m%d") if isinstance(value, date) else str(value)


def _check_attributes(invoice: Invoice) -> Iterator[Finding]:
    for attribute, where in values_at(invoice, "lines[].item.attributes[]"):
        if attribute.name is None and attribute.code is None:
            yield ATTRIBUTE_HAS_NAME.finding(where)
        if attribute.value is None:
            yield ATTRIBUTE_HAS_VALUE.finding(where)


def _check_parties(invoice: Invoice) -> Iterator[Finding]:
    for roles, facts_of in ((PARTIES, facts_of_party), ((DELIVERY, LINE_DELIVERY), facts_of_delivery)):
        for role in roles:
            for party, where in values_at(invoice, role.path):
                for rule, detail in PARTY_RULES[role.path].judge(facts_of(party), is_ubl=False):
                    yield rule.finding(where, detail)
