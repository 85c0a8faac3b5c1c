"""The one XML parser: what it refuses, how fast, and the paths it gives."""

import time
from io import BytesIO

import pytest

from reglo.core.errors import UnreadableDocument
from reglo.formats.xml import CAC, CBC, UBL_INVOICE, elements_at, forget, parse_xml, stream_xml, xpath_of


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"hello", "not well-formed"),
        (b"<a><b></a>", "not well-formed"),
        (b"<a>", "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DTD"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>', "DTD"),
        (b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>', "DTD"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"), "DTD"),
        (b"<a>" * 200_000 + b"</a>" * 200_000, "depth"),
        ("<a>é</a>".encode("cp1252"), "not well-formed"),
    ],
    ids=["empty", "blank", "text", "crossed", "cut", "entity", "external-dtd", "file", "utf-16", "nested", "encoding"],
)
def test_dangerous_or_broken_bytes_are_refused_with_a_reason_and_at_once(data: bytes, says: str) -> None:
    start = time.perf_counter()
    with pytest.raises(UnreadableDocument) as refusal:
        parse_xml(data)
    assert says in refusal.value.message.en
    assert time.perf_counter() - start < 2


def test_a_billion_laughs_never_expands() -> None:
    bomb = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};&l{n - 1};">' for n in range(1, 40))
    with pytest.raises(UnreadableDocument):
        parse_xml(f'<!DOCTYPE a [<!ENTITY l0 "lol">{bomb}]><a>&l39;</a>'.encode())


def test_declared_encodings_are_honoured() -> None:
    declared = '<?xml version="1.0" encoding="windows-1252"?><a>é€</a>'.encode("cp1252")
    assert parse_xml(declared).text == "é€"


def test_a_path_names_the_place_with_the_usual_prefixes() -> None:
    root = parse_xml(
        f'<Invoice xmlns="{UBL_INVOICE}" xmlns:x="{CAC}" xmlns:y="{CBC}">'
        "<x:InvoiceLine><y:ID>1</y:ID></x:InvoiceLine><x:InvoiceLine><y:ID>2</y:ID></x:InvoiceLine>"
        "</Invoice>".encode()
    )
    assert xpath_of(root[1][0]) == "/Invoice/cac:InvoiceLine[2]/cbc:ID"
    assert xpath_of(root[1][0], "schemeID") == "/Invoice/cac:InvoiceLine[2]/cbc:ID/@schemeID"


def test_a_path_leads_back_to_its_place() -> None:
    root = parse_xml(b"<a><b><c/></b><b><c/><d x='1'/><c>2</c></b></a>")
    for element in root.iter():
        assert list(elements_at(root, [xpath_of(element)])) == [element]
    assert not list(elements_at(root, ["/a/b[3]", "/a/b[2]/d/@x", "/z/c"]))


def test_a_stream_gives_each_element_as_it_ends_in_any_namespace() -> None:
    source = BytesIO(b'<a xmlns="urn:x"><b>1</b><c/><b>2</b></a>')
    assert [element.text for element in stream_xml(source, ("b",))] == ["1", "2"]


def test_what_a_stream_has_seen_can_be_forgotten() -> None:
    source = BytesIO(b"<a>" + b"<b><c>text</c></b>" * 1000 + b"</a>")
    for element in stream_xml(source, ("b",)):
        forget(element)
    parent = element.getparent()
    assert parent is not None
    assert (len(parent), len(element)) == (1, 0)


@pytest.mark.parametrize(
    "data", [b"", b"<a><b></a>", b"<a>", b"not xml", b'<!DOCTYPE a [<!ENTITY e "x">]><a><b>&e;</b></a>']
)
def test_a_stream_refuses_what_a_tree_does(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        list(stream_xml(BytesIO(data), ("b",)))
