"""The lists that identifiers come from, by the names that we show to users.

Two lists share most numbers: ICD (ISO 6523), for identifiers of parties, places and goods, and EAS, for electronic
addresses. Only schemes that a French business is likely to meet are named; any other shows as its code. The whole
lists, as the rules check them, are with the rules.
"""

from reglo.core.findings import Text


def scheme_name(code: str | None, language: str = "fr") -> str:
    """What a person calls the scheme: "SIREN" for 0002; the code itself where we have no name."""
    if code is None:
        return ""
    name = _SCHEMES.get(code)
    return code if name is None else name.in_language(language)


def vat_scheme(country: str) -> str | None:
    """The EAS code under which a VAT number of this country is an electronic address: 9930 for DE."""
    return _VAT_SCHEMES.get(country.upper())


def _same(name: str) -> Text:
    return Text(fr=name, en=name)


_SCHEMES = {
    "0002": _same("SIREN"),
    "0009": _same("SIRET"),
    "0007": Text(fr="Numéro d'entreprise (Suède)", en="Company number (Sweden)"),
    "0060": _same("DUNS"),
    "0088": _same("GLN"),
    "0096": Text(fr="Numéro P (Danemark)", en="P number (Denmark)"),
    "0106": Text(fr="Numéro KvK (Pays-Bas)", en="KvK number (Netherlands)"),
    "0130": Text(fr="Direction de la Commission européenne", en="Directorate of the European Commission"),
    "0151": Text(fr="Numéro ABN (Australie)", en="ABN (Australia)"),
    "0160": _same("GTIN"),
    "0177": Text(fr="Opérateur d'identifiants Odette", en="Odette identifier"),
    "0183": Text(fr="Numéro IDE (Suisse)", en="UID (Switzerland)"),
    "0184": Text(fr="Numéro CVR (Danemark)", en="CVR number (Denmark)"),
    "0190": Text(fr="Numéro OIN (Pays-Bas)", en="OIN (Netherlands)"),
    "0192": Text(fr="Numéro d'organisation (Norvège)", en="Organisation number (Norway)"),
    "0195": Text(fr="Numéro UEN (Singapour)", en="UEN (Singapore)"),
    "0196": Text(fr="Kennitala (Islande)", en="Kennitala (Iceland)"),
    "0198": Text(fr="Numéro SE (Danemark)", en="SE number (Denmark)"),
    "0199": _same("LEI"),
    "0201": Text(fr="Codice IPA (Italie)", en="Codice IPA (Italy)"),
    "0204": Text(fr="Leitweg-ID (Allemagne)", en="Leitweg-ID (Germany)"),
    "0208": Text(fr="Numéro d'entreprise (Belgique)", en="Enterprise number (Belgium)"),
    "0211": Text(fr="Partita IVA (Italie)", en="Partita IVA (Italy)"),
    "0212": Text(fr="Y-tunnus (Finlande)", en="Business identifier (Finland)"),
    "0213": Text(fr="Numéro de TVA (Finlande)", en="VAT number (Finland)"),
    "0223": Text(fr="Numéro de TVA intracommunautaire", en="EU VAT number"),
    "0224": Text(fr="Code de routage", en="Routing code"),
    "0225": Text(fr="Adresse de facturation électronique", en="French e-invoicing address"),
    "0226": Text(fr="Particulier", en="Individual"),
    "0227": Text(fr="Entreprise hors Union européenne", en="Business outside the European Union"),
    "0228": Text(fr="Numéro RIDET (Nouvelle-Calédonie)", en="RIDET (New Caledonia)"),
    "0229": Text(fr="Numéro Tahiti (Polynésie française)", en="Tahiti number (French Polynesia)"),
    "0231": Text(fr="Membre d'un assujetti unique", en="Member of a VAT group"),
    "9957": Text(fr="Numéro de TVA (France)", en="VAT number (France)"),
    "EM": Text(fr="Courriel", en="E-mail"),
}

#: EAS codes of national VAT numbers, by the prefix of the number. Sweden and Norway have none: an e-mail serves there.
_VAT_SCHEMES = {
    "AT": "9914",
    "BE": "9925",
    "BG": "9926",
    "CH": "9927",
    "CY": "9928",
    "CZ": "9929",
    "DE": "9930",
    "EE": "9931",
    "ES": "9920",
    "FI": "0213",
    "FR": "9957",
    "GB": "9932",
    "GR": "9933",
    "EL": "9933",
    "HR": "9934",
    "HU": "9910",
    "IE": "9935",
    "IT": "0211",
    "LI": "9936",
    "LT": "9937",
    "LU": "9938",
    "LV": "9939",
    "MC": "9940",
    "MT": "9943",
    "NL": "9944",
    "PL": "9945",
    "PT": "9946",
    "RO": "9947",
    "SI": "9949",
    "SK": "9950",
}
