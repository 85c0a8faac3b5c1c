"""The report of the demo: one page that opens anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #17733a; --bad: #b3261e; --quiet: #767676; }
@media (prefers-color-scheme: dark) { :root { --good: #6fd08c; --bad: #ff8a80; --quiet: #a0a0a0; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .6rem; vertical-align: top;
border-bottom: 1px solid var(--line); } .good { color: var(--good); } .bad { color: var(--bad); }
dt { font-weight: 600; margin-top: 1rem; } dd { margin: 0; } small { color: var(--quiet); }
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """What `reglo check --json` answered for one file."""

    file: Path
    format: str
    rules: tuple[str, ...]
    findings: tuple[Mapping[str, str], ...]

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> "Checked":
        """From one line of the answer."""
        return cls(Path(answer["file"]), answer["format"] or "", tuple(answer["rules"]), tuple(answer["findings"]))

    @property
    def fatal(self) -> tuple[Mapping[str, str], ...]:
        """The findings for which the document is refused."""
        return tuple(each for each in self.findings if each["severity"] == "fatal")


def write_report(out: Path, checked: Sequence[Checked]) -> Path:
    """Write the page into `out` and say where."""
    path = out / "rapport.html"
    rows = "".join(_row(each, out) for each in checked)
    found = "".join(_findings(each) for each in checked if each.findings)
    path.write_text(
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Réglo : contrôle des factures</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
        "<h1>Contrôle des factures</h1><table><thead><tr><th>Fichier<th>Format<th>Règles appliquées<th>Résultat"
        f"</thead><tbody>{rows}</tbody></table>{found}</html>",
        encoding="utf-8",
    )
    return path


def _row(each: Checked, out: Path) -> str:
    name = escape(each.file.name)
    link = f'<a href="{escape(each.file.relative_to(out).as_posix())}">{name}</a>' if out in each.file.parents else name
    verdict = '<span class="good">acceptée</span>'
    if each.fatal:
        verdict = f'<span class="bad">refusée : {len(each.fatal)} anomalies bloquantes</span>'
    return f"<tr><td>{link}<td>{escape(each.format)}<td>{escape(', '.join(each.rules))}<td>{verdict}"


def _findings(each: Checked) -> str:
    items = "".join(
        f"<dt>{escape(found['rule'])} <small>{escape(found['severity'])}, {escape(found['term'] or '')}</small>"
        f"<dd>{escape(found['message'])}<br>→ {escape(found['fix'])}<br><small>{escape(found['source'])}</small>"
        for found in each.findings
    )
    return f"<h2>{escape(each.file.name)}</h2><dl>{items}</dl>"
