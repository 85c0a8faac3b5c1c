"""Damaged documents break the same rules for us as for the official sheets.

A few damages of each document are tried in each run, always the same ones. REGLO_MUTATIONS=300 tries as many more, and
`python -m tests.rules.differences` hunts in other files with other seeds.
"""

import os
from pathlib import Path

import pytest

from tests.rules.differences import Difference, differences, native_fatal, report, with_original
from tests.rules.fr_ctc_broken import all_documents
from tests.rules.fr_ctc_documents import documents

pytestmark = pytest.mark.official

COUNT = int(os.environ.get("REGLO_MUTATIONS", "9"))
SEED = int(os.environ.get("REGLO_SEED", "1"))
EXAMPLES = Path(__file__).parents[2] / "../shared/corpora/en16931-examples"


#: What is still judged in two ways, and why.
KNOWN = {
    ("extended-cii", "BR-CL-14"): "an empty country of a party that only the extension has",
}


def _disagreements(data: bytes, *, count: int, rules: str = "") -> list[Difference]:
    return [
        difference
        for mutation in with_original(data, count=count, seed=SEED)
        for difference in differences(mutation, fr_ctc=True, rules=rules)
        if rules or not _is_settled(difference)
    ]


def _is_settled(difference: Difference) -> bool:
    """Whether a whole part of the document stands there twice and we refuse it for that.

    The schema refuses it too; the sheets then add up both, while we read one and say that there is another.
    """
    is_repeated = difference.mutation.description.startswith("duplicate")
    return is_repeated and difference.kind == "missed" and bool(native_fatal(difference.mutation.data, fr_ctc=True))


@pytest.mark.parametrize("name", sorted(all_documents()))
def test_damages_to_our_documents_break_the_rules_that_the_french_sheets_find(name: str) -> None:
    found = _disagreements(all_documents()[name], count=COUNT, rules="BR-FR-")
    assert not found, report(found)


@pytest.mark.parametrize("name", sorted(documents()))
def test_damages_to_our_documents_break_the_rules_that_all_sheets_find(name: str) -> None:
    found = _disagreements(documents()[name], count=COUNT // 2)
    unknown = [each for each in found if (name, each.rule) not in KNOWN]
    assert not unknown, report(unknown)


def _examples() -> list[Path]:
    found = sorted(path for path in EXAMPLES.glob("*/*") if path.stat().st_size < 60_000)
    return found or [EXAMPLES]


@pytest.mark.corpora
@pytest.mark.parametrize("path", _examples(), ids=lambda path: path.name)
def test_damages_to_the_examples_of_the_standard_break_the_rules_that_all_sheets_find(path: Path) -> None:
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    found = _disagreements(path.read_bytes(), count=COUNT // 3)
    assert not found, report(found)
