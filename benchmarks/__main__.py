"""Run every benchmark and print one table: `python -m benchmarks [--quick]`."""

import argparse
import platform
from collections.abc import Callable, Iterator

from benchmarks import batches, checking, paper, reading
from benchmarks.measure import Row

_ALL: tuple[Callable[[bool], Iterator[Row]], ...] = (
    checking.against_the_official_sheets,
    checking.as_the_document_grows,
    reading.against_drafthorse,
    paper.against_weasyprint,
    paper.long_documents,
    batches.cold_start,
    batches.csv_to_facturx,
)


def main() -> None:
    """Print the table as figures come in."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs and smaller batches")
    quick = parser.parse_args().quick
    print(f"Python {platform.python_version()} on {platform.machine()}, medians; × is alternative / ours\n")
    print(f"{'work':<28}{'ours':>12}{'other':>12}{'×':>8}  {'reach':<20}beside, note")
    for benchmark in _ALL:
        for row in benchmark(quick):
            print(_line(row), flush=True)


def _line(row: Row) -> str:
    ratio = f"{row.alternative / row.ours:.1f}" if row.alternative and row.ours else ""
    beside = ", ".join(part for part in (row.beside, row.note) if part)
    return f"{row.work:<28}{_time(row.ours):>12}{_time(row.alternative):>12}{ratio:>8}  {row.reach:<20}{beside}"


def _time(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value * 1000:,.2f} ms" if value < 1 else f"{value:,.2f} s"


if __name__ == "__main__":
    main()
