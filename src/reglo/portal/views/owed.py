"""What is owed: the statement, paying by transfer, saying when one will pay."""

from datetime import date, timedelta
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reglo.collection.forms.items import choices_of
from reglo.collection.forms.money import minor_of
from reglo.collection.paying import transfer_of
from reglo.collection.queries.exposure import owed_items
from reglo.collection.queries.leeway import leeway_of
from reglo.collection.services.promises import make_promise, require_promise
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.delivery.services.values import amount_text, day_text
from reglo.ledger.models import OpenItem
from reglo.organisations.forms import attach
from reglo.organisations.queries import today_of
from reglo.portal.access import PortalRequest, Visitor, visited
from reglo.portal.forms import PayForm, PromiseForm
from reglo.portal.statement import account_of, owed_now
from reglo.portal.views.confirming import confirm, is_confirmed, wants_change
from reglo.portal.views.showing import file_answer, show
from reglo.reporting.statements.account import Days, account_statement, statement_currencies
from reglo.reporting.statements.paper import statement_file_name, statement_pdf

_YEAR = timedelta(days=365)  #: that a statement goes back


@require_safe
@visited
def owed(request: PortalRequest) -> HttpResponse:
    """The statement."""
    visitor = request.visitor
    today = today_of(visitor.organisation, visitor.now)
    return show(
        request, "portal/owed.html", {"account": account_of(visitor.organisation, visitor.customers, today=today)}
    )


@require_safe
@visited
def statement(request: PortalRequest) -> HttpResponse:
    """The customer's account of a year as a PDF: what moved, what is open, how to pay."""
    visitor = request.visitor
    today = today_of(visitor.organisation, visitor.now)
    currency = statement_currencies(visitor.customer)[0]
    made = account_statement(visitor.customer, Days(start=today - _YEAR, end=today, currency=currency))
    pdf = statement_pdf(made, written=today)
    return file_answer(pdf, name=statement_file_name(made), media_type="application/pdf")


@require_safe
@visited
def pay(request: PortalRequest) -> HttpResponse:
    """How to pay by transfer: all that is due, some of it (?items=…), or a sum (?amount=…)."""
    visitor = request.visitor
    items = owed_of_visitor(visitor)
    form = PayForm(request.GET if "items" in request.GET else None)
    form.initial["items"] = [str(each.pk) for each in expected_items(visitor) or items]
    offer_items(form, items)
    chosen, minor = expected_items(visitor) or items, None
    if form.is_bound and form.is_valid():
        chosen = [each for each in items if each.pk in form.cleaned_data["items"]]
        minor = minor_of(form.cleaned_data["amount"], chosen[0].currency)
    currencies = {each.currency for each in chosen}
    if len(currencies) > 1:
        chosen = [each for each in chosen if each.currency == chosen[0].currency]
    whole = sum(each.open_minor for each in chosen)
    transfer = transfer_of(visitor.organisation, chosen, minor or whole) if not form.errors else None
    context = {"form": form, "transfer": transfer, "items": items, "has_several": len(currencies) > 1}
    return show(request, "portal/pay.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def promise(request: PortalRequest) -> HttpResponse:
    """Say when one will pay."""
    visitor = request.visitor
    items, today = free_items(visitor), today_of(visitor.organisation, visitor.now)
    latest = today + timedelta(days=leeway_of(visitor.organisation).promise_days)
    form = PromiseForm(request.POST or None, initial={"name": visitor.contact.name})
    offer_items(form, items)
    form.fields["by_day"].widget.attrs |= {"min": today.isoformat(), "max": latest.isoformat()}
    if request.method == "POST" and form.is_valid() and not wants_change(request):
        try:
            if is_confirmed(request):
                _make(visitor, form, items)
                messages.success(request, _("Thank you. We have noted it, and we will not remind you until then."))
                return redirect("portal:owed", token=visitor.token)
            _require_choice(form, items, latest=latest, today=today)
        except DomainError as error:
            attach(error, form)
        if not form.errors:
            return confirm(
                request,
                form,
                _words(form, items),
                title=_("When you will pay"),
                button=_("Confirm"),
                back="portal:promise",
            )
    return show(request, "portal/promise.html", {"form": form, "items": items, "latest": latest})


def owed_of_visitor(visitor: Visitor) -> list[OpenItem]:
    """The open items of a visitor."""
    return list(owed_items(visitor.organisation, visitor.customers))


def offer_items(form: django_forms.Form, items: list[OpenItem]) -> None:
    """Let a form choose among open items; all of them at first."""
    field: Any = form.fields["items"]
    field.choices = choices_of(items)
    form.initial.setdefault("items", [str(each.pk) for each in items])


def chosen_items(form: django_forms.Form, items: list[OpenItem]) -> list[OpenItem]:
    """What was ticked."""
    return [each for each in items if each.pk in form.cleaned_data["items"]]


def expected_items(visitor: Visitor) -> list[OpenItem]:
    """What is paid in the usual way: neither disputed nor in a plan."""
    today = today_of(visitor.organisation, visitor.now)
    rows = owed_now(visitor.organisation, visitor.customers, today=today)
    return [each.item for each in rows if not each.is_in_plan and each.dispute is None]


def free_items(visitor: Visitor) -> list[OpenItem]:
    """What a visitor may promise or ask to pay in parts: not what is in a plan already."""
    today = today_of(visitor.organisation, visitor.now)
    return [each.item for each in owed_now(visitor.organisation, visitor.customers, today=today) if not each.is_in_plan]


def _make(visitor: Visitor, form: PromiseForm, items: list[OpenItem]) -> None:
    facts = form.cleaned_data
    make_promise(
        organisation=visitor.organisation,
        customer=visitor.customer,
        item_ids=facts["items"],
        by_day=facts["by_day"],
        amount_minor=minor_of(facts["amount"], chosen_items(form, items)[0].currency),
        told_by=facts["name"],
        on_portal=True,
        by=visitor.acting_as(facts["name"]),
        now=visitor.now,
    )


def _require_choice(form: PromiseForm, items: list[OpenItem], *, latest: date, today: date) -> None:
    """What the service would refuse, said before the words are shown."""
    facts = form.cleaned_data
    chosen = chosen_items(form, items)
    require_promise(
        chosen,
        amount_minor=minor_of(facts["amount"], chosen[0].currency),
        by_day=facts["by_day"],
        today=today,
        latest=latest,
    )


def _words(form: PromiseForm, items: list[OpenItem]) -> Text:
    """The promise as the customer reads it before it is made."""
    chosen, facts = chosen_items(form, items), form.cleaned_data
    minor = minor_of(facts["amount"], chosen[0].currency) or sum(each.open_minor for each in chosen)
    numbers = ", ".join(each.reference for each in chosen)
    amount = {each: amount_text(minor, chosen[0].currency, each) for each in ("fr", "en")}
    return Text(
        fr=f"Vous paierez {amount['fr']} au plus tard le {day_text(facts['by_day'], 'fr')} ({numbers}). "
        "Jusque-là, nous ne vous relançons pas.",
        en=f"You will pay {amount['en']} by {day_text(facts['by_day'], 'en')} ({numbers}). "
        "Until then we do not remind you.",
    )
