"""Payment terms: as data, in dates and amounts, in words and back, and before the law."""

from reglo.core.terms.cost import AnnualCost, NothingGained, annual_cost
from reglo.core.terms.law import Sector, check_terms, last_lawful_day
from reglo.core.terms.model import (
    ECB_PLUS_8,
    ECB_PLUS_10,
    RECOVERY_INDEMNITY,
    BuyerKind,
    Delay,
    DiscountTier,
    EndOfMonth,
    Instalment,
    InvalidTerms,
    Part,
    PaymentTerms,
    Penalty,
    PenaltyBasis,
    Share,
    Start,
)
from reglo.core.terms.parsing import TermsNotUnderstood, parse_terms
from reglo.core.terms.schedule import Discount, discounts, due_date, due_dates
from reglo.core.terms.statutes import TERM_RULES
from reglo.core.terms.wording import agreement, delay_text, notes, penalty_text, sentence, share_text

__all__ = [
    "ECB_PLUS_8",
    "ECB_PLUS_10",
    "RECOVERY_INDEMNITY",
    "TERM_RULES",
    "AnnualCost",
    "BuyerKind",
    "Delay",
    "Discount",
    "DiscountTier",
    "EndOfMonth",
    "Instalment",
    "InvalidTerms",
    "NothingGained",
    "Part",
    "PaymentTerms",
    "Penalty",
    "PenaltyBasis",
    "Sector",
    "Share",
    "Start",
    "TermsNotUnderstood",
    "agreement",
    "annual_cost",
    "check_terms",
    "delay_text",
    "discounts",
    "due_date",
    "due_dates",
    "last_lawful_day",
    "notes",
    "parse_terms",
    "penalty_text",
    "sentence",
    "share_text",
]
