"""What is typed about a quote beside its content: answers noted by hand, days."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.core.quotes import Offer, alternatives_of, options_of


class AcceptedForm(forms.Form):
    """That the customer accepted elsewhere, and what it took."""

    name = forms.CharField(label=_("Who accepted"), max_length=200)
    note = forms.CharField(
        label=_("Where the signature is"),
        max_length=2000,
        required=False,
        help_text=_("For instance: order BC-12 of 3 March, signed quote in the file of the customer."),
    )

    def __init__(self, data: Any = None, *, offer: Offer) -> None:  # a QueryDict or nothing
        super().__init__(data)
        self._offer = offer
        for place in options_of(offer.lines):
            self.fields[f"option-{place}"] = forms.BooleanField(label=offer.lines[place].line.name, required=False)
        for number, (name, places) in enumerate(alternatives_of(offer.lines).items()):
            self.fields[f"alternative-{number}"] = forms.TypedChoiceField(
                label=name,
                choices=[(place, offer.lines[place].line.name) for place in places],
                coerce=int,
                initial=places[0],
            )

    def options(self) -> Sequence[int]:
        """Places of the lines that were taken."""
        typed = self.cleaned_data
        ticked = [place for place in options_of(self._offer.lines) if typed[f"option-{place}"]]
        groups = range(len(alternatives_of(self._offer.lines)))
        return [*ticked, *(typed[f"alternative-{number}"] for number in groups)]


class RefusedForm(forms.Form):
    """That the customer refused elsewhere."""

    name = forms.CharField(label=_("Who refused"), max_length=200)
    reason = forms.CharField(label=_("Why"), max_length=2000, required=False)


class _DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ValidityForm(forms.Form):
    """Until when a quote holds."""

    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=_DayInput())


class FollowUpForm(forms.Form):
    """When to ask the customer again."""

    follow_up_on = forms.DateField(
        label=_("Ask again on"),
        required=False,
        widget=_DayInput(),
        help_text=_("By e-mail, if nobody has answered by then. Empty: never."),
    )
