"""What people type about themselves."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reglo.accounts.models import Theme, User

_THEMES = ((Theme.SYSTEM, _("As the device")), (Theme.LIGHT, _("Light")), (Theme.DARK, _("Dark")))


class ProfileForm(forms.ModelForm):
    """Name, language and theme."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("Shown to the people of your organisations, and kept in the journal beside what you do."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Theme"), choices=_THEMES, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields: ClassVar = ["name", "language", "theme"]
