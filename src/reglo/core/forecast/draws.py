"""Sums of many invoices, drawn so that customers are late together.

A draw gives each invoice one of its 256 equally likely days: a byte. Bytes come from one random stream and are then
moved by what the invoices share, a factor of all and a factor of the customer (a Gaussian copula with normal factors
cut into 64 equally likely levels). Both moves are table look-ups of whole strings of bytes, which is what makes
20 million draws a matter of a second in plain Python; the rest is one addition a draw.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import sqrt
from random import Random
from statistics import NormalDist

from reglo.core.forecast.spread import LEVELS
from reglo.core.forecast.together import Together

MOST_DAYS = LEVELS - 1  #: a day is a byte, and the last one means "later"
_LATER = LEVELS - 1
_SHARED = 64
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that comes on one of 256 equally likely days."""

    customer: str
    minor: int  #: in minor units
    ahead: tuple[int, ...]  #: days from today, in order


def draw_days(sums: Sequence[Sum], together: Together, *, days: int, draws: int, seed: int) -> list[list[int]]:
    """For each draw what comes on each of `days` days from today on, in minor units. The same seed gives the same."""
    random = Random(seed)  # noqa: S311  # chance for sums, not for secrets
    ordered = sorted(sums, key=lambda each: each.customer)
    rows = [_row(each.ahead) for each in ordered]
    amounts = [each.minor for each in ordered]
    spans = _spans(ordered)
    of_customer, of_invoice = _customer_tables(together), _invoice_tables(together.all + together.customer)
    shocks = [place * _SHARED // draws for place in range(draws)]
    random.shuffle(shocks)
    paths = list[list[int]]()
    for shock in shocks:
        levels = random.randbytes(len(spans)).translate(of_customer[shock])
        own = random.randbytes(len(rows))
        moved = b"".join(
            [own[first:end].translate(of_invoice[level]) for (first, end), level in zip(spans, levels, strict=True)]
        )
        came = [0] * LEVELS
        for row, amount, outcome in zip(rows, amounts, moved, strict=True):
            came[row[outcome]] += amount
        paths.append(came[:days])
    return paths


def _row(ahead: tuple[int, ...]) -> bytes:
    """The day of each outcome, as bytes; days that are too far are the last byte."""
    near = bisect_left(ahead, _LATER)
    return bytes(ahead[:near]) + bytes([_LATER]) * (LEVELS - near)


def _spans(ordered: Sequence[Sum]) -> list[tuple[int, int]]:
    """From where to where the sums of each customer go."""
    ends = [0]
    for _, group in groupby(ordered, key=lambda each: each.customer):
        ends.append(ends[-1] + sum(1 for _ in group))
    return list(pairwise(ends))


def _customer_tables(together: Together) -> list[bytes]:
    """For each level of the shock to all: a byte of chance → the level of what a customer's invoices share."""
    shared = together.all + together.customer
    share = together.all / shared if shared else 0.0
    return [_table(share, shock, levels=_SHARED) for shock in _levels(_SHARED)]


def _invoice_tables(share: float) -> list[bytes]:
    """For each level of what a customer's invoices share: a byte of chance → the outcome of an invoice."""
    return [_table(share, factor, levels=LEVELS) for factor in _levels(_SHARED)]


def _table(share: float, factor: float, *, levels: int) -> bytes:
    common, own = sqrt(share) * factor, sqrt(1 - share)
    chances = (_NORMAL.cdf(common + own * each) for each in _levels(LEVELS))
    return bytes(min(int(chance * levels), levels - 1) for chance in chances)


def _levels(count: int) -> list[float]:
    """The middles of so many equally likely slices of a normal distribution."""
    return [_NORMAL.inv_cdf((place + 0.5) / count) for place in range(count)]
