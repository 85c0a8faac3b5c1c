"""Ten thousand invoices from CSV to checked Factur-X on two processes: `reglo convert`, with its memory watched."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import documents
from benchmarks.measure import Row, cold, python


def csv_to_facturx(quick: bool) -> Iterator[Row]:
    """Memory must be flat: the peak of the family of processes at 10 times the size stays about the same."""
    for count in (200, 1000) if quick else (1000, 10000):
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder, "batch.csv"), Path(folder, "out")
            source.write_text(_csv(count), encoding="utf-8")
            convert = ["convert", str(source), "--to", "facturx", "-o", str(out), "--jobs", "2"]
            wall, peak = _watched([python(), "-m", "reglo", *convert])
            made = sum(1 for _ in out.glob("*.pdf"))
        if made != count:
            raise AssertionError(f"{made} PDFs for {count} invoices")
        yield Row(f"CSV to Factur-X, {count:,}", wall, reach="≤ 150 s for 10,000", note=f"peak {peak:.0f} MiB in all")


def cold_start(quick: bool) -> Iterator[Row]:
    """Commands from nothing to the end, as a shell starts them."""
    runs = 3 if quick else 9
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (("UBL", documents.ubl), ("CII", documents.cii)):
            source = Path(folder, f"{name}.xml")
            source.write_bytes(make(3))
            yield _started(f"reglo check {name}, cold", ["check", str(source)], runs, reach="≤ 0.35 s, 80 MiB")
    yield _started("reglo due, cold", ["due", "45 jours fin de mois", "2026-09-15"], runs)
    yield _started("reglo --help, cold", ["--help"], runs)


def _started(work: str, arguments: list[str], runs: int, reach: str = "") -> Row:
    start = cold([python(), "-m", "reglo", *arguments], runs)
    return Row(work, start.wall, reach=reach, note=f"{start.cpu * 1000:.0f} ms of CPU, {start.peak:.0f} MiB")


_HEADERS = (
    "Numéro;Date;Client;SIREN;Adresse;Code postal;Ville;Désignation;Quantité;Unité;Prix HT;TVA;Vendeur;"
    "SIREN du vendeur;Forme juridique;Capital;RCS;Adresse du vendeur;Code postal du vendeur;Ville du vendeur;IBAN;"
    "Catégorie d'opération"
)
_SELLER = (
    "Atelier Lumière SAS;812345676;SAS;40000;Lyon;12 rue de la République;69002;Lyon;"
    "FR7630006000011234567890189;services"
)


def _csv(count: int) -> str:
    """A batch as a spreadsheet writes it: three lines an invoice, decimal commas."""
    rows = [_HEADERS]
    for n in range(count):
        buyer = f"F{n:06d};15/10/2026;Client {n} SARL;552100554;{n} rue du Port;44000;Nantes"
        rows.append(f"{buyer};Conseil;{1 + n % 9};jour;{450 + n % 300},50;20 %;{_SELLER}")
        rows.append(f";;;;;;;Déplacement;{n % 400 + 1};km;0,62;20 %;;;;;;;;;;")
        rows.append(f";;;;;;;Documentation imprimée;1;unité;{n % 80 + 5},90;5,5 %;;;;;;;;;;")
    return "\n".join(rows) + "\n"


def _watched(command: list[str]) -> tuple[float, float]:
    """Wall seconds of `command`, and the largest sum of resident memory of it and its children, in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _family_memory(process.pid))
        time.sleep(0.05)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - start, peak


def _family_memory(root: int) -> float:
    """Resident memory of a process and all below it, in MiB, by /proc (0 where there is none)."""
    pages = 0
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except (OSError, IndexError):
            continue  # it ended meanwhile
        waiting.extend(int(child) for child in children)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024
