"""Ten thousand invoices from CSV to checked Factur-X on two processes: `reglo convert`, with its memory watched."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row, python


def csv_to_facturx(quick: bool) -> Iterator[Row]:
    """Memory must be flat: the peak of the family of processes at 10 times the size stays about the same."""
    for count in (200, 1000) if quick else (1000, 10000):
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder, "batch.csv"), Path(folder, "out")
            source.write_text(_csv(count), encoding="utf-8")
            wall, peak = _watched([python(), "-m", "reglo", "convert", str(source), "--to", "facturx", "-o", str(out)])
            made = sum(1 for _ in out.glob("*.pdf"))
        if made != count:
            raise AssertionError(f"{made} PDFs for {count} invoices")
        yield Row(f"CSV to Factur-X, {count:,}", wall, reach="≤ 150 s for 10,000", note=f"peak {peak:.0f} MiB in all")


def cold_start(quick: bool) -> Iterator[Row]:
    """`reglo check` of one file, from nothing."""
    from benchmarks import documents
    from benchmarks.measure import cold

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "invoice.xml")
        source.write_bytes(documents.cii(3))
        wall, peak = cold([python(), "-m", "reglo", "check", str(source)], 3 if quick else 9)
    yield Row("reglo check, cold", wall, reach="≤ 0.35 s, 80 MiB", note=f"{peak:.0f} MiB")


def _csv(count: int) -> str:
    from benchmarks.batch_csv import rows

    return "\n".join(rows(count)) + "\n"


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
