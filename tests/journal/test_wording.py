"""The journal speaks in sentences, in both languages."""

import re
from pathlib import Path

import pytest
from django.db import transaction
from django.template import Context, Template
from django.utils import translation

from reglo.core.findings import Text
from reglo.journal.models import JournalEntry
from reglo.journal.queries import acts_of, entries_of, journal_of, people_of, story_of
from reglo.journal.services import Actor, record
from reglo.journal.wording import act_name, changes_of, is_told, sentence_of, tell
from reglo.organisations.models import Organisation
from tests.site import INES, NOW, a_customer, an_organisation

ROOMS = Path(__file__).parents[2] / "src" / "reglo"
_RECORDED = re.compile(r"\b(?:record|journal|_tell|_told|_record|_note|_journal)\(\s*\"([a-z]+(?:-[a-z]+)+)\"")


def _entry(organisation: Organisation, act: str = "logo-changed", **changes: object) -> JournalEntry:
    with transaction.atomic():
        return record(
            act, **{"organisation_id": organisation.pk, "subject": organisation, "by": INES, "at": NOW} | changes
        )


@pytest.mark.django_db
def test_an_act_is_told_with_who_and_what() -> None:
    entry = _entry(an_organisation(name="Zoé"))
    assert sentence_of(entry) == Text(
        fr="Inès Moreau a changé le logo de Zoé", en="Inès Moreau changed the logo of Zoé"
    )


@pytest.mark.django_db
def test_an_act_that_nobody_has_told_stands_plainly() -> None:
    entry = _entry(an_organisation(name="Zoé"), "moon-painted")
    assert sentence_of(entry).en == "Inès Moreau: moon-painted, Zoé"
    assert act_name("moon-painted").fr == "moon-painted"


@pytest.mark.django_db
def test_braces_in_a_name_are_no_places_to_fill() -> None:
    entry = _entry(an_organisation(name="{who} {0} %s"), by=Actor(name="{what}"))
    assert "{who} {0} %s" in sentence_of(entry).fr


def test_the_name_of_an_act_names_nobody() -> None:
    assert act_name("logo-changed") == Text(fr="A changé le logo de …", en="Changed the logo of …")


@pytest.mark.django_db
def test_changes_are_shown_in_short_and_by_name() -> None:
    entry = _entry(
        an_organisation(),
        before={"city": "Lyon", "same": 1, "is_default": False},
        after={"city": "Paris", "same": 1, "is_default": True, "unnamed": "x" * 500, "sha": "ab" * 32},
    )
    shown = {each.field.fr: (each.before.fr, each.after.fr) for each in changes_of(entry)}
    assert shown["Ville"] == ("Lyon", "Paris")
    assert shown["Par défaut"] == ("✗", "✓")
    assert len(shown["unnamed"][1]) == 200
    assert shown["sha"] == ("", "abababababab…")
    assert "same" not in shown


@pytest.mark.django_db
def test_the_journal_of_one_thing_and_the_story_of_a_customer_are_those_alone() -> None:
    organisation, other = an_organisation(), an_organisation()
    customer = a_customer(organisation)
    first = _entry(organisation, "customer-changed", subject=customer, customer_id=customer.pk)
    second = _entry(organisation, "invoice-issued", customer_id=customer.pk)
    _entry(other, customer_id=customer.pk)
    assert list(entries_of(customer)) == [first]
    assert list(entries_of(organisation)) == [second]
    assert list(story_of(customer)) == [second, first]
    assert list(journal_of(organisation.pk)) == [second, first]
    assert acts_of(organisation.pk) == ["customer-changed", "invoice-issued"]
    assert people_of(organisation.pk) == ["Inès Moreau"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("fr", "a changé le logo"), ("en", "changed the logo")])
def test_a_page_shows_entries_and_escapes_what_people_typed(language: str, said: str) -> None:
    entry = _entry(an_organisation(name="<script>"), after={"city": "<b>"})
    with translation.override(language):
        shown = Template("{% load journal %}{% history entries %}").render(Context({"entries": [entry]}))
    assert said in shown
    assert "<script>" not in shown
    assert "<b>" not in shown


def test_a_room_tells_its_acts() -> None:
    tell({"test-told": Text(fr="{who} a testé {what}", en="{who} tested {what}")})
    assert is_told("test-told")


def test_every_act_that_a_room_records_has_a_sentence() -> None:
    recorded = {act for path in ROOMS.rglob("*.py") for act in _RECORDED.findall(path.read_text())}
    assert recorded
    assert {act for act in recorded if not is_told(act)} == set()


def test_amounts_are_told_with_their_currency_in_both_languages() -> None:
    entry = JournalEntry(act="x", before={}, after={"gross_minor": 1112710, "currency": "EUR"})
    change = next(each for each in changes_of(entry) if "gross_minor" in each.field.en or each.after.en.startswith("€"))
    assert change.after == Text(fr="11\u202f127,10\u00a0€", en="€11,127.10")
    assert change.before == Text(fr="", en="")
