"""What a customer sees: only its own documents, and only what was given to it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from reglo.billing.models import Invoice, Quote, QuoteState
from reglo.collection.models import Proposal
from reglo.collection.queries.exposure import Owed, owed_of
from reglo.organisations.models import Organisation
from reglo.portal.statement import waiting_for_answer
from reglo.terms.models import AgreementState, TermsAgreement

_SHOWN = 100


def invoices_of(organisation: Organisation, customers: tuple[int, ...]) -> QuerySet[Invoice]:
    """The invoices and credit notes of a customer."""
    return Invoice.objects.of(organisation).filter(customer_id__in=customers).select_related("customer")


def quotes_of(organisation: Organisation, customers: tuple[int, ...]) -> QuerySet[Quote]:
    """The quotes that were sent to a customer."""
    given = Quote.objects.of(organisation).filter(customer_id__in=customers, deleted_at=None)
    return given.exclude(state=QuoteState.DRAFT).select_related("customer")


def agreements_of(organisation: Organisation, customers: tuple[int, ...]) -> QuerySet[TermsAgreement]:
    """The terms that were proposed to a customer."""
    given = TermsAgreement.objects.of(organisation).filter(customer_id__in=customers)
    return given.exclude(state=AgreementState.DRAFT).select_related("customer", "conditions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What waits for the customer, and what it has."""

    terms_to_answer: tuple[TermsAgreement, ...]
    quotes_to_answer: tuple[Quote, ...]
    proposals_to_answer: tuple[Proposal, ...]
    invoices: tuple[Invoice, ...]
    other_quotes: tuple[Quote, ...]
    other_terms: tuple[TermsAgreement, ...]
    owed: tuple[Owed, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (
            self.terms_to_answer or self.quotes_to_answer or self.invoices or self.other_quotes or self.other_terms
        )


def home_of(organisation: Organisation, customers: tuple[int, ...], *, today: date) -> Home:
    """What the first page shows."""
    quotes = quotes_of(organisation, customers).order_by("-quote_date", "-id")[:_SHOWN]
    agreements = agreements_of(organisation, customers).order_by("-version", "-id")[:_SHOWN]
    open_quotes = [each for each in quotes if is_open(each, today)]
    open_terms = [each for each in agreements if each.state == AgreementState.SENT]
    return Home(
        terms_to_answer=tuple(open_terms),
        quotes_to_answer=tuple(open_quotes),
        proposals_to_answer=tuple(waiting_for_answer(organisation, customers)),
        invoices=tuple(invoices_of(organisation, customers).order_by("-issue_date", "-id")[:_SHOWN]),
        other_quotes=tuple(each for each in quotes if each not in open_quotes),
        other_terms=tuple(each for each in agreements if each not in open_terms),
        owed=owed_of(organisation, customers, today=today),
    )


def is_open(quote: Quote, today: date) -> bool:
    """Whether a quote can still be answered."""
    return quote.state == QuoteState.SENT and (quote.valid_until is None or quote.valid_until >= today)
