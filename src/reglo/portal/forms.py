"""What customers type on the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.portal.services import LONGEST_QUESTION


class QuestionForm(forms.Form):
    """A question."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class TermsAnswerForm(forms.Form):
    """An answer to terms: yes with a name, or no with what one would rather have."""

    text_sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your first and last name"), max_length=200)
    remark = forms.CharField(
        label=_("A remark, or what you propose instead"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consent = forms.BooleanField(label=_("I have read these terms and accept them."), required=False)

    def clean(self) -> dict[str, object]:
        """Whether the terms are accepted; that needs the consent, and declining needs a word why."""
        facts = super().clean() or {}
        facts["is_accepted"] = self.data.get("answer") == "accept"
        if facts["is_accepted"] and not facts.get("consent"):
            self.add_error("consent", _("Tick the box to accept."))
        if not facts["is_accepted"] and "remark" in facts and not facts["remark"].strip():
            self.add_error("remark", _("Say in a word what you would rather have."))
        return facts


class SignatureForm(forms.Form):
    """A signature under a quote."""

    name = forms.CharField(label=_("Your first and last name"), max_length=200)
    consent = forms.BooleanField(error_messages={"required": _("Tick the box to accept.")})
    shown = forms.CharField(max_length=30, widget=forms.HiddenInput)  #: the amount that stood on the page


class RefusalForm(forms.Form):
    """A refusal, with its reason."""

    name = forms.CharField(
        label=_("Your first and last name"), max_length=200, widget=forms.TextInput(attrs={"id": "refusal-name"})
    )
    reason = forms.CharField(
        label=_("What should be different?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
