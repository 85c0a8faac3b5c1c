"""What is typed about a dispute, on our side."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.collection.attachments import CheckedFile, checked_file
from reglo.collection.forms.money import MoneyField
from reglo.collection.models import DisputeScope
from reglo.collection.queries.disputes import DisputableLine
from reglo.collection.services.disputes import LONGEST_WORDS

SCOPES = (
    (DisputeScope.WHOLE.value, _("The whole invoice")),
    (DisputeScope.LINE.value, _("A line")),
    (DisputeScope.AMOUNT.value, _("An amount")),
)


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Pictures and PDFs; its value is a list of uploaded files."""

    def __init__(self, **options: Any) -> None:
        accepted = "application/pdf,image/png,image/jpeg"
        options.setdefault("label", _("Pictures or PDF, if they help"))
        options.setdefault("help_text", _("PDF, PNG or JPEG, 5 MB each."))
        super().__init__(
            required=False, widget=FilesInput(attrs={"accept": accepted, "class": "form-control"}), **options
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given if each]


def checked_files(uploaded: Sequence[Any]) -> list[CheckedFile]:
    """Uploaded files that may be kept. Raises BadFile."""
    return [checked_file(each.name or "", each.read()) for each in uploaded]


class DisputeForm(forms.Form):
    """What is wrong with an invoice."""

    scope = forms.ChoiceField(label=_("What is disputed"), choices=SCOPES, widget=forms.RadioSelect, initial="whole")
    line = forms.ChoiceField(label=_("Which line"), required=False)
    amount = MoneyField(label=_("How much, with tax"), required=False)
    reason = forms.CharField(
        label=_("What is wrong"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )
    opened_by = forms.CharField(label=_("Who said so"), max_length=100)

    def __init__(self, lines: Sequence[DisputableLine], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["line"].choices = [("", "–"), *((each.number, each.label) for each in lines)]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """A line where one is disputed, an amount where a part is."""
        facts = super().clean() or {}
        if facts.get("scope") == DisputeScope.LINE and not facts.get("line"):
            self.add_error("line", _("Choose the line."))
        if facts.get("scope") == DisputeScope.AMOUNT and not facts.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Say how much."))
        return facts


class WordsForm(forms.Form):
    """A few words in the thread."""

    text = forms.CharField(
        label=_("Your message"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )


class SettleForm(forms.Form):
    """How a dispute is agreed."""

    credit = forms.ChoiceField(label=_("Credit note"), widget=forms.RadioSelect)
    amount = MoneyField(label=_("Amount to credit, with tax"), required=False)
    answer = forms.CharField(
        label=_("What you write to the customer"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "id": "settle-answer"}),
    )

    def __init__(self, data: Any = None, *, has_line: bool, may_issue: bool, **options: Any) -> None:
        super().__init__(data, **options)
        choices = [("none", _("None: we agreed without one"))]
        if may_issue:
            of_line = [(DisputeScope.LINE.value, _("The disputed line"))] if has_line else []
            others = [
                (DisputeScope.AMOUNT.value, _("An amount")),
                (DisputeScope.WHOLE.value, _("All that is left of the invoice")),
            ]
            choices = [*of_line, *others, *choices]
        self.fields["credit"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["credit"].initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        """An amount where an amount is credited."""
        facts = super().clean() or {}
        if facts.get("credit") == DisputeScope.AMOUNT and not facts.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Say how much."))
        return facts


class RejectForm(forms.Form):
    """Why the invoice is right."""

    answer = forms.CharField(
        label=_("Your reasons"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "id": "reject-answer"}),
    )
