"""What a text must look like for the French platforms, as their sheets test it: on the text, not on its value.

`1.50` and `1.5` are the same amount, but `1.500` has a decimal too many. Each function says whether a text is good;
most texts come again and again, so the answers are kept.
"""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

DOCUMENT_TYPES = frozenset(
    (
        *("380", "389", "393", "501", "386", "500", "384", "471", "472", "473", "261", "262", "381", "396", "502"),
        "503",
    )
)
SELF_BILLED_TYPES = frozenset({"389", "501", "500", "471", "473", "261", "502"})
BILLING_FRAMEWORKS = frozenset(
    (
        *("B1", "S1", "M1", "B2", "S2", "M2", "S3", "B4", "S4", "M4", "S5", "S6", "B7", "S7", "B8", "S8", "M8"),
        *("B9", "S9", "M9"),
    )
)
TREATMENTS = frozenset({"B2B", "B2BINT", "B2C", "B2CINT", "OUTOFSCOPE", "ARCHIVEONLY"})
VAT_CATEGORIES = frozenset({"S", "E", "AE", "K", "G", "O", "Z"})
VAT_RATES = frozenset(
    (
        *("0", "0.0", "0.00", "10", "10.0", "10.00", "13", "13.0", "13.00", "20", "20.0", "20.00", "8.5", "8.50"),
        *("19.6", "19.60", "2.1", "2.10", "5.5", "5.50", "7", "7.0", "7.00", "20.6", "20.60", "1.05", "0.9", "0.90"),
        *("1.75", "9.2", "9.20", "9.6", "9.60"),
    )
)
ATTACHMENT_KINDS = frozenset(
    (
        *("RIB", "LISIBLE", "FEUILLE_DE_STYLE", "PJA", "BORDEREAU_SUIVI", "DOCUMENT_ANNEXE", "BON_LIVRAISON"),
        *("BON_COMMANDE", "BORDEREAU_SUIVI_VALIDATION", "ETAT_ACOMPTE", "FACTURE_PAIEMENT_DIRECT"),
        "RECAPITULATIF_COTRAITANCE",
    )
)

_MAX_DIGITS = 19  #: of an amount or a quantity; a minus sign counts as one
_MAX_RATE_DIGITS = 4
_KEPT = 4096  #: answers kept by each function

_identifier = re.compile(r"[A-Za-z0-9+\-_/]+").fullmatch
_address = re.compile(r"[A-Za-z0-9+\-_.]+").fullmatch
_siren = re.compile(r"\d{9}").fullmatch
_siret = re.compile(r"\d{14}").fullmatch
_day = re.compile(r"20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])").fullmatch
_dashed_day = re.compile(r"20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])").fullmatch
_amount = re.compile(r"-?\d{1,19}(\.\d{1,2})?").fullmatch
_quantity = re.compile(r"-?\d{1,19}(\.\d{1,4})?").fullmatch
_price = re.compile(r"\d{1,19}(\.\d{1,6})?").fullmatch
_signed_price = re.compile(r"-?\d{1,19}(\.\d{1,6})?").fullmatch
_rate = re.compile(r"\d{1,4}(\.\d{1,2})?").fullmatch


def is_short(text: str) -> bool:
    """At most 35 characters."""
    return len(text) <= 35


def is_identifier(text: str) -> bool:
    """Letters without accents, digits and + - _ /, without space."""
    return " " not in text and _identifier(text.strip()) is not None


def is_address(text: str) -> bool:
    """Letters without accents, digits and + - _ . as addresses and routing codes have them."""
    return _address(text) is not None


def is_siren(text: str | None) -> bool:
    """Nine digits. Whether the last one is right is an affair of `reglo.core.parties`."""
    return text is not None and _siren(text.strip()) is not None


def is_siret_of(siret: str, siren: str | None) -> bool:
    """Fourteen digits, the first nine of them the SIREN."""
    return _siret(siret) is not None and siret[:9] == siren


@lru_cache(_KEPT)
def is_day(text: str) -> bool:
    """A day of the years 2000 to 2099 that begins the text: YYYYMMDD, as CII writes it."""
    found = _day(text[:8])
    return found is not None and _exists(text[:4], found[1], found[2])


@lru_cache(_KEPT)
def is_dashed_day(text: str) -> bool:
    """A day of the years 2000 to 2099 and nothing else: YYYY-MM-DD, as UBL writes it."""
    return _dashed_day(text) is not None and _exists(text[:4], text[5:7], text[8:])


def _exists(year: str, month: str, day: str) -> bool:
    if month == "02":
        # Every fourth year is a leap year between 2000 and 2099.
        return int(day) <= (29 if int(year) % 4 == 0 else 28)
    return int(day) <= (30 if month in ("04", "06", "09", "11") else 31)


def is_document_type(text: str) -> bool:
    """One of the UNTDID 1001 codes that the reform admits."""
    return text in DOCUMENT_TYPES


def is_vat_category(text: str) -> bool:
    """One of the UNTDID 5305 codes that exist in France: neither L (Canaries) nor M (Ceuta and Melilla)."""
    return text in VAT_CATEGORIES


def is_not_spanish(text: str) -> bool:
    """Not one of the two VAT categories of Spanish territories."""
    return text not in ("L", "M")


def is_vat_rate(text: str) -> bool:
    """A rate in force in some part of France, now or in years that may still be corrected."""
    return text in VAT_RATES


def is_vat_rate_or_empty(text: str) -> bool:
    """As `is_vat_rate`, for the sheet that lets an empty rate pass."""
    return text == "" or text in VAT_RATES


def is_filled(text: str) -> bool:
    """Something else than spaces."""
    return text.strip() != ""


def _fits(text: str, digits: int) -> bool:
    return len(text) - text.count(".") <= digits


@lru_cache(_KEPT)
def is_amount(text: str) -> bool:
    """At most 19 digits, two of them decimals."""
    text = text.strip()
    return _amount(text) is not None and _fits(text, _MAX_DIGITS)


@lru_cache(_KEPT)
def is_quantity(text: str) -> bool:
    """At most 19 digits, four of them decimals."""
    text = text.strip()
    return _quantity(text) is not None and _fits(text, _MAX_DIGITS)


@lru_cache(_KEPT)
def is_price(text: str) -> bool:
    """At most 19 digits, six of them decimals, not negative."""
    text = text.strip()
    return _price(text) is not None and _fits(text, _MAX_DIGITS)


@lru_cache(_KEPT)
def is_signed_price(text: str) -> bool:
    """At most 19 digits, six of them decimals; negative where two sellers bill each other (S9, B9, M9)."""
    text = text.strip()
    return _signed_price(text) is not None and _fits(text, _MAX_DIGITS)


@lru_cache(_KEPT)
def is_rate(text: str) -> bool:
    """At most four digits, two of them decimals, not negative."""
    text = text.strip()
    return _rate(text) is not None and _fits(text, _MAX_RATE_DIGITS)


def number_of(text: str | None) -> Decimal | None:
    """The number that a text is, or None."""
    try:
        number = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
