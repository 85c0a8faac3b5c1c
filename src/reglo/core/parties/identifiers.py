"""Whether an identifier can be right, and if not, why and how to mend it.

Only arithmetic and form are judged here: a number that passes may still belong to nobody. The arithmetic is
python-stdnum's, loaded when the first identifier of a kind is judged.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from itertools import combinations

from reglo.core.errors import DomainError
from reglo.core.findings import Text


class IdentifierKind(StrEnum):
    """A kind of identifier that can be judged."""

    SIREN = "SIREN"
    SIRET = "SIRET"
    VAT = "VAT"  #: EU member states, Northern Ireland (XI), Great Britain, Switzerland, Norway
    IBAN = "IBAN"
    BIC = "BIC"
    GLN = "GLN"
    CREDITOR = "CREDITOR"  #: SEPA creditor identifier (BT-90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with an identifier."""

    reason: Text  #: "control digit wrong"
    mend: Text  #: what a good one looks like, and a guess at the typing error


class BadIdentifier(DomainError):
    """An identifier that the user gave cannot be right."""

    code = "bad-identifier"


def compact(value: str) -> str:
    """An identifier in plain letters and digits, without the spaces, dots and hyphens put in for reading."""
    # This makes full-width digits plain ones, and hyphens that do not break plain U+2010.
    plain = unicodedata.normalize("NFKC", value)
    return "".join(each for each in plain if not each.isspace() and each not in ".-\u2010\u2013").upper()


def require(kind: IdentifierKind, value: str, *, field: str) -> str:
    """`value` compacted, if it can be right; raises BadIdentifier naming `field` otherwise."""
    fault = fault_of(kind, value)
    if fault is None:
        return compact(value)
    name = _NAMES[kind]
    raise BadIdentifier(
        Text(
            fr=f"{name.fr} « {value} » : {fault.reason.fr}. {fault.mend.fr}",
            en=f"{name.en} “{value}”: {fault.reason.en}. {fault.mend.en}",
        ),
        field=field,
    )


@lru_cache(maxsize=4096)  # the same seller stands on every invoice of a batch
def fault_of(kind: IdentifierKind, value: str) -> Fault | None:
    """What is wrong with `value` as an identifier of this kind, or None."""
    compacted = compact(value)
    reason = _reason(kind, compacted)
    if reason is None:
        return None
    return Fault(reason=reason, mend=_with_guesses(_SHAPES[kind], _guesses(kind, compacted)))


def _reason(kind: IdentifierKind, compacted: str) -> Text | None:
    """Why the identifier cannot be right."""
    from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidLength, ValidationError

    try:
        _validator(kind, compacted)(compacted)
    except InvalidChecksum:
        return _CONTROL_DIGIT
    except InvalidLength:
        return Text(fr=f"{len(compacted)} caractères, ce n'est pas la bonne longueur", en=_length_in_english(compacted))
    except InvalidComponent:
        return _UNKNOWN_PART
    except ValidationError:
        return _WRONG_FORM
    return None


def _length_in_english(compacted: str) -> str:
    return f"{len(compacted)} characters is not the right length"


_MODULES = {
    IdentifierKind.SIREN: "stdnum.fr.siren",
    IdentifierKind.SIRET: "stdnum.fr.siret",
    IdentifierKind.VAT: "stdnum.eu.vat",
    IdentifierKind.IBAN: "stdnum.iban",
    IdentifierKind.BIC: "stdnum.bic",
    IdentifierKind.CREDITOR: "stdnum.eu.at_02",
}


def _validator(kind: IdentifierKind, compacted: str) -> Callable[[str], str]:
    """The function of python-stdnum that judges this kind."""
    if kind is IdentifierKind.GLN:
        return _validate_gln
    if kind is IdentifierKind.VAT and compacted[:2] in _VAT_OUTSIDE_THE_UNION:
        return _VAT_OUTSIDE_THE_UNION[compacted[:2]]
    validate: Callable[[str], str] = import_module(_MODULES[kind]).validate
    return validate


def _validate_swiss(number: str) -> str:
    """A Swiss number carries MWST, TVA or IVA at its end, or nothing (the UID alone)."""
    from stdnum.ch import uid, vat

    validate: Callable[[str], str] = vat.validate if number.endswith(("MWST", "TVA", "IVA", "TPV")) else uid.validate
    return validate(number)


def _validate_norwegian(number: str) -> str:
    from stdnum.no import mva

    validate: Callable[[str], str] = mva.validate
    return validate(number if number.endswith("MVA") else f"{number}MVA")


def _validate_british(number: str) -> str:
    from stdnum.gb import vat

    validated: str = vat.validate(number)
    return validated


def _validate_gln(number: str) -> str:
    """A GLN is a number of 13 digits under the check digit of EAN."""
    from stdnum import ean
    from stdnum.exceptions import InvalidLength

    if len(number) != 13:
        raise InvalidLength
    validated: str = ean.validate(number)
    return validated


_VAT_OUTSIDE_THE_UNION: dict[str, Callable[[str], str]] = {
    "CH": _validate_swiss,
    "GB": _validate_british,
    "NO": _validate_norwegian,
}

