"""Statements of customers: the page, the letter, sending it, sending those of a month to all who owe."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError
from reglo.customers.models import Contact, Customer
from reglo.delivery.composing import Words, words_of
from reglo.delivery.forms import SendForm
from reglo.delivery.mime import named, sender_of
from reglo.delivery.models import Message, MessageKind
from reglo.delivery.queries import contacts_to_write_to
from reglo.delivery.services.sending import preview
from reglo.delivery.variables import VARIABLES
from reglo.delivery.views.framed import framed, refused
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.reporting.forms.statements import StatementForm, StatementsForm
from reglo.reporting.models import StatementRun
from reglo.reporting.periods import Period, last_month, offered_periods
from reglo.reporting.queries import currencies_of
from reglo.reporting.services.statements import ask_statements, send_statement
from reglo.reporting.shown import MOST_ROWS
from reglo.reporting.statements.account import CustomerStatement, account_statement, statement_currencies
from reglo.reporting.statements.letter import statement_letter
from reglo.reporting.statements.owing import debtors, owing
from reglo.reporting.statements.paper import statement_file_name, statement_pdf
from reglo.reporting.statements.words import bucket_name, move_name


@require_GET
@needs(Permission.READ)
def statement(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """The statement of a customer: its page, or with ?format=pdf the letter."""
    form, made = _made(request, customer_pk)
    if form.is_valid() and request.GET.get("format") == "pdf":
        pdf = statement_pdf(made, written=today_of(request.organisation, timezone.now()))
        name = statement_file_name(made)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)
    values = _values(form, made) | {
        "periods": list(offered_periods(today_of(request.organisation, timezone.now()))),
        "moves": [(each, move_name(each)) for each in made.moves],
        "buckets": [(bucket_name(each), each.amount) for each in made.buckets],
    }
    return render(request, "reporting/statement.html", values)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEND)
def statement_send(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Send it: to whom, in which words, seen first as it will be received."""
    asked, made = _made(request, customer_pk)
    people = contacts_to_write_to(made.customer, MessageKind.STATEMENT)
    words = words_of(request.organisation, MessageKind.STATEMENT, made.customer.language)
    initial = {
        "subject": words.subject,
        "body": words.body,
        "contacts": [str(each.pk) for each in people[:1]],
        "key": SendForm.fresh_key(),
    }
    form = SendForm(request.POST or None, people=people, initial=initial)
    back = f"{_page(request, made.customer)}?{_query(made)}"
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, made, form)
        except DomainError as error:
            attach(error, form)
        else:
            return redirect(back)
    preview_url = reverse("reporting:statement-preview", args=[request.organisation.slug, made.customer.pk])
    values = _values(asked, made) | {
        "form": form,
        "people": people,
        "back_url": back,
        "preview_url": f"{preview_url}?{_query(made)}",
        "variables": VARIABLES[MessageKind.STATEMENT],
        "attachment": statement_file_name(made),
    }
    return render(request, "reporting/statement_send.html", values)


