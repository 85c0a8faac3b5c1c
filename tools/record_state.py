"""Record the state of the demonstration database as that of this release: see tests/migrations/releases/README.md.

python tools/record_state.py [DATABASE]
"""

import os
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
RELEASES = ROOT / "tests" / "migrations" / "releases"


def main(database: Path) -> None:
    """Back the database up into the folder of the releases."""
    if not database.exists():
        sys.exit(f"{database} is not there: make serve makes it, with the demonstration data")
    os.environ["REGLO_DATABASE"] = f"sqlite:{database}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "reglo.web.settings"
    import django

    django.setup()
    from django.utils import timezone

    from reglo.web.running.backup import make_backup

    path = RELEASES / f"{version('reglo')}.zip"
    tables = make_backup(path, now=timezone.now())
    print(f"{path.relative_to(ROOT)}: {sum(table.rows for table in tables)} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "var" / "demo.sqlite3")
