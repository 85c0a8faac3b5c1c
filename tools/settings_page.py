"""Make docs/reference/settings.md from the variables that the code reads.

python tools/settings_page.py
"""

from itertools import groupby
from pathlib import Path

from reglo.web.environment import VARIABLES, Variable

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "settings.md"

_HEAD = """# Settings

The site is set by variables of the environment. Each is read once, when a command starts; one that cannot be used is
refused with a sentence that names it, says why and how to mend it. An empty variable is one that is not set.
`reglo doctor` looks at all of them, and names those that nobody reads.

This page is made by `tools/settings_page.py` from `reglo.web.environment`; a test keeps them equal. 🔒 marks what holds
a secret.
"""

_FOOT = """
The commands that need no site (`check`, `convert`, …) read `REGLO_LANG` and `REGLO_TRACEBACK` only: see
[the command](command.md).
"""


def page() -> str:
    """The page."""
    groups = groupby(VARIABLES, key=lambda variable: variable.group)
    return _HEAD + "".join(_section(name, list(variables)) for name, variables in groups) + _FOOT


def _section(name: str, variables: list[Variable]) -> str:
    rows = "".join(map(_row, variables))
    return f"\n## {name}\n\n| variable | what for | where it is not set |\n|---|---|---|\n{rows}"


def _row(variable: Variable) -> str:
    mark = " 🔒" if variable.is_secret else ""
    example = "".join(f" For example `{each}`." for each in variable.examples)
    return f"| `{variable.name}`{mark} | {variable.text}{example} | {variable.default} |\n".replace("|…", r"\|…")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
