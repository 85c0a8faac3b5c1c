"""The report of the demo: one page that opens anywhere, a row an invoice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from reglo.core.document import Invoice
from reglo.formats.detect import read_document

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #17733a; --bad: #b3261e; --quiet: #6b6b6b; }
@media (prefers-color-scheme: dark) { :root { --good: #6fd08c; --bad: #ff8a80; --quiet: #a8a8a8; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 66rem; margin: 2rem auto; padding: 0 1rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .6rem; vertical-align: top; border-bottom: 1px solid var(--line); }
.whole { white-space: nowrap; } .amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.good { color: var(--good); } .bad { color: var(--bad); } small, .quiet { color: var(--quiet); }
dt { font-weight: 600; margin-top: 1rem; } dd { margin: 0; }
"""
_KINDS = {"380": "facture", "381": "avoir", "384": "rectificative", "386": "acompte"}
_LABELS = {"factur-x": "Factur-X", "ubl-invoice": "UBL", "ubl-credit-note": "UBL", "cii": "CII"}


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


def write_report(out: Path, made: Sequence[Checked], refused: Sequence[Checked]) -> Path:
    """Write the page into `out` and say where; `refused` are drafts of which there is no file."""
    path = out / "rapport.html"
    by_number = sorted(made, key=lambda each: each.file.stem)
    rows = "".join(_row(list(files), out) for _, files in groupby(by_number, key=lambda each: each.file.stem))
    found = "".join(_findings(each) for each in (*refused, *by_number) if each.findings)
    path.write_text(
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Réglo : contrôle des factures</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>'
        "<h1>Contrôle des factures</h1><p>Chaque fichier a été relu puis contrôlé par les règles de Réglo "
        "(EN 16931, plateformes françaises, droit français) et par les artefacts officiels (XSD, Schematron).</p>"
        '<div class="wide"><table><thead><tr><th>Facture<th>Client<th class="amount">Total TTC'
        '<th class="amount">Net à payer<th>Échéance<th>Fichiers<th>Règles<th>Résultat'
        f"</thead><tbody>{rows}</tbody></table></div>{found}</html>",
        encoding="utf-8",
    )
    return path


def _row(files: Sequence[Checked], out: Path) -> str:
    invoice = read_document(files[0].file.read_bytes()).invoice
    links = " · ".join(
        f'<a href="{escape(each.file.relative_to(out).as_posix())}">{_LABELS[each.format]}</a>' for each in files
    )
    fatal = sum(len(each.fatal) for each in files)
    verdict = (
        f'<span class="bad">{fatal} anomalies bloquantes</span>' if fatal else '<span class="good">acceptée</span>'
    )
    return f'<tr>{_facts(invoice)}<td class="whole">{links}<td><small>{", ".join(files[0].rules)}</small><td>{verdict}'


def _facts(invoice: Invoice) -> str:
    totals, name = invoice.totals, (invoice.buyer and invoice.buyer.name) or ""
    kind = _KINDS.get(invoice.type_code or "", "")
    due = invoice.due_date.strftime("%d/%m/%Y") if invoice.due_date else ""
    gross, owed = (_amount(totals.gross), _amount(totals.due)) if totals else ("", "")
    return (
        f'<td class="whole">{escape(invoice.number or "")}<br><small>{kind}</small><td>{escape(name)}'
        f'<td class="amount">{gross} {invoice.currency}<td class="amount">{owed} {invoice.currency}<td>{due}'
    )


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}".replace(",", "\u202f").replace(".", ",")


def _findings(each: Checked) -> str:
    items = "".join(
        f"<dt>{escape(found['rule'])} <small>{escape(found['severity'])}, {escape(found['term'] or '')}</small>"
        f"<dd>{escape(found['message'])}<br>→ {escape(found['fix'])}<br><small>{escape(found['source'])}</small>"
        for found in each.findings
    )
    return f"<h2>{escape(each.file.name)}</h2><dl>{items}</dl>"
