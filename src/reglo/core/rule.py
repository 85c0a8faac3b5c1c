"""What a rule is, whoever wrote it: an identifier, a sentence, a mend, a source.

How it is run is the affair of its rule set: of `reglo.core.terms` for payment terms, of a package of `reglo.rules` for
documents. Such a package offers two things: `RULES`, all its rules by identifier, and `check(reading)`, which yields a
finding for each breach and runs in time proportional to the document.
"""

from dataclasses import dataclass

from reglo.core.findings import Finding, Severity, Text

_LONGEST_VALUE = 60
_NOT_SO = Text(fr="Ce n'est pas le cas ici.", en="This is not so here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One demand on a document, in plain words and in both languages."""

    identifier: str  #: as its source spells it: BR-CO-15, BR-FR-05, UBL-SR-12, FR-LAW-DUE-DATE
    statement: Text  #: the demand, as a whole sentence: what a good document does, or what every document must do
    fix: Text  #: how to mend a document that breaks it
    source: str  #: article of law, clause of the standard, or artefact with its version
    severity: Severity = Severity.FATAL
    term: str | None = None  #: the business term or group it is chiefly about
    example: Text | None = None  #: a good and a bad case, with figures
    obliges: bool = False  #: whether `statement` says "must", and so reads as a fault where it stands alone

    def finding(self, where: str | None = None, detail: Text | None = None) -> Finding:
        """A breach of this rule at `where`; `detail` names the values that disagree.

        Without it, what holds for a good document would read as if all were well, so the message says that it is not.
        """
        message = self.statement
        said = detail if detail is not None or self.obliges else _NOT_SO
        if said is not None:
            message = Text(fr=f"{self.statement.fr} {said.fr}", en=f"{self.statement.en} {said.en}")
        return Finding(
            rule=self.identifier,
            severity=self.severity,
            message=message,
            fix=self.fix,
            source=self.source,
            term=self.term,
            where=where,
        )


def value_read(text: str) -> Text:
    """What stood there, for the end of a finding."""
    if not text.strip():
        return Text(fr="La valeur est vide.", en="The value is empty.")
    shown = text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
    return Text(fr=f"Valeur lue : « {shown} ».", en=f"Value read: “{shown}”.")
