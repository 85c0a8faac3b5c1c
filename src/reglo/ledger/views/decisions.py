"""Deciding about a receivable: lost, doubtful, worth less; and taking an entry back. Each page says what it books."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from reglo.core.accounting import AccountRole, Reason, allowance_lines, doubtful_lines, release_lines
from reglo.core.errors import DomainError
from reglo.ledger.forms import AllowanceForm, DecisionForm, ReversalForm, WriteOffForm, typed_amount
from reglo.ledger.models import Decision, Entry, OpenItem, Side
from reglo.ledger.queries import chart_of
from reglo.ledger.services import Deciding, doubt, reverse_decision, set_allowance, write_off
from reglo.ledger.services.decisions import allowance_for, obstacle_to_reversal, open_without_tax
from reglo.ledger.services.settlement import lines_settling, vat_of_document
from reglo.ledger.sources import page_of
from reglo.ledger.telling import Booked, told_allowance, told_doubt, told_write_off
from reglo.ledger.words import KINDS, ROLES
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """What a page of a decision is called."""

    title: str | Promise  #: with the reference of the item
    button: str | Promise
    done: str | Promise
    undoing: str | Promise  #: how the decision is taken back


_WRITE_OFF = _Act(
    title=gettext_lazy("Write off %(reference)s"),
    button=gettext_lazy("Write it off"),
    done=gettext_lazy("Written off: the entry is booked."),
    undoing=gettext_lazy(
        "If the customer pays after all, open this entry and reverse it: the receivable is open again, with its due "
        "date, and the payment is recorded as any other."
    ),
)
_DOUBT = _Act(
    title=gettext_lazy("Mark %(reference)s as doubtful"),
    button=gettext_lazy("Mark as doubtful"),
    done=gettext_lazy("The receivable is doubtful from now on."),
    undoing=gettext_lazy(
        "A payment settles a doubtful receivable as any other. To take the decision back before anything is paid, open "
        "its entry and reverse it."
    ),
)
_ALLOWANCE = _Act(
    title=gettext_lazy("Allowance for %(reference)s"),
    button=gettext_lazy("Book the allowance"),
    done=gettext_lazy("The allowance is booked."),
    undoing=gettext_lazy(
        "Come back here and write another amount, or 0 to release all of it. An entry that was a mistake is reversed "
        "on its own page."
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BOOK)
def write_off_item(request: MemberRequest, item_pk: int) -> HttpResponse:
    """Book a receivable as lost, in whole or in part."""
    item = _receivable(request, item_pk)
    if not item.open_minor:
        return _nothing_open(request, item)
    vat_account, parts = vat_of_document(item)
    form = WriteOffForm(
        request.POST or None,
        item=item,
        offers_vat=bool(parts) and vat_account is AccountRole.VAT_COLLECTED,
        initial=_first(request, amount=typed_amount(item.open_minor, item.currency)),
    )

    def tell() -> Booked:
        amount, recovers = _typed(form, "amount", item.open_minor), _typed(form, "recovers_vat", False)
        reason = Reason.WRITE_OFF_WITH_VAT if recovers else Reason.WRITE_OFF
        return told_write_off(item, reason, lines_settling(item, reason, amount), chart_of(request.organisation))

    def save(deciding: Deciding) -> Decision:
        recovers = form.cleaned_data.get("recovers_vat", False)
        return write_off(deciding, amount_minor=form.cleaned_data["amount"], recovers_vat=recovers)

    return _decide(request, item, _WRITE_OFF, form, tell, save)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BOOK)
def doubt_item(request: MemberRequest, item_pk: int) -> HttpResponse:
    """Mark a receivable as doubtful."""
    item = _receivable(request, item_pk)
    if not item.open_minor:
        return _nothing_open(request, item)
    if item.role == AccountRole.DOUBTFUL_CUSTOMERS:
        messages.info(request, _("This receivable is doubtful already."))
        return redirect(_page_about(request, item))
    form = DecisionForm(request.POST or None, initial=_first(request))

    def tell() -> Booked:
        return told_doubt(item, doubtful_lines(item.open_minor), chart_of(request.organisation))

    return _decide(request, item, _DOUBT, form, tell, doubt)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BOOK)
def allowance_of_item(request: MemberRequest, item_pk: int) -> HttpResponse:
    """Bring the allowance for a receivable to an amount."""
    item = _receivable(request, item_pk)
    standing, most = allowance_for(item), open_without_tax(item)
    if not most and not standing:
        return _nothing_open(request, item)
    form = AllowanceForm(
        request.POST or None,
        item=item,
        most_minor=most,
        initial=_first(request, amount=typed_amount(most, item.currency)),
    )

    def tell() -> Booked:
        change = _typed(form, "amount", most) - standing
        lines = allowance_lines(change) if change > 0 else release_lines(-change)
        return told_allowance(item, change, lines, chart_of(request.organisation))

    def save(deciding: Deciding) -> Decision | None:
        return set_allowance(deciding, amount_minor=form.cleaned_data["amount"])

    return _decide(request, item, _ALLOWANCE, form, tell, save, standing_minor=standing)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BOOK)
def reverse_one(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an entry back by its mirror image, once it was said what that does."""
    entry = get_object_or_404(Entry.objects.of(request.organisation).select_related("reversal", "decision"), pk=pk)
    done = getattr(entry, "reversal", None)
    if done is not None:
        messages.info(request, _("This entry is reversed already."))
        return redirect("ledger:entry", request.organisation.slug, done.pk)
    form = ReversalForm(request.POST or None, initial=_first(request))
    if request.method == "POST" and form.is_valid():
        try:
            reversal = reverse_decision(
                organisation=request.organisation,
                entry_id=entry.pk,
                on=form.cleaned_data["on"],
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("Reversed: what the entry settled is open again."))
            return redirect("ledger:entry", request.organisation.slug, reversal.pk)
    lines = entry.lines.select_related("customer").order_by("place")
    values = {
        "entry": entry,
        "form": form,
        "kind": KINDS[entry.kind],
        "obstacle": obstacle_to_reversal(entry),
        "lines": [(line, ROLES[AccountRole(line.role)]) for line in lines],
    }
    return render(request, "ledger/reverse.html", values, status=422 if form.errors else 200)


