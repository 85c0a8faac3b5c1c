"""`reglo check`: is this invoice complete and correct, and if not, what is wrong and how to mend it."""

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from reglo.cli.commands import command, option
from reglo.cli.documents import Document, read_defaults, read_documents
from reglo.cli.errors import ACCEPTED, FATAL, UNREADABLE
from reglo.cli.figures import counted
from reglo.cli.findings import folded, print_finding
from reglo.cli.language import colon, language, say
from reglo.cli.options import FILE, seller_option
from reglo.cli.output import complain, one_line, print_line, print_paragraph, styled, terminal_width, width_of
from reglo.core.findings import Finding, Severity, Text

if TYPE_CHECKING:
    from reglo.cli.official import Opinion
    from reglo.formats.data.table.places import Origin
    from reglo.rules.check import Report

_MOST_UNKNOWN = 10
_MOST_OF_A_RULE = 10
_MORE = (
    Text(fr="autre fois (tout voir : --json)", en="more time (see all: --json)"),
    Text(fr="autres fois (tout voir : --json)", en="more times (see all: --json)"),
)
_FATAL = (Text(fr="anomalie bloquante", en="fatal finding"), Text(fr="anomalies bloquantes", en="fatal findings"))
_REMARK = (Text(fr="remarque", en="remark"), Text(fr="remarques", en="remarks"))
_OFFICIAL_ALONE = Text(fr="Relevé par le seul artefact officiel :", en="Found by the official artefact alone:")
_UNREADABLE = {
    "rule": "REGLO-UNREADABLE",
    "severity": Severity.FATAL.value,
    "term": None,
    "where": None,
    "message": "",
    "fix": None,
    "source": None,
}


