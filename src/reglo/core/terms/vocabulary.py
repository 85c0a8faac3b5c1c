"""The words of payment terms in French and English, as a table: what each says, and how one finds it.

Text is folded first: small letters, no accents, single plain spaces, a point for the decimal sign.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache


class Kind(Enum):
    """What a word says."""

    NO_DISCOUNT = auto()
    NO_PENALTY = auto()
    NO_INDEMNITY = auto()
    PENALTY_LEGAL = auto()
    PENALTY_ECB = auto()
    PENALTY_FIXED = auto()
    INDEMNITY = auto()
    BUSINESS_DAY = auto()
    TIMES = auto()
    SHORT_DISCOUNT = auto()
    NET_DAYS = auto()
    NET = auto()
    PERCENT = auto()
    AMOUNT = auto()
    FRACTION = auto()
    NAMED_FRACTION = auto()
    SPLIT = auto()
    DAYS = auto()
    AFTER_END_OF_MONTH = auto()
    END_OF_MONTH = auto()
    DAY_OF_MONTH = auto()
    ORDER = auto()
    DEPOSIT = auto()
    BALANCE = auto()
    DISCOUNT = auto()
    AT_ONCE = auto()
    DELIVERY = auto()
    SERVICE = auto()
    RECEIPT = auto()
    INVOICE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Word:
    """One thing said, and where."""

    kind: Kind
    start: int
    end: int
    values: tuple[str, ...] = ()  #: the figures within


_NUMBER = r"\d+(?:\.\d+)?"
_MONEY = r"\d{1,3}(?: \d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# By name, since any three letters may be a word: «30 jrs», «45 fdm».
_CURRENCIES = """
    aed aud bgn bhd brl cad chf cny czk dkk dzd egp eur gbp hkd huf ils inr isk jpy krw kwd mad mur mxn nok nzd pln qar
    ron sar sek sgd tnd try usd xaf xof xpf zar
