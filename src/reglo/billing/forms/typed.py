"""From the editor's form to content: each field is named by its place in the content, `lines[0].price`.

What is typed is kept, right or wrong; only its spelling is made that of data (figures, paragraphs, terms). Fields that
the editor does not show stay as they were.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from reglo.billing.forms.figures import typed_figure
from reglo.core.errors import DomainError
from reglo.core.terms import parse_terms
from reglo.formats.data.stored import write_stored
from reglo.formats.data.tree import Tree

_Read = Callable[[str], Any]  # a scalar or a list of JSON

_PART = re.compile(r"([a-z_0-9]+)|\[(\d{1,5})\]")
_LONGEST = 20_000  #: characters of one field: more than any description
_PARAGRAPHS = re.compile(r"\n\s*\n")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _text(typed: str) -> str:
    return _UNPRINTABLE.sub("", typed).replace("\r\n", "\n").strip()[:_LONGEST]


def _figure(typed: str) -> str:
    return typed_figure(_text(typed))


def _paragraphs(typed: str) -> list[str]:
    return [each.strip() for each in _PARAGRAPHS.split(_text(typed)) if each.strip()]


def _terms(typed: str) -> Any:  # a tree, or the words that were not understood
    said = _text(typed)
    try:
        return write_stored(parse_terms(said)) if said else ""
    except DomainError:
        return said


def _flag(typed: str) -> bool | str:
    return True if typed else ""


_ADDRESS = dict.fromkeys(("line_1", "line_2", "post_code", "city", "country"), _text)

_FIELDS: Mapping[str, _Read] = {
    **dict.fromkeys(
        (
            *("title", "issue_date", "due_date", "nature", "currency", "language", "purchase_order", "contract"),
            *("project", "buyer_reference", "sales_order", "despatch_advice", "delivery.date", "delivery.name"),
            *("period.start", "period.end", "payment.method", "payment.bank_account_id", "payment.mandate"),
            *("payment.creditor", "payment.debited_iban", "paid_on", "reductions[].reason", "reductions[].vat"),
            *("deposits[].number", "deposits[].issue_date", "preceding_invoices[].number"),
            *("preceding_invoices[].issue_date", "lines[].name", "lines[].description", "lines[].unit"),
            *("lines[].nature", "lines[].reference", "lines[].group", "lines[].period.start", "lines[].period.end"),
            *("lines[].note", "lines[].order_line", "lines[].alternative", "lines[].product_id"),
            *("lines[].reductions[].reason",),
        ),
        _text,
    ),
    **dict.fromkeys(
        (
            *("euro_rate", "deposits[].amount", "lines[].quantity", "lines[].price", "lines[].price_with_vat"),
            "lines[].vat",
        ),
        _figure,
    ),
    **{f"delivery.address.{name}": read for name, read in _ADDRESS.items()},
    "notes": _paragraphs,
    "terms": _terms,
    "lines[].optional": _flag,
    "lines[].more": _text,
    "lines[].reductions[].value": _text,
    "reductions[].value": _text,
}

_KEPT_LINE_KEYS = frozenset({"order", "despatch_advice", "reductions", "quote_line", "credited_line"})
#: What makes a row of the editor a line; the rest are defaults that stand in every empty row.
_SAYS_SOMETHING = ("name", "description", "price", "price_with_vat", "product_id", "reference")
_SHOWN = frozenset(re.split(r"[.\[]", name)[0] for name in _FIELDS)


def content_of(posted: Mapping[str, str], before: Mapping[str, Any]) -> Tree:
    """The content that the editor's form says. before: the content that the form was made of."""
    tree: Tree = {}
    for name, typed in posted.items():
        path = path_of(name)
        read = _FIELDS.get(pattern_of(name)) if path else None
        if read is not None and path is not None:
            _put(tree, path, read(typed))
    if posted.get("terms_are") != "others":
        tree.pop("terms", None)
    _take_over_unshown(tree, before)
    content = {key: value for key, value in before.items() if key not in _SHOWN} | _listed(tree)
    _name_prices(content, posted.get("prices", ""))
    return content


