"""List, page and form of customers, and their tables to take away."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.core.parties import IdentifierKind, fault_of, spaced_siren
from reglo.core.terms import BuyerKind
from reglo.customers.duplicates import lookalikes
from reglo.customers.facts import CustomerFacts, completed, derived_electronic_address, derived_vat_number
from reglo.customers.forms import CustomerForm
from reglo.customers.listing import listed, listing_of
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.customers.services import (
    AlreadyThere,
    archive_customer,
    change_customer,
    create_customer,
    restore_customer,
)
from reglo.customers.table.export import headers, rows_of
from reglo.customers.wording import KINDS, LANGUAGES
from reglo.imports.faults import attach_all
from reglo.journal.queries import journal_of
from reglo.lists.files import csv_lines, xlsx_file
from reglo.lists.views import Answer, list_page, ticked
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.organisations.terms_preview import read_terms

_STORY = 30
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@needs(Permission.READ)
def customers(request: MemberRequest) -> Answer:
    """The list."""
    organisation = request.organisation
    return list_page(request, listing_of(organisation), listed(organisation, request.GET.get("state", "")))


@require_GET
@needs(Permission.READ)
def export(request: MemberRequest) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """Every active customer with contacts and addresses, in a form that comes in again."""
    rows = Customer.objects.of(request.organisation).filter(archived_at=None).order_by("name", "pk")
    whole = rows.prefetch_related("contacts", "addresses").iterator(chunk_size=1000)
    language = page_language()
    if request.GET.get("format") == "xlsx":
        file = xlsx_file(_("Customers"), headers(language), rows_of(whole, language))
        return FileResponse(file, as_attachment=True, filename="customers.xlsx", content_type=_XLSX)
    return StreamingHttpResponse(
        csv_lines(headers(language), rows_of(whole, language), language=language),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="customers.csv"'},
    )


@require_GET
@needs(Permission.READ)
def customer(request: MemberRequest, pk: int) -> HttpResponse:
    """All about a customer."""
    row = get_object_or_404(Customer.objects.of(request.organisation).select_related("merged_into"), pk=pk)
    contacts = list(row.contacts.order_by("archived_at", "name", "pk"))
    language = page_language()
    story = journal_of(request.organisation.pk).filter(customer_id__in=family_of(row))
    values = {
        "customer": row,
        "kind": KINDS[BuyerKind(row.kind)].in_language(language),
        "language": LANGUAGES[row.language].in_language(language),
        "siren": spaced_siren(row.siret or row.siren),
        "contacts": [each for each in contacts if each.archived_at is None],
        "former_contacts": [each for each in contacts if each.archived_at is not None],
        "addresses": row.addresses.order_by("use", "pk"),
        "merged": row.merged.order_by("name", "pk"),
        "story": story[:_STORY],
    }
    return render(request, "customers/customer.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_CUSTOMERS)
def new(request: MemberRequest) -> HttpResponse:
    """Create a customer."""
    initial = {"kind": "business", "country": "FR", "language": request.organisation.language}
    form = CustomerForm(request.POST or None, initial=initial | {"name": request.GET.get("name", "")[:200]})
    if request.method == "POST" and form.is_valid():
        try:
            row = create_customer(
                organisation=request.organisation,
                facts=form.facts(),
                contacts=form.contacts(),
                knowingly=form.cleaned_data["knowingly"],
                by=actor_of(request),
                now=timezone.now(),
            )
        except AlreadyThere as error:
            form.ask_whether_knowingly()
            attach_all(error, form)
        except DomainError as error:
            attach_all(error, form)
        else:
            messages.success(request, _("%(name)s is among your customers.") % {"name": row.name})
            return redirect("customers:customer", slug=request.organisation.slug, pk=row.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_CUSTOMERS)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a customer."""
    row = get_object_or_404(Customer.objects.of(request.organisation), pk=pk)
    form = CustomerForm(request.POST or None, customer=row)
    if request.method == "POST" and form.is_valid():
        try:
            change_customer(
                customer_id=row.pk,
                organisation=request.organisation,
                facts=form.facts(),
                seen=form.cleaned_data["seen"] or None,
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach_all(error, form)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.facts().name})
            return redirect("customers:customer", slug=request.organisation.slug, pk=row.pk)
    return _form_page(request, form, row)


