"""The command `reglo`: what it is called with, what it answers, how it fails."""

import os
import sys
from collections.abc import Sequence

import click

from reglo.cli.commands import LazyGroup, option
from reglo.cli.errors import BROKEN_PIPE, INTERRUPTED, UNREADABLE, unforeseen, usage_sentence
from reglo.cli.language import language_of
from reglo.cli.output import ReaderLeft, complain, print_line, use_terminal
from reglo.core.errors import DomainError
from reglo.core.findings import Text

_OF_THE_LIBRARY = ("check", "convert", "show", "due", "interest", "bank", "fec", "forecast", "explain", "completion")
_OF_THE_SITE = ("serve", "web", "worker", "backup", "restore", "verify", "doctor")
_MODULES = {name: f"reglo.cli.{name}" for name in (*_OF_THE_LIBRARY, *_OF_THE_SITE)}

_TEXT = Text(
    fr="Des factures complètes, correctes et acceptées : vérifier, convertir, lire, calculer.",
    en="Invoices that are complete, correct and accepted: check, convert, read, work out.",
)
_EXAMPLES = (
    "reglo check facture.pdf",
    "reglo convert factures.csv --to facturx -o out",
    "reglo show facture.xml",
    'reglo due "45 jours fin de mois" 2026-09-15',
    "reglo explain BR-CO-15",
)


def _print_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from importlib.metadata import version

        print_line(f"reglo {version('reglo')}")
        context.exit()


@click.group("reglo", cls=LazyGroup, text=_TEXT, examples=_EXAMPLES, modules=_MODULES, invoke_without_command=True)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    text=Text(fr="Afficher la version.", en="Show the version."),
)
@option(
    "--lang",
    type=click.Choice(("fr", "en")),
    expose_value=False,
    text=Text(fr="Langue des réponses.", en="Language of the answers."),
)
@click.pass_context
def reglo(context: click.Context) -> None:
    """The root of the command: its help where no subcommand is named."""
    if context.invoked_subcommand is None:
        print_line(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status. Whatever goes wrong is one line on stderr."""
    try:
        status = reglo.main(list(arguments), prog_name="reglo", standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        return INTERRUPTED
    except KeyboardInterrupt:
        return INTERRUPTED
    except (ReaderLeft, BrokenPipeError):
        return _reader_left()
    except click.ClickException as error:
        with click.Context(reglo) as context:
            context.meta["reglo.language"] = language_of(arguments, os.environ)
            complain(usage_sentence(error))
    except DomainError as error:
        complain(error.message.in_language(language_of(arguments, os.environ)))
    except (OSError, MemoryError) as error:
        complain(_system_sentence(error).in_language(language_of(arguments, os.environ)))
    except Exception as error:  # noqa: BLE001  # the door: a person gets a sentence, not a traceback
        complain(unforeseen(error).in_language(language_of(arguments, os.environ)))
    else:
        return status if isinstance(status, int) else 0
    return UNREADABLE


def _reader_left() -> int:
    """Say nothing more, not even when Python closes stdout at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


def _system_sentence(error: OSError | MemoryError) -> Text:
    if isinstance(error, MemoryError):
        return Text(fr="La mémoire ne suffit pas pour ce fichier.", en="There is not enough memory for this file.")
    what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return Text(fr=f"Le système refuse : {what}", en=f"The system refuses: {what}")


def main() -> None:
    """The entry point of the script `reglo`."""
    use_terminal()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
