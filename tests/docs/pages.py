"""What a page of the documentation makes and shows: files, commands with their answers, Python sessions.

Blocks are told apart by what stands after the three backticks:

    toml file=facture.toml     the block is written to that file, for the blocks below it
    console                    `$ reglo …` lines are run; what follows each is what it must answer
    console status=1           the same, where the last command ends with that status
    pycon                      a Python session, as doctest reads it

Everything else (sh, text, …) is only shown. In an answer `…` stands for what is left out: lines, where it is alone on
one, else a part of its line. The files in `samples` beside a page are there for its commands.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_FENCE = re.compile(r"^```(\w+)([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NARROW_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the page and what it says that the command answers."""

    arguments: tuple[str, ...]  #: without `reglo`
    answer: tuple[str, ...]  #: lines
    status: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block."""

    language: str
    content: str
    options: dict[str, str] = field(default_factory=dict)


def blocks_of(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in its order."""
    for language, options, content in _FENCE.findall(page):
        yield Block(language, content, dict(each.split("=", 1) for each in options.split()))


def links_of(page: str) -> Iterator[str]:
    """The targets of the links to files beside the page, without what stands after `#`."""
    for target in _LINK.findall(_FENCE.sub("", page)):
        path = target.partition("#")[0]
        if path and ":" not in path:
            yield path


def commands_of(block: Block) -> Iterator[Command]:
    """The commands of a console block."""
    before, *parts = re.split(r"^\$ ", block.content, flags=re.MULTILINE)
    if before or not parts:
        raise ValueError(f"a console block begins with a command after `$ `: {block.content}")
    for place, part in enumerate(parts, start=1):
        command, _, answer = part.partition("\n")
        program, *arguments = shlex.split(command)
        if program != "reglo":
            raise ValueError(f"a console block runs reglo, not {program}: show it as sh")
        status = int(block.options.get("status", "0")) if place == len(parts) else 0
        yield Command(tuple(arguments), tuple(answer.splitlines()), status)


def agrees(shown: tuple[str, ...], answered: str) -> bool:
    """Whether the lines shown are those answered, but for what `…` leaves out and the width of spaces."""
    wanted = "\n".join(_pattern(_plain(line)) for line in shown)
    return re.fullmatch(wanted, "\n".join(map(_plain, answered.strip("\n").splitlines()))) is not None


def _pattern(line: str) -> str:
    if line == "…":
        return r"(?:.*\n)*?.*"
    return ".*?".join(re.escape(part) for part in line.split("…"))


def _plain(line: str) -> str:
    return line.translate(_NARROW_SPACES).rstrip()


def pages() -> tuple[Path, ...]:
    """Every page whose blocks are run."""
    docs = Path(__file__).parents[2] / "docs"
    folders = (docs / name for name in ("how-to", "explanation", "development"))
    return tuple(sorted(page for folder in folders for page in folder.rglob("*.md")))