@require_http_methods(["GET", "POST"])
@xframe_options_sameorigin
@needs(Permission.SEND)
def statement_preview(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """The message as typed so far, for its frame."""
    _asked, made = _made(request, customer_pk)
    people = contacts_to_write_to(made.customer, MessageKind.STATEMENT)
    nobody = Contact(organisation=request.organisation, customer=made.customer, name=_("(nobody)"))
    wanted = request.POST.getlist("contacts")
    contact = next((each for each in people if str(each.pk) in wanted), people[0] if people else nobody)
    letter = statement_letter(made, contact)
    if request.method == "POST":
        typed = Words(subject=request.POST.get("subject", ""), body=request.POST.get("body", ""))
        letter = replace(letter, words=typed)
    try:
        composed = preview(letter)
    except DomainError as error:
        return refused(error, page_language())
    return framed(
        composed,
        sender=sender_of(request.organisation),
        recipient=named(contact.name, contact.email),
        attachments=[statement_file_name(made)],
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.READ, to_write=Permission.SEND)
def statements(request: MemberRequest) -> HttpResponse:
    """Who would get a statement of some days; sending them all."""
    usual = Period("", *last_month(today_of(request.organisation, timezone.now())))
    data = request.POST if request.method == "POST" else request.GET
    form = StatementsForm(data, usual=usual, currencies=currencies_of(request.organisation))
    if request.method == "POST" and form.is_valid():
        try:
            run = _ask(request, form)
        except DomainError as error:
            attach(error, form)
        else:
            return redirect("reporting:statement-run", slug=request.organisation.slug, pk=run.pk)
    days = form.days
    only_late = form.is_valid() and form.cleaned_data["only_late"]
    rows = owing(request.organisation, days, only_late=only_late)
    values = {
        "form": form,
        "days": days,
        "only_late": only_late,
        "count": len(rows),
        "debtors": debtors(request.organisation, days, rows[:MOST_ROWS]),
        "more": max(len(rows) - MOST_ROWS, 0),
        "runs": StatementRun.objects.of(request.organisation).order_by("-asked_at")[:10],
    }
    return render(request, "reporting/statements.html", values)


@require_GET
@needs(Permission.READ)
def statement_run(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the sending to all has come, and who has no address."""
    run = get_object_or_404(StatementRun.objects.of(request.organisation), pk=pk)
    without = Customer.objects.of(request.organisation).filter(pk__in=run.without_address).order_by("name")
    return render(request, "reporting/statement_run.html", {"run": run, "without": without[:MOST_ROWS]})


@require_GET
@needs(Permission.READ)
def statement_run_progress(request: MemberRequest, pk: int) -> HttpResponse:
    """The same as a bar (htmx); when it is done, the page begins anew."""
    run = get_object_or_404(StatementRun.objects.of(request.organisation), pk=pk)
    if run.done_at is not None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reporting/_statement_run.html", {"run": run})


def _made(request: MemberRequest, customer_pk: int) -> tuple[StatementForm, CustomerStatement]:
    rows = Customer.objects.of(request.organisation).select_related("organisation")
    customer = get_object_or_404(rows, pk=customer_pk)
    today = today_of(request.organisation, timezone.now())
    usual = Period("", last_month(today)[0], today)
    form = StatementForm(request.GET, usual=usual, currencies=statement_currencies(customer))
    return form, account_statement(customer, form.days)


def _values(form: StatementForm, made: CustomerStatement) -> dict[str, Any]:
    return {"asked": form, "statement": made, "customer": made.customer, "days": made.days, "query": _query(made)}


def _query(made: CustomerStatement) -> str:
    """The query string of this very statement."""
    return f"start={made.days.start}&end={made.days.end}&currency={made.days.currency}"


def _page(request: MemberRequest, customer: Customer) -> str:
    return reverse("reporting:statement", args=[request.organisation.slug, customer.pk])


def _send(request: MemberRequest, made: CustomerStatement, form: SendForm) -> list[Message]:
    for contact in form.chosen:
        preview(statement_letter(made, contact, words=form.words))  # all are refused, or none
    now, by, key = timezone.now(), actor_of(request), form.cleaned_data["key"]
    sent = [
        send_statement(customer=made.customer, days=made.days, contact=each, key=key, by=by, now=now, words=form.words)
        for each in form.chosen
    ]
    said = ngettext("The message leaves in a few seconds.", "The messages leave in a few seconds.", len(sent))
    undo = reverse("delivery:cancel", args=[request.organisation.slug, sent[0].pk]) if len(sent) == 1 else ""
    messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    return sent


def _ask(request: MemberRequest, form: StatementsForm) -> StatementRun:
    return ask_statements(
        organisation=request.organisation,
        days=form.days,
        only_late=form.cleaned_data["only_late"],
        by=actor_of(request),
        now=timezone.now(),
    )
