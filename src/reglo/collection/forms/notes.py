"""Notes, calls and e-mails, in one line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.collection.incoming import LONGEST_TEXT
from reglo.collection.models import NoteKind

KINDS = (
    (NoteKind.CALL.value, _("Phone call")),
    (NoteKind.NOTE.value, _("Note")),
    (NoteKind.EMAIL.value, _("E-mail, pasted")),
)


class NoteForm(forms.Form):
    """What happened, with whom."""

    kind = forms.ChoiceField(label=pgettext_lazy("note", "What it is"), choices=KINDS)
    with_whom = forms.CharField(label=_("With whom"), required=False, max_length=200)
    text = forms.CharField(label=_("What was said"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 1}))


class EmailForm(forms.Form):
    """An e-mail that was saved as a file."""

    file = forms.FileField(
        label=_("E-mail (.eml)"),
        widget=forms.FileInput(attrs={"accept": ".eml,message/rfc822", "class": "form-control"}),
    )

    def content(self) -> bytes:
        """The bytes of the file."""
        uploaded: Any = self.cleaned_data["file"]
        return bytes(uploaded.read())
