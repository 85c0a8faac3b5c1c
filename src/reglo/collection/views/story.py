"""The story of a customer: what is owed, how it pays, what was said and agreed, in one time line."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from reglo.charts.bars import bar_chart
from reglo.collection.forms.notes import EmailForm, NoteForm
from reglo.collection.queries.disputes import open_disputes
from reglo.collection.queries.exposure import exposure_of, habit_of_customers, owed_items, owed_of
from reglo.collection.queries.plans import plans_of_customers
from reglo.collection.queries.promises import promises_of_customers
from reglo.collection.queries.proposals import waiting_proposals
from reglo.collection.queries.story import StoryKind, bad_place_as_none, story_page
from reglo.collection.views.rows import customer_or_404
from reglo.core.habit import Habit
from reglo.core.promises import PromiseState
from reglo.customers.queries import family_of
from reglo.organisations.access import MemberRequest, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of

_ITEMS = 12

KINDS = {
    StoryKind.AGREED: _("Agreed"),
    StoryKind.BILLED: _("Billed"),
    StoryKind.SENT: _("Sent"),
    StoryKind.OPENED: _("Opened"),
    StoryKind.SAID: _("Said"),
    StoryKind.PROMISED: _("Promised"),
    StoryKind.DISPUTED: _("Disputed"),
    StoryKind.PAID: _("Paid"),
    StoryKind.OTHER: _("Other"),
}
"""What each kind of event is called."""


@require_GET
@needs(Permission.READ)
def story(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """The page; for htmx, only the next events."""
    customer = customer_or_404(request, customer_pk)
    family = family_of(customer)
    chosen = request.GET.get("kind", "")
    kind = StoryKind(chosen) if chosen in set(StoryKind) else None
    page = story_page(request.organisation, family, kind=kind, after=bad_place_as_none(request.GET.get("after", "")))
    values = {"customer": customer, "page": page, "kind": kind or ""}
    if request.headers.get("HX-Target") == "more":
        return render(request, "collection/_events.html", values)
    return render(request, "collection/story.html", {**values, **_standing(request, family)})


@require_GET
@needs(Permission.READ)
def of_customer(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """What is owed: the card on the customer's page (htmx)."""
    customer = customer_or_404(request, customer_pk)
    family, today = family_of(customer), today_of(request.organisation, timezone.now())
    values = {
        "customer": customer,
        "today": today,
        "owed": owed_of(request.organisation, family, today=today),
        "items": owed_items(request.organisation, family)[:_ITEMS],
        "promises": _waiting(promises_of_customers(request.organisation, family, today=today)),
        "plans": plans_of_customers(request.organisation, family, today=today),
        "disputes": open_disputes(request.organisation).filter(customer__in=family),
    }
    return render(request, "collection/_of_customer.html", values)


def _standing(request: MemberRequest, family: Sequence[int]) -> dict[str, Any]:
    """What stands above the time line."""
    organisation = request.organisation
    today = today_of(organisation, timezone.now())
    owed = owed_of(organisation, family, today=today)
    habit = habit_of_customers(organisation, family)
    return {
        "kinds": [(each.value, label) for each, label in KINDS.items()],
        "today": today,
        "owed": owed,
        "exposure": exposure_of(organisation, family, owed),
        "habit": habit,
        **_season(habit),
        "promises": promises_of_customers(organisation, family, today=today)[:3],
        "plans": plans_of_customers(organisation, family, today=today),
        "proposals": waiting_proposals(organisation, family),
        "disputes": open_disputes(organisation).filter(customer__in=family).order_by("opened_at"),
        "note_form": NoteForm(),
        "email_form": EmailForm(),
    }


def _waiting(promises: list[Any]) -> list[Any]:
    return [each for each in promises if each.state is PromiseState.PENDING]


def _season(habit: Habit | None) -> dict[str, Any]:
    """The months that recur, in figures and as bars; nothing where no season is known."""
    if habit is None or not habit.months:
        return {}
    months = [(str(MONTHS[month]), days) for month, days in sorted(habit.months.items())]
    title = gettext("Days later or earlier than usual, by month of the due date")
    about = gettext("Bars above the line are later than usual, bars below it earlier; the table below says the same.")
    chart = bar_chart(months, key="season", title=title, about=about, width=360, height=96)
    return {"season": months, "season_chart": chart}
