"""What a check says: findings, each with its rule, its place, its mend and its source."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is."""

    FATAL = "fatal"  #: the document will be refused, or breaks the law
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One sentence in both languages of Réglo."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language` ("fr" or "en")."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with a document (*anomalie*), or worth knowing."""

    rule: str  #: identifier of the rule: BR-CO-15, BR-FR-05, FR-LAW-…
    severity: Severity
    message: Text  #: what is wrong, with the values that disagree
    fix: Text  #: how to mend it
    source: str  #: article, clause or artefact the rule comes from
    term: str | None = None  #: business term or group: BT-131
    where: str | None = None  #: place: a path in the model ("lines[2].net_amount"), an XPath, or file, row and column