def _decide(
    request: MemberRequest,
    item: OpenItem,
    act: _Act,
    form: DecisionForm,
    tell: Callable[[], Booked],
    save: Callable[[Deciding], Decision | None],
    *,
    standing_minor: int = 0,
) -> HttpResponse:
    """Ask, say what would be booked, and book it once that is confirmed."""
    only_shows = "show" in request.POST
    if request.method == "POST" and not only_shows and form.is_valid() and _saved(request, item, form, save):
        messages.success(request, str(act.done))
        return redirect(_page_about(request, item))
    values = {
        "item": item,
        "form": form,
        "act": act,
        "title": act.title % {"reference": item.reference or item.customer.name},
        "booked": tell() if not form.is_bound or form.is_valid() else None,
        "standing_minor": standing_minor,
        "back": _page_about(request, item),
    }
    return render(request, "ledger/decide.html", values, status=422 if form.errors and not only_shows else 200)


def _saved(
    request: MemberRequest, item: OpenItem, form: DecisionForm, save: Callable[[Deciding], Decision | None]
) -> bool:
    """Whether what was asked for is booked; if not, the form says why."""
    deciding = Deciding(
        organisation=request.organisation,
        item_id=item.pk,
        on=form.cleaned_data["on"],
        note=form.cleaned_data["note"],
        key=f"form:{form.cleaned_data['key']}",
        by=actor_of(request),
        now=timezone.now(),
    )
    try:
        save(deciding)
    except DomainError as error:
        attach(error, form)
        return False
    return True


def _receivable(request: MemberRequest, item_pk: int) -> OpenItem:
    rows = OpenItem.objects.of(request.organisation).filter(side=Side.DEBIT)
    return get_object_or_404(rows.select_related("customer", "origin", "entry"), pk=item_pk)


def _nothing_open(request: MemberRequest, item: OpenItem) -> HttpResponse:
    """Also where a form that was sent is sent again: it is done."""
    messages.info(request, _("Nothing is open of this receivable."))
    return redirect(_page_about(request, item))


def _page_about(request: MemberRequest, item: OpenItem) -> str:
    """The document of an item, else the account of its customer."""
    page = page_of(item.origin, request.organisation)
    return page or reverse("ledger:customer", args=[request.organisation.slug, item.customer_id])


def _first(request: MemberRequest, **values: object) -> dict[str, object]:
    return {"on": today_of(request.organisation, timezone.now()), "key": uuid4().hex, **values}


def _typed(form: forms.Form, field: str, first: _T) -> _T:
    """What was typed into a valid form, or what it begins with."""
    value: _T = form.cleaned_data.get(field, first) if form.is_bound else first
    return value
