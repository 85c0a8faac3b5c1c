"""Writing organisations: the only code that changes them, their people and their bank accounts."""

from reglo.organisations.services.bank_accounts import (
    add_bank_account,
    archive_bank_account,
    change_bank_account,
    make_default_account,
    restore_bank_account,
)
from reglo.organisations.services.identity import IdentityFacts, change_identity, create_organisation
from reglo.organisations.services.people import (
    accept_invitation,
    change_role,
    invite,
    leave_organisation,
    remove_member,
    revoke_invitation,
)
from reglo.organisations.services.rates import forget_rate, set_rate
from reglo.organisations.services.settings import (
    SendingFacts,
    change_accent,
    change_default_terms,
    change_fiscal_year,
    change_languages,
    change_logo,
    change_sending,
    change_vat_regime,
    remove_logo,
)

__all__ = [
    "IdentityFacts",
    "SendingFacts",
    "accept_invitation",
    "add_bank_account",
    "archive_bank_account",
    "change_accent",
    "change_bank_account",
    "change_default_terms",
    "change_fiscal_year",
    "change_identity",
    "change_languages",
    "change_logo",
    "change_role",
    "change_sending",
    "change_vat_regime",
    "create_organisation",
    "forget_rate",
    "invite",
    "leave_organisation",
    "make_default_account",
    "remove_logo",
    "remove_member",
    "restore_bank_account",
    "revoke_invitation",
    "set_rate",
]