@command(
    "check",
    text=Text(
        fr="Vérifier des factures : PDF, XML, JSON, TOML, CSV, XLSX.\n"
        "Sans --rules, le pays, le profil et les parties du document décident des règles. "
        "État de sortie : 0 acceptée, 1 anomalie bloquante, 2 illisible ou mauvais appel.",
        en="Check invoices: PDF, XML, JSON, TOML, CSV, XLSX.\n"
        "Without --rules, country, profile and parties of the document decide which rules apply. "
        "Exit status: 0 accepted, 1 fatal finding, 2 not readable or wrong usage.",
    ),
    examples=(
        "reglo check facture.pdf",
        "reglo check --rules en16931,fr-ctc *.xml",
        "reglo check --json factures.csv > rapport.jsonl",
        "curl -s https://exemple.fr/f.xml | reglo check --official -",
    ),
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@option(
    "--rules",
    metavar="SET,…",
    text=Text(fr="Règles à appliquer : en16931, fr-ctc, fr-law.", en="Rules to apply: en16931, fr-ctc, fr-law."),
)
@option(
    "--official",
    is_flag=True,
    text=Text(
        fr="Demander aussi l'avis du Schematron officiel (paquet reglo[official]).",
        en="Ask the official Schematron too (package reglo[official]).",
    ),
)
@option(
    "--json",
    "as_json",
    is_flag=True,
    text=Text(fr="Un objet JSON par facture et par ligne.", en="One JSON object an invoice and line."),
)
@seller_option
def check(files: tuple[str, ...], rules: str | None, official: bool, as_json: bool, seller: str | None) -> int:
    """Check each file and answer with the worst outcome."""
    chosen = _rule_sets(rules)
    defaults = read_defaults(seller)
    worst = ACCEPTED
    for path in files:
        for document in read_documents(path, defaults):
            worst = max(worst, _check_one(document, chosen, official, as_json))
    return worst


def _rule_sets(rules: str | None) -> tuple[str, ...] | None:
    from reglo.rules.check import RULE_SETS

    if rules is None:
        return None
    names = tuple(name.strip() for name in rules.split(",") if name.strip())
    unknown = [name for name in names if name not in RULE_SETS]
    if unknown or not names:
        raise click.UsageError(
            say(
                Text(
                    fr=f"Règles inconnues : « {', '.join(unknown)} ». Choisissez parmi : {', '.join(RULE_SETS)}.",
                    en=f'Unknown rules: "{", ".join(unknown)}". Choose among: {", ".join(RULE_SETS)}.',
                )
            )
        )
    return names


def _check_one(document: Document, rules: tuple[str, ...] | None, official: bool, as_json: bool) -> int:
    if document.error is not None or document.reading is None:
        return _unreadable(document, as_json)
    from reglo.rules.check import check_document

    report = check_document(document.reading, rules)
    opinion = _second_opinion(document, report) if official else None
    if as_json:
        print_line(_json_line(document, report, opinion))
    else:
        _print_report(document, report, opinion)
    findings = report.findings if opinion is None else report.findings + opinion.alone
    fatal = any(each.severity is Severity.FATAL for each in findings)
    return FATAL if fatal or report.rules_applied == 0 else ACCEPTED


def _second_opinion(document: Document, report: "Report") -> "Opinion":
    from reglo.cli.official import second_opinion

    return second_opinion(document, report.findings, report.rule_sets)


def _placed(findings: tuple[Finding, ...], document: Document) -> tuple[Finding, ...]:
    """The findings with the places that whoever made the document knows."""
    if document.origin is None:
        return findings
    return tuple(_in_table(each, document.origin) for each in findings)


def _in_table(finding: Finding, origin: "Origin") -> Finding:
    """The finding with the row and column that it is about. An XPath is into what Réglo would write of the row."""
    path = "" if (finding.where or "").startswith("/") else finding.where or ""
    return replace(finding, where=say(origin.place(path)))


def _unreadable(document: Document, as_json: bool) -> int:
    reason = say(document.error.message) if document.error is not None else ""
    for line in reason.splitlines():
        complain(f"{document.name}: {line}")
    if as_json:
        print_line(_dumped({**_named(document), "profile": None, "findings": [_UNREADABLE | {"message": reason}]}))
    return UNREADABLE


def _named(document: Document) -> dict[str, object]:
    """What the answer is about."""
    number = {} if document.number is None else {"invoice": document.number}
    return {"file": document.file, **number, "format": document.format}


def _json_line(document: Document, report: "Report", opinion: "Opinion | None") -> str:
    """All findings of both opinions, those of the second marked as official."""
    assert document.reading is not None
    theirs = () if opinion is None else _placed(opinion.theirs, document)
    answer = {
        **_named(document),
        "profile": _profile(report),
        "rules": list(report.rule_sets),
        "findings": [
            *map(_as_json, _placed(report.findings, document)),
            *({**_as_json(each), "official": True} for each in theirs),
        ],
    }
    if document.reading.unknown:
        answer["unknown"] = list(document.reading.unknown)
    return _dumped(answer)


def _as_json(finding: Finding) -> dict[str, str | None]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "term": finding.term,
        "where": finding.where,
        "message": finding.message.in_language(language()),
        "fix": finding.fix.in_language(language()),
        "source": finding.source,
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _profile(report: "Report") -> str:
    return report.profile.name.lower().replace("_", "-")


def _print_report(document: Document, report: "Report", opinion: "Opinion | None") -> None:
    assert document.reading is not None
    applied = ", ".join(report.rule_sets)
    facts = say(
        Text(
            fr=f"{document.format}, profil {_profile(report)}, règles {applied} ({report.rules_applied})",
            en=f"{document.format}, profile {_profile(report)}, rules {applied} ({report.rules_applied})",
        )
    )
    _print_name(one_line(document.name), facts)
    alone = () if opinion is None else opinion.alone
    _print_findings(_placed(report.findings, document), opinion)
    if alone:
        print_line(f"  {say(_OFFICIAL_ALONE)}")
        _print_findings(_placed(alone, document), None)
    _print_unknown(document.reading.unknown)
    if opinion is not None and opinion.sentence is not None:
        print_paragraph(say(opinion.sentence), begin="  ", indent=2)
    print_line(f"  {_verdict(report, report.findings + alone)}")


def _print_name(name: str, facts: str) -> None:
    """What was checked by which rules, on two lines where one is too narrow."""
    columns = terminal_width()
    if columns is None or width_of(f"{name}  {facts}") <= columns:
        print_line(f"{styled(name, bold=True)}  {facts}")
        return
    print_line(styled(name, bold=True))
    print_paragraph(facts, begin="  ", indent=2)


def _print_findings(findings: tuple[Finding, ...], opinion: "Opinion | None") -> None:
    """All of them, but of one rule only the first few: a thousand lines with one fault are one fault."""
    shown: Counter[str] = Counter()
    for finding in folded(findings):
        shown[finding.rule] += 1
        if shown[finding.rule] <= _MOST_OF_A_RULE:
            print_finding(finding, confirmed=opinion is not None and opinion.confirms(finding))
    for rule, count in shown.items():
        if count > _MOST_OF_A_RULE:
            print_line(f"  … {rule}{colon()}{counted(count - _MOST_OF_A_RULE, *_MORE)}")


def _print_unknown(unknown: tuple[str, ...]) -> None:
    if not unknown:
        return
    many = Text(fr="parties que le modèle ne porte pas :", en="parts that the model does not carry:")
    one = Text(fr="partie que le modèle ne porte pas :", en="part that the model does not carry:")
    print_line(f"  ? {counted(len(unknown), one, many)}")
    for place in unknown[:_MOST_UNKNOWN]:
        print_line(f"    {one_line(place)}")
    if len(unknown) > _MOST_UNKNOWN:
        print_line("    …")


def _verdict(report: "Report", findings: tuple[Finding, ...]) -> str:
    fatal = sum(each.severity is Severity.FATAL for each in findings)
    if report.rules_applied == 0:
        return styled(say(Text(fr="aucune règle appliquée", en="no rule was applied")), fg="red")
    counts = [
        counted(number, *nouns) for number, nouns in ((fatal, _FATAL), (len(findings) - fatal, _REMARK)) if number
    ]
    verdict = Text(fr="refusée", en="refused") if fatal else Text(fr="acceptée", en="accepted")
    text = colon().join([say(verdict), *counts[:1]])
    return styled(", ".join([text, *counts[1:]]), fg="red" if fatal else "green", bold=True)
