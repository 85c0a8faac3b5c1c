"""The forms of pages, as a browser would find and send them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import html

_NO_FIELDS = {"submit", "button", "image", "reset"}
Values = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page."""

    method: str  #: "get" or "post"
    page: str  #: where it was found
    action: str
    values: Values = field(compare=False)  #: what a browser would send
    files: tuple[str, ...]  #: names of fields for files
    names: tuple[str, ...]  #: of all fields


def forms_in(page: str, content: bytes) -> Iterator[Form]:
    """The forms of a page; one that also sends while one types is two."""
    for element in html.document_fromstring(content).iter("form"):
        method = element.get("method", "get").lower()
        if method != "dialog":
            yield _form(page, element, method, element.get("action") or page)
        live = element.get("hx-post")
        if live:
            yield _form(page, element, "post", live)


def _form(page: str, element: html.HtmlElement, method: str, action: str) -> Form:
    values: Values = {}
    files = []
    for each in element.iter("input", "select", "textarea", "button"):
        name, kind = each.get("name"), each.get("type", "")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if kind == "file":
            files.append(name)
        else:
            values.setdefault(name, []).extend(_sent(each, kind))
    return Form(method, page, urljoin(page, action), values, tuple(files), tuple(sorted({*values, *files})))


def _sent(element: html.HtmlElement, kind: str) -> list[str]:
    """What a field sends as it stands; boxes are ticked, so that more is sent than by a page nobody touched."""
    if element.tag == "select":
        options = element.findall(".//option")
        chosen = [each for each in options if each.get("selected") is not None] or options[:1]
        return [each.get("value", each.text or "") for each in chosen]
    if element.tag == "textarea":
        return [element.text or ""]
    if kind == "radio" and element.get("checked") is None:
        return []
    if kind in _NO_FIELDS or element.tag == "button":
        return [element.get("value", "")] if element.get("value") else []
    return [element.get("value", "on" if kind == "checkbox" else "")]
