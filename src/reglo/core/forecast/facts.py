"""What a forecast is made from: invoices that were paid, invoices that are open, money that will go out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.plans import Plan
from reglo.core.promises import Promise

_LONGEST_TERM = timedelta(days=3653)


class InvalidForecast(DomainError):
    """A forecast that cannot be made of what was given."""

    code = "invalid-forecast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is known of an invoice on the day it is issued."""

    customer: str  #: any key that is the same for all invoices of a customer
    segment: str = ""  #: group whose habit speaks for customers that have none yet: country, trade, size
    channel: str = ""  #: how the invoice reached the customer: paper, e-mail, platform
    issued: date
    due: date
    amount: Decimal  #: with tax; of an open invoice what is still open; 0 or more

    def __post_init__(self) -> None:
        if not (self.amount.is_finite() and self.amount >= 0):
            raise InvalidForecast(
                Text(
                    fr=f"Le montant {self.amount} n'est pas à encaisser\N{NO-BREAK SPACE}: il faut zéro ou plus.",
                    en=f"The amount {self.amount} is not one to receive: it must be zero or more.",
                ),
                field="amount",
            )
        if self.due < self.issued:
            raise InvalidForecast(
                Text(
                    fr=f"L'échéance {self.due:%d/%m/%Y} précède la facture, du {self.issued:%d/%m/%Y}.",
                    en=f"The due date {self.due} is before the invoice, of {self.issued}.",
                ),
                field="due",
            )
        if self.due - self.issued > _LONGEST_TERM:
            raise InvalidForecast(
                Text(
                    fr=f"L'échéance {self.due:%d/%m/%Y} est à plus de dix ans de la facture ({self.issued:%d/%m/%Y}).",
                    en=f"The due date {self.due} is more than ten years after the invoice, of {self.issued}.",
                ),
                field="due",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidInvoice(Owed):
    """An invoice that was paid in full."""

    paid: date  #: day of the last payment
    disputed: bool = False  #: whether it was disputed before it was paid

    @property
    def delay(self) -> int:
        """Calendar days from the due date; below zero is early."""
        return (self.paid - self.due).days


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvoice(Owed):
    """An invoice that is not paid on the day of the forecast."""

    key: str  #: any key that names it in the forecast
    disputed: bool = False  #: whether it is disputed on the day of the forecast
    promise: Promise | None = None
    plan: Plan | None = None  #: what is left of it, from the first instalment not paid on; counts before a promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Money that will surely go out: payroll, rent, VAT."""

    on: date
    amount: Decimal  #: 0 or more
    label: str = ""

    def __post_init__(self) -> None:
        if not (self.amount.is_finite() and self.amount >= 0):
            raise InvalidForecast(
                Text(
                    fr=f"La dépense {self.amount} doit être de zéro ou plus.",
                    en=f"The outgoing {self.amount} must be zero or more.",
                ),
                field="amount",
            )


def require_past(history: Iterable[PaidInvoice], still_open: Iterable[Owed], today: date) -> None:
    """Raise InvalidForecast if something has not happened by `today`: nothing is learnt from the future."""
    for paid in history:
        if paid.paid > today:
            raise InvalidForecast(
                Text(
                    fr=f"Une facture serait payée le {paid.paid:%d/%m/%Y}, après le {today:%d/%m/%Y}.",
                    en=f"An invoice would be paid on {paid.paid}, after {today}.",
                ),
                field="paid",
            )
    for each in still_open:
        if each.issued > today:
            raise InvalidForecast(
                Text(
                    fr=f"Une facture ouverte serait du {each.issued:%d/%m/%Y}, après le {today:%d/%m/%Y}.",
                    en=f"An open invoice would be of {each.issued}, after {today}.",
                ),
                field="issued",
            )
