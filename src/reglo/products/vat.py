"""How a product is taxed, by the names that one chooses from: rates, and the reasons for no VAT in plain words."""

import re
from collections.abc import Mapping
from decimal import Decimal

from reglo.core.composition.vat_situations import VatSituation
from reglo.core.findings import Text
from reglo.core.terms.figures import percent_text

_RATE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,4})?")

#: In force in France; then those of Corsica and overseas.
RATES = ("20", "10", "5.5", "2.1", "8.5", "13", "1.75", "1.05", "0.9")

SITUATIONS: Mapping[VatSituation, Text] = {
    VatSituation.FRANCHISE: Text(fr="Franchise en base (article 293 B)", en="VAT franchise (article 293 B)"),
    VatSituation.REVERSE_CHARGE_BUILDING: Text(
        fr="Autoliquidation : sous-traitance du bâtiment", en="Reverse charge: subcontracting in building"
    ),
    VatSituation.REVERSE_CHARGE_WASTE: Text(
        fr="Autoliquidation : déchets et matières de récupération", en="Reverse charge: scrap and waste"
    ),
    VatSituation.SERVICES_EU_BUSINESS: Text(
        fr="Service à une entreprise de l'Union européenne", en="Service to a business elsewhere in the EU"
    ),
    VatSituation.SERVICES_OUTSIDE_EU: Text(
        fr="Service à une entreprise hors de l'Union européenne", en="Service to a business outside the EU"
    ),
    VatSituation.INTRA_EU_GOODS: Text(fr="Livraison intracommunautaire de biens", en="Goods sold within the EU"),
    VatSituation.EXPORT: Text(fr="Exportation de biens", en="Export of goods"),
    VatSituation.MEDICAL: Text(fr="Soins médicaux", en="Medical care"),
    VatSituation.TEACHING: Text(fr="Enseignement, formation", en="Teaching, training"),
    VatSituation.FINANCE: Text(fr="Opérations financières", en="Finance"),
    VatSituation.INSURANCE: Text(fr="Assurance", en="Insurance"),
    VatSituation.BARE_RENT: Text(fr="Location nue", en="Unfurnished letting"),
    VatSituation.NON_PROFIT: Text(fr="Organisme sans but lucratif", en="Non-profit body"),
    VatSituation.DISBURSEMENT: Text(fr="Débours", en="Disbursement"),
    VatSituation.MARGIN_USED_GOODS: Text(fr="Marge : biens d'occasion", en="Margin: used goods"),
    VatSituation.MARGIN_ART: Text(fr="Marge : objets d'art", en="Margin: works of art"),
    VatSituation.MARGIN_COLLECTIBLES: Text(fr="Marge : objets de collection", en="Margin: collectibles"),
    VatSituation.MARGIN_TRAVEL: Text(fr="Marge : agence de voyages", en="Margin: travel agency"),
}


def vat_name(vat: str, language: str) -> str:
    """What a person calls a stored `vat`: "20 %", "Autoliquidation : …"."""
    rate = rate_of(vat)
    if rate is not None:
        return percent_text(rate).in_language(language)
    name = SITUATIONS.get(VatSituation(vat)) if vat in {each.value for each in VatSituation} else None
    return vat if name is None else name.in_language(language)


def rate_of(vat: str) -> Decimal | None:
    """The rate in percent, or None where `vat` names a situation."""
    return Decimal(vat) if _RATE.fullmatch(vat) else None


def vat_choices(language: str) -> list[tuple[str, str]]:
    """What a product may be taxed with, for a form."""
    rates = [(each, vat_name(each, language)) for each in RATES]
    return [*rates, *((each.value, name.in_language(language)) for each, name in SITUATIONS.items())]
