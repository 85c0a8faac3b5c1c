"""Words that a founder uses for codes: kinds of document, units, situations of VAT. French beside English.

Case, accents and spaces do not matter. What is in no table goes through as it stands, and is judged where it is read.
"""

import unicodedata
from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "facture": "invoice",
    "avoir": "credit-note",
    "facture d'avoir": "credit-note",
    "facture rectificative": "corrective",
    "rectificative": "corrective",
    "acompte": "deposit",
    "facture d'acompte": "deposit",
}
PAYMENT_METHODS: Mapping[str, str] = {
    "virement": "transfer",
    "cheque": "cheque",
    "carte": "card",
    "carte bancaire": "card",
    "cb": "card",
    "especes": "cash",
    "prelevement": "direct-debit",
    "prelevement sepa": "direct-debit",
}
NATURES: Mapping[str, str] = {
    "bien": "goods",
    "biens": "goods",
    "marchandises": "goods",
    "vente": "goods",
    "service": "services",
    "prestation": "services",
    "prestations": "services",
    "mixte": "mixed",
}
BUYER_KINDS: Mapping[str, str] = {
    "entreprise": "business",
    "professionnel": "business",
    "pro": "business",
    "b2b": "business",
    "particulier": "consumer",
    "consommateur": "consumer",
    "b2c": "consumer",
    "administration": "public",
    "collectivite": "public",
    "b2g": "public",
    "hopital public": "public-health",
    "entreprise publique": "public-company",
}
VAT_REGIMES: Mapping[str, str] = {"encaissements": "receipts", "debits": "debits", "franchise en base": "franchise"}
SIZES: Mapping[str, str] = {
    "grande": "large",
    "ge": "large",
    "eti": "midsize",
    "pme": "small",
    "micro-entreprise": "micro",
}
VAT_SITUATIONS: Mapping[str, str] = {
    "franchise en base": "franchise",
    "293 b": "franchise",
    "autoliquidation": "reverse-charge-building",
    "autoliquidation batiment": "reverse-charge-building",
    "autoliquidation btp": "reverse-charge-building",
    "autoliquidation dechets": "reverse-charge-waste",
    "services ue": "services-eu-business",
    "prestation ue": "services-eu-business",
    "services hors ue": "services-outside-eu",
    "prestation hors ue": "services-outside-eu",
    "intracommunautaire": "intra-eu-goods",
    "livraison intracommunautaire": "intra-eu-goods",
    "exportation": "export",
    "medical": "medical",
    "enseignement": "teaching",
    "formation": "teaching",
    "assurance": "insurance",
    "location nue": "bare-rent",
    "debours": "disbursement",
    "marge biens d'occasion": "margin-used-goods",
    "marge oeuvres d'art": "margin-art",
    "marge agence de voyages": "margin-travel",
}
#: UN/ECE recommendation 20. A *lot* is a set of things sold together: the code LO is a lot of a tender.
UNITS: Mapping[str, str] = {
    "": "C62",
    "u": "C62",
    "unite": "C62",
    "unites": "C62",
    "unit": "C62",
    "units": "C62",
    "piece": "H87",
    "pieces": "H87",
    "pce": "H87",
    "pces": "H87",
    "forfait": "LS",
    "forfaits": "LS",
    "ff": "LS",
    "lump sum": "LS",
    "lump sums": "LS",
    "lot": "SET",
    "lots": "SET",
    "ensemble": "SET",
    "set": "SET",
    "sets": "SET",
    "prestation": "E48",
    "prestations": "E48",
    "personne": "IE",
    "personnes": "IE",
    "person": "IE",
    "persons": "IE",
    "h": "HUR",
    "heure": "HUR",
    "heures": "HUR",
    "hour": "HUR",
    "hours": "HUR",
    "j": "DAY",
    "jour": "DAY",
    "jours": "DAY",
    "day": "DAY",
    "days": "DAY",
    "semaine": "WEE",
    "semaines": "WEE",
    "week": "WEE",
    "weeks": "WEE",
    "mois": "MON",
    "month": "MON",
    "months": "MON",
    "an": "ANN",
    "ans": "ANN",
    "annee": "ANN",
    "year": "ANN",
    "years": "ANN",
    "minute": "MIN",
    "minutes": "MIN",
    "kg": "KGM",
    "kilo": "KGM",
    "g": "GRM",
    "t": "TNE",
    "tonne": "TNE",
    "tonnes": "TNE",
    "l": "LTR",
    "litre": "LTR",
    "litres": "LTR",
    "m": "MTR",
    "metre": "MTR",
    "metres": "MTR",
    "ml": "MTR",
    "m2": "MTK",
    "m3": "MTQ",
    "km": "KMT",
    "kwh": "KWH",
}


def coded(words: Mapping[str, str], said: object) -> object:
    """The code that a word stands for, or what was said."""
    return words.get(plain(said), said) if isinstance(said, str) else said


def plain(word: str) -> str:
    """A word as the tables have it: small letters without accents, single spaces, straight apostrophes."""
    folded = unicodedata.normalize("NFKD", word.replace("’", "'").replace("œ", "oe")).casefold()
    return " ".join("".join(each for each in folded if not unicodedata.combining(each)).split())
