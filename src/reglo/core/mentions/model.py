"""What a mention is, and what the law's demand for one is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reglo.core.document import Invoice
from reglo.core.findings import Text
from reglo.core.mentions.evidence import Evidence
from reglo.core.mentions.situation import Situation


class Duty(StrEnum):
    """How binding a mention is for this very document."""

    REQUIRED = "required"  #: by law, for this document and date
    PRESUMED = "presumed"  #: required if the parties are what they seem to be
    COMING = "coming"  #: required from a later date
    CONDITIONAL = "conditional"  #: only if something is so that the document does not tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A mention (*mention obligatoire*) of one invoice."""

    identifier: str  #: stable name: "seller-siren"
    title: Text  #: what it is, for a list
    article: str  #: the text of law
    wording: Text | None  #: words that serve, where words are wanted
    carried_by: str  #: business term that carries it: BT-30
    where: str  #: its place in the model
    duty: Duty
    due_from: date | None  #: for a COMING one, the day from which it is required
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a demand is judged on."""

    invoice: Invoice
    situation: Situation
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A mention in general: whom it concerns, and how one sees that it is there."""

    identifier: str
    title: Text
    statement: Text  #: the demand as a whole sentence
    mend: Text  #: what to do where it is missing
    article: str
    term: str
    where: str
    duty: Callable[[Facts], Duty | None]  #: None: does not concern this document
    present: Callable[[Facts], bool]
    wording: Text | None = None
    optional: bool = False  #: never more than CONDITIONAL: worth a place in a list, never a finding
    standard: str | None = None  #: fatal rule of EN 16931 that asks the same, so that nobody is told twice
