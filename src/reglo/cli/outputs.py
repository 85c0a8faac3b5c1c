"""File names from invoice numbers, and files written whole or not at all."""

import os
import re
import tempfile
import unicodedata
from pathlib import Path

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 100
#: Names that Windows keeps for devices.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def safe_name(number: str | None) -> str:
    """A file name, without its ending, from an invoice number: no folder, no hidden file, any file system."""
    plain = unicodedata.normalize("NFKD", number or "").encode("ascii", "ignore").decode()
    name = _UNSAFE.sub("-", plain).strip(".-")[:_LONGEST].rstrip(".-")
    if not name:
        return "facture"
    return f"facture-{name}" if _RESERVED.match(name) else name


class Names:
    """Gives each output of a run a name of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name_for(self, number: str | None) -> str:
        """A name that no other document of the run has; file systems may take A and a for one."""
        base = safe_name(number)
        name, count = base, 1
        while name.casefold() in self._taken:
            count += 1
            name = f"{base}-{count}"
        self._taken.add(name.casefold())
        return name


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it: a temporary one beside it takes its place."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        put_in_place(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def put_in_place(temporary: Path, path: Path) -> None:
    """Let a file that is whole take its place, readable by whom the user lets read new files."""
    temporary.chmod(0o666 & ~_umask())
    temporary.replace(path)


def _umask() -> int:
    """What the user lets others do with new files; asking means setting it for an instant."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
