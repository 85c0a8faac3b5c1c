"""The table of settings is the one of the code, and the code reads no variable that the table lacks."""

import re
from pathlib import Path

from tools.settings_page import PAGE, page

from reglo.web.environment import VARIABLES
from reglo.web.environment.variables import unknown_variables

_SOURCES = Path(__file__).parents[2] / "src" / "reglo" / "web" / "environment"


def test_the_page_is_made_from_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run tools/settings_page.py"


def test_the_code_reads_the_variables_of_the_table_and_no_other() -> None:
    readers = [path for path in _SOURCES.glob("*.py") if path.name != "variables.py"]
    read = {name for path in readers for name in re.findall(r'"(REGLO_[A-Z_]+)"', path.read_text(encoding="utf-8"))}
    assert read == {variable.name for variable in VARIABLES}


def test_variables_that_nobody_reads_are_found_with_the_nearest_name() -> None:
    assert unknown_variables(["REGLO_DATABSE", "REGLO_URL", "REGLO_LANG", "PATH"]) == {
        "REGLO_DATABSE": "REGLO_DATABASE"
    }
