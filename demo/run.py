"""Make, check and convert the sample invoices with the command itself, and say where to look.

python -m demo.run [FOLDER]
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from demo.report import Checked, write_report

_HERE = Path(__file__).parent
_SELLER = _HERE / "vendeur.toml"
_SOURCES = [*sorted((_HERE / "invoices").glob("*.toml")), _HERE / "lot.csv"]
_OTHER_SELLER = _HERE / "invoices" / "09-franchise.toml"
_INCOMPLETE = _HERE / "incomplete.toml"
_FOLDERS = {"facturx": "*.pdf", "ubl": "*.xml", "cii": "*.xml"}


def main(folder: str = "out") -> int:
    """Exit status 0 if every invoice was made and is accepted by our rules and by the official ones."""
    started = time.perf_counter()
    out = Path(folder)
    for name in _FOLDERS:
        shutil.rmtree(out / name, ignore_errors=True)
        if status := _convert(out / name, name):
            return status
    files = [file for name, pattern in _FOLDERS.items() for file in sorted((out / name).glob(pattern))]
    made, refused = _check(files, official=True), _check([_INCOMPLETE])
    report = write_report(out, made, refused)
    _say(out, made, refused, report, time.perf_counter() - started)
    return 1 if any(each.fatal for each in made) else 0


def _convert(folder: Path, target: str) -> int:
    """Write every invoice in one format; pages bear the logo of the firm, but for those of another seller."""
    ours = [source for source in _SOURCES if source != _OTHER_SELLER]
    look = ["--logo", str(_HERE / "logo.svg"), "--accent", "#b4540a"] if target == "facturx" else []
    to = ["--seller", str(_SELLER), "--to", target, "-o", str(folder)]
    status = _reglo(["convert", *map(str, ours), *to, *look]).returncode
    return status or _reglo(["convert", str(_OTHER_SELLER), *to]).returncode


def _reglo(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run the command; what it says on stderr is shown."""
    command = [sys.executable, "-m", "reglo", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603


def _check(files: Sequence[Path], *, official: bool = False) -> list[Checked]:
    options = ["--json", "--lang", "fr", "--seller", str(_SELLER), *(["--official"] if official else [])]
    answer = _reglo(["check", *options, *map(str, files)])
    return [Checked.from_answer(json.loads(line)) for line in answer.stdout.splitlines()]


def _say(out: Path, made: Sequence[Checked], refused: Sequence[Checked], report: Path, seconds: float) -> None:
    count = sum(1 for each in made if each.format == "factur-x")
    accepted = sum(1 for each in made if not each.fatal)
    print(f"Réglo made {count} invoices of a small business, each as Factur-X, UBL and CII, in {seconds:.0f} s:")
    print("deposit and final invoice, goods delivered elsewhere, three VAT rates, discounts, a credit note, reverse")
    print("charge, intra-EU, franchise (293 B), a public buyer, a consumer, and a batch from a CSV file.")
    print()
    print(f"  checked: {accepted} of {len(made)} files accepted by EN 16931, BR-FR and French law, and by the")
    print("           official XSD and Schematron")
    for each in refused:
        print(f"  refused: {each.file.name} on purpose, {len(each.fatal)} fatal findings, each with its mend")
    print()
    print(f"  {out}/facturx/   PDF/A-3 with the XML inside: open F2026-0107.pdf")
    print(f"  {out}/ubl/  {out}/cii/   the same as plain XML")
    print(f"  {report}   what was checked and found")
    print()
    print("Next: .venv/bin/reglo show out/facturx/F2026-0107.pdf")
    print("      .venv/bin/reglo check demo/incomplete.toml --seller demo/vendeur.toml")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
