"""Values of one kind each, read from a variable or refused."""

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from reglo.core.findings import Text
from reglo.web.environment.errors import BadSetting

Variables = Mapping[str, str]


def choice_of(variables: Variables, name: str, choices: tuple[str, ...], default: str) -> str:
    """One of `choices`."""
    value = variables.get(name, "") or default
    if value not in choices:
        words = ", ".join(choices)
        raise BadSetting(
            name,
            reason=Text(fr=f"« {value} » n'est pas admis.", en=f'"{value}" is not allowed.'),
            mend=Text(fr=f"Choisissez parmi : {words}.", en=f"Choose among: {words}."),
        )
    return value


def number_of(variables: Variables, name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between `least` and `most`."""
    value = variables.get(name, "") or str(default)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise BadSetting(
            name,
            reason=Text(fr=f"« {value} » n'est pas un nombre admis.", en=f'"{value}" is no number that is allowed.'),
            mend=Text(
                fr=f"Écrivez un nombre entier de {least} à {most}.", en=f"Write a whole number from {least} to {most}."
            ),
        )
    return int(value)


def url_of(name: str, value: str, *, mend: Text) -> SplitResult:
    """A URL with a host and, if it says one, a port that is a number. The value may be secret: it is not repeated."""
    try:
        parts = urlsplit(value)
        well_formed = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        well_formed = False
    if not well_formed:
        raise BadSetting(
            name,
            reason=Text(
                fr="l'adresse n'est pas lisible (hôte ou port).", en="the address cannot be read (host or port)."
            ),
            mend=mend,
        )
    return parts
