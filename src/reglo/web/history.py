"""The page of the journal (*historique*): it stands here, above the rooms whose lists and doors it uses."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from reglo.accounts.language import page_language
from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.journal.models import JournalEntry
from reglo.journal.queries import acts_of, journal_of, people_of
from reglo.journal.wording import act_name, changes_of, sentence_of
from reglo.lists.listing import CellKind, Choice, Column, Filter, Listing
from reglo.lists.views import Answer, list_page
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.permissions import Permission

_MOST_PEOPLE = 50


@require_safe
@needs(Permission.READ)
def journal(request: MemberRequest) -> Answer:
    """Who did what in the organisation, the newest first.

    ?customer=7 shows the story of a customer, ?subject=invoice-12 what happened to one thing.
    """
    return list_page(request, _listing(request), journal_of(request.organisation.pk).order_by())


def _listing(request: MemberRequest) -> Listing:
    organisation_id = request.organisation.pk
    people = [_person_choice(each) for each in people_of(organisation_id)[:_MOST_PEOPLE]]
    return Listing(
        name="journal",
        title=pgettext_lazy("history", "Journal"),
        columns=_COLUMNS,
        order="-sequence",
        search=_search,
        filters=(
            Filter(key="act", label=_("Act"), choices=[_act_choice(each) for each in acts_of(organisation_id)]),
            Filter(key="person", label=_("Person"), choices=people),
            *_customer_filter(request),
            *_subject_filter(request),
        ),
        period="at__date",
        empty=(_("Nothing has happened yet"), _("Each act of each person will stand here, and nobody can erase it.")),
    )


def _customer_filter(request: MemberRequest) -> Iterator[Filter]:
    """The customer that the address names, to be taken off again."""
    wanted = request.GET.get("customer", "")
    if wanted.isdecimal() and (found := Customer.objects.of(request.organisation).filter(pk=int(wanted[:18])).first()):
        choice = Choice(key=wanted, label=str(found), narrow=partial(_with, customer_id=found.pk))
        yield Filter(key="customer", label=_("Customer"), choices=[choice])


def _subject_filter(request: MemberRequest) -> Iterator[Filter]:
    """The thing that the address names: the name of its model and its id."""
    wanted = request.GET.get("subject", "")
    model, _dash, subject_id = wanted.partition("-")
    if not subject_id.isdecimal():
        return
    facts: dict[str, Any] = {"subject_type": model, "subject_id": int(subject_id[:18])}
    if newest := journal_of(request.organisation.pk).filter(**facts).first():
        choice = Choice(key=wanted, label=newest.subject_label, narrow=partial(_with, **facts))
        yield Filter(key="subject", label=_("Subject"), choices=[choice])


def _search(rows: QuerySet[JournalEntry], text: str) -> QuerySet[JournalEntry]:
    return rows.filter(Q(subject_label__icontains=text) | Q(actor_name__icontains=text))


def _act_choice(act: str) -> Choice:
    return Choice(key=act, label=_said(act_name(act)), narrow=partial(_with, act=act))


def _person_choice(name: str) -> Choice:
    return Choice(key=name, label=name, narrow=partial(_with, actor_name=name))


def _with(rows: QuerySet[JournalEntry], **values: Any) -> QuerySet[JournalEntry]:
    return rows.filter(**values)


def _said(text: Text) -> str:
    return text.in_language(page_language())


def _changes(entry: JournalEntry) -> str:
    """What changed, on one line."""
    return " ; ".join(
        f"{_said(each.field)} : {_said(each.before) or '–'} → {_said(each.after) or '–'}" for each in changes_of(entry)
    )


_COLUMNS = (
    Column(key="at", label=_("When"), value=lambda entry: entry.at, kind=CellKind.MOMENT, order="sequence"),
    Column(key="act", label=_("What"), value=lambda entry: _said(sentence_of(entry))),
    Column(key="changes", label=_("Before and after"), value=_changes, on_phone=False),
    Column(
        key="address",
        label=pgettext_lazy("where from", "From"),
        value=lambda entry: entry.address or "",
        on_phone=False,
    ),
)
