"""What people type into the pages of negotiations."""

from reglo.negotiation.forms.begin import BeginForm, ChosenCustomerForm
from reglo.negotiation.forms.facts import FactsForm
from reglo.negotiation.forms.levers import LeversForm
from reglo.negotiation.forms.limits import LimitsForm
from reglo.negotiation.forms.offer import OfferForm
from reglo.negotiation.forms.rounds import LetterForm, RoundForm

__all__ = [
    "BeginForm",
    "ChosenCustomerForm",
    "FactsForm",
    "LetterForm",
    "LeversForm",
    "LimitsForm",
    "OfferForm",
    "RoundForm",
]
