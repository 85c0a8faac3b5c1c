"""Late-payment interest and the recovery indemnity (*pénalités de retard*), with the working shown line by line."""

from reglo.core.interest.model import (
    AppliedRate,
    Claim,
    Credit,
    CreditKind,
    DayCount,
    Imputation,
    InterestLine,
    InterestStatement,
    InvalidClaim,
    NoLateInterest,
)
from reglo.core.interest.penalties import applied_rate
from reglo.core.interest.statement import late_interest
from reglo.core.interest.until import interest_until

__all__ = [
    "AppliedRate",
    "Claim",
    "Credit",
    "CreditKind",
    "DayCount",
    "Imputation",
    "InterestLine",
    "InterestStatement",
    "InvalidClaim",
    "NoLateInterest",
    "applied_rate",
    "interest_until",
    "late_interest",
]