def _form_page(request: MemberRequest, form: CustomerForm, row: Customer | None) -> HttpResponse:
    values = {"form": form, "customer": row, "help": help_for(request, form, row)}
    return render(request, "customers/form.html", values, status=422 if form.errors else 200)


@require_GET
@needs(Permission.WRITE_CUSTOMERS)
def fields(request: MemberRequest) -> HttpResponse:
    """The fields of a kind of customer, with what is typed in them (htmx)."""
    return render(request, "customers/_fields.html", {"form": CustomerForm(initial=_typed(request))})


@require_GET
@needs(Permission.WRITE_CUSTOMERS)
def live(request: MemberRequest) -> HttpResponse:
    """What Réglo makes of what is being typed (htmx)."""
    besides = request.GET.get("besides", "")
    row = None
    if besides.isdecimal():
        row = get_object_or_404(Customer.objects.of(request.organisation), pk=int(besides[:15]))
    form = CustomerForm(initial=_typed(request))
    return render(request, "customers/_help.html", {"help": help_for(request, form, row)})


def _typed(request: MemberRequest) -> dict[str, str]:
    """What stands in the form, from the address; a box that is hidden and not ticked says "False"."""
    return {name: value.replace("\x00", "") for name, value in request.GET.dict().items() if value != "False"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What is told beside the form."""

    vat_number: str
    electronic_address: str
    siren_fault: Any
    siren: str
    terms: Any
    lookalikes: list[Any]


def help_for(request: MemberRequest, form: CustomerForm, row: Customer | None) -> Help:
    """What follows from what stands in a form."""

    def typed(name: str) -> str:
        return str(form[name].value() or "").strip() if name in form.fields else ""

    facts = completed(
        CustomerFacts(
            kind=form.chosen_kind,
            name=typed("name"),
            siren=typed("siren"),
            siret=typed("siret"),
            vat_number=typed("vat_number"),
            country=typed("country"),
        )
    )
    words = typed("default_terms")
    fault = fault_of(IdentifierKind.SIREN, facts.siren) if len(facts.siren) >= 9 else None
    good = facts.siren if facts.siren and fault is None else ""
    today = today_of(request.organisation, timezone.now())
    return Help(
        siren=spaced_siren(good),
        siren_fault=fault,
        vat_number=derived_vat_number(facts.kind, good),
        electronic_address=derived_electronic_address(facts) if good else "",
        terms=read_terms(words, on=today) if words else None,
        lookalikes=lookalikes(request.organisation, facts, [typed("contact_email")], besides=row.pk if row else None),
    )


@require_POST
@needs(Permission.WRITE_CUSTOMERS)
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a customer away."""
    row = get_object_or_404(Customer.objects.of(request.organisation), pk=pk)
    archive_customer(customer_id=row.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    undo = reverse("customers:restore", kwargs={"slug": request.organisation.slug, "pk": row.pk})
    messages.success(request, _("%(name)s is archived.") % {"name": row.name}, extra_tags=f"undo:{undo}")
    return redirect("customers:list", slug=request.organisation.slug)


@require_POST
@needs(Permission.WRITE_CUSTOMERS)
def archive_many(request: MemberRequest) -> HttpResponse:
    """Put away the customers that are ticked."""
    known = list(Customer.objects.of(request.organisation).filter(pk__in=ticked(request)).values_list("pk", flat=True))
    for pk in known:
        archive_customer(customer_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    count = len(known)
    told = ngettext("%(count)d customer is archived.", "%(count)d customers are archived.", count) % {"count": count}
    messages.success(request, told)
    return redirect("customers:list", slug=request.organisation.slug)


@require_POST
@needs(Permission.WRITE_CUSTOMERS)
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a customer back."""
    row = get_object_or_404(Customer.objects.of(request.organisation), pk=pk)
    restore_customer(customer_id=row.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    messages.success(request, _("%(name)s is back.") % {"name": row.name})
    return redirect("customers:customer", slug=request.organisation.slug, pk=row.pk)
