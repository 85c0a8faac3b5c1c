"""What follows a quote or an invoice: deposits, progress invoices, the final one, credit notes, corrections."""

from reglo.billing.services.follow_ups.bills import (
    DepositsExceedBill,
    QuoteNotAccepted,
    deposit_content,
    draft_deposit,
    draft_final,
    draft_progress,
    final_content,
    progress_content,
)
from reglo.billing.services.follow_ups.corrections import (
    AmountsCredit,
    CannotBeCorrected,
    LinesCredit,
    WholeCredit,
    credit_content,
    draft_corrective,
    draft_credit,
)
from reglo.billing.services.follow_ups.room import BilledAlready, DepositUsedUp, require_room

__all__ = [
    "AmountsCredit",
    "BilledAlready",
    "CannotBeCorrected",
    "DepositUsedUp",
    "DepositsExceedBill",
    "LinesCredit",
    "QuoteNotAccepted",
    "WholeCredit",
    "credit_content",
    "deposit_content",
    "draft_corrective",
    "draft_credit",
    "draft_deposit",
    "draft_final",
    "draft_progress",
    "final_content",
    "progress_content",
    "require_room",
]
