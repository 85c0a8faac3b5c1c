"""In which language the command speaks: --lang, else REGLO_LANG, else the locale; French where nothing says."""

import os
from collections.abc import Mapping, Sequence

import click

from reglo.core.findings import Text

LANGUAGES = ("fr", "en")
_META = "reglo.language"


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that arguments and environment ask for.

    The arguments are looked at before they are parsed, so that help and usage errors speak it too.
    """
    for before, argument in zip(("", *arguments), arguments, strict=False):
        asked = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        asked = argument if before == "--lang" else asked
        if asked in LANGUAGES:
            return asked
    if environment.get("REGLO_LANG") in LANGUAGES:
        return environment["REGLO_LANG"]
    return _of_locale(environment)


def _of_locale(environment: Mapping[str, str]) -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = environment.get(variable, "")
        if locale:
            return "fr" if locale.startswith(("fr", "C", "POSIX")) else "en"
    return "fr"


def remember_language(context: click.Context, arguments: Sequence[str]) -> None:
    """Keep the language for everything that runs under `context`."""
    context.meta[_META] = language_of(arguments, os.environ)


def language() -> str:
    """The language of the command that runs: "fr" or "en"."""
    context = click.get_current_context(silent=True)
    if context is None:
        return language_of((), os.environ)
    return str(context.meta.get(_META, "fr"))


def say(text: Text) -> str:
    """A sentence in the language of the command that runs."""
    return text.in_language(language())


def colon() -> str:
    """Between a thing and what is said of it: French has a space before it."""
    return " : " if language() == "fr" else ": "
