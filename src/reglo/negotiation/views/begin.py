"""The list, the beginning of a negotiation, its end, and what is put away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.core.errors import DomainError
from reglo.customers.queries import choosable_customers
from reglo.lists.views import Answer, list_page
from reglo.negotiation import services
from reglo.negotiation.forms import BeginForm, ChosenCustomerForm
from reglo.negotiation.listing import NEGOTIATIONS
from reglo.negotiation.models import Counterpart
from reglo.negotiation.queries.rows import listed, negotiation_or_404, round_or_404
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.organisations.toasts import say_refusal

_LONGEST_ID = 18


@require_GET
@needs(Permission.READ)
def negotiations(request: MemberRequest) -> Answer:
    """All negotiations; ?archived=1 those that were put away."""
    archived = request.GET.get("archived") == "1"
    return list_page(request, NEGOTIATIONS, listed(request.organisation, archived=archived), archived=archived)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_TERMS)
def new(request: MemberRequest) -> HttpResponse:
    """Begin: with a customer (?customer=), a prospect or a tender."""
    customers = choosable_customers(request.organisation)
    asked = request.GET.get("customer", "")
    chosen = customers.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) <= _LONGEST_ID else None
    initial = {"kind": Counterpart.CUSTOMER.value, "customer": chosen}
    form = BeginForm(request.POST or None, customers=customers, initial=initial)
    if request.method == "POST" and form.is_valid():
        kind = Counterpart(form.cleaned_data["kind"])
        row = services.begin_negotiation(
            kind=kind,
            name=form.cleaned_data["name"].strip(),
            customer=form.cleaned_data["customer"] if kind == Counterpart.CUSTOMER else None,
            **_who(request),
        )
        return redirect("negotiation:facts", request.organisation.slug, row.pk)
    return render(request, "negotiation/new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.WRITE_TERMS)
def customer(request: MemberRequest, pk: int) -> HttpResponse:
    """Say which customer a prospect has become."""
    negotiation_or_404(request.organisation, pk)
    form = ChosenCustomerForm(request.POST, customers=choosable_customers(request.organisation))
    if not form.is_valid():
        messages.error(request, _("Choose the customer."))
        return redirect("negotiation:negotiation", request.organisation.slug, pk)
    return _done(request, pk, services.name_customer, _("The negotiation is joined."), **form.cleaned_data)


@require_POST
@needs(Permission.WRITE_TERMS)
def agree(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a negotiation with a round that was agreed today."""
    made = round_or_404(request.organisation, pk)
    _try(
        request,
        lambda: services.agree(round_id=pk, on=_today(request), **_who(request)),
        _("Agreed. A year from now this page compares it with what happened."),
    )
    return redirect("negotiation:negotiation", request.organisation.slug, made.negotiation_id)


@require_POST
@needs(Permission.WRITE_TERMS)
def abandon(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a negotiation without agreement."""
    negotiation_or_404(request.organisation, pk)
    return _done(request, pk, services.abandon, _("The negotiation is given up."), on=_today(request))


@require_POST
@needs(Permission.WRITE_TERMS)
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the end of a negotiation back."""
    negotiation_or_404(request.organisation, pk)
    return _done(request, pk, services.reopen, _("The negotiation is open again."))


@require_POST
@needs(Permission.WRITE_TERMS)
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a negotiation away."""
    negotiation_or_404(request.organisation, pk)
    return _done(request, pk, services.archive_negotiation, _("The negotiation is archived."))


@require_POST
@needs(Permission.WRITE_TERMS)
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Put it back on the list."""
    negotiation_or_404(request.organisation, pk)
    return _done(request, pk, services.restore_negotiation, _("The negotiation is on the list again."))


@require_POST
@needs(Permission.WRITE_TERMS)
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Delete a negotiation in which nothing was offered."""
    row = negotiation_or_404(request.organisation, pk)
    try:
        services.delete_negotiation(negotiation_id=pk, **_who(request))
    except DomainError as error:
        say_refusal(request, error)
        return redirect("negotiation:negotiation", request.organisation.slug, pk)
    messages.success(request, _("The negotiation with %(name)s was deleted.") % {"name": row.name})
    return redirect("negotiation:list", request.organisation.slug)


def _done(request: MemberRequest, pk: int, act: Callable[..., object], said: str, **facts: Any) -> HttpResponse:
    """Act on a negotiation and come back to it."""
    _try(request, lambda: act(negotiation_id=pk, **facts, **_who(request)), said)
    return redirect("negotiation:negotiation", request.organisation.slug, pk)


def _try(request: MemberRequest, act: Callable[[], object], said: str) -> None:
    try:
        act()
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, said)


def _today(request: MemberRequest) -> Any:
    return today_of(request.organisation, timezone.now())


def _who(request: MemberRequest) -> dict[str, Any]:
    return {"organisation": request.organisation, "by": actor_of(request), "now": timezone.now()}
