"""What can be chosen in the editor, in words: units, VAT, kinds, ways to pay."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reglo.core.composition import DocumentKind, PaymentMethod, VatSituation
from reglo.core.mentions import Nature
from reglo.formats.pdf import figures
from reglo.formats.units import unit_name

Choices = Sequence[tuple[str, str | Promise]]

UNITS = ("C62", "H87", "HUR", "DAY", "WEE", "MON", "QAN", "ANN", "LS", "E48", "IE", "SET", "KGM", "GRM", "TNE", "LTR",
         "MTR", "KMT", "MTK", "MTQ", "KWH", "XBX", "XCT", "XPX", "XBO", "PR", "DZN", "ZP", "E51")  # fmt: skip
"""Codes of UN/ECE recommendation 20 that are offered; another one that stands in a draft is kept."""

RATES = ("20", "10", "5.5", "2.1", "8.5", "1.05", "13", "0.9")
"""Percentages of metropolitan France, then of the overseas departments and Corsica (CGI art. 278 to 297)."""

SITUATIONS: Mapping[VatSituation, str | Promise] = {
    VatSituation.FRANCHISE: gettext_lazy("Franchise (293 B)"),
    VatSituation.REVERSE_CHARGE_BUILDING: gettext_lazy("Reverse charge: building"),
    VatSituation.REVERSE_CHARGE_WASTE: gettext_lazy("Reverse charge: waste"),
    VatSituation.SERVICES_EU_BUSINESS: gettext_lazy("Services to an EU business"),
    VatSituation.SERVICES_OUTSIDE_EU: gettext_lazy("Services outside the EU"),
    VatSituation.INTRA_EU_GOODS: gettext_lazy("Goods within the EU"),
    VatSituation.EXPORT: gettext_lazy("Export of goods"),
    VatSituation.MEDICAL: gettext_lazy("Exempt: medical care"),
    VatSituation.TEACHING: gettext_lazy("Exempt: teaching"),
    VatSituation.FINANCE: gettext_lazy("Exempt: finance"),
    VatSituation.INSURANCE: gettext_lazy("Exempt: insurance"),
    VatSituation.BARE_RENT: gettext_lazy("Exempt: unfurnished rent"),
    VatSituation.NON_PROFIT: gettext_lazy("Exempt: non-profit"),
    VatSituation.DISBURSEMENT: gettext_lazy("Disbursement"),
    VatSituation.MARGIN_USED_GOODS: gettext_lazy("Margin: used goods"),
    VatSituation.MARGIN_ART: gettext_lazy("Margin: works of art"),
    VatSituation.MARGIN_COLLECTIBLES: gettext_lazy("Margin: collectibles"),
    VatSituation.MARGIN_TRAVEL: gettext_lazy("Margin: travel"),
}

KINDS: Mapping[DocumentKind, str | Promise] = {
    DocumentKind.INVOICE: gettext_lazy("Invoice"),
    DocumentKind.DEPOSIT: gettext_lazy("Deposit invoice"),
    DocumentKind.CREDIT_NOTE: gettext_lazy("Credit note"),
    DocumentKind.CORRECTIVE: gettext_lazy("Corrective invoice"),
}

METHODS: Choices = (
    ("transfer", gettext_lazy("Bank transfer")),
    ("direct-debit", gettext_lazy("SEPA direct debit")),
    ("card", gettext_lazy("Card")),
    ("cheque", gettext_lazy("Cheque")),
    ("cash", pgettext_lazy("means of payment", "Cash")),
)

NATURES: Choices = (
    (Nature.SERVICES.value, gettext_lazy("Services")),
    (Nature.GOODS.value, gettext_lazy("Goods")),
)
MIXED = (Nature.MIXED.value, pgettext_lazy("nature of an operation", "Both"))

LANGUAGES: Choices = (("fr", "Français"), ("en", gettext_lazy("French and English")))
CURRENCIES: Choices = tuple(
    (each, each) for each in ("EUR", "USD", "GBP", "CHF", "CAD", "JPY", "SEK", "NOK", "DKK", "PLN")
)


@lru_cache(maxsize=4096)
def unit_options(chosen: str, language: str) -> SafeString:
    """The options of a unit."""
    names = [(code, unit_name(code, Decimal(1), language)) for code in UNITS]
    return options(tuple(names), chosen or "C62")


@lru_cache(maxsize=4096)
def vat_options(chosen: str, language: str) -> SafeString:
    """The options of how a line is taxed: rates first, then why there is no tax."""
    rates = tuple((each, figures.percent(Decimal(each), language)) for each in RATES)
    situations = tuple((each.value, str(label)) for each, label in SITUATIONS.items())
    known = {value for value, _label in (*rates, *situations)}
    own = (
        ((chosen, chosen.replace(".", ",") if language != "en" else chosen),) if chosen and chosen not in known else ()
    )
    return format_html(
        '<option value="">–</option>{}<optgroup label="{}">{}</optgroup>',
        options((*own, *rates), chosen),
        _("Without VAT"),
        options(situations, chosen, keeps_unknown=False),
    )


def options(choices: Choices, chosen: str, *, keeps_unknown: bool = True) -> SafeString:
    """The options of a choice; what was chosen and is not offered stays."""
    values = [value for value, _label in choices]
    own = [(chosen, chosen)] if keeps_unknown and chosen and chosen not in values else []
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if value == chosen else "", label) for value, label in (*own, *choices)),
    )


def method_name(value: object) -> str:
    """How the data spell a way to pay that may stand as its code."""
    by_code = {each.value: each.name.lower().replace("_", "-") for each in PaymentMethod}
    return by_code.get(str(value or ""), str(value or ""))
