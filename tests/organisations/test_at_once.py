"""What two people do at the same instant leaves an organisation whole."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from reglo.core.errors import DomainError
from reglo.journal.verify import first_break
from reglo.organisations.models import BankAccount, Membership, Role
from reglo.organisations.services import leave_organisation, make_default_account
from tests.site import INES, NOW, a_member, an_organisation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each act answers or raises, all begun at the same instant."""
    start = threading.Barrier(len(acts))
    answers: list[object] = []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            answers.append(act())
        except DomainError as error:
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_owners_who_all_leave_at_once_one_stays() -> None:
    organisation = an_organisation()
    owners = [a_member(organisation) for _ in range(6)]

    def leaving(user: object) -> Callable[[], object]:
        return lambda: leave_organisation(organisation=organisation, user=user, by=INES, now=NOW)

    answers = _at_once([leaving(user) for user in owners])
    assert sum(isinstance(each, DomainError) for each in answers) == 1
    assert Membership.objects.filter(organisation=organisation, role=Role.OWNER).count() == 1
    assert first_break(organisation.pk) is None


def test_accounts_made_the_default_at_once_leave_one_default() -> None:
    organisation = an_organisation()
    accounts = [
        BankAccount.objects.create(organisation=organisation, label=str(number), iban=f"FR{number}")
        for number in range(6)
    ]

    def choosing(pk: int) -> Callable[[], object]:
        return lambda: make_default_account(organisation=organisation, account_id=pk, by=INES, now=NOW)

    answers = _at_once([choosing(account.pk) for account in accounts])
    assert all(isinstance(each, BankAccount) for each in answers)
    assert BankAccount.objects.filter(organisation=organisation, is_default=True).count() == 1
