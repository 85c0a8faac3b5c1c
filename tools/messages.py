"""Collect the texts of the rooms into their French catalogues, and compile these.

    python tools/messages.py [room…]      collect, keeping what is translated; say what is still to translate
    python tools/messages.py --compile    only make the .mo files, which git does not keep

Babel reads Python, Django turns templates into what Babel reads: gettext's own programs are not needed.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parent.parent / "src" / "reglo"
_LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
_KEYWORDS = DEFAULT_KEYWORDS | _LAZY
_BEGINNING = datetime(2026, 11, 24, tzinfo=UTC)  # a date that moves would change each catalogue each time


def main(arguments: list[str]) -> None:
    """Collect and compile, or only compile."""
    rooms = [SOURCE / name for name in arguments if not name.startswith("-")] or list(rooms_with_texts())
    for room in rooms:
        if "--compile" not in arguments:
            catalogue = collected(room)
            write_catalogue(room, catalogue)
            untranslated = [message for message in catalogue if message.id and not is_translated(message)]
            print(f"{room.name}: {len(catalogue)} texts, {len(untranslated)} to translate in {path_of(room)}")
        compile_catalogue(room)


def rooms_with_texts() -> Iterator[Path]:
    """The Django apps of the site."""
    return (path.parent for path in sorted(SOURCE.glob("*/apps.py")))


def path_of(room: Path) -> Path:
    """Where the French of a room is."""
    return room / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def collected(room: Path) -> Catalog:
    """The catalogue of a room with all the texts of its code and templates, and no other."""
    template = Catalog(creation_date=_BEGINNING)
    for path in sources_of(room):
        for _line, text, comments, context in texts_in(path):
            template.add(text, locations=[(str(path.relative_to(SOURCE)), 1)], auto_comments=comments, context=context)
    catalogue = kept(room)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def kept(room: Path) -> Catalog:
    """The catalogue of a room as it is on the disk; an empty one where there is none."""
    if not path_of(room).exists():
        return Catalog(
            locale="fr",
            project="Réglo",
            fuzzy=False,
            header_comment="# French texts of Réglo.",
            creation_date=_BEGINNING,
            revision_date=_BEGINNING,
        )
    with path_of(room).open("rb") as file:
        return read_po(file, locale="fr")


def sources_of(room: Path) -> list[Path]:
    """The files of a room that may hold texts."""
    templates = (path for kind in ("*.html", "*.txt") for path in (room / "templates").rglob(kind))
    return sorted([*room.rglob("*.py"), *templates])


def texts_in(path: Path) -> Iterable[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """The texts of one file, as Babel gives them: line, text or its two forms, comments, context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = "\n".join(map(str.strip, templatize(source).splitlines()))  # its lines are indented as they come
    return extract("python", BytesIO(source.encode()), keywords=_KEYWORDS, comment_tags=["Translators:"])


def is_translated(message: Message) -> bool:
    """Whether a text has its French, in all its forms and not as a guess."""
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(forms) and not message.fuzzy


def write_catalogue(room: Path, catalogue: Catalog) -> None:
    """Write the French of a room, where it has any text."""
    if len(catalogue) == 0:
        return
    path_of(room).parent.mkdir(parents=True, exist_ok=True)
    with path_of(room).open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, include_lineno=False)


def compile_catalogue(room: Path) -> None:
    """Make the file that Django reads."""
    if path_of(room).exists():
        with path_of(room).with_suffix(".mo").open("wb") as file:
            write_mo(file, kept(room))


if __name__ == "__main__":
    settings.configure()
    main(sys.argv[1:])
