"""Commands and options that have their help in both languages, and load when they are called."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, TypeVar

import click

from reglo.cli.language import LANGUAGES, remember_language, say
from reglo.core.findings import Text

_Callback = TypeVar("_Callback", bound=Callable[..., Any])

_USAGE = Text(fr="Usage : ", en="Usage: ")
_OPTIONS = Text(fr="Options\N{NO-BREAK SPACE}", en="Options")
_COMMANDS = Text(fr="Commandes\N{NO-BREAK SPACE}", en="Commands")
_EXAMPLES = Text(fr="Exemples\N{NO-BREAK SPACE}", en="Examples")
_REQUIRED = Text(fr="[obligatoire]", en="[required]")
_HELP = Text(fr="Afficher cette aide.", en="Show this help.")


class Option(click.Option):
    """An option with help in both languages."""

    def __init__(self, declarations: Sequence[str], *, text: Text, **attributes: Any) -> None:
        super().__init__(declarations, **attributes)
        self.text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The row of this option in the help page."""
        self.help = say(self.text)
        record = super().get_help_record(ctx)
        return None if record is None else (record[0], record[1].replace("[required]", say(_REQUIRED)))


def option(*declarations: str, text: Text, **attributes: Any) -> Callable[[_Callback], _Callback]:
    """Add an option to a command, as click.option does."""
    return click.option(*declarations, cls=Option, text=text, **attributes)


class _Page(click.Command):
    """A help page in the language of the user, with examples at its end."""

    text: Text = Text(fr="", en="")
    examples: tuple[str, ...] = ()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, explained in the language of the user."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = say(_HELP)
        return found

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help."""
        del limit  # the first sentences are short, and a cut one helps nobody
        return say(self.text).split("\n")[0]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that says how to call the command."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=say(_USAGE))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # the signature is click's
        """What the command does, and examples."""
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in say(self.text).split("\n"):
                formatter.write_text(paragraph)
        if self.examples:
            with formatter.section(say(_EXAMPLES)):
                for example in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{example}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of options."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = [record for each in options if (record := each.get_help_record(ctx)) is not None]
        with formatter.section(say(_OPTIONS)):
            formatter.write_dl(records)


class Command(_Page):
    """A subcommand."""

    def __init__(self, *arguments: Any, text: Text, examples: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.text = text
        self.examples = tuple(examples)


def command(name: str, *, text: Text, examples: Sequence[str] = ()) -> Callable[[Callable[..., int]], click.Command]:
    """Make a subcommand of a function that returns the exit status. Every subcommand knows --lang."""

    def decorate(function: Callable[..., int]) -> click.Command:
        made = click.command(name, cls=Command, text=text, examples=examples)(function)
        made.params.append(_language_option())
        return made

    return decorate


def _language_option() -> Option:
    return Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        text=Text(
            fr="Langue des réponses (sinon REGLO_LANG, sinon celle du système).",
            en="Language of the answers (else REGLO_LANG, else that of the system).",
        ),
    )


class LazyGroup(_Page, click.Group):
    """A group whose subcommands are modules, imported when they are called."""

    def __init__(
        self, *arguments: Any, text: Text, examples: Sequence[str], modules: dict[str, str], **rest: Any
    ) -> None:
        super().__init__(*arguments, **rest)
        self.text = text
        self.examples = tuple(examples)
        self.modules = modules

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note the language before anything is said; a group within the command has it from there."""
        if ctx.parent is None:
            remember_language(ctx, args)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # the signature is click's
        """The subcommands in the order of the work."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the signature is click's
        """The subcommand of this name, loaded now."""
        if cmd_name not in self.modules:
            return None
        loaded = getattr(import_module(self.modules[cmd_name]), cmd_name)
        assert isinstance(loaded, click.Command)
        return loaded

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand to run; an unknown one is refused with the nearest name."""
        if args and args[0] not in self.modules and not args[0].startswith("-"):
            raise click.UsageError(say(_unknown_command(args[0], list(self.modules))), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of options, then that of subcommands."""
        super().format_options(ctx, formatter)
        rows = [(name, found.get_short_help_str()) for name in self.modules if (found := self.get_command(ctx, name))]
        with formatter.section(say(_COMMANDS)):
            formatter.write_dl(rows)


def _unknown_command(name: str, known: list[str]) -> Text:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    if near:
        return Text(
            fr=f"La commande « {name} » n'existe pas. Vouliez-vous dire « {near[0]} » ?",
            en=f'There is no command "{name}". Did you mean "{near[0]}"?',
        )
    return Text(
        fr=f"La commande « {name} » n'existe pas. Commandes : {', '.join(known)}.",
        en=f'There is no command "{name}". Commands: {", ".join(known)}.',
    )
