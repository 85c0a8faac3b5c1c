"""What was found when a file was made, as a row keeps it and a page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reglo.core.findings import Severity, Text
from reglo.reporting.accounting.fec import MadeFec
from reglo.reporting.archive.making import MadeArchive
from reglo.rules.fec import Breach, Fault

Json = Mapping[str, Any]  # what json.loads gives: read once, below
_COLOURS = {Severity.FATAL: "red", Severity.WARNING: "yellow", Severity.INFORMATION: "blue"}
_SHOWN_PLACES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBreach:
    """A rule that was broken, and where at first."""

    rule: str
    severity: Severity
    count: int
    statement: Text
    fix: Text
    source: str
    places: Sequence[Text]

    @property
    def colour(self) -> str:
        """Of its badge."""
        return _COLOURS[self.severity]


def outcome_of_fec(made: MadeFec) -> Json:
    """What the checker said of a FEC."""
    summary = made.report.summary
    return {
        "accepted": made.report.is_accepted,
        "lines": summary.lines,
        "entries": summary.entries,
        "debit": f"{summary.debit:f}",
        "credit": f"{summary.credit:f}",
        "left_out": dict(made.left_out),
        "breaches": [_breach(each) for each in made.report.breaches],
    }


def outcome_of_archive(made: MadeArchive) -> Json:
    """What an archive holds; it is not handed over unless it verifies."""
    return {"accepted": True, "files": made.files, "documents": made.documents, "entries": made.entries}


def breaches_of(outcome: Json) -> list[ShownBreach]:
    """The rules that a kept outcome says were broken."""
    return [
        ShownBreach(
            rule=each["rule"],
            severity=Severity(each["severity"]),
            count=each["count"],
            statement=Text(**each["statement"]),
            fix=Text(**each["fix"]),
            source=each["source"],
            places=[Text(**place) for place in each["places"]],
        )
        for each in outcome.get("breaches", ())
    ]


def _breach(breach: Breach) -> Json:
    return {
        "rule": breach.rule.identifier,
        "severity": breach.rule.severity.value,
        "count": breach.count,
        "statement": _both(breach.rule.statement),
        "fix": _both(breach.rule.fix),
        "source": breach.rule.source,
        "places": [_both(_place(each)) for each in breach.faults[:_SHOWN_PLACES]],
    }


def _place(fault: Fault) -> Text:
    """Line, column and what stands there."""
    row = (f"ligne {fault.row}", f"line {fault.row}") if fault.row else ("fichier", "file")
    detail = fault.detail or Text(fr="", en="")
    return Text(
        fr=", ".join(each for each in (row[0], fault.column, detail.fr) if each),
        en=", ".join(each for each in (row[1], fault.column, detail.en) if each),
    )


def _both(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}
