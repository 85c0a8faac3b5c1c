"""Pages of drafts: the list, the editor, what is done with one."""

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reglo.billing.content import Examination
from reglo.billing.forms.choices import KINDS
from reglo.billing.listings.drafts import drafts_listing
from reglo.billing.models import Draft, Invoice
from reglo.billing.queries.drafts import drafts_to_list, open_draft, usual_nature
from reglo.billing.queries.issuing import announcement_of
from reglo.billing.services.drafts import (
    Heading,
    StaleDraft,
    copy_draft,
    copy_invoice,
    create_draft,
    delete_draft,
    restore_draft,
    save_draft,
)
from reglo.billing.services.issue import issue_draft
from reglo.billing.views import editor
from reglo.core.composition import DocumentKind
from reglo.core.errors import DomainError
from reglo.customers.models import Customer
from reglo.formats.data.tree import Tree
from reglo.lists.views import list_page, ticked
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission

_ADDRESSES = {
    "page": "billing:draft",
    "live": "billing:draft-live",
    "preview": "billing:draft-preview",
    "pdf": "billing:draft-pdf",
    "customer": "billing:draft-customer",
    "keep_mine": "billing:draft-keep-mine",
    "issue": "billing:draft-issue",
    "copy": "billing:draft-copy",
    "delete": "billing:draft-delete",
}
_MOST_AT_ONCE = 200  #: drafts issued by one press


@require_GET
@needs(Permission.READ)
def drafts(request: MemberRequest) -> HttpResponseBase:
    """The drafts of the organisation."""
    return list_page(request, drafts_listing(request.organisation.slug), drafts_to_list(request.organisation))


@require_http_methods(["GET", "POST"])
@needs(Permission.WRITE_DRAFTS)
def draft_new(request: MemberRequest) -> HttpResponse:
    """Begin an invoice (?customer=) and open it; a draft is made by POST only, so a link shows a page with a button."""
    customer = None
    if pk := request.POST.get("customer") or request.GET.get("customer"):
        customer = get_object_or_404(Customer.objects.of(request.organisation), pk=pk if pk.isdecimal() else 0)
    if request.method == "GET":
        return render(request, "billing/draft_new.html", {"customer": customer, "kinds": KINDS})
    wanted = request.POST.get("kind", "")
    kind = DocumentKind(wanted) if wanted in {each.value for each in DocumentKind} else DocumentKind.INVOICE
    nature = usual_nature(request.organisation)
    made = create_draft(
        organisation=request.organisation,
        customer=customer,
        kind=kind,
        content={"nature": nature} if nature else {},
        by=actor_of(request),
        now=timezone.now(),
    )
    return redirect("billing:draft", slug=request.organisation.slug, pk=made.pk)


@require_http_methods(["GET", "POST"])
@needs(Permission.READ, to_write=Permission.WRITE_DRAFTS)
def draft(request: MemberRequest, pk: int) -> HttpResponse:
    """The editor of a draft. Without script, its form is posted here."""
    desk = _desk(request, pk)
    subject = desk.subject
    if subject.issued_at is not None:
        return redirect("billing:invoice", slug=request.organisation.slug, pk=subject.invoice.pk)
    if subject.deleted_at is not None:
        return render(request, "billing/draft_deleted.html", {"draft": subject}, status=410)
    if request.method == "GET":
        return editor.editor_page(request, desk)
    return _saved(request, desk)


def _saved(request: MemberRequest, desk: editor.Desk[Draft]) -> HttpResponse:
    typed = editor.typed_on(desk, editor.posted_fields(request))
    editor.apply_act(typed.content, request.POST.get("act", ""))
    try:
        desk.keep(typed.content, typed.heading, typed.version, desk.examine(typed.content, typed.heading))
    except DomainError as error:
        return editor.editor_page(request, desk, typed=typed, problem=error)
    urls = desk.urls()
    if request.POST.get("act") in ("issue", "customer"):
        return redirect(urls[request.POST["act"]])
    messages.success(request, _("Draft saved."))
    return redirect(urls["page"])


@require_POST
@needs(Permission.WRITE_DRAFTS)
def draft_live(request: MemberRequest, pk: int) -> HttpResponse:
    """What is typed comes to this; it is saved by the same call."""
    return editor.live_answer(request, _desk(request, pk))


@require_GET
@needs(Permission.READ)
def draft_preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The pages of a draft as pictures."""
    return editor.preview(request, _desk(request, pk))


@require_GET
@needs(Permission.READ)
def draft_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """A draft as PDF."""
    return editor.pdf(_desk(request, pk), name=f"{_('draft')}-{pk}")


@require_http_methods(["GET", "POST"])
@needs(Permission.READ, to_write=Permission.WRITE_DRAFTS)
def draft_customer(request: MemberRequest, pk: int) -> HttpResponse:
    """Search and choose the customer of a draft, or make a new one."""
    desk = _desk(request, pk)
    if request.method == "GET":
        return editor.customer_picker(request, desk)
    return editor.choose_customer(request, desk)


@require_POST
@needs(Permission.WRITE_DRAFTS)
def draft_keep_mine(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a new draft of what was typed, where somebody else saved the first one meanwhile."""
    desk = _desk(request, pk)
    typed = editor.typed_on(desk, editor.posted_fields(request))
    made = create_draft(
        organisation=request.organisation,
        customer=typed.heading.customer,
        kind=typed.heading.kind,
        series=typed.heading.series,
        content=typed.content,
        by=actor_of(request),
        now=timezone.now(),
        corrects=desk.subject.corrects,
    )
    messages.success(request, _("What you typed is a draft of its own now. The other one is as it was saved."))
    return redirect("billing:draft", slug=request.organisation.slug, pk=made.pk)


