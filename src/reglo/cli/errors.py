"""Errors at the door: one clear line on stderr in the language of the user, and an exit status."""

import os

import click

from reglo.cli.language import say
from reglo.core.findings import Text

ACCEPTED, FATAL, UNREADABLE = 0, 1, 2
INTERRUPTED = 130  #: 128 + SIGINT, as shells expect
BROKEN_PIPE = 141  #: 128 + SIGPIPE


def usage_sentence(error: click.ClickException) -> str:
    """What is wrong with how the command was called."""
    if isinstance(error, click.NoSuchOption):
        return say(_no_such_option(error))
    if isinstance(error, click.MissingParameter):
        name = _name(error)
        return say(Text(fr=f"Il manque {name}. Voyez --help.", en=f"{name} is missing. See --help."))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return say(_bad_value(error))
    return error.format_message()


def _no_such_option(error: click.NoSuchOption) -> Text:
    near = error.possibilities[0] if error.possibilities else None
    return Text(
        fr=f"L'option {error.option_name} n'existe pas. "
        + (f"Vouliez-vous dire {near} ?" if near else "Voyez --help."),
        en=f"There is no option {error.option_name}. " + (f"Did you mean {near}?" if near else "See --help."),
    )


def _bad_value(error: click.BadParameter) -> Text:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        choices = ", ".join(str(each) for each in kind.choices)
        return Text(
            fr=f"La valeur de {_name(error)} n'est pas admise. Choisissez parmi : {choices}.",
            en=f"The value of {_name(error)} is not allowed. Choose among: {choices}.",
        )
    return Text(fr=f"{_name(error)} : {error.message}", en=f"{_name(error)}: {error.message}")


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return error.param_hint if isinstance(error.param_hint, str) else "?"
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def unforeseen(error: Exception) -> Text:
    """An error that Réglo should not have: said in a line, shown whole with REGLO_TRACEBACK=1."""
    if os.environ.get("REGLO_TRACEBACK"):
        raise error
    what = f"{type(error).__name__}: {error}"[:200]
    return Text(
        fr=f"Erreur de Réglo lui-même ({what}). Signalez-la avec ce que donne REGLO_TRACEBACK=1.",
        en=f"An error of Réglo itself ({what}). Report it with what REGLO_TRACEBACK=1 shows.",
    )