#: Characters that look like another: what was typed, what was probably meant.
_LOOKALIKES = str.maketrans("OQDILSBZ", "00011582")


def _guesses(kind: IdentifierKind, compacted: str) -> list[str]:
    """What was probably meant: the good identifiers one likely slip away, unless they are too many to help."""
    found = {each for each in _slips(kind, compacted) if each != compacted and _reason(kind, each) is None}
    return sorted(found) if len(found) <= 2 else []


def _slips(kind: IdentifierKind, compacted: str) -> Iterator[str]:
    """What may have been meant: a letter taken for a digit, or two neighbours swapped."""
    if kind in (IdentifierKind.SIREN, IdentifierKind.SIRET):
        yield compacted.translate(_LOOKALIKES)
    elif kind in (IdentifierKind.IBAN, IdentifierKind.VAT):
        yield from _partly_replaced(compacted)
    if kind is IdentifierKind.IBAN and _reason(kind, compacted) == _CONTROL_DIGIT:
        for position in range(len(compacted) - 1):
            yield _swapped(compacted, position)


def _partly_replaced(compacted: str) -> Iterator[str]:
    """An O among digits is most often a zero, but letters may stand there too: replace any one or two of them."""
    places = [place for place, each in enumerate(compacted) if place > 1 and each in "OQDIL"]
    for count in (1, 2):
        for chosen in combinations(places[:8], count):
            yield "".join(
                each.translate(_LOOKALIKES) if place in chosen else each for place, each in enumerate(compacted)
            )


def _swapped(compacted: str, position: int) -> str:
    first, second = compacted[position], compacted[position + 1]
    return f"{compacted[:position]}{second}{first}{compacted[position + 2 :]}"


def _with_guesses(shape: Text, guesses: list[str]) -> Text:
    if not guesses:
        return shape
    return Text(
        fr=f"{shape.fr} Vouliez-vous dire {' ou '.join(guesses)} ?",
        en=f"{shape.en} Did you mean {' or '.join(guesses)}?",
    )


_CONTROL_DIGIT = Text(fr="la clé de contrôle est fausse", en="control digit wrong")
_UNKNOWN_PART = Text(
    fr="le pays ou l'une des parties n'existe pas", en="the country or one of its parts does not exist"
)
_WRONG_FORM = Text(fr="ce n'en est pas la forme", en="it does not have the right form")

_NAMES = {
    IdentifierKind.SIREN: Text(fr="SIREN", en="SIREN"),
    IdentifierKind.SIRET: Text(fr="SIRET", en="SIRET"),
    IdentifierKind.VAT: Text(fr="Numéro de TVA", en="VAT number"),
    IdentifierKind.IBAN: Text(fr="IBAN", en="IBAN"),
    IdentifierKind.BIC: Text(fr="BIC", en="BIC"),
    IdentifierKind.GLN: Text(fr="GLN", en="GLN"),
    IdentifierKind.CREDITOR: Text(fr="Identifiant créancier SEPA", en="SEPA creditor identifier"),
}

#: What a good one looks like.
_SHAPES = {
    IdentifierKind.SIREN: Text(
        fr="Un SIREN a 9 chiffres, dont le dernier contrôle les autres ; il figure sur l'extrait Kbis ou l'avis Insee.",
        en="A SIREN has 9 digits, the last of which checks the others; see the Kbis extract or the Insee notice.",
    ),
    IdentifierKind.SIRET: Text(
        fr="Un SIRET a 14 chiffres : le SIREN, puis les 5 chiffres de l'établissement.",
        en="A SIRET has 14 digits: the SIREN, then the 5 digits of the establishment.",
    ),
    IdentifierKind.VAT: Text(
        fr="Un numéro de TVA commence par le code du pays ; le français : FR, 2 caractères, SIREN. Voyez VIES.",
        en="A VAT number begins with the country code; in France: FR, 2 characters, the SIREN. Check it with VIES.",
    ),
    IdentifierKind.IBAN: Text(
        fr="Un IBAN français a 27 caractères : FR, 2 chiffres de contrôle, puis les 23 caractères du RIB.",
        en="A French IBAN has 27 characters: FR, 2 control digits, then the 23 characters of the account.",
    ),
    IdentifierKind.BIC: Text(
        fr="Un BIC a 8 ou 11 caractères : 4 lettres de la banque, 2 du pays, 2 du lieu, 3 d'une agence.",
        en="A BIC has 8 or 11 characters: 4 letters for the bank, 2 for the country, 2 for the place, 3 for a branch.",
    ),
    IdentifierKind.GLN: Text(
        fr="Un GLN a 13 chiffres, dont le dernier contrôle les autres.",
        en="A GLN has 13 digits, the last of which checks the others.",
    ),
    IdentifierKind.CREDITOR: Text(
        fr="Un identifiant créancier français a 13 caractères : FR, 2 chiffres, 3 caractères, 6 chiffres.",
        en="A French creditor identifier has 13 characters: FR, 2 digits, 3 characters, 6 digits.",
    ),
}
