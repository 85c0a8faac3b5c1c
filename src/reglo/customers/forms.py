"""What people type about customers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.core.folding import folded
from reglo.core.terms import BuyerKind, agreement, parse_terms
from reglo.customers.checks import contact_faults
from reglo.customers.facts import (
    AddressFacts,
    ContactFacts,
    CustomerFacts,
    completed_contact,
    contact_facts_of,
    facts_of,
    fields_that_matter,
    fingerprint,
)
from reglo.customers.models import AddressUse, Contact, Customer, CustomerAddress
from reglo.customers.wording import KINDS, LANGUAGES, USES
from reglo.formats.data.faults import at
from reglo.formats.pdf.countries import COUNTRIES
from reglo.imports.faults import FaultyFacts, attach_all
from reglo.organisations.forms import attach

_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
_CODE = {"autocomplete": "off", "spellcheck": "false"}
#: Asked of every customer, so that they stay where they are when the kind changes.
_BELOW = ("contact_name", "contact_email", "contact_phone", "language", "default_terms", "notes", "knowingly")
_ABOVE = ("kind", "country")


def country_choices() -> list[tuple[str, str]]:
    """Countries by name, France first."""
    language = page_language()
    named = [(code, text.in_language(language)) for code, text in COUNTRIES.items() if code != "FR"]
    return [("FR", "France"), *sorted(named, key=lambda each: folded(each[1]))]


class CustomerForm(forms.Form):
    """Who a customer is and how to deal with it. What does not matter for its kind is hidden, and kept."""

    kind = forms.ChoiceField(label=_("Kind of customer"))
    country = forms.ChoiceField(label=_("Country"))
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    trading_name = forms.CharField(label=_("Trading name"), max_length=200, required=False)
    siren = forms.CharField(
        label=_("SIREN"),
        max_length=20,
        required=False,
        help_text=_("9 digits. The VAT number and the address on the platforms follow from it."),
        widget=forms.TextInput(attrs=_NUMBER),
    )
    siret = forms.CharField(
        label=_("SIRET"),
        max_length=30,
        required=False,
        help_text=_("14 digits, of the establishment that buys."),
        widget=forms.TextInput(attrs=_NUMBER),
    )
    vat_number = forms.CharField(
        label=_("VAT number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs=_CODE),
    )
    no_vat_number = forms.BooleanField(label=_("This customer has no VAT number"), required=False)
    registration = forms.CharField(
        label=_("Registration number"),
        max_length=60,
        required=False,
        help_text=_("In the register of its country, where it has no VAT number."),
    )
    buyer_reference = forms.CharField(
        label=_("Service code or buyer reference"),
        max_length=100,
        required=False,
        help_text=_("Public bodies (Chorus Pro) and large firms give you one; invoices repeat it."),
    )
    electronic_address = forms.CharField(
        label=_("Electronic address"),
        max_length=125,
        required=False,
        help_text=_("Only where the customer gave you another than its SIREN."),
        widget=forms.TextInput(attrs=_CODE),
    )
    electronic_address_scheme = forms.CharField(
        label=_("Scheme of the electronic address"),
        max_length=4,
        required=False,
        help_text=_("0225 in France; left empty it is found."),
        widget=forms.TextInput(attrs=_CODE),
    )
    line_1 = forms.CharField(label=_("Address"), max_length=200, required=False)
    line_2 = forms.CharField(label=_("Address, continued"), max_length=200, required=False)
    post_code = forms.CharField(label=_("Post code"), max_length=20, required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    reference = forms.CharField(
        label=_("Your code for this customer"),
        max_length=40,
        required=False,
        help_text=_("By which imports recognise it."),
        widget=forms.TextInput(attrs=_CODE),
    )
    contact_name = forms.CharField(label=_("Name of the contact"), max_length=100, required=False)
    contact_email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Quotes, invoices and terms go there; add other people later."),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )
    contact_phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language of its documents"))
    default_terms = forms.CharField(
        label=_("Payment terms"),
        max_length=500,
        required=False,
        help_text=_("In your words: “45 jours fin de mois”, “2/10 net 30”. Left empty, those of your organisation."),
        widget=forms.TextInput(attrs=_CODE),
    )
    notes = forms.CharField(
        label=_("Notes for yourself"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000
    )
    knowingly = forms.BooleanField(label=_("Create anyway"), required=False)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, customer: Customer | None = None, **options: Any) -> None:
        if customer is not None:
            options["initial"] = _initial(customer)
        super().__init__(data, **options)
        language = page_language()
        self.fields["kind"].choices = [(kind.value, text.in_language(language)) for kind, text in KINDS.items()]  # type: ignore[attr-defined]
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]
        self.fields["language"].choices = [(code, text.in_language(language)) for code, text in LANGUAGES.items()]  # type: ignore[attr-defined]
        self.fields["knowingly"].widget = forms.HiddenInput()
        if customer is not None:
            for field in ("contact_name", "contact_email", "contact_phone", "knowingly"):
                del self.fields[field]
        self._hide()

    def _hide(self) -> None:
        """Hide what does not matter for this kind, and keep it: who changes the kind back finds it again."""
        matter = fields_that_matter(self.chosen_kind, str(self["country"].value() or "FR"))
        is_french_firm = self.chosen_kind is BuyerKind.BUSINESS and "siren" in matter
        for name in CustomerForm.base_fields:
            if name in self.fields and name in FACTS and name not in matter:
                self.fields[name].widget = forms.HiddenInput()
        if not is_french_firm:
            self.fields["no_vat_number"].widget = forms.HiddenInput()
        else:
            self.fields["vat_number"].help_text = _("Left empty, the one that the SIREN gives.")

    @property
    def chosen_kind(self) -> BuyerKind:
        """What kind is chosen; a firm until one is."""
        said = self["kind"].value()
        return BuyerKind(said) if said in {each.value for each in BuyerKind} else BuyerKind.BUSINESS

    @property
    def above(self) -> Iterator[BoundField]:
        """What decides which fields are asked."""
        return (self[name] for name in _ABOVE)

    @property
    def changing(self) -> Iterator[BoundField]:
        """What is asked of one kind and not of another, as far as most need it."""
        apart = (*_ABOVE, *_BELOW, *self._rare_names, "seen")
        return (each for each in self if each.name not in apart)

    @property
    def rare(self) -> list[BoundField]:
        """What few customers need: it stands folded away."""
        return [each for each in self if each.name in self._rare_names]

    @property
    def is_rare_wanted(self) -> bool:
        """Whether something stands in the rare fields, or is wrong there."""
        return any(each.errors or each.value() for each in self.rare if not each.is_hidden)

    @property
    def _rare_names(self) -> tuple[str, ...]:
        """Public bodies are told apart by SIRET and service code; of firms few give them."""
        more = () if self.chosen_kind.is_public else ("siret", "buyer_reference")
        return ("trading_name", "electronic_address", "electronic_address_scheme", "reference", *more)

    @property
    def below(self) -> Iterator[BoundField]:
        """What is asked of every customer."""
        return (each for each in self if each.name in _BELOW or each.name == "seen")

    def ask_whether_knowingly(self) -> None:
        """Show the box by which one creates a customer that is there already."""
        self.fields["knowingly"].widget = forms.CheckboxInput()

    def clean_default_terms(self) -> object:
        """The terms that the words mean."""
        words = self.cleaned_data["default_terms"].strip()
        if not words:
            return None
        try:
            return parse_terms(words)
        except DomainError as error:
            attach(_of_terms(error), self)
            return None

    def clean(self) -> dict[str, Any]:
        """Faults of the first contact stand beside its own fields."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for person in self.contacts():
            faults = contact_faults(completed_contact(person))
            if faults:
                attach_all(FaultyFacts(replace(each, where=at(f"contact_{each.where.en}")) for each in faults), self)
        return cleaned

    def facts(self) -> CustomerFacts:
        """What was typed, as facts: not judged yet. An empty VAT number of a French firm is derived."""
        values = {name: self.cleaned_data.get(name) for name in FACTS}
        typed = {name: value for name, value in values.items() if value is not None}
        typed["kind"] = self.chosen_kind
        typed.setdefault("name", "")
        if self._derives_vat_number():
            typed["vat_number"] = None
        return CustomerFacts(**typed)

    def _derives_vat_number(self) -> bool:
        given = self.cleaned_data
        return self.chosen_kind is BuyerKind.BUSINESS and not given.get("vat_number") and not given.get("no_vat_number")

    def contacts(self) -> list[ContactFacts]:
        """The first contact, if one was typed: it gets everything until others are there."""
        given = self.cleaned_data
        facts = ContactFacts(
            name=given.get("contact_name", ""),
            email=given.get("contact_email", ""),
            phone=given.get("contact_phone", ""),
            buys=True,
            pays=True,
            is_legal=True,
        )
        return [facts] if facts.name or facts.email or facts.phone else []