@require_POST
@needs(Permission.WRITE_DRAFTS)
def draft_copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Copy a draft and open the copy."""
    _require(Draft, request, pk)
    made = copy_draft(draft_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    messages.success(request, _("This is a copy, for today."))
    return redirect("billing:draft", slug=request.organisation.slug, pk=made.pk)


@require_POST
@needs(Permission.WRITE_DRAFTS)
def invoice_copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a new invoice that says what an issued one said."""
    _require(Invoice, request, pk)
    made = copy_invoice(invoice_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    messages.success(request, _("This is a copy, for today."))
    return redirect("billing:draft", slug=request.organisation.slug, pk=made.pk)


@require_POST
@needs(Permission.WRITE_DRAFTS)
def draft_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a draft aside; the message offers to take that back."""
    _require(Draft, request, pk)
    delete_draft(draft_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    undo = reverse("billing:draft-restore", kwargs={"slug": request.organisation.slug, "pk": pk})
    messages.success(request, _("Draft deleted."), extra_tags=f"undo:{undo}")
    return redirect("billing:drafts", slug=request.organisation.slug)


@require_POST
@needs(Permission.WRITE_DRAFTS)
def draft_restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a deleted draft back."""
    _require(Draft, request, pk)
    restore_draft(draft_id=pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())
    messages.success(request, _("Draft restored."))
    return redirect("billing:draft", slug=request.organisation.slug, pk=pk)


@require_http_methods(["GET", "POST"])
@needs(Permission.ISSUE)
def draft_issue(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what issuing will do, then do it. Over htmx the question is a dialog's content, else a page."""
    desk = _desk(request, pk)
    subject = desk.subject
    if subject.issued_at is not None:
        return redirect("billing:invoice", slug=request.organisation.slug, pk=subject.invoice.pk)
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            issued = _issued(request, subject)
        except DomainError as error:
            problem = error
            desk = _desk(request, pk)
        else:
            messages.success(request, _("%(number)s is issued.") % {"number": issued.number})
            return redirect("billing:invoice", slug=request.organisation.slug, pk=issued.pk)
    examination = desk.examine(desk.subject.content, desk.heading)
    values = {
        "announcement": announcement_of(desk.subject, examination, now=desk.now),
        "answer": editor.answer_on(desk, examination, desk.subject.content, desk.heading),
        "desk": desk,
        "urls": desk.urls(),
        "version": desk.subject.content_version,
        "problem": problem,
    }
    is_fragment = "HX-Request" in request.headers
    template = "billing/editor_issue.html" if is_fragment else "billing/draft_issue.html"
    return render(request, template, values, status=409 if problem else 200)


def _issued(request: MemberRequest, subject: Draft) -> Invoice:
    """Issue what was shown. Raises StaleDraft where somebody changed it since."""
    if request.POST.get("version") != str(subject.content_version):
        raise StaleDraft(
            who=str(subject.edited_by or "Réglo"), when=subject.updated_at, version=subject.content_version
        )
    return issue_draft(draft_id=subject.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now())


@require_POST
@needs(Permission.ISSUE)
def drafts_issue(request: MemberRequest) -> HttpResponse:
    """Issue the drafts that are ticked, each by itself, and report which were issued and which not, and why."""
    wanted = ticked(request)[:_MOST_AT_ONCE]
    rows = drafts_to_list(request.organisation).filter(pk__in=wanted, deleted_at=None)
    issued, refused = [], []
    # In the order of their dates, since the numbers of a series follow it.
    for each in sorted(rows, key=lambda row: (str(row.content.get("issue_date") or "9999"), row.pk)):
        try:
            made = issue_draft(
                draft_id=each.pk, organisation=request.organisation, by=actor_of(request), now=timezone.now()
            )
        except DomainError as error:
            refused.append((each, error))
        else:
            issued.append((each, made))
    if issued and not refused:
        count = len(issued)
        messages.success(
            request,
            ngettext("%(count)s document is issued.", "%(count)s documents are issued.", count) % {"count": count},
        )
    return render(request, "billing/drafts_issued.html", {"issued": issued, "refused": refused})


def _desk(request: MemberRequest, pk: int) -> editor.Desk[Draft]:
    try:
        subject = open_draft(request.organisation, pk)
    except Draft.DoesNotExist:
        raise Http404 from None
    now = timezone.now()
    return editor.Desk(
        subject=subject,
        heading=Heading(customer=subject.customer, kind=DocumentKind(subject.kind), series=subject.series),
        now=now,
        keep=partial(_keep, request, subject, now),
        addresses=_ADDRESSES,
    )


def _keep(
    request: MemberRequest,
    subject: Draft,
    now: datetime,
    content: Tree,
    heading: Heading,
    version: int,
    examination: Examination,
) -> Draft:
    return save_draft(
        draft_id=subject.pk,
        organisation=request.organisation,
        content=content,
        version=version,
        by=actor_of(request),
        now=now,
        heading=heading,
        examination=examination,
    )


def _require(model: type[Draft] | type[Invoice], request: MemberRequest, pk: int) -> None:
    """Raise Http404 for a row that is not the organisation's."""
    if not model.objects.of(request.organisation).filter(pk=pk).exists():
        raise Http404
