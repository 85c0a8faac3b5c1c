"""A customer made on the spot, while one writes its invoice."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.core.terms import BuyerKind
from reglo.customers.facts import ContactFacts, CustomerFacts

_KINDS = (
    (BuyerKind.BUSINESS.value, _("Company")),
    (BuyerKind.CONSUMER.value, _("Consumer")),
    (BuyerKind.PUBLIC.value, _("Public body")),
)


class NewCustomerForm(forms.Form):
    """What an invoice needs of a customer; the rest can be said on its own page."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=_KINDS, initial=BuyerKind.BUSINESS.value)
    siren = forms.CharField(label=_("SIREN"), max_length=14, required=False, help_text=_("Nine digits; of a company."))
    line_1 = forms.CharField(label=_("Address"), max_length=200, required=False)
    post_code = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def facts(self) -> CustomerFacts:
        """The customer."""
        typed = self.cleaned_data
        return CustomerFacts(
            name=typed["name"],
            kind=BuyerKind(typed["kind"]),
            siren=typed["siren"],
            vat_number=None if typed["siren"] else "",
            line_1=typed["line_1"],
            post_code=typed["post_code"],
            city=typed["city"],
        )

    def contacts(self) -> Sequence[ContactFacts]:
        """Whom to write to there."""
        email = self.cleaned_data["email"]
        return [ContactFacts(email=email, buys=True, pays=True)] if email else []
