"""How an organisation invoices, as one types it."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from reglo.formats.pdf.look import DEFAULT_ACCENT
from reglo.organisations.forms.identity import VAT_REGIMES
from reglo.organisations.models import BankAccount, FranchiseActivity, Organisation
from reglo.organisations.services.settings import MAX_LOGO_BYTES

ACTIVITIES = (
    (FranchiseActivity.GOODS.value, _("Sales of goods, catering on the spot, lodging")),
    (FranchiseActivity.SERVICES.value, _("Other services")),
    (FranchiseActivity.LIBERAL_ARTS.value, _("Lawyers, authors, performers")),
)


class VatRegimeForm(forms.ModelForm):
    """How an organisation stands towards VAT."""

    vat_regime = forms.ChoiceField(label=_("VAT regime"), choices=VAT_REGIMES, widget=forms.RadioSelect)
    franchise_activity = forms.ChoiceField(
        label=_("Activity"), choices=ACTIVITIES, help_text=_("In the franchise, it decides the ceilings.")
    )

    class Meta:
        model = Organisation
        fields: ClassVar = ["vat_regime", "franchise_activity"]


class FiscalYearForm(forms.ModelForm):
    """On which day of each year the fiscal year ends."""

    closing_day = forms.IntegerField(
        label=_("Last day of the fiscal year"),
        min_value=1,
        max_value=31,
        help_text=_("31 for the end of any month. The FEC of a year ends on this day, and its name says it."),
    )
    closing_month = forms.TypedChoiceField(label=_("Month"), choices=tuple(MONTHS.items()), coerce=int)

    class Meta:
        model = Organisation
        fields: ClassVar = ["closing_day", "closing_month"]


class BankAccountForm(forms.ModelForm):
    """What can be changed of an account: another IBAN is another account."""

    label = forms.CharField(label=_("Name of the account"), max_length=100, help_text=_("For you: “Current account”."))
    holder = forms.CharField(
        label=_("Holder"), max_length=200, required=False, help_text=_("The name of the organisation where empty.")
    )
    bic = forms.CharField(label=_("BIC"), max_length=20, required=False)

    class Meta:
        model = BankAccount
        fields: ClassVar = ["label", "holder", "bic"]


class NewBankAccountForm(forms.Form):
    """An account to be paid on."""

    label = BankAccountForm.base_fields["label"]
    iban = forms.CharField(
        label=_("IBAN"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    bic = BankAccountForm.base_fields["bic"]
    holder = BankAccountForm.base_fields["holder"]


class LogoForm(forms.Form):
    """A picture to print."""

    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or SVG, 2 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.svg,image/png,image/jpeg,image/svg+xml"}),
    )

    def clean_logo(self) -> bytes:
        """The bytes of the picture; a large file is not even read."""
        upload = self.cleaned_data["logo"]
        if upload.size > MAX_LOGO_BYTES:
            raise forms.ValidationError(_("The logo is larger than 2 MB. Make it smaller."))
        data: bytes = upload.read()
        return data


class AccentForm(forms.ModelForm):
    """The colour of documents."""

    accent = forms.CharField(
        label=_("Colour"),
        max_length=7,
        required=False,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour is # and six digits or letters a to f."))],
        help_text=_("Of titles and lines on your documents."),
        widget=forms.TextInput(attrs={"type": "color", "class": "form-control-color"}),
    )

    class Meta:
        model = Organisation
        fields: ClassVar = ["accent"]

    def __init__(self, data: QueryDict | None = None, *, instance: Organisation) -> None:
        super().__init__(data, instance=instance, initial={"accent": instance.accent or DEFAULT_ACCENT})


class TermsForm(forms.Form):
    """Payment terms in words."""

    terms = forms.CharField(
        label=_("Payment terms"),
        max_length=2000,
        help_text=_("In your words: “30 days”, “45 days end of month”, “30% on order, balance within 30 days”."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DocumentsForm(forms.ModelForm):
    """Language of documents and validity of quotes."""

    language = forms.ChoiceField(
        label=_("Language of documents"),
        choices=settings.LANGUAGES,
        help_text=_("Where the customer has none of its own. Mentions of the law stay in French."),
    )
    quote_validity_days = forms.IntegerField(label=_("Quotes hold for (days)"), min_value=1, max_value=365)

    class Meta:
        model = Organisation
        fields: ClassVar = ["language", "quote_validity_days"]


class SendingForm(forms.ModelForm):
    """From whom e-mails come."""

    sender_name = forms.CharField(
        label=_("Name of the sender"),
        max_length=100,
        required=False,
        help_text=_("The name of the organisation where empty."),
    )
    sender_address = forms.EmailField(
        label=_("Address of the sender"),
        required=False,
        help_text=_("The site's own where empty. Your domain must allow this site to send for it (SPF, DKIM)."),
    )
    reply_to = forms.EmailField(label=_("Answers go to"), required=False, help_text=_("The sender where empty."))

    class Meta:
        model = Organisation
        fields: ClassVar = ["sender_name", "sender_address", "reply_to"]
