"""Names of countries in both languages, for the last line of an address abroad (ISO 3166-1)."""

from reglo.core.findings import Text

_NAMES = """
AD Andorre|Andorra
AE Émirats arabes unis|United Arab Emirates
AL Albanie|Albania
AR Argentine|Argentina
AT Autriche|Austria
AU Australie|Australia
BA Bosnie-Herzégovine|Bosnia and Herzegovina
BE Belgique|Belgium
BG Bulgarie|Bulgaria
BJ Bénin|Benin
BR Brésil|Brazil
CA Canada|Canada
CH Suisse|Switzerland
CI Côte d'Ivoire|Ivory Coast
CL Chili|Chile
CM Cameroun|Cameroon
CN Chine|China
CO Colombie|Colombia
CY Chypre|Cyprus
CZ Tchéquie|Czechia
DE Allemagne|Germany
DK Danemark|Denmark
DZ Algérie|Algeria
EE Estonie|Estonia
EG Égypte|Egypt
ES Espagne|Spain
FI Finlande|Finland
FR France|France
GA Gabon|Gabon
GB Royaume-Uni|United Kingdom
GF Guyane française|French Guiana
GP Guadeloupe|Guadeloupe
GR Grèce|Greece
HK Hong Kong|Hong Kong
HR Croatie|Croatia
HU Hongrie|Hungary
ID Indonésie|Indonesia
IE Irlande|Ireland
IL Israël|Israel
IN Inde|India
IS Islande|Iceland
IT Italie|Italy
JP Japon|Japan
KR Corée du Sud|South Korea
LB Liban|Lebanon
LI Liechtenstein|Liechtenstein
LT Lituanie|Lithuania
LU Luxembourg|Luxembourg
LV Lettonie|Latvia
MA Maroc|Morocco
MC Monaco|Monaco
MD Moldavie|Moldova
ME Monténégro|Montenegro
MG Madagascar|Madagascar
MK Macédoine du Nord|North Macedonia
ML Mali|Mali
MQ Martinique|Martinique
MT Malte|Malta
MU Maurice|Mauritius
MX Mexique|Mexico
MY Malaisie|Malaysia
NC Nouvelle-Calédonie|New Caledonia
NG Nigéria|Nigeria
NL Pays-Bas|Netherlands
NO Norvège|Norway
NZ Nouvelle-Zélande|New Zealand
PF Polynésie française|French Polynesia
PH Philippines|Philippines
PL Pologne|Poland
PM Saint-Pierre-et-Miquelon|Saint Pierre and Miquelon
PT Portugal|Portugal
QA Qatar|Qatar
RE La Réunion|Réunion
RO Roumanie|Romania
RS Serbie|Serbia
SA Arabie saoudite|Saudi Arabia
SE Suède|Sweden
SG Singapour|Singapore
SI Slovénie|Slovenia
SK Slovaquie|Slovakia
SM Saint-Marin|San Marino
SN Sénégal|Senegal
TH Thaïlande|Thailand
TN Tunisie|Tunisia
TR Turquie|Türkiye
TW Taïwan|Taiwan
UA Ukraine|Ukraine
US États-Unis|United States
VN Viêt Nam|Vietnam
XI Irlande du Nord|Northern Ireland
YT Mayotte|Mayotte
ZA Afrique du Sud|South Africa
"""

COUNTRIES = {
    row[:2]: Text(fr=french, en=english)
    for row in _NAMES.strip().splitlines()
    for french, english in [row[3:].split("|")]
}


def country_name(code: str, language: str) -> str:
    """The name of a country, or its code where we have no name for it."""
    name = COUNTRIES.get(code)
    return code if name is None else name.in_language(language)
