"""What a draft or a quote holds, as it is typed: a tree of JSON, and what it means.

The keys are those of `reglo.core.composition.Draft`, as `reglo.formats.data` spells them, without number, seller and
buyer, which the database knows. What an editor adds stands beside them: `title`, `lines[].product_id`,
`lines[].optional`, `lines[].alternative`, `payment.bank_account_id`. Numbers are strings. A draft may be wrong: what
is typed is kept, and `examine` says what is still missing.
"""

from reglo.billing.content.examination import Examination, Missing, examine
from reglo.billing.content.reading import DRAFT_NUMBER, core_draft

__all__ = ["DRAFT_NUMBER", "Examination", "Missing", "core_draft", "examine"]
