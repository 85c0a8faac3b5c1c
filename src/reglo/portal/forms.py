"""What customers type on the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.collection.forms.disputes import FilesField
from reglo.collection.forms.items import ItemsField
from reglo.collection.forms.money import MoneyField
from reglo.collection.services.disputes import LONGEST_WORDS
from reglo.collection.services.proposals import MOST_INSTALMENTS
from reglo.portal.services import LONGEST_QUESTION


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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


class PromiseForm(forms.Form):
    """When a customer will pay."""

    items = ItemsField(label=_("What you will pay"))
    amount = MoneyField(
        label=_("How much"), required=False, help_text=_("Leave it empty if you will pay all that is ticked.")
    )
    by_day = forms.DateField(label=_("At the latest on"), widget=_day_input())
    name = forms.CharField(label=_("Your first and last name"), max_length=100)


class DisputeForm(forms.Form):
    """What is wrong with an invoice."""

    scope = forms.ChoiceField(
        label=_("What is wrong"),
        choices=[
            ("whole", _("The whole invoice")),
            ("line", _("One line of it")),
            ("amount", _("An amount")),
        ],
        widget=forms.RadioSelect,
        initial="whole",
    )
    line = forms.ChoiceField(label=_("Which line"), required=False)
    amount = MoneyField(label=_("How much of it, with tax"), required=False)
    reason = forms.CharField(
        label=_("Tell us what happened"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )
    name = forms.CharField(label=_("Your first and last name"), max_length=100)

    def clean(self) -> dict[str, object]:
        """A line where one is meant, an amount where a part is."""
        facts = super().clean() or {}
        if facts.get("scope") == "line" and not facts.get("line"):
            self.add_error("line", _("Choose the line."))
        if facts.get("scope") == "amount" and not facts.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Say how much."))
        return facts


class FilesForm(forms.Form):
    """Pictures and PDFs."""

    attached = FilesField()


class WordsForm(forms.Form):
    """A few words in a thread, with files if they help."""

    text = forms.CharField(
        label=_("Your message"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )
    name = forms.CharField(label=_("Your first and last name"), max_length=100)


class WordsWithFilesForm(WordsForm):
    """The same, where files may be added."""

    attached = FilesField()


class PlanForm(forms.Form):
    """How a customer would like to pay in parts."""

    items = ItemsField(label=_("What you would like to pay in parts"))
    count = forms.IntegerField(label=_("In how many monthly payments"), min_value=2, max_value=MOST_INSTALMENTS)
    first = forms.DateField(
        label=_("First payment on"),
        required=False,
        widget=_day_input(),
        help_text=_("Leave it empty for next week."),
    )
    reason = forms.CharField(
        label=_("A word about your situation, if you like"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    name = forms.CharField(label=_("Your first and last name"), max_length=100)


class ProposalAnswerForm(forms.Form):
    """An answer to a proposal: yes with a name, or no with a word why."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your first and last name"), max_length=100)
    answer = forms.CharField(
        label=_("A remark, or what would suit you better"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consent = forms.BooleanField(label=_("I have read this proposal and accept it."), required=False)

    def clean(self) -> dict[str, object]:
        """Whether it is accepted; that needs the consent."""
        facts = super().clean() or {}
        facts["is_accepted"] = self.data.get("act") == "accept"
        if facts["is_accepted"] and not facts.get("consent"):
            self.add_error("consent", _("Tick the box to accept."))
        return facts


class PayForm(forms.Form):
    """What a customer pays now."""

    items = ItemsField(label=_("What you pay"))
    amount = MoneyField(
        label=_("Another sum, if you like"), required=False, help_text=_("Leave it empty to pay all that is ticked.")
    )