def _take_over_unshown(tree: Tree, before: Mapping[str, Any]) -> None:
    """What the editor does not show of payment and delivery stays, such as another IBAN."""
    for key in ("payment", "delivery"):
        kept = {
            name: value
            for name, value in (before.get(key) or {}).items()
            if f"{key}.{name}" not in _FIELDS and name != "address"
        }
        if kept:
            tree[key] = kept | tree.get(key, {})


@lru_cache(maxsize=16_384)
def path_of(name: str) -> tuple[str | int, ...] | None:
    """The parts of a place: "lines[0].name" is ("lines", 0, "name"); None for what is no place."""
    if _PART.sub("", name).strip(".") or not name:
        return None
    return tuple(int(index) if index else word for word, index in _PART.findall(name))


@lru_cache(maxsize=16_384)
def pattern_of(name: str) -> str:
    """A place without its indexes: "lines[0].name" is "lines[].name"."""
    return re.sub(r"\[\d+\]", "[]", name)


def _put(tree: Tree, path: tuple[str | int, ...], value: object) -> None:
    """Set what stands at `path`; a list is a table by index until `_listed` puts it in order."""
    if value in ("", []):
        return
    here: dict[Any, Any] = tree
    for part in path[:-1]:
        here = here.setdefault(part, {})
    here[path[-1]] = value


def _listed(tree: Tree) -> Tree:
    """The tree with its tables by index as lists, without rows that say nothing."""
    for key in ("reductions", "deposits", "preceding_invoices"):
        if key in tree:
            tree[key] = _in_order(tree[key])
    _spell_reductions(tree)
    lines = [_line(each) for each in _in_order(tree.pop("lines", {}))]
    tree["lines"] = [each for each in lines if any(each.get(key) for key in _SAYS_SOMETHING)]
    return tree


def _in_order(rows: Mapping[int, Tree]) -> list[Tree]:
    return [rows[index] for index in sorted(rows)]


def _line(line: Tree) -> Tree:
    if "reductions" in line:
        line["reductions"] = _in_order(line["reductions"])
    _spell_reductions(line)
    kept = _kept(line.pop("more", ""))
    further = kept.pop("reductions", None)
    if isinstance(further, list):
        line["reductions"] = [*line.get("reductions", ()), *(each for each in further if isinstance(each, dict))]
    return kept | line


def _kept(more: str) -> Tree:
    """What a line has and the editor does not show."""
    try:
        kept = json.loads(more or "{}")
    except ValueError:
        return {}
    return {key: value for key, value in kept.items() if key in _KEPT_LINE_KEYS} if isinstance(kept, dict) else {}


def _spell_reductions(table: Tree) -> None:
    """«10 %» is a percentage, «10» an amount; a reason without either says nothing yet."""
    spelled = []
    for reduction in table.get("reductions", ()):
        value = reduction.pop("value", "")
        if value:
            key = "percent" if "%" in value else "amount"
            spelled.append({**reduction, key: typed_figure(value)})
    if spelled:
        table["reductions"] = spelled
    else:
        table.pop("reductions", None)


def _name_prices(content: Tree, wanted: str) -> None:
    """Prices are all without tax or all with it, where that was chosen for the whole document."""
    other = {"price": "price_with_vat", "price_with_vat": "price"}.get(wanted)
    for line in content["lines"] if other else ():
        if other in line:
            line[wanted] = line.pop(other)


def blank_line(content: Mapping[str, Any], *, vat: str = "") -> Tree:
    """A new line after those of `content`: one of what the last one was, taxed as it was; the first one at `vat`."""
    last = content["lines"][-1] if content.get("lines") else {"vat": vat}
    return {"quantity": "1", **{key: last[key] for key in ("unit", "vat", "nature", "group") if last.get(key)}}
