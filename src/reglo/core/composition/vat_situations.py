"""Why a line bears no VAT, by the name a founder knows; and the category, code and words that say so.

Categories are UNTDID 5305, codes are of the VATEX list, wordings are those in use in France.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class VatSituation(StrEnum):
    """A named reason for no VAT."""

    FRANCHISE = "franchise"  #: *franchise en base*
    REVERSE_CHARGE_BUILDING = "reverse-charge-building"  #: subcontracting in building
    REVERSE_CHARGE_WASTE = "reverse-charge-waste"  #: scrap and recyclable waste
    SERVICES_EU_BUSINESS = "services-eu-business"  #: services to a business in another member state
    SERVICES_OUTSIDE_EU = "services-outside-eu"  #: services to a business outside the Union
    INTRA_EU_GOODS = "intra-eu-goods"
    EXPORT = "export"  #: goods that leave the Union
    MEDICAL = "medical"
    TEACHING = "teaching"
    FINANCE = "finance"
    INSURANCE = "insurance"
    BARE_RENT = "bare-rent"  #: unfurnished lettings
    NON_PROFIT = "non-profit"
    DISBURSEMENT = "disbursement"  #: *débours*, paid on the customer's behalf
    MARGIN_USED_GOODS = "margin-used-goods"
    MARGIN_ART = "margin-art"
    MARGIN_COLLECTIBLES = "margin-collectibles"
    MARGIN_TRAVEL = "margin-travel"


@dataclass(frozen=True, slots=True, kw_only=True)
class VatTreatment:
    """How a line is taxed, in the terms of EN 16931."""

    category: str  #: BT-151: UNTDID 5305
    rate: Decimal | None  #: BT-152: percent; None for what is outside the scope of VAT
    code: str | None = None  #: BT-121: VATEX
    reason: str | None = None  #: BT-120


_ZERO = Decimal(0)


def _exempt(code: str, reason: str, category: str = "E") -> VatTreatment:
    return VatTreatment(category=category, rate=None if category == "O" else _ZERO, code=code, reason=reason)


VAT_TREATMENTS: Mapping[VatSituation, VatTreatment] = {
    VatSituation.FRANCHISE: _exempt("VATEX-FR-FRANCHISE", "TVA non applicable, article 293 B du CGI"),
    VatSituation.REVERSE_CHARGE_BUILDING: _exempt("VATEX-FR-AE", "Autoliquidation, article 283, 2 nonies du CGI", "AE"),
    VatSituation.REVERSE_CHARGE_WASTE: _exempt("VATEX-FR-AE", "Autoliquidation, article 283, 2 sexies du CGI", "AE"),
    VatSituation.SERVICES_EU_BUSINESS: _exempt(
        "VATEX-EU-AE", "Autoliquidation, articles 283-2 et 259, 1° du CGI", "AE"
    ),
    VatSituation.SERVICES_OUTSIDE_EU: _exempt("VATEX-EU-O", "TVA non applicable, article 259, 1° du CGI", "O"),
    VatSituation.INTRA_EU_GOODS: _exempt("VATEX-EU-IC", "Exonération de TVA, article 262 ter, I du CGI", "K"),
    VatSituation.EXPORT: _exempt("VATEX-EU-G", "Exonération de TVA, article 262, I du CGI", "G"),
    VatSituation.MEDICAL: _exempt("VATEX-FR-CGI261-4", "Exonération de TVA, article 261, 4-1° du CGI"),
    VatSituation.TEACHING: _exempt("VATEX-FR-CGI261-4", "Exonération de TVA, article 261, 4-4° du CGI"),
    VatSituation.FINANCE: _exempt("VATEX-FR-CGI261C-1", "Exonération de TVA, article 261 C, 1° du CGI"),
    VatSituation.INSURANCE: _exempt("VATEX-FR-CGI261C-2", "Exonération de TVA, article 261 C, 2° du CGI"),
    VatSituation.BARE_RENT: _exempt("VATEX-FR-CGI261D-2", "Exonération de TVA, article 261 D, 2° du CGI"),
    VatSituation.NON_PROFIT: _exempt("VATEX-FR-CGI261-7", "Exonération de TVA, article 261, 7-1° du CGI"),
    VatSituation.DISBURSEMENT: _exempt("VATEX-EU-79-C", "Débours, article 267, II-2° du CGI"),
    VatSituation.MARGIN_USED_GOODS: _exempt("VATEX-EU-F", "Régime particulier – Biens d'occasion"),
    VatSituation.MARGIN_ART: _exempt("VATEX-EU-I", "Régime particulier – Objets d'art"),
    VatSituation.MARGIN_COLLECTIBLES: _exempt("VATEX-EU-J", "Régime particulier – Objets de collection et d'antiquité"),
    VatSituation.MARGIN_TRAVEL: _exempt("VATEX-EU-D", "Régime particulier – Agences de voyages"),
}


def treatment(vat: Decimal | VatSituation) -> VatTreatment:
    """Category and rate for a rate in percent or a named situation."""
    if isinstance(vat, VatSituation):
        return VAT_TREATMENTS[vat]
    return VatTreatment(category="S", rate=vat)
