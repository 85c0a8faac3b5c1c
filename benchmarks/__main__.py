"""Run every benchmark and print one table: `python -m benchmarks [--quick] [--cpu] [NAME…]`.

A column ×, where there is an alternative, is its time divided by ours.
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator

from benchmarks import (
    aged_balance,
    bank_files,
    bank_import,
    batches,
    checking,
    collecting,
    editor,
    fec,
    fec_of_ledger,
    first_page,
    forecasting,
    issue,
    lists,
    matching,
    memory,
    negotiating,
    paper,
    reading,
    story,
)
from benchmarks.measure import Row, use_cpu_time

_ALL: tuple[Callable[[bool], Iterator[Row]], ...] = (
    checking.against_the_official_sheets,
    checking.as_the_document_grows,
    checking.as_the_mistakes_grow,
    reading.against_drafthorse,
    bank_files.reading_bank_lines,
    paper.against_weasyprint,
    paper.long_documents,
    batches.cold_start,
    batches.csv_to_facturx,
    issue.issuing_one,
    issue.issuing_at_once,
    first_page.first_page,
    memory.memory_of_processes,
    editor.live_answer_of_the_editor,
    lists.lists_of_a_large_site,
    matching.matching_speed,
    matching.matching_quality,
    bank_import.importing_bank_lines,
    bank_import.matching_in_the_room,
    collecting.decide_the_day,
    collecting.replay_the_ladder,
    forecasting.forecast_of_open_invoices,
    forecasting.forecast_of_real_invoices,
    story.story_of_a_customer,
    fec.fec_written_and_checked,
    aged_balance.aged_balance_of_many_invoices,
    fec_of_ledger.fec_of_ledger,
    negotiating.answer_of_a_slider,
    negotiating.page_of_a_slider,
)


_BY_NAME = {each.__name__: each for each in _ALL}


def main() -> None:
    """Print the table as figures come in."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("--quick", action="store_true", help="fewer runs and smaller batches")
    parser.add_argument("--cpu", action="store_true", help="time of CPU, for a machine that others use")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(_BY_NAME)}")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(_BY_NAME):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    if asked.cpu:
        use_cpu_time()
    machine = f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}, load {os.getloadavg()[0]:.1f}; medians of {'CPU' if asked.cpu else 'wall'} time")
    print(f"\n{'work':<34}{'ours':>12}{'other':>12}{'×':>8}  {'reach':<20}beside, note")
    ran = [_run(_BY_NAME[name], quick=asked.quick) for name in asked.names or _BY_NAME]
    sys.exit(not all(ran))


def _run(benchmark: Callable[[bool], Iterator[Row]], *, quick: bool) -> bool:
    """Print the rows of a benchmark. One that cannot run, or whose work went wrong, says so and lets the others run."""
    try:
        for row in benchmark(quick):
            print(_line(row), flush=True)
    except ImportError as missing:
        print(f"{benchmark.__name__}: left out, {missing}", flush=True)
    except (AssertionError, subprocess.CalledProcessError) as wrong:
        print(f"{benchmark.__name__}: {wrong}", flush=True)
        return False
    return True


def _line(row: Row) -> str:
    ratio = f"{row.alternative / row.ours:.1f}" if row.alternative and row.ours else ""
    beside = ", ".join(part for part in (row.beside, row.note) if part)
    return f"{row.work:<34}{_time(row.ours):>12}{_time(row.alternative):>12}{ratio:>8}  {row.reach:<20}{beside}"


def _time(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value * 1000:,.2f} ms" if value < 1 else f"{value:,.2f} s"


if __name__ == "__main__":
    main()
