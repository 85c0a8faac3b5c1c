"""Every form of the site is sent what nobody should send.

Fields are found by reading the pages, so that a form of tomorrow is attacked tomorrow. All fields get a
sixth of the attacks together, and each field gets one of them alone; with REGLO_HOSTILE=all each gets each.
"""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.forms import BaseForm
from django.http import HttpResponse

from reglo.organisations.models import Owned
from tests.hostile.conftest import Target, is_page
from tests.hostile.forms import Form
from tests.rows import FOREIGN, SECRET, undone

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
ATTACKS = (
    "x" * 10_000,
    "a\x00b",
    SCRIPT,
    IMAGE,
    '=HYPERLINK("http://evil.example")',
    "x\r\nBcc: x@evil.example",
    "-1",
    "9" * 400,
    "1e400",
    "NaN",
    "-Infinity",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "👩‍👩‍👧‍👦 \u202eםולש\u202c e\u0301\u0301\u0301 \u0000\ufeff\u2028",
    "٣²½",
    str(FOREIGN),
    '[{"a": null}]',
    "{organisation.__class__} {{ 7|add:7 }} {% now %}",
    "",
)
SHARES = 12
ALL = os.environ.get("REGLO_HOSTILE") == "all"


@pytest.mark.parametrize("share", range(SHARES))
def test_no_form_breaks_or_lets_script_through(target: Target, share: int) -> None:
    faults = []
    for form in target.forms[share::SHARES]:
        for values, what in _attacks_on(form):
            faults += [f"{form.method} {form.action} {what}: {fault}" for fault in _faults(target, form, values)]
    assert not faults, "\n".join(faults)


def _attacks_on(form: Form) -> Iterator[tuple[dict[str, list[str]], str]]:
    """What is sent to a form, and how to call it."""
    yield form.values, "as it stands"
    yield {}, "nothing"
    for place, attack in enumerate(ATTACKS):
        if form.values and (ALL or (place + len(form.names)) % 6 == 0):
            yield {name: [attack] for name in form.values}, f"all={attack[:40]!r}"
    for place, name in enumerate(form.values, start=len(form.names)):
        for attack in _attacks_on_a_field(place):
            yield {**form.values, name: attack}, f"{name}={str(attack)[:40]}"


def _attacks_on_a_field(place: int) -> list[list[str]]:
    """What one field gets, while the others stay as they are: one of the attacks, or none of them at all."""
    attacks = [[], *([each, each] for each in ATTACKS)]
    return attacks if ALL else [attacks[place % len(attacks)]]


def _faults(target: Target, form: Form, values: dict[str, list[str]]) -> Iterator[str]:
    """What is wrong with the answers to a form; as it stands, it is sent twice."""
    cookies = dict(target.browser.cookies)
    with undone():
        rows = _counts()
        for _ in range(2 if values == form.values else 1):
            answer = _sent(target, form, values)
            yield from _faults_of(answer)
            if _is_refusal(answer) and _counts() != rows:
                yield "a refusal wrote rows"
            rows = _counts()
        if any(str(FOREIGN) in each for each in values.values()):
            yield from _ties_to_others(target)
    target.browser.cookies.clear()
    target.browser.cookies.update(cookies)


def _sent(target: Target, form: Form, values: dict[str, list[str]]) -> HttpResponse:
    cache.clear()
    files = {name: SimpleUploadedFile("x.txt", b"Nom\nx\n") for name in form.files}
    answer: Any = getattr(target.browser, form.method)(form.action, {**values, **files})
    return answer


def _faults_of(answer: HttpResponse) -> Iterator[str]:
    if answer.status_code >= 500:
        error: Any = getattr(answer, "exc_info", None)
        yield f"{answer.status_code} {error[1]!r}"[:300] if error else str(answer.status_code)
    if answer.status_code in (200, 400, 403, 404, 409, 410, 422, 429) and is_page(answer):
        page = answer.content.decode()
        for raw in (SCRIPT, "<img src=x"):
            if raw in page:
                yield f"{raw} stands in the page"
        if SECRET in page:
            yield "shows another tenant's rows"
    if urlsplit(urljoin("http://testserver/", answer.get("Location", ""))).netloc != "testserver":
        yield f"leads to {answer['Location']}"


def _is_refusal(answer: Any) -> bool:
    """Whether an answer says that nothing was done."""
    if answer.status_code >= 400:
        return True
    layers = [each for layer in answer.context or () for each in getattr(layer, "dicts", (layer,))]
    forms = [each for layer in layers for each in layer.values() if isinstance(each, BaseForm)]
    return any(each.is_bound and each.errors for each in forms)


def _counts() -> dict[str, int]:
    """How many rows each table of organisations has."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        return dict(cursor.fetchall())


OWNED = tuple(each for each in apps.get_models() if issubclass(each, Owned))
_TABLES = [each._meta.db_table for each in OWNED]
_COUNT = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in _TABLES)
TIES = tuple(
    (model, field.name)
    for model in OWNED
    for field in model._meta.concrete_fields
    if field.is_relation and issubclass(field.related_model, Owned)
)


def _ties_to_others(target: Target) -> Iterator[str]:
    """Rows of ours that point to rows of the other tenant."""
    for model, name in TIES:
        if model._default_manager.filter(organisation=target.organisation, **{f"{name}_id": FOREIGN}).exists():
            yield f"{model.__name__}.{name} points to another tenant"


def test_the_walk_finds_the_forms_there_are(target: Target) -> None:
    assert len(target.forms) > 90
    assert sum(len(form.names) for form in target.forms) > 500
