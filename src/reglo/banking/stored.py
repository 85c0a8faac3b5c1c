"""Matches and reasons of the core as JSON values, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reglo.core.matching import Match, Part, Reason, ReasonKind
from reglo.core.money import minor_amount


@dataclass(frozen=True, slots=True)
class SettledPart:
    """So much of an open item that a payment settles, in minor units; below zero on a credit note."""

    item: int
    amount: int
    part: Part = Part.PAID


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMatch:
    """A reading of a line, as it was stored when matching ran."""

    parts: tuple[SettledPart, ...]
    reasons: tuple[Reason, ...]
    customers: tuple[int, ...]
    remaining: int
    shortfall: int
    payments: tuple[int, ...]  #: that came twice or came back

    @property
    def items(self) -> tuple[int, ...]:
        """Ids of the open items, each once."""
        return tuple(dict.fromkeys(each.item for each in self.parts))


def stored_match(match: Match, currency: str) -> dict[str, Any]:
    """A match of the core, in minor units of `currency`."""
    return {
        "parts": stored_parts(
            SettledPart(each.item, minor_amount(each.amount, currency), each.part) for each in match.allocations
        ),
        "reasons": stored_reasons(match.reasons),
        "customers": list(match.customers),
        "remaining": minor_amount(match.remaining, currency),
        "shortfall": minor_amount(match.shortfall, currency),
        "payments": list(match.settled),
    }


def read_match(stored: Mapping[str, Any]) -> StoredMatch:
    """What `stored_match` wrote."""
    return StoredMatch(
        parts=read_parts(stored.get("parts", ())),
        reasons=read_reasons(stored.get("reasons", ())),
        customers=tuple(stored.get("customers", ())),
        remaining=stored.get("remaining", 0),
        shortfall=stored.get("shortfall", 0),
        payments=tuple(stored.get("payments", ())),
    )


def stored_parts(parts: Iterable[SettledPart]) -> list[list[Any]]:
    """[[item, minor units, part]]."""
    return [[each.item, each.amount, each.part.value] for each in parts]


def read_parts(stored: Iterable[Sequence[Any]]) -> tuple[SettledPart, ...]:
    """What `stored_parts` wrote."""
    return tuple(SettledPart(item, amount, Part(part)) for item, amount, part in stored)


def stored_reasons(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons with the values that their sentences tell; what says nothing is left out."""
    return [_reason(each) for each in reasons]


def _reason(reason: Reason) -> dict[str, Any]:
    values = {
        "kind": reason.kind.value,
        "numbers": list(reason.numbers),
        "name": reason.name,
        "word": reason.word,
        "amount": None if reason.amount is None else str(reason.amount),
        "currency": reason.currency,
        "on": reason.on and reason.on.isoformat(),
    }
    return {key: value for key, value in values.items() if value}


def read_reasons(stored: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """What `stored_reasons` wrote."""
    return tuple(
        Reason(
            kind=ReasonKind(each["kind"]),
            numbers=tuple(each.get("numbers", ())),
            name=each.get("name", ""),
            word=each.get("word", ""),
            amount=Decimal(each["amount"]) if "amount" in each else None,
            currency=each.get("currency", ""),
            on=date.fromisoformat(each["on"]) if "on" in each else None,
        )
        for each in stored
    )
