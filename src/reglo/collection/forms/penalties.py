"""Which penalties are claimed or waived, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.collection.queries.penalties import ItemPenalty


class PenaltiesForm(forms.Form):
    """The items that are ticked, and what becomes of their penalties."""

    items = forms.TypedMultipleChoiceField(
        label=_("Invoices"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one invoice.")},
    )
    act = forms.ChoiceField(choices=[("claim", _("Claim")), ("waive", _("Waive"))])
    reason = forms.CharField(
        label=_("Why they are waived"), required=False, max_length=500, help_text=_("Kept for the reports.")
    )

    def __init__(self, penalties: Sequence[ItemPenalty], data: Any = None) -> None:
        super().__init__(data)
        known = [(str(each.item.pk), each.item.reference) for each in penalties if each.total_minor]
        self.fields["items"].choices = known  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, Any]:
        """A waiver has its reason."""
        facts = super().clean() or {}
        if facts.get("act") == "waive" and not facts.get("reason"):
            self.add_error("reason", _("Say why in a few words."))
        return facts
