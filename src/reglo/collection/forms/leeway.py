"""How far customers may go by themselves."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reglo.accounts.language import page_language
from reglo.billing.forms.figures import shown_figure
from reglo.collection.forms.money import MoneyField, minor_of
from reglo.collection.models import Leeway
from reglo.collection.services.leeway import FIELDS


class LeewayForm(forms.Form):
    """Limits of promises and plans, and what money costs."""

    promise_days = forms.IntegerField(
        label=_("A promise to pay is for a day within so many days"), min_value=1, max_value=366
    )
    grants_plans = forms.BooleanField(
        label=_("Accept a plan at once when it is within the limits below"),
        required=False,
        help_text=_("Otherwise, and beyond the limits, the request comes to you."),
    )
    most_months = forms.IntegerField(label=_("A plan lasts so many months at most"), min_value=1, max_value=24)
    least_instalment = MoneyField(label=_("Each instalment is at least"))
    first_percent = forms.IntegerField(
        label=_("The first payment is at least so many percent of the debt"), min_value=0, max_value=100
    )
    first_within_days = forms.IntegerField(
        label=_("The first payment comes within so many days"), min_value=0, max_value=90
    )
    money_percent = forms.DecimalField(
        label=_("What your money costs you, in percent a year"),
        min_value=0,
        max_value=50,
        decimal_places=2,
        help_text=_("Your overdraft or loan: with it, Réglo tells what a proposal costs you before you offer it."),
    )

    def __init__(self, leeway: Leeway, data: Any = None) -> None:
        facts = {name: getattr(leeway, name) for name in FIELDS if name != "least_instalment_minor"}
        least = shown_figure(Decimal(leeway.least_instalment_minor).scaleb(-2), page_language())
        super().__init__(data, initial=facts | {"least_instalment": least})

    def facts(self) -> dict[str, object]:
        """The values as the row keeps them."""
        facts = dict(self.cleaned_data)
        facts["least_instalment_minor"] = minor_of(facts.pop("least_instalment"), "EUR")
        return facts
