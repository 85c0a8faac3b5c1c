"""Inviting people and giving them roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.organisations.models import Role

ROLES = (
    (Role.OWNER.value, _("Owner: everything, with settings and people")),
    (Role.BOOKKEEPER.value, _("Bookkeeper: customers, quotes, invoices, imports; issues invoices")),
    (Role.SALES.value, _("Sales: customers, terms, quotes and drafts; issues nothing")),
    (Role.READER.value, _("Read-only: sees and exports everything (the accountant)")),
)


class InvitationForm(forms.Form):
    """Whom to ask, and for what."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, initial=Role.SALES.value)


class RoleForm(forms.Form):
    """What a member is from now on."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
