"""Where customers pay: one account is the default as long as there is one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.http import Http404

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.parties import IdentifierKind, require
from reglo.journal.services import Actor, record
from reglo.organisations.models import BankAccount, Organisation
from reglo.organisations.services.changing import locked


class BankAccountRefused(DomainError):
    """This cannot be done with a bank account."""

    code = "bank-account-refused"


def add_bank_account(
    *, organisation: Organisation, label: str, holder: str, iban: str, bic: str, by: Actor, now: datetime
) -> BankAccount:
    """Add an account; the first one is the default. Raises BadIdentifier, or BankAccountRefused for one known."""
    iban = require(IdentifierKind.IBAN, iban, field="iban")
    bic = require(IdentifierKind.BIC, bic, field="bic") if bic else ""
    with transaction.atomic(durable=True):
        locked(organisation)
        accounts = BankAccount.objects.of(organisation)
        if accounts.filter(iban=iban).exists():
            raise BankAccountRefused(
                Text(
                    fr="Ce compte est déjà là, peut-être archivé : restaurez-le.",
                    en="This account is there already, maybe archived: restore it.",
                ),
                field="iban",
            )
        account = BankAccount.objects.create(
            organisation=organisation,
            label=label,
            holder=holder,
            iban=iban,
            bic=bic,
            is_default=not accounts.filter(is_default=True).exists(),
        )
        after = {"label": label, "holder": holder, "iban": iban, "bic": bic, "is_default": account.is_default}
        _tell("bank-account-added", account, by, now, after=after)
    return account


def change_bank_account(
    *, organisation: Organisation, account_id: int, label: str, holder: str, bic: str, by: Actor, now: datetime
) -> BankAccount:
    """Change what an account is called, whose it is, its BIC. Another IBAN is another account."""
    bic = require(IdentifierKind.BIC, bic, field="bic") if bic else ""
    with transaction.atomic(durable=True):
        account = _account(organisation, account_id)
        before = {"label": account.label, "holder": account.holder, "bic": account.bic}
        after = {"label": label, "holder": holder, "bic": bic}
        if before != after:
            account.label, account.holder, account.bic = label, holder, bic
            account.save(update_fields=list(after))
            _tell("bank-account-changed", account, by, now, before=before, after=after)
    return account


def make_default_account(*, organisation: Organisation, account_id: int, by: Actor, now: datetime) -> BankAccount:
    """Print this account where a document names none."""
    with transaction.atomic(durable=True):
        account = _account(organisation, account_id)
        if account.archived_at is not None:
            raise BankAccountRefused(
                Text(
                    fr="Ce compte est archivé : restaurez-le d'abord.", en="This account is archived: restore it first."
                )
            )
        if not account.is_default:
            BankAccount.objects.of(organisation).filter(is_default=True).update(is_default=False)
            account.is_default = True
            account.save(update_fields=["is_default"])
            _tell("bank-account-made-default", account, by, now, before={}, after={"is_default": True})
    return account


def archive_bank_account(*, organisation: Organisation, account_id: int, by: Actor, now: datetime) -> BankAccount:
    """Offer an account no longer. The default goes last."""
    with transaction.atomic(durable=True):
        account = _account(organisation, account_id)
        others = BankAccount.objects.of(organisation).filter(archived_at=None).exclude(pk=account.pk)
        if account.is_default and others.exists():
            raise BankAccountRefused(
                Text(
                    fr="C'est le compte par défaut : choisissez-en d'abord un autre.",
                    en="This is the default account: choose another one first.",
                )
            )
        if account.archived_at is None:
            account.archived_at, account.is_default = now, False
            account.save(update_fields=["archived_at", "is_default"])
            _tell("bank-account-archived", account, by, now)
    return account


def restore_bank_account(*, organisation: Organisation, account_id: int, by: Actor, now: datetime) -> BankAccount:
    """Offer an account again; it becomes the default where there is none."""
    with transaction.atomic(durable=True):
        account = _account(organisation, account_id)
        if account.archived_at is not None:
            account.archived_at = None
            account.is_default = not BankAccount.objects.of(organisation).filter(is_default=True).exists()
            account.save(update_fields=["archived_at", "is_default"])
            _tell("bank-account-restored", account, by, now)
    return account


def _account(organisation: Organisation, account_id: int) -> BankAccount:
    """An account of the organisation, which stays locked so that one default is one. Raises Http404."""
    locked(organisation)
    account = BankAccount.objects.of(organisation).filter(pk=account_id).first()
    if account is None:
        raise Http404
    return account


def _tell(
    act: str,
    account: BankAccount,
    by: Actor,
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    record(act, organisation_id=account.organisation_id, subject=account, by=by, at=now, before=before, after=after)
