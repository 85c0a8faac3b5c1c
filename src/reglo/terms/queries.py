"""Reading agreements: what binds a customer, and the terms of a document."""

from collections.abc import Collection, Mapping

from reglo.core.terms import PaymentTerms
from reglo.customers.models import Customer
from reglo.formats.data.stored import read_stored
from reglo.organisations.models import Organisation
from reglo.organisations.queries import default_terms
from reglo.terms.models import AgreementState, TermsAgreement


def binding_agreement(customer: Customer) -> TermsAgreement | None:
    """The version that binds: the last one accepted."""
    return customer.agreements.filter(state=AgreementState.ACCEPTED).first()


def terms_of(agreement: TermsAgreement) -> PaymentTerms:
    """What a version says, as data."""
    return read_stored(PaymentTerms, agreement.terms)


def terms_for(customer: Customer) -> tuple[PaymentTerms, TermsAgreement | None]:
    """The terms of a new document: as agreed, else the customer's, else the organisation's; and what binds them."""
    agreement = binding_agreement(customer)
    if agreement is not None:
        return terms_of(agreement), agreement
    if customer.default_terms is not None:
        return read_stored(PaymentTerms, customer.default_terms), None
    return default_terms(customer.organisation), None


def terms_of_customers(organisation: Organisation, customers: Collection[int]) -> Mapping[int, PaymentTerms]:
    """The terms of a new document of each customer, as `terms_for` has them, in two queries for all."""
    usual = default_terms(organisation)
    rows = Customer.objects.of(organisation).filter(pk__in=customers).values_list("pk", "default_terms")
    found = {pk: usual if own is None else read_stored(PaymentTerms, own) for pk, own in rows}
    binding = TermsAgreement.objects.of(organisation).filter(customer__in=customers, state=AgreementState.ACCEPTED)
    return found | {each.customer_id: terms_of(each) for each in binding}
