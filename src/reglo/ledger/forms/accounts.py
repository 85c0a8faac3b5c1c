"""The form of the accounts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reglo.core.accounting import Account, AccountRole, BadAccount, account_of
from reglo.core.findings import Text
from reglo.ledger.words import ROLES


class AccountsForm(forms.Form):
    """Number and name of the account for each purpose."""

    def __init__(self, *args: Any, chart: Mapping[AccountRole, Account], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._language = language
        for role, purpose in ROLES.items():
            account = chart[role]
            self.fields[_number(role)] = forms.CharField(
                label=_("Number: %(purpose)s") % {"purpose": purpose},
                max_length=12,
                initial=account.number,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
            self.fields[_label(role)] = forms.CharField(
                label=_("Name: %(purpose)s") % {"purpose": purpose},
                max_length=100,
                required=False,
                initial=account.label,
            )

    def rows(self) -> Iterator[tuple[str | Promise, BoundField, BoundField]]:
        """For each purpose, what it is, number and name."""
        for role, purpose in ROLES.items():
            yield purpose, self[_number(role)], self[_label(role)]

    def clean(self) -> dict[str, Any]:
        """Each number is one of the French chart, of the class that its purpose has there."""
        data: dict[str, Any] = super().clean() or {}
        self.accounts: dict[AccountRole, Account] = {}
        for role in ROLES:
            number = data.get(_number(role))
            if number is None:
                continue
            try:
                self.accounts[role] = account_of(role, number, data.get(_label(role)) or "")
            except BadAccount as error:
                self.add_error(_number(role), self._said(error.message))
        return data

    def _said(self, text: Text) -> str:
        return text.in_language(self._language)


def _number(role: AccountRole) -> str:
    return f"{role.value}-number"


def _label(role: AccountRole) -> str:
    return f"{role.value}-label"
