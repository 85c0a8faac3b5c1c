"""What one's own money usually costs, by where it comes from: labelled guesses for who has no figure at hand."""

from collections.abc import Mapping
from decimal import Decimal

from reglo.core.negotiation import Band
from reglo.negotiation.models import MoneySource

USUAL_RATES: Mapping[MoneySource, Decimal] = {
    MoneySource.OVERDRAFT: Decimal(8),
    MoneySource.FACTORING: Decimal(10),
    MoneySource.SPARE: Decimal("2.5"),
    MoneySource.ASKED: Decimal(12),
}
"""Percent a year, all costs included; orders of magnitude for small French firms, to be replaced by one's own."""

USUAL_BAND = Band(Decimal(2), Decimal(4), Decimal(8))
"""The customer's cost of money where nothing is known of it: between spare cash and an overdraft."""
