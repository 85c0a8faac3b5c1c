"""What people choose when they bring a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.accounts.language import page_language
from reglo.imports.kinds import ImportKind


class UploadForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, up to 10 MB and 20,000 rows. Nothing is taken in before you have seen what happens."),
        widget=forms.FileInput(
            attrs={"accept": ".csv,.txt,.tsv,.xlsx,text/csv", "class": "form-control"},
        ),
    )


class MappingForm(forms.Form):
    """Which column means what: one choice a column, named by its place."""

    def __init__(self, kind: ImportKind, headers: Sequence[str], columns: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data)
        self.headers = tuple(headers)
        language = page_language()
        choices = [("", _("– leave out –")), *((each.key, each.label.in_language(language)) for each in kind.fields)]
        for place, header in enumerate(self.headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=columns.get(header, "")
            )

    def columns(self) -> dict[str, str]:
        """What was chosen, by header."""
        return {header: self.cleaned_data[f"column_{place}"] for place, header in enumerate(self.headers)}
