"""What things are called on the pages of negotiations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.core.negotiation import Guess, Lever, Measure, Side, Verdict
from reglo.negotiation.models import Counterpart, MoneySource, NegotiationState

KINDS = {
    Counterpart.CUSTOMER: _("customer"),
    Counterpart.PROSPECT: _("prospect"),
    Counterpart.TENDER: _("call for tenders"),
}

STATES = {
    NegotiationState.OPEN: (_("under discussion"), "blue"),
    NegotiationState.AGREED: (_("agreed"), "green"),
    NegotiationState.ABANDONED: (pgettext_lazy("negotiation", "given up"), "secondary"),
}
"""What each state is called, and its colour."""

SOURCES = {
    MoneySource.OVERDRAFT: _("my overdraft (usually 8 % a year, all costs included)"),
    MoneySource.FACTORING: _("factoring (usually 10 %, commission included)"),
    MoneySource.SPARE: _("spare cash (usually 2.5 %: what it would earn elsewhere)"),
    MoneySource.ASKED: _("the return that I ask of my money (usually 12 %)"),
}

SIDES = {Side.OURS: _("us"), Side.THEIRS: _("the other side")}

LEVERS = {
    Lever.DELAY: _("Delay"),
    Lever.DEPOSIT: _("Deposit"),
    Lever.INSTALMENTS: _("Instalments"),
    Lever.DISCOUNT: _("Early-payment discount"),
    Lever.PENALTY: _("Late penalties"),
    Lever.PRICE: _("Price"),
    Lever.VOLUME: _("Committed volume"),
    Lever.MINIMUM_ORDER: _("Minimum order"),
}

GUESSES = {
    Guess.THEIR_MONEY: _("Their cost of money"),
    Guess.OWN_MONEY: _("My cost of money"),
    Guess.LATENESS: _("Days late"),
    Guess.VOLUME: _("Yearly volume"),
    Guess.MARGIN: _("Margin"),
    Guess.DEFAULT: _("Risk of failure"),
    Guess.TAKE_UP: _("Discounts taken"),
}

MEASURES = {
    Measure.GAIN: (_("Gain a year, €"), _("At least; −500 is a cost of 500 € a year.")),
    Measure.DAYS: (_("Days until I am paid"), _("At most, lateness included.")),
    Measure.PRICE: (_("Change of price, %"), _("At least; −2 is 2 % cheaper.")),
    Measure.DISCOUNT: (_("Discount given, %"), _("At most, of all that is invoiced.")),
    Measure.DEPOSIT: (_("Deposit, %"), _("At least, of each order.")),
    Measure.CASH_NEED: (_("Cash tied up, €"), _("At most, on average over the year.")),
    Measure.EXPOSURE: (_("Owed at the peak, €"), _("At most.")),
    Measure.LOWEST_CASH: (_("Lowest point of cash, €"), _("At least; of this deal alone, so usually below zero.")),
}
"""What each measure of a limit is called, and how its figure is meant."""

VERDICTS = {
    Verdict.WITHIN: (_("within my limits"), "green"),
    Verdict.STRETCH: (_("more than I can easily give"), "yellow"),
    Verdict.SHORT: (_("something I need is missing"), "orange"),
    Verdict.WALK_AWAY: (_("beyond my walk-away line"), "red"),
}
"""What one's own limits say of an offer, and the colour of it."""
