"""Who an organisation is, as one types it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from reglo.core.errors import DomainError
from reglo.core.mentions import IssuerSize
from reglo.core.parties import IdentifierKind, Register, VatRegime, compact, require
from reglo.organisations.forms.attaching import attach
from reglo.organisations.models import Organisation
from reglo.organisations.services import IdentityFacts

REGISTERS = (
    (Register.RCS.value, _("RCS: trade and companies register of a town")),
    (Register.RNE.value, _("RNE: national register (crafts, liberal professions)")),
    (Register.NONE.value, _("None: known to Insee only")),
)
SIZES = (
    (IssuerSize.MICRO.value, _("Micro-business (fewer than 10 people)")),
    (IssuerSize.SMALL.value, _("Small or medium-sized (fewer than 250 people)")),
    (IssuerSize.MIDSIZE.value, _("Mid-sized (ETI)")),
    (IssuerSize.LARGE.value, _("Large")),
)
VAT_REGIMES = (
    (VatRegime.RECEIPTS.value, _("VAT on receipts: due when the customer pays (the rule for services)")),
    (VatRegime.DEBITS.value, _("VAT on debits: due when you invoice (by option, and for goods)")),
    (VatRegime.FRANCHISE.value, _("Franchise: no VAT (CGI 293 B)")),
)


_SECTIONS: Sequence[tuple[object, Sequence[str]]] = (
    (_("The business"), ("name", "trading_name", "sole_trader", "legal_form", "capital", "variable_capital", "size")),
    (_("Numbers and register"), ("siren", "siret", "vat_number", "register", "register_town")),
    (_("Address"), ("line_1", "line_2", "post_code", "city", "country")),
    (_("How to reach you"), ("contact_name", "email", "phone", "electronic_address")),
    (_("Insurance of building crafts"), ("insurer", "insurer_contact", "insurance_contract", "insurance_territory")),
    (_("Particular cases"), ("approved_body_member", "in_liquidation")),
)


class EurosField(forms.DecimalField):
    """An amount as people write it: 50 000,50 or 50000.50."""

    widget = forms.TextInput

    def to_python(self, value: object) -> Any:  # as DecimalField, which inherits of IntegerField
        """The amount; the comma is the French decimal point, spaces of all kinds are for the eye."""
        return super().to_python("".join(str(value or "").split()).replace(",", "."))


class NewOrganisationForm(forms.Form):
    """What is needed to begin."""

    siren = forms.CharField(
        label=_("SIREN"),
        max_length=20,
        help_text=_("The 9 digits of your business, on the Kbis extract or the Insee notice."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("The registered name of the company; for a sole trader, first and last name."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sole_trader = forms.BooleanField(
        label=_("I am a sole trader (entrepreneur individuel, micro-entrepreneur)"), required=False
    )
    vat_regime = forms.ChoiceField(label=_("VAT"), choices=VAT_REGIMES, widget=forms.RadioSelect, initial="receipts")

    def clean_siren(self) -> str:
        """A SIREN that can be right, without spaces."""
        try:
            return require(IdentifierKind.SIREN, self.cleaned_data["siren"], field="siren")
        except DomainError as error:
            attach(error, self)
            return ""


class IdentityForm(forms.ModelForm):
    """All that says who an organisation is; its instance, never saved, is what a preview shows."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("The registered name, or first and last name."))
    siren = forms.CharField(label=_("SIREN"), max_length=20, help_text=_("9 digits."))
    siret = forms.CharField(
        label=_("SIRET"),
        max_length=25,
        required=False,
        help_text=_("14 digits: the establishment that invoices. Platforms and public buyers ask for it."),
    )
    vat_number = forms.CharField(
        label=_("VAT number"),
        max_length=30,
        required=False,
        help_text=_("Must stand on every invoice over €150, but in the franchise (CGI ann. II 242 nonies A)."),
    )
    capital = EurosField(
        label=_("Share capital (€)"),
        required=False,
        min_value=Decimal(0),
        max_digits=15,
        decimal_places=2,
        help_text=_("Must stand on the documents of a company (C. com. R123-238)."),
    )
    register = forms.ChoiceField(label=_("Register"), choices=REGISTERS)
    size = forms.ChoiceField(
        label=_("Size of the business"),
        choices=SIZES,
        help_text=_("Decides from when e-invoices are a duty: September 2026 or 2027."),
    )

    class Meta:
        model = Organisation
        fields: ClassVar = [
            "name",
            "trading_name",
            "sole_trader",
            "legal_form",
            "capital",
            "variable_capital",
            "siren",
            "siret",
            "vat_number",
            "register",
            "register_town",
            "size",
            "line_1",
            "line_2",
            "post_code",
            "city",
            "country",
            "contact_name",
            "email",
            "phone",
            "electronic_address",
            "insurer",
            "insurer_contact",
            "insurance_contract",
            "insurance_territory",
            "approved_body_member",
            "in_liquidation",
        ]
        labels: ClassVar = {
            "trading_name": _("Trading name"),
            "sole_trader": _("Sole trader (entrepreneur individuel)"),
            "legal_form": _("Legal form"),
            "variable_capital": _("Variable capital"),
            "register_town": _("Town of the register"),
            "line_1": _("Address"),
            "line_2": _("Address, continued"),
            "post_code": _("Post code"),
            "city": _("City"),
            "country": _("Country (two letters)"),
            "contact_name": _("Who answers questions"),
            "email": _("E-mail"),
            "phone": _("Telephone"),
            "electronic_address": _("Electronic address on the platforms"),
            "insurer": _("Ten-year insurance: insurer"),
            "insurer_contact": _("Address or telephone of the insurer"),
            "insurance_contract": _("Number of the contract"),
            "insurance_territory": _("Where it covers"),
            "approved_body_member": _("Member of an approved management body (OGA)"),
            "in_liquidation": _("In liquidation"),
        }
        help_texts: ClassVar = {
            "trading_name": _("If customers know you under another name."),
            "sole_trader": _("“EI” then stands beside your name (C. com. R526-27)."),
            "legal_form": _("SAS, SARL, EURL, SA, SCOP… Must stand on the documents of a company (C. com. R123-238)."),
            "register_town": _("Such as Lyon: must stand behind “RCS” (C. com. R123-237)."),
            "electronic_address": _("The SIREN where you leave it empty."),
            "insurer": _("Building crafts must name it on quotes and invoices (C. assur. L243-2)."),
            "insurance_territory": _("Metropolitan France where you leave it empty."),
            "approved_body_member": _("Says that you take cheques and cards (CGI ann. II 371 LB)."),
        }

    def __init__(self, data: QueryDict | None = None, *, instance: Organisation) -> None:
        capital = instance.capital_minor
        initial = {"capital": None if capital is None else Decimal(capital).scaleb(-2)}
        super().__init__(data, instance=instance, initial=initial)

    def clean_siren(self) -> str:
        """Without spaces."""
        return compact(self.cleaned_data["siren"])

    def clean_siret(self) -> str:
        """Without spaces."""
        return compact(self.cleaned_data["siret"])

    def clean_vat_number(self) -> str:
        """Without spaces."""
        return compact(self.cleaned_data["vat_number"])

    def clean_country(self) -> str:
        """Two capital letters."""
        country: str = self.cleaned_data["country"].upper()
        if len(country) != 2 or not country.isalpha():
            raise forms.ValidationError(_("A country has two letters: FR, BE, DE…"))
        return country

    @property
    def sections(self) -> list[tuple[object, list[forms.BoundField]]]:
        """The fields under headings."""
        return [(title, [self[name] for name in names]) for title, names in _SECTIONS]

    @property
    def previewed(self) -> Organisation:
        """The organisation as it would be with what was typed, faults left out; never saved."""
        self.full_clean()
        self.instance.capital_minor = _minor(self.cleaned_data.get("capital"))
        return self.instance

    def facts(self) -> IdentityFacts:
        """What was typed."""
        typed = dict(self.cleaned_data)
        capital = _minor(typed.pop("capital"))
        register, size = Register(typed.pop("register")), IssuerSize(typed.pop("size"))
        return IdentityFacts(capital_minor=capital, register=register, size=size, **typed)


def _minor(euros: Decimal | None) -> int | None:
    return None if euros is None else int(euros.scaleb(2))
