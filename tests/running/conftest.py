"""What tests of running the site share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.sites import Site, a_postgresql_database, postgresql_answers

VENDORS = ["sqlite", "postgresql"]


def _skip_without(vendor: str) -> None:
    if vendor == "postgresql" and not postgresql_answers():
        pytest.skip("needs PostgreSQL on 127.0.0.1:5432")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that only its owner may read."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(params=VENDORS)
def site(request: pytest.FixtureRequest, data: Path) -> Iterator[Site]:
    """A site with an empty database: on SQLite, and on PostgreSQL where it is found."""
    _skip_without(request.param)
    if request.param == "sqlite":
        yield Site({"REGLO_DATA": str(data)})
        return
    with a_postgresql_database() as url:
        yield Site({"REGLO_DATA": str(data), "REGLO_DATABASE": url})


def _migrate(site: Site) -> None:
    site = Site(site.variables | {"DJANGO_SETTINGS_MODULE": "reglo.web.settings"})
    done = site.run_python("-m", "django", "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables of today, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    _migrate(Site({"REGLO_DATA": str(folder)}))
    return folder / "reglo.sqlite3"


@pytest.fixture(scope="session")
def migrated_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database with the tables of today, to be copied."""
    _skip_without("postgresql")
    with a_postgresql_database() as url:
        folder = tmp_path_factory.mktemp("migrated")
        _migrate(Site({"REGLO_DATA": str(folder), "REGLO_DATABASE": url}))
        yield url.rpartition("/")[2]


@pytest.fixture(params=VENDORS)
def ready_site(request: pytest.FixtureRequest, data: Path) -> Iterator[Site]:
    """A site whose tables are there already: on SQLite, and on PostgreSQL where it is found."""
    _skip_without(request.param)
    variables = {"REGLO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "reglo.web.settings"}
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), data / "reglo.sqlite3")
        yield Site(variables)
        return
    with a_postgresql_database(template=request.getfixturevalue("migrated_postgresql")) as url:
        yield Site(variables | {"REGLO_DATABASE": url})


@pytest.fixture
def sqlite_site(data: Path, migrated_sqlite: Path) -> Site:
    """A site on SQLite whose tables are there already."""
    shutil.copy(migrated_sqlite, data / "reglo.sqlite3")
    return Site({"REGLO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "reglo.web.settings"})
