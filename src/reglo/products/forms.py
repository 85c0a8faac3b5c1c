"""What people type about products."""

from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.accounts.language import page_language
from reglo.core.mentions import Nature
from reglo.formats.data.scalars import BadValue
from reglo.formats.data.table.cells import Habits, number_in
from reglo.formats.units import unit_name
from reglo.imports.faults import a_fault
from reglo.products.facts import ProductFacts, facts_of
from reglo.products.models import Product
from reglo.products.vat import vat_choices, vat_name
from reglo.products.wording import NATURES
from reglo.rules.codes import codes

_ONE = Decimal(1)
#: What most firms sell by, before all others.
_USUAL = ("C62", "HUR", "DAY", "LS", "H87", "MON", "ANN", "E48", "KGM", "MTR", "MTK", "MTQ", "LTR", "KMT")


@cache
def unit_choices(language: str) -> list[tuple[str, str]]:
    """Units that have a name, the usual ones first, each with its code where two share a name."""
    named = {code: unit_name(code, _ONE, language) for code in codes("units")}
    others = sorted((name, code) for code, name in named.items() if name != code and code not in _USUAL)
    shown = [(code, named[code]) for code in _USUAL] + [(code, name) for name, code in others]
    names = [name for _, name in shown]
    return [(code, f"{name} ({code})" if names.count(name) > 1 else name) for code, name in shown]


class PriceField(forms.CharField):
    """A price as people write it: "1 200,50 €", "12.345"."""

    def clean(self, value: Any) -> Decimal | None:
        """The exact number; nothing where nothing is typed."""
        text: str = super().clean(value)
        if not text:
            return None
        mark = "," if page_language() == "fr" else "."
        try:
            return number_in(text, Habits(frozenset({mark})), Habits())
        except BadValue as bad:
            fault = a_fault("", bad.reason, bad.fix).sentence().in_language(page_language())
            raise forms.ValidationError(fault[:1].upper() + fault[1:], code="no-price") from bad


_PRICE = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


_DATED = ("price", "cost")  #: each has a history of its own, and a form on the product's page


class ProductForm(forms.Form):
    """What a product is."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it stands on quotes and invoices."))
    reference = forms.CharField(
        label=_("Reference"), max_length=60, required=False, help_text=_("Left empty, the next free one is given.")
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Below the name on the line."),
    )
    price = PriceField(label=_("Price without VAT, in euros"), max_length=40, required=False, widget=_PRICE)
    cost = PriceField(
        label=_("Cost without VAT, in euros"),
        max_length=40,
        required=False,
        widget=_PRICE,
        help_text=_("What one unit costs you, for your margins. Customers never see it."),
    )
    unit = forms.ChoiceField(label=_("Unit"))
    vat = forms.ChoiceField(label=_("VAT"))
    nature = forms.ChoiceField(label=_("Goods or service"), help_text=_("Invoices must say which (BT-23)."))

    def __init__(self, data: Any = None, *, product: Product | None = None, is_exempt: bool = False) -> None:
        facts = ProductFacts(name="", vat="franchise" if is_exempt else "20") if product is None else facts_of(product)
        names = (name for name in self.base_fields if name not in _DATED)
        super().__init__(data, initial={name: getattr(facts, name) for name in names})
        language = page_language()
        self._choose("unit", unit_choices(language), facts.unit, facts.unit)
        self._choose("vat", vat_choices(language), facts.vat, vat_name(facts.vat, language))
        self._choose("nature", [(each.value, text.in_language(language)) for each, text in NATURES.items()])
        if product is not None:
            for name in _DATED:
                del self.fields[name]

    def _choose(self, name: str, choices: list[tuple[str, str]], kept: str = "", label: str = "") -> None:
        """Offer choices, among them what is there already though we would not offer it."""
        more = [(kept, label)] if kept and kept not in dict(choices) else []
        self.fields[name].choices = [*choices, *more]  # type: ignore[attr-defined]  # a field of choices

    def facts(self) -> ProductFacts:
        """What was typed."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in _DATED}
        return ProductFacts(**given | {"nature": Nature(given["nature"])})


class _FromADay(forms.Form):
    """What holds from a day on."""

    valid_from = forms.DateField(
        label=pgettext_lazy("first day of a price", "From"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )


class NewPriceForm(_FromADay):
    """A price from a day on."""

    price = PriceField(label=_("New price without VAT, in euros"), max_length=40, widget=_PRICE)
    field_order = ("price", "valid_from")


class NewCostForm(_FromADay):
    """A cost from a day on."""

    cost = PriceField(label=_("New cost without VAT, in euros"), max_length=40, widget=_PRICE)
    field_order = ("cost", "valid_from")
