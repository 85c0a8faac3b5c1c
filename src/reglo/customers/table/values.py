"""From the cells of a row to facts: words for codes, terms in words. What cannot be read is a fault."""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.folding import folded
from reglo.core.terms import BuyerKind, PaymentTerms, parse_terms
from reglo.customers.models import AddressUse
from reglo.customers.wording import KINDS, LANGUAGES, USES
from reglo.formats.data.faults import Fault, shown
from reglo.formats.data.wordings import BUYER_KINDS, plain
from reglo.formats.pdf.countries import COUNTRIES
from reglo.imports.faults import a_fault
from reglo.imports.kinds import Value


class _NotUnderstood(Exception):
    """A word that stands for no code."""

    def __init__(self, reason: Text, fix: Text) -> None:
        self.reason, self.fix = reason, fix


def facts_in(values: Mapping[str, Value], prefix: str, faults: list[Fault]) -> dict[str, Any]:
    """The facts of a row whose fields begin with `prefix`, by their names without it."""
    facts: dict[str, Any] = {}
    for key, value in values.items():
        name = key.removeprefix(prefix)
        if not key.startswith(prefix) or "." in name:
            continue
        read = _READERS.get(key)
        try:
            facts[name] = read(str(value)) if read else value
        except _NotUnderstood as error:
            faults.append(a_fault(key, error.reason, error.fix))
    return facts


def _kind(said: str) -> BuyerKind:
    word = plain(said)
    code = BUYER_KINDS.get(word) or _kinds_by_name().get(word, word)
    if code in {each.value for each in BuyerKind}:
        return BuyerKind(code)
    raise _NotUnderstood(
        _unknown(said),
        Text(fr="Écrivez entreprise, particulier ou administration.", en="Write company, consumer or public body."),
    )


@cache
def _kinds_by_name() -> dict[str, str]:
    return {plain(name): kind.value for kind, text in KINDS.items() for name in (text.fr, text.en)}


def _use(said: str) -> AddressUse:
    for use, text in USES.items():
        if plain(said) in (use.value, plain(text.fr), plain(text.en)):
            return use
    raise _NotUnderstood(_unknown(said), Text(fr="Écrivez livraison ou facturation.", en="Write delivery or billing."))


def _language(said: str) -> str:
    for code, text in LANGUAGES.items():
        if plain(said) in (code, plain(text.fr), plain(text.en)):
            return code
    raise _NotUnderstood(_unknown(said), Text(fr="Écrivez fr ou en.", en="Write fr or en."))


def _country(said: str) -> str:
    """The code of a country that is named; a code, or what is neither, goes through and is judged with the rest."""
    return _countries_by_name().get(folded(said), said)


@cache
def _countries_by_name() -> dict[str, str]:
    return {folded(name): code for code, text in COUNTRIES.items() for name in (text.fr, text.en)}


@lru_cache(maxsize=256)  # a table says the same few terms again and again
def _terms(said: str) -> PaymentTerms:
    try:
        return parse_terms(said)
    except DomainError as error:
        raise _NotUnderstood(error.message, Text(fr="", en="")) from error


def _unknown(said: str) -> Text:
    return Text(fr=f"« {shown(said)} » n'est pas compris.", en=f'"{shown(said)}" is not understood.')


_READERS: Mapping[str, Callable[[str], Any]] = {
    "kind": _kind,
    "language": _language,
    "country": _country,
    "default_terms": _terms,
    "address.use": _use,
    "address.country": _country,
}
