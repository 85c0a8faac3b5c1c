"""What tests of running the site share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.sites import Site, a_postgresql_database, postgresql_answers


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that only its owner may read."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, data: Path) -> Iterator[Site]:
    """A site with an empty database: on SQLite, and on PostgreSQL where it is found."""
    if request.param == "sqlite":
        yield Site({"REGLO_DATA": str(data)})
        return
    if not postgresql_answers():
        pytest.skip("needs PostgreSQL on 127.0.0.1:5432")
    with a_postgresql_database() as url:
        yield Site({"REGLO_DATA": str(data), "REGLO_DATABASE": url})
