"""What is typed about steps: the outcome of a call, a tracking number, why something is let be."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OutcomeForm(forms.Form):
    """What came of it."""

    outcome = forms.CharField(
        label=_("What came of it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class TrackingForm(forms.Form):
    """The number of a registered letter."""

    tracking = forms.RegexField(
        label=_("Tracking number"),
        regex=r"^[A-Za-z0-9 ]{0,40}$",
        required=False,
        help_text=_("On the receipt of the registered letter; empty for an ordinary one."),
    )


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(label=_("Why"), max_length=500)
