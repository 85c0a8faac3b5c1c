"""What one types of a number series."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.billing.models import NumberSeries
from reglo.billing.services.numbering import SeriesFacts


class SeriesForm(forms.ModelForm[NumberSeries]):
    """How the numbers of a series are spelled."""

    last_number = forms.IntegerField(
        label=_("Last number given so far"),
        min_value=0,
        max_value=9_999_999,
        initial=0,
        required=False,
        help_text=_("By another program: the next document gets the number after it. 0 to begin with 1."),
    )

    class Meta:
        model = NumberSeries
        fields: ClassVar = ["label", "prefix", "has_year", "padding", "last_number"]
        labels: ClassVar = {
            "label": _("Name"),
            "prefix": _("Prefix"),
            "has_year": _("With the year, counting from 1 again each year"),
            "padding": _("Digits at least"),
        }
        help_texts: ClassVar = {
            "prefix": _("Letters without accents, digits, - + _ /"),
            "padding": _("4 writes 7 as 0007."),
        }

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.instance.last_date is not None:
            for name in ("has_year", "last_number"):
                self.fields[name].disabled = True

    def clean_last_number(self) -> int:
        """Nothing typed is none given."""
        return self.cleaned_data["last_number"] or 0

    def facts(self) -> SeriesFacts:
        """What was typed, for the service."""
        return SeriesFacts(**{key: value for key, value in self.cleaned_data.items() if key != "is_for_quotes"})


class NewSeriesForm(SeriesForm):
    """A new series, for invoices or for quotes."""

    is_for_quotes = forms.BooleanField(label=_("For quotes"), required=False)
    field_order = ["label", "is_for_quotes", "prefix", "has_year", "padding", "last_number"]  # noqa: RUF012
