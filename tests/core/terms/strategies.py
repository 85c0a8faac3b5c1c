"""Payment terms of every kind, for property tests."""

from decimal import Decimal

from hypothesis import strategies as st

from reglo.core.dates import Region
from reglo.core.terms import Delay, DiscountTier, EndOfMonth, Part, PaymentTerms, Penalty, PenaltyBasis, Share, Start

delays = st.builds(
    Delay,
    days=st.integers(0, 400),
    start=st.sampled_from(Start),
    end_of_month=st.sampled_from(EndOfMonth),
    day_of_month=st.none() | st.integers(1, 31),
)
shares = st.one_of(
    st.builds(Share, percent=st.decimals("0.01", "24.99", places=2)),
    st.builds(Share, amount=st.decimals("0.01", "9999999.99", places=2)),
    st.builds(Share, one_in=st.integers(5, 12)),
)
tiers = st.builds(DiscountTier, percent=st.decimals("0.01", "99.99", places=2), days=st.integers(0, 120))
penalties = st.builds(Penalty, st.sampled_from(PenaltyBasis), st.decimals("0", "40", places=3))

all_terms = st.builds(
    PaymentTerms,
    delay=delays,
    deposit=st.none() | shares,
    instalments=st.lists(st.builds(Part, share=shares, delay=delays), max_size=3).map(tuple),
    discounts=st.lists(tiers, max_size=2).map(tuple),
    penalty=st.none() | penalties,
    indemnity=st.none() | st.decimals("0", "5000", places=2),
    next_business_day=st.none() | st.sampled_from(Region),
)


def percent(value: str) -> Share:
    """So many percent of the total."""
    return Share(percent=Decimal(value))
