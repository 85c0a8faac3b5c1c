"""The name of a filter to keep."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedFilterForm(forms.Form):
    """A list's filter and its name."""

    list_name = forms.SlugField(max_length=20)
    label = forms.CharField(max_length=60, label=_("Name of this filter"))
    query = forms.CharField(max_length=1000, required=False)
    back_to = forms.CharField(max_length=300)
