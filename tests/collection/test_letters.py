"""Letters: a formal notice says what the law lets it say to this buyer, with figures that are final or none."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdf
import pytest

from reglo.collection.models import StepState, StepTaken
from reglo.collection.services.letters import court_file
from reglo.core.terms import PaymentTerms, Penalty, PenaltyBasis
from reglo.customers.models import Customer
from reglo.formats.data.stored import write_stored
from tests.collection.cases import DUE, a_collecting_organisation, a_debtor, an_invoice, at, days, item_of, work

pytestmark = pytest.mark.django_db(transaction=True)

_AGREED = write_stored(PaymentTerms(penalty=Penalty(basis=PenaltyBasis.FIXED, value=Decimal(12))))


def words(pdf: bytes) -> str:
    """The text of a PDF, on one line."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def a_notice(terms: Any = _AGREED, **changes: Any) -> tuple[Customer, str]:
    """A customer at the end of the ladder, and its letter."""
    customer = a_debtor(a_collecting_organisation(default_terms=terms), **changes)
    for day in days(DUE - timedelta(days=10), 55):
        work(at(day))
    step = StepTaken.objects.get(customer=customer, state=StepState.TO_DO)
    assert step.letter is not None
    return customer, words(bytes(step.letter))


def test_a_firm_reads_what_is_due_what_is_added_and_how_it_was_worked_out() -> None:
    customer, letter = a_notice()
    assert item_of(customer).reference in letter
    for said in ("Mise en demeure", "1344", "L441-10", "D441-5", "15 jours", "1405", "12 % (taux convenu)", "40,00 €"):
        assert said in letter
    assert "3 quai Voltaire" in letter


def test_a_rate_that_is_not_known_yet_puts_no_figures_into_the_letter() -> None:
    _, letter = a_notice({})
    assert "s'y ajoutent de plein droit" in letter
    assert "40,00" not in letter


def test_a_consumer_reads_of_the_legal_rate_alone() -> None:
    _, letter = a_notice(kind="consumer", siren="")
    assert "1231-6" in letter
    assert "L441-10" not in letter
    assert "40,00" not in letter


def test_only_what_was_chased_stands_in_the_notice() -> None:
    customer = a_debtor(a_collecting_organisation())
    first = item_of(customer)
    for day in days(DUE - timedelta(days=10), 40):
        work(at(day))
    second = an_invoice(customer)  # late by itself, and never reminded of after its due date
    for day in days(DUE + timedelta(days=30), 10):
        work(at(day))
    letter = StepTaken.objects.get(customer=customer, tone="formal-notice")
    assert [each.item_id for each in letter.items.all()] == [first.pk]
    assert second.number not in words(bytes(letter.letter or b""))


def test_the_file_for_the_court_holds_all_that_proves_the_claim() -> None:
    customer, _ = a_notice()
    file = words(court_file(customer, now=at(DUE + timedelta(days=45))))
    number = item_of(customer).reference
    for said in ("Relevé de compte", f"Facture {number}", "Mise en demeure du", "Échanges", "Sommes réclamées"):
        assert said in file
