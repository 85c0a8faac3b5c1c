"""Whatever a document lacks, French law answers with findings, never with a failure."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from reglo.core.business_terms import term_at
from reglo.core.composition import compose_invoice
from reglo.core.document import Identifier, Invoice
from reglo.core.findings import Severity
from reglo.formats.reading import Reading, Syntax
from reglo.rules import fr_law
from tests.core.composition.drafts import SOUND


def _damaged(value: Any) -> Iterator[Any]:
    """`value` with one part taken away or emptied, wherever it is."""
    for field in dataclasses.fields(value):
        part = getattr(value, field.name)
        if part is None or part == () or (isinstance(value, Identifier) and field.name == "value"):
            continue
        if isinstance(part, tuple):
            yield dataclasses.replace(value, **{field.name: part[1:]})
            yield from (
                dataclasses.replace(value, **{field.name: (*part[:place], less, *part[place + 1 :])})
                for place, each in enumerate(part)
                for less in _damaged(each)
            )
            continue
        yield dataclasses.replace(value, **{field.name: None})
        if isinstance(part, str):
            yield dataclasses.replace(value, **{field.name: ""})
            yield dataclasses.replace(value, **{field.name: "É\u00a0293 B / RCS ; 40 € %"})
        elif dataclasses.is_dataclass(part):
            yield from (dataclasses.replace(value, **{field.name: less}) for less in _damaged(part))


def _findings(invoice: Invoice) -> list[Any]:
    return list(fr_law.check(Reading(invoice=invoice, syntax=Syntax.DATA)))


@pytest.mark.parametrize(
    "name", ["services", "franchise", "goods to Germany", "consumer", "public buyer", "in dollars"]
)
def test_any_damage_gives_findings_with_a_place_and_a_source(name: str) -> None:
    cases = 0
    for invoice in _damaged(compose_invoice(SOUND[name])):
        cases += 1
        for finding in _findings(invoice):
            assert finding.rule in fr_law.RULES
            assert finding.source
            assert term_at(finding.where or "") is not None
    assert cases > 100


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        ("seller.legal_registration", "FR-LAW-SELLER-SIREN"),
        ("seller.legal_information", "FR-LAW-SELLER-IDENTITY"),
        ("seller.vat_identifier", "FR-LAW-SELLER-VAT-NUMBER"),
        ("seller.address.city", "FR-LAW-SELLER-ADDRESS"),
        ("buyer.address", "FR-LAW-BUYER-ADDRESS"),
        ("buyer.legal_registration", "FR-LAW-BUYER-SIREN"),
        ("business_process", "FR-LAW-OPERATION-CATEGORY"),
    ],
)
def test_what_is_taken_away_is_missed(place: str, rule: str) -> None:
    invoice = compose_invoice(SOUND["services"])
    seller = invoice.seller
    assert seller is not None
    invoice = _without(dataclasses.replace(invoice, seller=dataclasses.replace(seller, identifiers=())), place)
    assert rule in {finding.rule for finding in _findings(invoice)}


def _without(value: Any, place: str) -> Any:
    name, _, rest = place.partition(".")
    return dataclasses.replace(value, **{name: _without(getattr(value, name), rest) if rest else None})


def test_a_sound_document_has_no_finding_of_any_severity_but_what_is_yet_to_come() -> None:
    for name, draft in SOUND.items():
        severities = {finding.severity for finding in _findings(compose_invoice(draft))}
        assert severities <= {Severity.INFORMATION}, name
