"""When an offer was made and by whom, and the words of ours."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.core.negotiation import Side


class RoundForm(forms.Form):
    """What is noted of an offer beside its terms."""

    by = forms.TypedChoiceField(
        choices=[(Side.OURS.value, _("we")), (Side.THEIRS.value, _("the other side"))],
        coerce=Side,
        label=_("Who offers it"),
    )
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(
        max_length=500, required=False, label=_("Note"), help_text=_("By telephone, what was said beside…")
    )


class LetterForm(forms.Form):
    """The letter of a counter-proposal."""

    language = forms.ChoiceField(choices=[("fr", "Français"), ("en", "English")], label=_("Language of the letter"))
    subject = forms.CharField(max_length=200, label=_("Subject"))
    letter = forms.CharField(
        max_length=20_000, label=_("Text"), widget=forms.Textarea(attrs={"rows": 24, "class": "letter-text"})
    )

    def facts(self) -> dict[str, Any]:
        """The words, as the service takes them."""
        return dict(self.cleaned_data)
