"""What follows a quote or an invoice: deposits, progress invoices, the final invoice, credit notes.

Each of them asks or gives back a part of something that is known. The parts are chosen so that they come to the whole,
to the cent and for each VAT rate, whatever their number: `closing` says how.
"""

from reglo.core.follow_ups.closing import Taxed, closing_part, tax_of
from reglo.core.follow_ups.credit import (
    Credit,
    NothingLeftToCredit,
    Room,
    credit_of_amounts,
    credit_of_lines,
    credit_of_rest,
    full_credit,
    require_fitting,
    room_of,
)
from reglo.core.follow_ups.deposit import DepositTooLarge, deposit_lines, share_of
from reglo.core.follow_ups.progress import (
    NothingLeftToBill,
    Part,
    Position,
    ProgressGoesBack,
    bill_of,
    left_to_bill,
    positions_of,
    progress_parts,
)
from reglo.core.follow_ups.taxation import VatKey, line_vats

__all__ = [
    "Credit",
    "DepositTooLarge",
    "NothingLeftToBill",
    "NothingLeftToCredit",
    "Part",
    "Position",
    "ProgressGoesBack",
    "Room",
    "Taxed",
    "VatKey",
    "bill_of",
    "closing_part",
    "credit_of_amounts",
    "credit_of_lines",
    "credit_of_rest",
    "deposit_lines",
    "full_credit",
    "left_to_bill",
    "line_vats",
    "positions_of",
    "progress_parts",
    "require_fitting",
    "room_of",
    "share_of",
    "tax_of",
]
