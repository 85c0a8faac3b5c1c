"""Which profile an invoice needs, and what the profile that it claims lacks."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from reglo.core.business_terms import label, term_at
from reglo.core.document import Invoice
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.formats.cii.grammar import UNWRITTEN, Kind, Node, getter, grammar
from reglo.formats.profiles import Profile, profile_of

_LETTERS = {
    Profile.MINIMUM: "M",
    Profile.BASIC_WL: "MW",
    Profile.BASIC: "MWB",
    Profile.EN16931: "MWBE",
    Profile.EXTENDED: "MWBEXF",
    Profile.EXTENDED_CTC_FR: "MWBEX",
}

#: Fields of the model that CII has no place for: the line an order line refers to is BT-132, and so on.
_NOWHERE = (
    "lines[].order.line",
    "lines[].order.type_code",
    "lines[].despatch_advice.type_code",
    "lines[].receiving_advice.type_code",
    "preceding_invoices[].line",
)


class ProfileTooSmall(DomainError):
    """The invoice uses terms that the profile which it claims (BT-24) does not have."""

    code = "profile-too-small"

    def __init__(self, message: Text, terms: tuple[str, ...]) -> None:
        super().__init__(message, field="specification")
        self.terms = terms  #: BT numbers, or paths of fields where the standard gives no number


def profile_needed(invoice: Invoice) -> Profile:
    """EN 16931, or EXTENDED where the invoice uses terms that EN 16931 lacks."""
    return Profile.EXTENDED if lacking_terms(invoice, Profile.EN16931) else Profile.EN16931


def lacking_terms(invoice: Invoice, profile: Profile) -> tuple[str, ...]:
    """The terms that `invoice` uses and `profile` lacks, each once, in the order of the syntax."""
    found: list[str] = []
    for check in _compiled(profile):
        check(invoice, found)
    return tuple(dict.fromkeys(found))


def refuse_what_is_lacking(invoice: Invoice) -> None:
    """Raise ProfileTooSmall if the profile that `invoice` claims lacks terms that it uses."""
    profile = profile_of(invoice.specification)
    terms = lacking_terms(invoice, profile)
    if not terms:
        return
    needed, name = profile_needed(invoice).name, profile.name
    fr, en = (", ".join(label(term, language) for term in terms) for language in ("fr", "en"))
    raise ProfileTooSmall(
        Text(
            fr=f"Le profil annoncé ({name}) ne connaît pas : {fr}. Choisissez le profil {needed}, ou retirez-les.",
            en=f"The profile claimed ({name}) does not have: {en}. Choose the profile {needed}, or remove them.",
        ),
        terms,
    )


#: Adds the terms that an object uses and the profile lacks.
_Check = Callable[[Any, list[str]], None]  # Any: whichever class of the model


@cache
def _compiled(profile: Profile) -> tuple[_Check, ...]:
    checks = _checks(grammar().children, _LETTERS[profile], "")
    several_notes = () if "X" in _LETTERS[profile] else (_several_notes,)
    return (*checks, *map(_nowhere, _NOWHERE), *several_notes, _tax_point)


def _checks(nodes: Sequence[Node], letters: str, path: str, *, lacking: bool = False) -> list[_Check]:
    found = (_check(node, letters, path, lacking) for node in nodes)
    return [check for check in found if check is not None]


def _check(node: Node, letters: str, path: str, above_is_lacking: bool) -> _Check | None:
    """What to look at in `node` and below, or None where the profile has all of it."""
    lacking = above_is_lacking or node.profile not in letters
    path = ".".join((path, *node.target)).strip(".") + ("[]" if node.repeats else "")
    if node.kind is Kind.CONSTANT or node.kind in UNWRITTEN or node.outer:
        return None
    if lacking and node.target:
        return _used(getter(node.target), node.term or _number(path))
    inside = _checks(node.children, letters, path, lacking=lacking)
    if not inside:
        return None
    return _below(node, inside)


def _number(path: str) -> str:
    """The business term at a path in the model, or the path itself where the standard has none."""
    term = term_at(path)
    return path if term is None or term.path != path else term.number


def _used(get: Callable[[Any], Any], term: str) -> _Check:
    def check(value: object, found: list[str]) -> None:
        if get(value) not in (None, ()):
            found.append(term)

    return check


def _below(node: Node, checks: list[_Check]) -> _Check:
    get = getter(node.target) if node.target else None

    def check(value: Any, found: list[str]) -> None:  # Any: whichever class of the model
        inside = value if get is None else get(value)
        for each in (inside or ()) if node.repeats else (inside,):
            if each is not None:
                for below in checks:
                    below(each, found)

    return check


def _nowhere(path: str) -> _Check:
    several, _, single = path.partition("[].")
    get_several, get = getter((several,)), getter(tuple(single.split(".")))

    def check(invoice: object, found: list[str]) -> None:
        if any(get(each) is not None for each in get_several(invoice)):
            found.append(path)

    return check


def _several_notes(invoice: Invoice, found: list[str]) -> None:
    """A line has one note in EN 16931."""
    if any(len(line.notes) > 1 for line in invoice.lines):
        found.append("BT-127")


def _tax_point(invoice: Invoice, found: list[str]) -> None:
    """CII has the tax point inside of the VAT breakdown."""
    if not invoice.vat_breakdown:
        if invoice.tax_point_date is not None:
            found.append("BT-7")
        if invoice.tax_point_code is not None:
            found.append("BT-8")
