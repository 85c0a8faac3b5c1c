"""What is typed into messages and their templates."""

import secrets
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.customers.models import Contact
from reglo.delivery.composing import Words

LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000


class WordsForm(forms.Form):
    """Subject and body, with {variables}."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=_("Message"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "true"})
    )

    @property
    def words(self) -> Words:
        """What was typed."""
        return Words(subject=self.cleaned_data["subject"], body=self.cleaned_data["body"])


class SendForm(WordsForm):
    """To whom, and with which words."""

    contacts = forms.MultipleChoiceField(
        label=pgettext_lazy("e-mail", "To"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    key = forms.RegexField(regex=r"^[0-9a-f]{16}$", widget=forms.HiddenInput)  #: of this page: sent twice, it is once

    field_order = ("contacts", "subject", "body", "key")

    def __init__(self, *args: object, people: Sequence[Contact], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django's forms take
        self._people = {str(each.pk): each for each in people}
        choices = [(number, f"{each.name} – {each.email}") for number, each in self._people.items()]
        self.fields["contacts"].choices = choices  # type: ignore[attr-defined]  # a field of choices

    @property
    def chosen(self) -> list[Contact]:
        """To whom."""
        return [self._people[number] for number in self.cleaned_data["contacts"]]

    @staticmethod
    def fresh_key() -> str:
        """The key of a page that is shown now."""
        return secrets.token_hex(8)
