"""Promises: the list, noting one that was told by phone, taking one back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.collection.forms.money import minor_of
from reglo.collection.forms.promises import PromiseForm
from reglo.collection.listings.said import PROMISES
from reglo.collection.models import Promise
from reglo.collection.queries.exposure import owed_items
from reglo.collection.queries.promises import promises_of
from reglo.collection.services.promises import make_promise, withdraw_promise
from reglo.collection.views.rows import customer_or_404
from reglo.core.errors import DomainError
from reglo.customers.queries import family_of
from reglo.lists.views import Answer, list_page
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission


@require_GET
@needs(Permission.READ)
def promises(request: MemberRequest) -> Answer:
    """All promises."""
    return list_page(request, PROMISES, promises_of(request.organisation))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.COLLECT)
def new(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Note what a customer said."""
    customer = customer_or_404(request, customer_pk)
    items = list(owed_items(request.organisation, family_of(customer)))
    contact = customer.contacts.filter(archived_at=None).order_by("-pays", "pk").first()
    initial = {"told_by": contact.name if contact else ""}
    form = PromiseForm(items, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            make_promise(
                organisation=request.organisation,
                customer=customer,
                item_ids=facts["items"],
                by_day=facts["by_day"],
                amount_minor=minor_of(facts["amount"], items[0].currency),
                told_by=facts["told_by"],
                on_portal=False,
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("The promise is noted: reminders wait until then."))
            return redirect("collection:story", slug=request.organisation.slug, customer_pk=customer_pk)
    values = {"form": form, "customer": customer, "items": items}
    return render(request, "collection/promise_new.html", values, status=422 if form.errors else 200)


@require_POST
@needs(Permission.COLLECT)
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a promise back."""
    promise = get_object_or_404(Promise.objects.of(request.organisation), pk=pk)
    withdraw_promise(promise_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    messages.success(request, _("The promise is taken back: it holds no reminder any more."))
    return redirect("collection:story", slug=request.organisation.slug, customer_pk=promise.customer_id)
