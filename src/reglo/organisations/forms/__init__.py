"""What people type into the pages of organisations."""

from reglo.organisations.forms.attaching import attach
from reglo.organisations.forms.identity import IdentityForm, NewOrganisationForm
from reglo.organisations.forms.people import InvitationForm, RoleForm
from reglo.organisations.forms.rates import RateForm
from reglo.organisations.forms.settings import (
    AccentForm,
    BankAccountForm,
    DocumentsForm,
    FiscalYearForm,
    LogoForm,
    NewBankAccountForm,
    SendingForm,
    TermsForm,
    VatRegimeForm,
)

__all__ = [
    "AccentForm",
    "BankAccountForm",
    "DocumentsForm",
    "FiscalYearForm",
    "IdentityForm",
    "InvitationForm",
    "LogoForm",
    "NewBankAccountForm",
    "NewOrganisationForm",
    "RateForm",
    "RoleForm",
    "SendingForm",
    "TermsForm",
    "VatRegimeForm",
    "attach",
]
