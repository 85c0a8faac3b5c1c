"""The live answer of the editor: what a person who types waits for, through the whole site, saving included."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.measure import Row, seconds

_NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
_REACH = 0.060


def live_answer_of_the_editor(quick: bool) -> Iterator[Row]:
    """p95 of the answer to a change in a draft of 10, 100 and 1,000 lines."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "REGLO_DATABASE": f"sqlite:{folder}/editor.sqlite3",
            "REGLO_DATA": folder,
            "REGLO_SECRET_KEY": "of-the-benchmark-and-of-nothing-else",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        command = [sys.executable, "-m", "benchmarks.editor", "20" if quick else "100"]
        answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    for lines, p95 in json.loads(answer.stdout.splitlines()[-1]).items():
        reach = f"<= {_REACH * 1000:.0f} ms" if lines == "100" else ""
        yield Row(f"live answer, {lines} lines", p95, reach=reach, note="p95, through the site, saved")


def _main(runs: int) -> None:
    """Make a firm with drafts and print the figures as JSON."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    print(json.dumps({lines: _p95(lines, runs if lines <= 100 else max(5, runs // 10)) for lines in (10, 100, 1000)}))


def _p95(lines: int, runs: int) -> float:
    from django.urls import reverse
    from tests.site import a_draft, a_member, an_organisation, logged_in

    organisation = an_organisation()
    client = logged_in(a_member(organisation))
    draft = a_draft(organisation)
    address = reverse("billing:draft-live", kwargs={"slug": organisation.slug, "pk": draft.pk})
    form = _form(draft, lines)

    def answer(run: int) -> None:
        form["version"], form["lines[0].price"] = str(draft.content_version + run), f"{100 + run},50"
        response = client.post(address, json.dumps(form), content_type="application/json")
        assert response.status_code == 200, response.content

    answer(0)
    taken = sorted(seconds(lambda run=run: answer(run)) for run in range(1, runs + 1))  # type: ignore[misc]
    return taken[int(len(taken) * 0.95) - 1]


def _form(draft: Any, lines: int) -> dict[str, Any]:
    form: dict[str, Any] = {"customer": str(draft.customer_id), "kind": "380", "terms_are": "usual", "prices": "price"}
    for place in range(lines):
        form |= {
            f"lines[{place}].name": f"Prestation numéro {place}",
            f"lines[{place}].description": "Conception et mise en œuvre",
            f"lines[{place}].quantity": "2,5",
            f"lines[{place}].unit": "DAY",
            f"lines[{place}].price": f"{100 + place},00",
            f"lines[{place}].vat": "20" if place % 3 else "10",
            f"lines[{place}].nature": "S",
            f"lines[{place}].reductions[0].value": "5 %" if place % 10 == 0 else "",
        }
    return form


if __name__ == "__main__":
    _main(int(sys.argv[1]))
