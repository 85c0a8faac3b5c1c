"""JSON: canonical when written, strict when read."""

import json
import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reglo.core.document import Address, Attachment, Delivery, Invoice, Item, Note, Party, SupportingDocument
from reglo.core.errors import UnreadableDocument
from reglo.formats.data import InvalidData, read_json, write_json
from reglo.formats.data.schema import draft_schema, invoice_schema, published
from reglo.formats.reading import Syntax
from tests.builders import a_line, an_allowance, an_invoice
from tests.strategies import invoices


def _finished(**keys: object) -> bytes:
    return json.dumps({"format": "reglo-invoice-1", **keys}).encode()


def _reason(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_json(data)
    return caught.value.message.en


def test_what_is_written_is_read_back_equal() -> None:
    invoice = an_invoice(
        allowances=(an_allowance(),),
        supporting_documents=(
            SupportingDocument(reference="A", attachment=Attachment(content=b"\0\xff", mime_code="image/png")),
        ),
    )
    reading = read_json(write_json(invoice))
    assert reading.invoice == invoice
    assert reading.syntax is Syntax.DATA
    assert reading.problems == () == reading.unknown


def test_absent_and_empty_are_told_apart() -> None:
    invoice = Invoice(number="", seller=Party(address=Address()), buyer=Party(name=""), delivery=Delivery())
    assert read_json(write_json(invoice)).invoice == invoice
    assert json.loads(write_json(invoice)) == {
        "format": "reglo-invoice-1",
        "number": "",
        "seller": {"address": {}},
        "buyer": {"name": ""},
        "delivery": {},
    }


def test_the_canonical_form_is_the_same_bytes_after_a_round_trip() -> None:
    written = write_json(an_invoice())
    assert write_json(read_json(written).invoice) == written
    assert written.endswith(b"}\n")
    assert b'"net": "100' in written


def test_numbers_are_strings_with_a_point_and_dates_are_iso() -> None:
    invoice = replace(an_invoice(), lines=(a_line(net="1E+3"),))
    written = json.loads(write_json(invoice))
    assert written["issue_date"] == "2026-09-15"
    assert written["lines"][0]["price"]["net"] == "1000"


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=9))
def test_every_amount_survives_exactly(amount: Decimal) -> None:
    invoice = Invoice(lines=(a_line(quantity=str(amount)),))
    assert read_json(write_json(invoice)).invoice == invoice


#: Whole invoices are large and take time to draw, on a busy machine more than Hypothesis likes.
whole_invoices = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

_texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))


@settings(deadline=None)
@given(_texts, _texts)
def test_every_text_survives_exactly(name: str, note: str) -> None:
    invoice = Invoice(notes=(Note(text=note),), lines=(a_line(item=Item(name=name)),))
    assert read_json(write_json(invoice)).invoice == invoice


def test_numbers_of_json_are_read_from_their_literal() -> None:
    reading = read_json(b'{"format": "reglo-invoice-1", "lines": [{"quantity": 0.1, "vat_rate": 20}]}')
    assert reading.invoice.lines[0].quantity == Decimal("0.1")
    assert reading.invoice.lines[0].vat_rate == Decimal(20)


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e400", "1e-400", "9" * 5000])
def test_impossible_numbers_are_refused(literal: str) -> None:
    assert "no possible amount" in _reason(
        f'{{"format": "reglo-invoice-1", "lines": [{{"quantity": {literal}}}]}}'.encode()
    )


@pytest.mark.parametrize("text", ["2400,00", "2 400.00", "NaN", "1e400", "12€", "", "0x10", "١٢"])
def test_texts_that_are_no_numbers_are_refused_with_their_place(text: str) -> None:
    reason = _reason(_finished(lines=[{}, {"quantity": text}]))
    assert reason.startswith("lines[1].quantity: ")
    assert "is not a number" in reason


def test_a_decimal_comma_is_refused_with_the_number_to_write() -> None:
    assert '"2400.00"' in _reason(_finished(lines=[{"quantity": "2 400,00 €"}]))


def test_the_31st_of_february_is_refused() -> None:
    assert "issue_date" in _reason(_finished(issue_date="2026-02-31"))
    assert "not in the calendar" in _reason(_finished(issue_date="2026-02-31"))
    assert "is not a date" in _reason(_finished(issue_date="15/09/2026"))


def test_an_unknown_key_is_named_with_the_nearest_known_one() -> None:
    reason = _reason(_finished(seller={"nmae": "Atelier"}))
    assert "seller.nmae" in reason
    assert '"name"' in reason


def test_every_fault_is_reported_at_once() -> None:
    with pytest.raises(InvalidData) as caught:
        read_json(_finished(issue_date="2026-13-01", numero="1", lines=[{"quantity": "x"}]))
    assert [fault.where.en for fault in caught.value.faults] == ["issue_date", "numero", "lines[0].quantity"]