"""
_CURRENCY = rf"(?:€|euros?\b|(?:{'|'.join(_CURRENCIES.split())})\b)"
_AMOUNT = rf"(?:{_CURRENCY} ?({_MONEY})|({_MONEY}) ?{_CURRENCY})"
_DAY_UNIT = r"(?:jours?|jrs?|j|days?|d)\b"
_LIST = r"(\d+(?: ?(?:[/.,-]|et|and) ?\d+)+)"
_LATE = r"(?:(?:taux des )?penalites(?: de retard)?|interets de retard|late (?:penalties|interest)|penalty rate)[ :]*"
_END_OF_MONTH = (
    r"(?:fin (?:de|du|de ce) mois(?! (?:suivant|prochain))|fdm\b|fm\b|end of (?:the |that )?month|month[- ]end\b|eom\b)"
)
_IN = r"(?:/| ?%[ /]?)"
_MONTH_ENDING = r"(?: du mois( suivant)?| of the (following |next )?month)?"

# In this order: what is said in more words comes before what is said in fewer.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.NO_DISCOUNT, r"(?:pas d'|sans |aucun )escompte(?: (?:pour|en cas de) paiement anticipe)?"),
    (Kind.NO_DISCOUNT, r"no (?:early[- ]payment )?discount(?: for early payment)?"),
    (Kind.NO_PENALTY, r"(?:pas de|sans|aucune) penalites? de retard|no late penalties"),
    (Kind.NO_INDEMNITY, r"(?:pas d'|sans |aucune )indemnite(?: forfaitaire)? de recouvrement|no recovery indemnity"),
    (
        Kind.PENALTY_LEGAL,
        rf"(?:{_LATE})?({_NUMBER}|trois|three) (?:fois|x|times) (?:le |the )?"
        r"(?:taux (?:d'interet |de l'interet )?legal|(?:french )?legal (?:interest )?rate)",
    ),
    (
        Kind.PENALTY_ECB,
        rf"(?:{_LATE})?(?:taux (?:de refinancement |directeur )?(?:de la )?|refinancing rate of the )?"
        rf"(?:bce|ecb)(?: rate)?(?: majoree? de | ?\+ ?| plus )({_NUMBER})(?: points?)?(?: de pourcentage)?",
    ),
    (
        Kind.PENALTY_FIXED,
        rf"{_LATE}(?:au taux de )?({_NUMBER}) ?%(?: (?:par an|l'an|an|a year|per year|per annum)\b)?",
    ),
    (
        Kind.INDEMNITY,
        r"(?:indemnite(?: forfaitaire)?(?: (?:pour frais )?de recouvrement)?"
        rf"|(?:fixed |recovery )?indemnity(?: for recovery costs)?)[ :]*(?:de |of )?{_AMOUNT}",
    ),
    (
        Kind.BUSINESS_DAY,
        r"(?:(?:une )?echeances? (?:qui tombe|tombant) un jour (?:non ouvre|ferie)( en alsace-moselle)? (?:est )?)?"
        r"(?:reportee? |decalee? )?(?:au |le )?(?:premier |prochain )?jour ouvre suivant( en alsace-moselle)?",
    ),
    (
        Kind.BUSINESS_DAY,
        r"(?:(?:a )?due dates? (?:that falls|falling) on a (?:day off|holiday)( in alsace-moselle)? )?"
        r"(?:moves to |moved to )?(?:the )?next (?:business|working) day( in alsace-moselle)?",
    ),
    (
        Kind.TIMES,
        r"(\d+|deux|trois|quatre|two|three|four) ?(?:fois|x|times|(?:equal )?instal?lments|echeances(?: egales)?)"
        rf"(?: sans frais)?[ :(]*(?:a |at )?{_LIST}(?: ?{_DAY_UNIT})?",
    ),
    (
        Kind.SHORT_DISCOUNT,
        rf"({_NUMBER}){_IN}(\d+)(?=(?:[ ,]+{_NUMBER}{_IN}\d+)*[ ,]*(?:net\b|n/?\s?\d))",
    ),
    (Kind.NET_DAYS, rf"(?:net |n ?/? ?)(\d+)(?: ?{_DAY_UNIT})?"),
    (Kind.NET, r"nets?\b"),
    (Kind.PERCENT, rf"({_NUMBER}) ?(?:%|pour ?cents?\b|per ?cent\b)"),
    (Kind.AMOUNT, _AMOUNT),
    (Kind.FRACTION, r"1/(\d+)\b(?!/)"),
    (Kind.NAMED_FRACTION, r"(?:la |un |one )?(moitie|half|tiers|third|quart|quarter)\b"),
    (Kind.SPLIT, r"(\d+(?:/\d+)+)(?: (?:jours|days)\b)?"),
    (Kind.DAYS, rf"(\d+) ?{_DAY_UNIT}"),
    (Kind.DAYS, rf"(\d+)(?= {_END_OF_MONTH})"),
    (Kind.AFTER_END_OF_MONTH, rf"(?:apres |after |a (?:compter|partir) de |from )(?:la |the )?{_END_OF_MONTH}"),
    (Kind.END_OF_MONTH, _END_OF_MONTH),
    (
        Kind.DAY_OF_MONTH,
        rf"(?:le|au|on the) (\d{{1,2}})(?:er|st|nd|rd|th)?\b{_MONTH_ENDING}(?! ?(?:%|€|/|{_DAY_UNIT}))",
    ),
    (
        Kind.ORDER,
        r"(?:a |on |at |with |upon |la |the )*(?:commande|order|signature(?: du devis)?|upfront|avance|advance)\b",
    ),
    (Kind.DEPOSIT, r"(?:acompte|deposit|down[- ]?payment)\b"),
    (Kind.BALANCE, r"(?:solde|reste|balance|remainder|rest)\b"),
    (Kind.DISCOUNT, r"(?:escompte|discount)\b"),
    (Kind.AT_ONCE, r"(?:au )?(?:comptant|immediat|immediately|immediate|cash)\b"),
    (Kind.DELIVERY, r"livraison(?: des marchandises)?\b|reception des marchandises\b"),
    (Kind.DELIVERY, r"delivery(?: of (?:the )?goods)?\b|receipt of (?:the )?goods\b"),
    (Kind.SERVICE, r"fin (?:de (?:la )?prestation|des travaux)\b|execution de la prestation\b"),
    (Kind.SERVICE, r"completion(?: of (?:the )?(?:service|work))?\b|end of (?:the )?service\b"),
    (Kind.RECEIPT, r"reception(?: de (?:la |votre )?facture)?\b|receipt(?: of (?:the |an )?invoice)?\b"),
    (Kind.INVOICE, r"date d'emission(?: de (?:la )?facture)?\b|(?:date )?(?:de )?(?:la )?(?:facture|facturation)\b"),
    (Kind.INVOICE, r"date of (?:the )?invoice\b|invoice(?: date)?\b|ddf\b|df\b"),
)

# Words that say nothing about when to pay what.
_FILLER_WORDS = """
    a after an and anticipe apres at au aux calendaires calendar ce compter condition conditions d date dater days de
    delai des du due early echeance en et for from if in is jour jours l la le les maximum of on par partir pay payable
    payables paye paid paiement payment plus pour puis reglement reglable regle s si sous sur tard terms the then to un
    une upon with within
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_THOUSANDS = re.compile(r"(?:€|[a-z]{3}) ?\d{1,3}(?:,\d{3})+(?!\d)")
_MEANS = re.compile(
    r"(?:cheque|virement|carte|prelevement|(?:bank )?transfer|card|direct debit)\b(?: bancaire| sepa)?(?: (?:ou|or) )?"
)
_SILENT = re.compile(r"[\s,;:.()+&/'’\"«»\-–—]+")
_ANY_WORD = re.compile(r"[^\W\d_]+|\S+?(?=[\s,;:()]|$)")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text made easy to read for a program, and where each of its characters was."""

    text: str
    places: tuple[int, ...]  #: in the original, one a character

    def original(self, word: Word, text: str) -> str:
        """What the user wrote where `word` is."""
        return text[self.places[word.start] : self.places[word.end - 1] + 1]


def fold(text: str) -> Folded:
    """Small letters without accents, single plain spaces, decimal points."""
    kept: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        folded = _fold_character(character)
        if folded != " " or (kept and kept[-1][0] != " "):
            kept.append((folded, place))
    plain = "".join(character for character, _ in kept)
    grouped = _THOUSANDS.sub(lambda match: match[0].replace(",", " "), plain)
    return Folded(_DECIMAL_COMMA.sub(".", grouped), tuple(place for _, place in kept))


def words(folded: str) -> Iterator[Word]:
    """What the text of a Folded says, from left to right, without the fillers."""
    place = 0
    while place < len(folded):
        silent = _SILENT.match(folded, place) or _MEANS.match(folded, place)
        if silent:
            place = silent.end()
            continue
        word = _word_at(folded, place)
        if word.kind is not Kind.UNKNOWN or folded[word.start : word.end] not in _FILLERS:
            yield word
        place = word.end


@cache
def _table() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """The patterns, compiled when terms are first read: most work reads none."""
    return tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def _word_at(folded: str, place: int) -> Word:
    for kind, pattern in _table():
        match = pattern.match(folded, place)
        if match:
            return Word(kind, place, match.end(), tuple(each for each in match.groups() if each))
    match = _ANY_WORD.match(folded, place)
    return Word(Kind.UNKNOWN, place, match.end() if match else place + 1)


def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    if character == "’":
        return "'"
    plain = "".join(each for each in unicodedata.normalize("NFKD", character) if not unicodedata.combining(each))
    plain = plain.casefold()
    return plain if len(plain) == 1 else character
