"""With whom one begins to negotiate."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.customers.models import Customer
from reglo.negotiation.models import Counterpart


class BeginForm(forms.Form):
    """A customer, or the name of a prospect or a tender."""

    kind = forms.ChoiceField(
        label=_("With whom?"),
        choices=[
            (Counterpart.CUSTOMER.value, _("a customer: Réglo fills in what your books know")),
            (Counterpart.PROSPECT.value, _("a prospect: you give the figures")),
            (Counterpart.TENDER.value, _("a call for tenders: you give the figures")),
        ],
        widget=forms.RadioSelect,
    )
    customer = forms.ModelChoiceField(
        Customer.objects.none(), required=False, label=_("Customer"), empty_label=pgettext_lazy("customer", "none")
    )
    name = forms.CharField(
        max_length=200, required=False, label=_("Name"), help_text=_("Of the prospect or the tender.")
    )

    def __init__(self, *args: Any, customers: QuerySet[Customer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["customer"].queryset = customers  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """A customer has a row, the others have a name."""
        values = super().clean() or {}
        if values.get("kind") == Counterpart.CUSTOMER:
            if "customer" in values and values["customer"] is None:
                self.add_error("customer", _("Choose the customer."))
        elif "name" in values and not values["name"].strip():
            self.add_error("name", _("Write the name of the prospect or the tender."))
        return values


class ChosenCustomerForm(forms.Form):
    """Which customer a prospect has become."""

    customer = forms.ModelChoiceField(Customer.objects.none(), label=_("Customer"), empty_label=None)

    def __init__(self, *args: Any, customers: QuerySet[Customer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["customer"].queryset = customers  # type: ignore[attr-defined]  # a ModelChoiceField
