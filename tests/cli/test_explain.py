"""`reglo explain`: a rule, a family, all families, and near misses."""

import subprocess
import sys

from tests.cli.conftest import Reglo


def test_a_rule_is_told_in_plain_words_with_source_and_example(reglo: Reglo) -> None:
    answer = reglo("explain", "br-co-15")
    assert answer.status == 0
    assert answer.out.startswith("BR-CO-15  bloquante")
    assert "(BT-112)" in answer.out
    assert "Exemple : " in answer.out
    assert "EN 16931-1" in answer.out
    assert answer.out != reglo("explain", "BR-CO-15", "--lang", "en").out


def test_a_family_lists_its_rules(reglo: Reglo) -> None:
    lines = reglo("explain", "BR-CO").out.splitlines()
    assert len(lines) > 10
    assert all(line.startswith("BR-CO-") for line in lines)


def test_without_a_rule_it_lists_the_families(reglo: Reglo) -> None:
    out = reglo("explain").out
    assert all(f"\n{family} " in f"\n{out}" for family in ("BR-CO", "BR-FR", "BR-CL"))


def test_a_mistyped_rule_gives_the_nearest_ones(reglo: Reglo) -> None:
    answer = reglo("explain", "BR-CO-155")
    assert answer.status == 2
    assert "BR-CO-15" in answer.err
    assert answer.err.count("\n") == 1


def test_a_reader_that_leaves_is_no_error() -> None:
    script = f"{sys.executable} -m reglo.cli.main explain BR | true; exit ${{PIPESTATUS[0]}}"
    answer = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert answer.stderr == ""
    assert answer.returncode == 141


def test_a_rule_of_several_parts_shows_them_all(reglo: Reglo) -> None:
    answer = reglo("explain", "BR-FR-05")
    assert answer.status == 0
    assert all(line.startswith("BR-FR-05_") for line in answer.out.splitlines())
