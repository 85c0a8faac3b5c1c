"""The command as a whole: help, versions, languages, usage errors."""

import os
import subprocess
import sys

import pytest

from reglo.cli.language import language_of
from reglo.cli.main import reglo as command
from tests.cli.conftest import Reglo

_REGLO = [sys.executable, "-m", "reglo.cli.main"]


def test_without_arguments_it_shows_its_help(reglo: Reglo) -> None:
    answer = reglo()
    assert answer.status == 0
    assert "Usage : reglo" in answer.out
    assert all(name in answer.out for name in command.modules)


@pytest.mark.parametrize("name", ["check", "convert", "show", "due", "interest", "explain", "completion"])
def test_each_command_has_help_with_examples_in_both_languages(reglo: Reglo, name: str) -> None:
    french, english = reglo(name, "--help"), reglo(name, "--help", "--lang", "en")
    assert french.status == english.status == 0
    assert "Exemples :" in french.out.replace("\N{NO-BREAK SPACE}", " ")
    assert "Examples:" in english.out
    assert "--lang" in french.out
    assert french.out != english.out


def test_it_says_its_version(reglo: Reglo) -> None:
    answer = reglo("--version")
    assert answer.status == 0
    assert answer.out.startswith("reglo ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("chek",), "Vouliez-vous dire « check » ?"),
        (("zzz",), "Commandes : check"),
        (("check",), "Il manque FILE…"),
        (("check", "--jsn", "x"), "L'option --jsn n'existe pas"),
        (("check", "--rules", "moi", "x"), "Règles inconnues : « moi »"),
        (("check", "--rules", "", "x"), "Règles inconnues"),
        (("convert", "x"), "Il manque --to"),
        (("convert", "x", "--to", "docx"), "Choisissez parmi : facturx, cii, ubl, pdf, json"),
        (("convert", "x", "--to", "cii", "--accent", "rouge"), "n'est pas une couleur"),
        (("convert", "x", "--to", "cii", "--jobs", "0"), "--jobs"),
        (("check", "--lang", "de", "x"), "Choisissez parmi : fr, en"),
        (("due", "30 jours"), "Il manque DATE"),
        (("due", "30 jours", "2026-02-31"), "n'existe pas au calendrier"),
        (("interest", "--amount", "x", "--due", "2026-01-01", "--until", "2026-02-01"), "n'est pas un montant"),
        (("completion", "tcsh"), "Choisissez parmi : bash, zsh, fish"),
        (("show", "/nulle/part"), "n'existe pas"),
    ],
)
def test_wrong_usage_is_one_clear_line_and_status_2(reglo: Reglo, arguments: tuple[str, ...], sentence: str) -> None:
    answer = reglo(*arguments)
    assert answer.status == 2
    assert sentence in answer.err.replace("\N{NO-BREAK SPACE}", " ")
    assert answer.err.count("\n") == 1
    assert answer.out == ""


def test_usage_errors_speak_english_too(reglo: Reglo) -> None:
    assert 'Did you mean "check"?' in reglo("chek", "--lang", "en").err


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "fr"),
        ([], {"LANG": "C.UTF-8"}, "fr"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LC_ALL": "fr_FR.UTF-8", "LANG": "en_US.UTF-8"}, "fr"),
        ([], {"REGLO_LANG": "en", "LANG": "fr_FR.UTF-8"}, "en"),
        (["check", "--lang", "fr"], {"REGLO_LANG": "en"}, "fr"),
        (["check", "--lang=fr"], {"REGLO_LANG": "en"}, "fr"),
        (["check", "--lang", "de"], {"REGLO_LANG": "en"}, "en"),
    ],
)
def test_the_language_is_asked_for_or_that_of_the_system(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert language_of(arguments, environment) == language


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_writes_a_completion_script(reglo: Reglo, shell: str) -> None:
    answer = reglo("completion", shell)
    assert answer.status == 0
    assert "_REGLO_COMPLETE" in answer.out


def test_the_shell_completes_commands() -> None:
    environment = {**os.environ, "_REGLO_COMPLETE": "bash_complete", "COMP_WORDS": "reglo ch", "COMP_CWORD": "1"}
    answer = subprocess.run(_REGLO, env=environment, capture_output=True, text=True, check=False)
    assert answer.stdout.split() == ["plain,check"]
    assert answer.stderr == ""
