"""From the usual wordings, French or English, to terms: «45 jours fin de mois», "2/10 net 30"."""

import re

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.terms.draft import Contradiction, Draft
from reglo.core.terms.model import PaymentTerms
from reglo.core.terms.vocabulary import Kind, fold, words

_LONGEST = 2000  # characters: no terms are longer, and the search must stay quick
_USUAL = (
    "30 jours",
    "30 jours fin de mois",
    "fin de mois 30 jours",
    "30 jours fin de mois le 10",
    "30 jours date de facture",
    "à réception",
    "comptant",
    "30 % à la commande, solde à 30 jours",
    "3 fois (30/60/90)",
    "2 % à 10 jours, net à 30 jours",
    "net 30",
    "2/10 net 30",
    "due on receipt",
)


class TermsNotUnderstood(DomainError):
    """These words are no payment terms that Réglo reads.

    unknown: the parts that were not understood, as they were written; suggestions: wordings that are, nearest first.
    """

    code = "terms-not-understood"

    def __init__(self, reason: Text, *, text: str, unknown: tuple[str, ...] = ()) -> None:
        self.unknown = unknown
        self.suggestions = _suggestions(text)
        french = ", ".join(f"«\N{NO-BREAK SPACE}{each}\N{NO-BREAK SPACE}»" for each in self.suggestions)
        english = ", ".join(f'"{each}"' for each in self.suggestions)
        super().__init__(Text(fr=f"{reason.fr} Essayez {french}.", en=f"{reason.en} Try {english}."), field="terms")


def parse_terms(text: str) -> PaymentTerms:
    """Read payment terms. What `text` does not say is as `PaymentTerms()` has it: penalties, indemnity.

    Spaces of all kinds, accents and capitals do not matter. «50/50» is half at the order and half on delivery. Raises
    TermsNotUnderstood, or InvalidTerms for figures that cannot be.
    """
    if len(text) > _LONGEST:
        raise TermsNotUnderstood(
            Text(fr="Ce texte est trop long pour des conditions.", en="This is too long for terms."), text=""
        )
    folded = fold(text)
    said = list(words(folded.text))
    unknown = tuple(folded.original(word, text) for word in said if word.kind is Kind.UNKNOWN)
    if unknown:
        raise _unknown(text, unknown)
    try:
        return Draft().read(said)
    except Contradiction as contradiction:
        raise TermsNotUnderstood(contradiction.reason, text=text) from contradiction


def _unknown(text: str, unknown: tuple[str, ...]) -> TermsNotUnderstood:
    french = ", ".join(f"«\N{NO-BREAK SPACE}{word}\N{NO-BREAK SPACE}»" for word in unknown)
    english = ", ".join(f'"{word}"' for word in unknown)
    reason = Text(fr=f"Je ne comprends pas {french}.", en=f"I do not understand {english}.")
    return TermsNotUnderstood(reason, text=text, unknown=unknown)


def _suggestions(text: str) -> tuple[str, ...]:
    """The three usual wordings nearest to `text`, with its number of days in the place of 30."""
    # Only a wrong input needs it.
    from difflib import SequenceMatcher

    number = re.search(r"(?<!\d)\d{1,3}(?= ?[jd])|(?<=net )\d{1,3}", fold(text).text) or re.fullmatch(r"\d{1,3}", text)
    usual = [each.replace("30", number[0], 1) if number and each.count("30") == 1 else each for each in _USUAL]
    folded = fold(text[:100]).text
    return tuple(sorted(usual, key=lambda each: -SequenceMatcher(None, folded, fold(each).text).ratio())[:3])
