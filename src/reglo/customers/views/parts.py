"""Contacts and addresses of a customer."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reglo.core.errors import DomainError
from reglo.customers.forms import AddressForm, ContactForm
from reglo.customers.models import Contact, Customer, CustomerAddress
from reglo.customers.services import (
    add_address,
    add_contact,
    archive_contact,
    change_address,
    change_contact,
    remove_address,
    restore_contact,
)
from reglo.imports.faults import attach_all
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_CUSTOMERS)
def new_contact(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Add a person."""
    row = get_object_or_404(Customer.objects.of(request.organisation), pk=customer_pk)
    form = ContactForm(request.POST or None)

    def save() -> None:
        add_contact(
            customer_id=row.pk,
            organisation=request.organisation,
            facts=form.facts(),
            by=actor_of(request),
            now=timezone.now(),
        )

    return _form(request, form, row, save, _("New contact"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_CUSTOMERS)
def contact(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a person."""
    row = get_object_or_404(Contact.objects.of(request.organisation).select_related("customer"), pk=pk)
    form = ContactForm(request.POST or None, contact=row)

    def save() -> None:
        change_contact(
            contact_id=row.pk,
            organisation=request.organisation,
            facts=form.facts(),
            by=actor_of(request),
            now=timezone.now(),
        )

    return _form(request, form, row.customer, save, row.name)


@require_POST
@needs(Permission.WRITE_CUSTOMERS)
def contact_archive(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a person away."""
    row = get_object_or_404(Contact.objects.of(request.organisation), pk=pk)
    archive_contact(contact_id=row.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    undo = reverse("customers:contact-restore", kwargs={"slug": request.organisation.slug, "pk": row.pk})
    messages.success(request, _("%(name)s is archived.") % {"name": row.name}, extra_tags=f"undo:{undo}")
    return _back(request, row.customer_id)


@require_POST
@needs(Permission.WRITE_CUSTOMERS)
def contact_restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a person back."""
    row = get_object_or_404(Contact.objects.of(request.organisation), pk=pk)
    restore_contact(contact_id=row.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    return _back(request, row.customer_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_CUSTOMERS)
def new_address(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Add a place."""
    row = get_object_or_404(Customer.objects.of(request.organisation), pk=customer_pk)
    form = AddressForm(request.POST or None)

    def save() -> None:
        add_address(
            customer_id=row.pk,
            organisation=request.organisation,
            facts=form.facts(),
            by=actor_of(request),
            now=timezone.now(),
        )

    return _form(request, form, row, save, _("New address"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_CUSTOMERS)
def address(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a place."""
    row = get_object_or_404(CustomerAddress.objects.of(request.organisation).select_related("customer"), pk=pk)
    form = AddressForm(request.POST or None, address=row)

    def save() -> None:
        change_address(
            address_id=row.pk,
            organisation=request.organisation,
            facts=form.facts(),
            by=actor_of(request),
            now=timezone.now(),
        )

    return _form(request, form, row.customer, save, _("Address"))


@require_POST
@needs(Permission.WRITE_CUSTOMERS)
def address_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a place away."""
    row = get_object_or_404(CustomerAddress.objects.of(request.organisation), pk=pk)
    remove_address(address_id=row.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    messages.success(request, _("The address is removed."))
    return _back(request, row.customer_id)


def _form(
    request: MemberRequest, form: forms.Form, customer: Customer, save: Callable[[], None], title: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except DomainError as error:
            attach_all(error, form)
        else:
            messages.success(request, _("Saved."))
            return _back(request, customer.pk)
    values = {"form": form, "customer": customer, "title": title}
    return render(request, "customers/part.html", values, status=422 if form.errors else 200)


def _back(request: MemberRequest, customer_pk: int) -> HttpResponse:
    return redirect("customers:customer", slug=request.organisation.slug, pk=customer_pk)