def test_a_key_written_twice_is_refused() -> None:
    assert "written twice" in _reason(b'{"format": "reglo-invoice-1", "number": "1", "number": "2"}')


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"seller": "Atelier"}, "seller"),
        ({"lines": {}}, "lines"),
        ({"lines": ["x"]}, "lines[0]"),
        ({"number": 5}, "number"),
        ({"number": None}, "number"),
        ({"number": "a\u0000b"}, "number"),
        ({"number": "\ud800"}, "number"),
        ({"lines": [{"quantity": True}]}, "lines[0].quantity"),
        ({"seller": {"legal_registration": {"scheme": "0002"}}}, "seller.legal_registration"),
        ({"supporting_documents": [{"attachment": {"content": "%%%"}}]}, "supporting_documents[0].attachment.content"),
    ],
)
def test_values_of_another_kind_are_refused_with_their_place(keys: dict[str, object], place: str) -> None:
    assert _reason(_finished(**keys)).startswith(f"{place}: ")


@pytest.mark.parametrize("data", [b"[]", b'"x"', b"5", b"null"])
def test_a_document_is_a_table_of_keys(data: bytes) -> None:
    assert "table of keys" in _reason(data)


def test_another_version_of_the_format_is_refused() -> None:
    assert "reglo-invoice-1" in _reason(b'{"format": "reglo-invoice-2"}')


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b'{"number": "F1",}',
        b'{"number": "F\xe9"}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"format": "reglo-invoice-1", "seller": ' + b"[" * 60 + b"]" * 60 + b"}",
        b" " * (33 * 1024 * 1024),
        b'{"lines": [' + b"[]," * 2_000_000 + b"[]]}",
    ],
)
def test_damaged_deep_and_enormous_files_are_refused_at_once(data: bytes) -> None:
    begun = time.perf_counter()
    assert _reason(data)
    assert time.perf_counter() - begun < 2


def test_utf_16_is_read() -> None:
    assert read_json('{"format": "reglo-invoice-1", "number": "É"}'.encode("utf-16")).invoice.number == "É"


def test_the_published_schemas_are_up_to_date() -> None:
    for file, content in published().items():
        assert file.read_bytes() == content, "run: python -m reglo.formats.data.schema"


def test_the_schema_describes_each_term_with_its_number() -> None:
    properties = invoice_schema()["properties"]
    assert properties["number"]["description"].startswith("BT-1: ")
    assert properties["seller"]["properties"]["vat_identifier"]["description"].startswith("BT-31: ")
    net = properties["lines"]["items"]["properties"]["price"]["properties"]["net"]
    assert net["description"].startswith("BT-146: ")


def test_the_schema_of_a_draft_is_what_a_founder_types() -> None:
    seller = draft_schema()["properties"]["seller"]
    assert {"name", "siren", "address"} <= set(seller["required"])
    assert "identity" not in seller["properties"]
    assert draft_schema()["properties"]["terms"]["type"] == "string"


def _every_key(tree: object, schema: dict[str, Any]) -> None:
    """Each key of `tree` stands in the schema."""
    if isinstance(tree, list):
        for item in tree:
            _every_key(item, schema["items"])
    elif isinstance(tree, dict):
        assert set(tree) <= set(schema["properties"])
        for key, value in tree.items():
            _every_key(value, schema["properties"][key])


@whole_invoices
@given(invoices(extended=True))
def test_the_schema_knows_every_key_that_is_written(invoice: Invoice) -> None:
    _every_key(json.loads(write_json(invoice)), invoice_schema())


@whole_invoices
@given(st.booleans().flatmap(lambda extended: invoices(extended=extended)))
def test_any_invoice_is_read_back_equal(invoice: Invoice) -> None:
    assert read_json(write_json(invoice)).invoice == invoice


@pytest.mark.parametrize(
    "data",
    [
        "{" + ",".join(f'"k{index}": 1' for index in range(50_000)) + "}",
        '{"totals": {}, "lines": [' + "[]," * 50_000 + "[]]}",
        "{" + ",".join(f'"k{index}": 1' for index in range(50_000)) + ', "k49999": 1}',
    ],
)
def test_mistakes_without_end_are_refused_at_once(data: str) -> None:
    begun = time.perf_counter()
    assert len(_reason(data.encode()).splitlines()) <= 101
    assert time.perf_counter() - begun < 2


def test_a_table_where_a_list_belongs_is_told_how_lists_are_written() -> None:
    reason = _reason(_finished(lines={"identifier": "1"}))
    assert reason.startswith("lines: a list is wanted, not a single table. Write it in brackets")
