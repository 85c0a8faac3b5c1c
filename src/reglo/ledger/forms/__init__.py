"""What people type about the ledger."""

from reglo.ledger.forms.accounts import AccountsForm
from reglo.ledger.forms.decisions import AllowanceForm, DecisionForm, ReversalForm, WriteOffForm, typed_amount

__all__ = ["AccountsForm", "AllowanceForm", "DecisionForm", "ReversalForm", "WriteOffForm", "typed_amount"]
