"""allauth's forms of keys, in words of ours: its own are half translated."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

_NAME = _("Name of the key")


class AddKeyForm(AddWebAuthnForm):
    """A key to add."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # as allauth passes them
        super().__init__(*arguments, **options)
        self.fields["name"].label = _NAME
        self.fields["passwordless"].label = _("Log in with this key alone, without a password")
        self.fields["passwordless"].help_text = _("The key then asks for your finger, your face or a PIN.")


class EditKeyForm(EditWebAuthnForm):
    """A key under another name."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # as allauth passes them
        super().__init__(*arguments, **options)
        self.fields["name"].label = _NAME
