"""Damaged documents break the same rules for us as for the official sheets.

A few damages of each document are tried in each run, always the same ones. REGLO_MUTATIONS=300 tries as many more, and
`python -m tests.rules.differences` hunts in other files with other seeds.
"""

import os
from pathlib import Path

import pytest

from tests.rules.differences import differences, report, with_original
from tests.rules.fr_ctc_broken import all_documents

pytestmark = pytest.mark.official

COUNT = int(os.environ.get("REGLO_MUTATIONS", "12"))
SEED = int(os.environ.get("REGLO_SEED", "1"))
EXAMPLES = Path(__file__).parents[2] / "../shared/corpora/en16931-examples"


@pytest.mark.parametrize("name", sorted(all_documents()))
def test_damages_to_our_documents_break_the_rules_that_the_french_sheets_find(name: str) -> None:
    found = [
        difference
        for mutation in with_original(all_documents()[name], count=COUNT, seed=SEED)
        for difference in differences(mutation, fr_ctc=True, rules="BR-FR-")
    ]
    assert not found, report(found)


def _examples() -> list[Path]:
    found = sorted(path for path in EXAMPLES.glob("*/*") if path.stat().st_size < 60_000)
    return found or [EXAMPLES]


@pytest.mark.corpora
@pytest.mark.parametrize("path", _examples(), ids=lambda path: path.name)
def test_damages_to_the_examples_of_the_standard_break_the_rules_that_the_french_sheets_find(path: Path) -> None:
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    found = [
        difference
        for mutation in with_original(path.read_bytes(), count=COUNT // 3, seed=SEED)
        for difference in differences(mutation, fr_ctc=True, rules="BR-FR-")
    ]
    assert not found, report(found)
