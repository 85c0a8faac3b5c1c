"""The content of a quote: what it offers, and what it says once a choice is made.

Content as the editor has it marks lines with `optional` and `alternative`. A choice is the places of the lines that are
taken among them; see `reglo.core.quotes`.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reglo.billing.content import core_draft
from reglo.core.composition import DocumentKind
from reglo.core.quotes import Offer, OfferLine, alternatives_of, chosen_places, first_choice, offered, options_of
from reglo.customers.models import Customer
from reglo.formats.data.json import parse_json
from reglo.formats.data.stored import read_stored, write_stored
from reglo.formats.data.tree import Tree
from reglo.organisations.models import Organisation

FORMAT = "reglo-quote-1"
_CHOICE = ("optional", "alternative")
_SAYS_SOMETHING = ("name", "description", "price", "price_with_vat", "product_id")
_LONGEST_GROUP = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """A line of the content, as far as choosing goes."""

    optional: bool
    alternative: str | None


def choosable(content: Mapping[str, Any]) -> tuple[TypedLine, ...]:
    """The lines of `content` by place, and whether each may be left."""
    return tuple(
        TypedLine(
            optional=bool(line.get("optional")),
            alternative=str(line.get("alternative") or "").strip()[:_LONGEST_GROUP] or None,
        )
        for line in _lines(content)
    )


def quote_content_with(content: Mapping[str, Any], options: Collection[int] | None = None) -> Tree:
    """The content of a quote with a choice made, to be examined; each line keeps its place.

    Lines that are not taken stay as optional ones, which count nowhere. options: places of the lines that are taken;
    None is the first choice. Raises BadChoice.
    """
    taken = set(chosen_places(choosable(content), _choice(content, options)))
    lines = [
        _plain(line) if place in taken else {**_plain(line), "optional": True}
        for place, line in enumerate(_lines(content))
    ]
    return {**content, "lines": lines}


def content_of_choice(content: Mapping[str, Any], options: Collection[int] | None = None) -> Tree:
    """The content of the sale that was agreed: the lines that are taken, each with its place among them."""
    taken = chosen_places(choosable(content), _choice(content, options))
    lines = _lines(content)
    return {
        **content,
        "lines": [{**_plain(lines[place]), "quote_line": number} for number, place in enumerate(taken)],
    }


def without_blank_lines(content: Mapping[str, Any]) -> Tree:
    """The content without rows that say nothing, so that places in it are those of the lines."""
    lines = [line for line in _lines(content) if any(str(line.get(key) or "").strip() for key in _SAYS_SOMETHING)]
    return {**content, "lines": lines}


def offer_of(
    content: Mapping[str, Any],
    *,
    organisation: Organisation,
    customer: Customer,
    number: str,
    today: date,
    valid_until: date | None,
    agreement_sha256: str | None = None,
) -> Offer:
    """What `content` offers. Raises InvalidData for what cannot be read, and what `compose_invoice` raises.

    Every option and each alternative is composed once, so that no choice fails later.
    """
    content = without_blank_lines(content)
    facts: dict[str, Any] = {
        "kind": DocumentKind.INVOICE,
        "organisation": organisation,
        "customer": customer,
        "number": number,
        "today": today,
    }
    draft = core_draft(quote_content_with(content), **facts)
    everything = core_draft({**content, "lines": [_plain(line) for line in content["lines"]]}, **facts)
    offer = Offer(
        draft=draft,
        lines=tuple(
            OfferLine(line=line, optional=typed.optional, alternative=typed.alternative)
            for line, typed in zip(everything.lines, choosable(content), strict=True)
        ),
        valid_until=valid_until,
        title=str(content.get("title") or "").strip() or None,
        agreement_sha256=agreement_sha256,
    )
    _compose_choices(offer)
    return offer


def _compose_choices(offer: Offer) -> None:
    """Raise what stands in the way of a choice, before it is offered."""
    offered(offer)
    options = options_of(offer.lines)
    ways = list(alternatives_of(offer.lines).values())
    for turn in range(max(map(len, ways), default=1)):
        taken = [places[min(turn, len(places) - 1)] for places in ways]
        offered(offer, [*options, *taken])


def write_offer(offer: Offer) -> bytes:
    """An offer as canonical JSON: what is kept, hashed and signed."""
    return (json.dumps({"format": FORMAT, **write_stored(offer)}, ensure_ascii=False, indent=2) + "\n").encode()


def read_offer(data: bytes) -> Offer:
    """The offer that `write_offer` wrote."""
    tree = parse_json(data)
    if not isinstance(tree, dict) or tree.pop("format", None) != FORMAT:
        raise ValueError("this is no quote of Réglo")
    return read_stored(Offer, tree)


def _lines(content: Mapping[str, Any]) -> list[Tree]:
    lines = content.get("lines")
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []


def _plain(line: Tree) -> Tree:
    return {key: value for key, value in line.items() if key not in _CHOICE}


def _choice(content: Mapping[str, Any], options: Collection[int] | None) -> Collection[int]:
    return first_choice(choosable(content)) if options is None else options
