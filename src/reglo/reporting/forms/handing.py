"""What a file is asked for."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reglo.reporting.periods import Period

_FIRST_YEAR, _LAST_YEAR = 1990, 2200


class HandingForm(forms.Form):
    """The days of a file, both included."""

    start = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    end = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, data: Any, *, usual: Period | None = None) -> None:
        """usual: the days that are offered first."""
        super().__init__(data, initial={"start": usual.start, "end": usual.end} if usual else None)

    def clean_start(self) -> date:
        """A day of which there may be books."""
        return _of_our_time(self.cleaned_data["start"])

    def clean_end(self) -> date:
        """A day of which there may be books."""
        return _of_our_time(self.cleaned_data["end"])


class FecForm(HandingForm):
    """A FEC, and what becomes of entries that are not in euros."""

    leaves_out_foreign = forms.BooleanField(
        label=_("Leave out entries in other currencies: my accountant books them in euros"), required=False
    )


def _of_our_time(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValidationError(_("A year from 1990 to 2200 is needed."), code="year")
    return day
