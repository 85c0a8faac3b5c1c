"""What is wrong with data that somebody typed or exported: the place, the reason, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from reglo.core.errors import UnreadableDocument
from reglo.core.findings import Text

MOST_FAULTS = 100  #: looked for in one file: nobody reads more, and a hostile file has a million

_PERHAPS_MORE = Text(
    fr=f"Rien n'est cherché au-delà de {MOST_FAULTS} erreurs : corrigez d'abord celles-ci.",
    en=f"Nothing is looked for beyond {MOST_FAULTS} errors: mend these first.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One value, key or cell that cannot be used."""

    where: Text  #: key path ("lines[2].price.net"), line and column, or row and column of a table; "" is the whole file
    reason: Text  #: what is wrong, with the value as it stands
    fix: Text  #: what to write instead

    def sentence(self) -> Text:
        """Place, reason and mend in one line."""
        return Text(
            fr=(f"{self.where.fr} : " if self.where.fr else "") + f"{self.reason.fr} {self.fix.fr}".strip(),
            en=(f"{self.where.en}: " if self.where.en else "") + f"{self.reason.en} {self.fix.en}".strip(),
        )


class InvalidData(UnreadableDocument):
    """The file is of a format that Réglo reads, but some of its values are not what they should be."""

    code = "invalid-data"

    def __init__(self, faults: Sequence[Fault]) -> None:
        sentences = [fault.sentence() for fault in faults[:MOST_FAULTS]]
        if len(faults) >= MOST_FAULTS:
            sentences.append(_PERHAPS_MORE)
        super().__init__(
            Text(fr="\n".join(each.fr for each in sentences), en="\n".join(each.en for each in sentences)),
        )
        self.faults = tuple(faults)


def at(path: str) -> Text:
    """A place that reads the same in both languages."""
    return Text(fr=path, en=path)


def shown(value: object) -> str:
    """A value as a message quotes it: short, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:57]}…"