#: What the form and the facts share.
FACTS: tuple[str, ...] = tuple(
    name
    for name in CustomerForm.base_fields
    if name not in ("no_vat_number", "contact_name", "contact_email", "contact_phone", "knowingly", "seen")
)


class _FaultyTerms(DomainError):
    """Terms in words that are not understood."""

    code = "terms-not-understood"


def _of_terms(error: DomainError) -> DomainError:
    return _FaultyTerms(error.message, field="default_terms")


def _initial(customer: Customer) -> dict[str, object]:
    facts = facts_of(customer)
    values: dict[str, object] = {name: getattr(facts, name) for name in FACTS}
    values["kind"] = facts.kind.value
    values["default_terms"] = ""
    if facts.default_terms is not None:
        values["default_terms"] = agreement(facts.default_terms).in_language(page_language())
    values["no_vat_number"] = not facts.vat_number
    values["seen"] = fingerprint(customer)
    return values


class ContactForm(forms.Form):
    """A person at a customer."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    email = forms.CharField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.TextInput(attrs={"inputmode": "email"})
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    buys = forms.BooleanField(label=_("Buys: gets quotes"), required=False)
    pays = forms.BooleanField(label=_("Pays: gets invoices and reminders"), required=False)
    is_legal = forms.BooleanField(label=_("Signs: accepts terms, gets formal notices"), required=False)

    def __init__(self, data: Any = None, *, contact: Contact | None = None) -> None:
        facts = ContactFacts(buys=True, pays=True) if contact is None else contact_facts_of(contact)
        super().__init__(data, initial={name: getattr(facts, name) for name in self.base_fields})

    def facts(self) -> ContactFacts:
        """What was typed."""
        return ContactFacts(**self.cleaned_data)


class AddressForm(forms.Form):
    """Another place of a customer."""

    use = forms.ChoiceField(label=_("What it is for"))
    name = forms.CharField(label=_("Name of the place"), max_length=200, required=False)
    line_1 = forms.CharField(label=_("Address"), max_length=200, required=False)
    line_2 = forms.CharField(label=_("Address, continued"), max_length=200, required=False)
    post_code = forms.CharField(label=_("Post code"), max_length=20, required=False)
    city = forms.CharField(label=_("City"), max_length=100)
    country = forms.ChoiceField(label=_("Country"), initial="FR")

    def __init__(self, data: Any = None, *, address: CustomerAddress | None = None) -> None:
        initial = {} if address is None else {name: getattr(address, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        language = page_language()
        self.fields["use"].choices = [(use.value, text.in_language(language)) for use, text in USES.items()]  # type: ignore[attr-defined]
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]

    def facts(self) -> AddressFacts:
        """What was typed."""
        return AddressFacts(**self.cleaned_data | {"use": AddressUse(self.cleaned_data["use"])})
