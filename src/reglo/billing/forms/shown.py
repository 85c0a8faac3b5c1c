"""From content to the fields of the editor: what each one says, and its place."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from reglo.billing.forms.choices import MIXED, NATURES, options, unit_options, vat_options
from reglo.billing.forms.figures import shown_figure
from reglo.billing.forms.typed import blank_line
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.terms import PaymentTerms
from reglo.core.terms import agreement as terms_in_words
from reglo.formats.data.stored import read_stored
from reglo.formats.data.tree import Tree

NEW = "NEW"  #: stands for the index in the line that new ones are copied from

_KEPT = ("order", "despatch_advice", "quote_line", "credited_line")
_REDUCTION = re.compile(r"(reductions\[\d+\])(?:\.(?:percent|amount|value))?$")
_LISTS = ("deposits", "preceding_invoices")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReduction:
    """An allowance as it is typed."""

    place: str
    id: str
    reason: str
    value: str
    vat_options: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line as it is typed."""

    place: str  #: "lines[0]"
    id: str  #: "f-lines-0"
    number: str  #: for people: 1 is the first
    typed: Tree
    quantity: str
    price_key: str  #: price, or price_with_vat
    price: str
    reduction: str
    reduction_reason: str
    unit_options: SafeString
    vat_options: SafeString
    nature_options: SafeString
    more: str  #: what the editor does not show, as JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReference:
    """A deposit that is deducted, or an invoice that this document is about."""

    place: str
    id: str
    number: str
    issue_date: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything that stands in the editor."""

    typed: Tree  #: the content; templates read single texts of it
    lines: tuple[ShownLine, ...]
    blank: ShownLine
    reductions: tuple[ShownReduction, ...]
    deposits: tuple[ShownReference, ...]
    preceding_invoices: tuple[ShownReference, ...]
    prices: str  #: price, price_with_vat, or "" where lines differ
    terms: str  #: in words, where they are this document's own
    notes: str
    euro_rate: str


def shown(content: Mapping[str, Any], language: str, *, vat: str) -> Shown:
    """The fields for `content`; a list has one more row than it has entries, to type the next one into.

    vat: how the first line is taxed until something else is chosen.
    """
    typed = [each for each in content.get("lines") or () if isinstance(each, dict)]
    price_keys = {key for line in typed for key in ("price", "price_with_vat") if line.get(key)}
    usual = "price_with_vat" if price_keys == {"price_with_vat"} else "price"
    fresh = blank_line(content, vat=vat)
    return Shown(
        typed=dict(content),
        lines=tuple(_line(place, each, usual, language) for place, each in enumerate((*typed, fresh))),
        blank=_line(NEW, {key: each for key, each in fresh.items() if key != "group"}, usual, language),
        reductions=tuple(
            _reduction(place, each, language) for place, each in enumerate((*_tables(content, "reductions"), {}))
        ),
        deposits=_references("deposits", content, language),
        preceding_invoices=_references("preceding_invoices", content, language),
        prices=usual if len(price_keys) < 2 else "",
        terms=terms_as_typed(content.get("terms"), language),
        notes="\n\n".join(str(each) for each in content.get("notes") or ()),
        euro_rate=shown_figure(content.get("euro_rate"), language),
    )


def terms_as_typed(terms: object, language: str) -> str:
    """Terms in words, as one may type them again; what was not understood as it was typed."""
    if not isinstance(terms, dict):
        return str(terms or "")
    try:
        return terms_in_words(read_stored(PaymentTerms, terms)).in_language(language)
    except DomainError:
        return json.dumps(terms, ensure_ascii=False)


def id_of(path: str) -> str:
    """The id of the field at a place: "lines[0].price" is "f-lines-0-price"."""
    return "f-" + re.sub(r"[.\[\]]+", "-", path).strip("-")


def field_id(path: str, content: Mapping[str, Any]) -> str:
    """The id of the field where a thing is mended, as near to `path` as the editor has one."""
    if not path:
        return "editor-lines"
    path = _REDUCTION.sub(r"\1.value", path)
    if path.endswith("reductions"):
        path += "[0].value"
    if path in _LISTS:
        path += "[0].number"
    if path == "lines" or re.fullmatch(r"lines\[\d+\]", path):
        path = f"{path if path != 'lines' else 'lines[0]'}.name"
    if found := re.fullmatch(r"(lines\[(\d+)\])\.price(_with_vat)?", path):
        path = f"{found[1]}.{_price_key(content, int(found[2]))}"
    if path in ("period", "delivery"):
        path += ".start" if path == "period" else ".date"
    return id_of(path)


def _price_key(content: Mapping[str, Any], place: int) -> str:
    lines = _tables(content, "lines")
    priced_with_vat = [bool(each.get("price_with_vat")) for each in lines]
    has_own = place < len(lines) and (priced_with_vat[place] or lines[place].get("price"))
    with_vat = priced_with_vat[place] if has_own else any(priced_with_vat) and not any(e.get("price") for e in lines)
    return "price_with_vat" if with_vat else "price"


def _line(place: int | str, typed: Tree, usual: str, language: str) -> ShownLine:
    reductions = _tables(typed, "reductions")
    price_key = "price_with_vat" if typed.get("price_with_vat") else "price" if typed.get("price") else usual
    where = f"lines[{place}]"
    return ShownLine(
        place=where,
        id=id_of(where),
        number=str(place + 1) if isinstance(place, int) else NEW,
        typed=typed,
        quantity=shown_figure(typed.get("quantity"), language),
        price_key=price_key,
        price=shown_figure(typed.get(price_key), language),
        reduction=_reduction_value(reductions[0], language) if reductions else "",
        reduction_reason=str(reductions[0].get("reason", "")) if reductions else "",
        unit_options=unit_options(str(typed.get("unit") or ""), language),
        vat_options=vat_options(str(typed.get("vat") or ""), language),
        nature_options=options((("", "–"), *NATURES), str(typed.get("nature") or "")),
        more=_more(typed),
    )


def _more(typed: Tree) -> str:
    kept: Tree = {key: typed[key] for key in _KEPT if key in typed}
    if further := _tables(typed, "reductions")[1:]:
        kept["reductions"] = further
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _reduction(place: int, typed: Tree, language: str) -> ShownReduction:
    where = f"reductions[{place}]"
    return ShownReduction(
        place=where,
        id=id_of(where),
        reason=str(typed.get("reason") or ""),
        value=_reduction_value(typed, language),
        vat_options=vat_options(str(typed.get("vat") or ""), language),
    )


def _reduction_value(typed: Tree, language: str) -> str:
    if typed.get("percent"):
        return f"{shown_figure(typed['percent'], language)}\N{NO-BREAK SPACE}%"
    return shown_figure(typed.get("amount"), language)


def _references(key: str, content: Mapping[str, Any], language: str) -> tuple[ShownReference, ...]:
    return tuple(
        ShownReference(
            place=f"{key}[{place}]",
            id=id_of(f"{key}[{place}]"),
            number=str(each.get("number") or ""),
            issue_date=str(each.get("issue_date") or ""),
            amount=shown_figure(each.get("amount"), language),
        )
        for place, each in enumerate((*_tables(content, key), {}))
    )


def _tables(content: Mapping[str, Any], key: str) -> list[Tree]:
    return [each for each in content.get(key) or () if isinstance(each, dict)]


def nature_options(chosen: object) -> SafeString:
    """The options of what the whole document is about; nothing where the lines say it."""
    return options((("", "–"), *NATURES, MIXED), str(chosen or ""))


def sentence_of(terms: PaymentTerms, language: str) -> str:
    """Terms as a whole in words."""
    said: Text = terms_in_words(terms)
    return said.in_language(language)
