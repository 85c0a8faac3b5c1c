"""`reglo completion`: the script that makes a shell complete commands and options."""

import click

from reglo.cli.commands import command
from reglo.cli.errors import ACCEPTED
from reglo.cli.output import print_line
from reglo.core.findings import Text

_SHELLS = ("bash", "zsh", "fish")


@command(
    "completion",
    text=Text(
        fr="Écrire le script de complétion d'un interpréteur de commandes.",
        en="Print the completion script of a shell.",
    ),
    examples=(
        'bash : eval "$(reglo completion bash)"',
        'zsh :  eval "$(reglo completion zsh)"',
        "fish : reglo completion fish > ~/.config/fish/completions/reglo.fish",
    ),
)
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> int:
    """Print the script."""
    from click.shell_completion import get_completion_class

    from reglo.cli.main import reglo

    script = get_completion_class(shell)
    assert script is not None
    # Not .source(): for bash that runs the shell to learn its version, and prints a warning instead of a script.
    completer = script(reglo, {}, "reglo", "_REGLO_COMPLETE")
    print_line(completer.source_template % completer.source_vars())
    return ACCEPTED
