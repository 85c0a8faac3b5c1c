"""The editor: one page on which a document is written, and the answers it gets while one types.

A `Desk` says what lies open in it, so that drafts of invoices and quotes are written with the same editor.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reglo.accounts.language import page_language
from reglo.billing.answers import Answer, answer_of
from reglo.billing.content import DRAFT_NUMBER, Examination, examine
from reglo.billing.forms.choices import CURRENCIES, KINDS, LANGUAGES, METHODS, method_name, options
from reglo.billing.forms.customer import NewCustomerForm
from reglo.billing.forms.shown import nature_options, sentence_of, shown
from reglo.billing.forms.typed import content_of
from reglo.billing.models import Draft, NumberSeries, Quote
from reglo.billing.queries.drafts import bank_accounts, invoice_series
from reglo.billing.queries.issuing import usual_series
from reglo.billing.services.drafts import Heading, StaleDraft
from reglo.core.composition import DocumentKind
from reglo.core.errors import DomainError
from reglo.core.parties import VatRegime
from reglo.customers.models import Customer
from reglo.customers.queries import choosable_customers
from reglo.customers.services.customers import create_customer
from reglo.formats.data.tree import Tree
from reglo.formats.pdf import render_pdf, render_pictures
from reglo.organisations.access import MemberRequest, actor_of
from reglo.organisations.forms import attach
from reglo.organisations.models import Organisation
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import look_of, today_of
from reglo.terms.queries import terms_for

NORMAL_RATE = "20"
MOST_CUSTOMERS = 12  #: that are offered at once
MOST_PAGES = 6  #: that are shown beside the form; the PDF has them all

Keep = Callable[[Tree, Heading, int, Examination], "Draft | Quote"]
Subject = TypeVar("Subject", Draft, Quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk(Generic[Subject]):
    """What lies open in the editor, and where its pages are."""

    subject: Subject
    heading: Heading
    now: datetime
    keep: Keep  #: saves content and heading, if the version is still the one that was read; raises StaleDraft
    addresses: Mapping[str, str]  #: page, live, preview, pdf, keep_mine, issue: names of addresses; "" where none
    is_quote: bool = False

    @property
    def writing(self) -> Permission:
        """What it takes to write here."""
        return Permission.WRITE_QUOTES if self.is_quote else Permission.WRITE_DRAFTS

    @property
    def organisation(self) -> Organisation:
        """Whose it is."""
        return self.subject.organisation

    def urls(self) -> dict[str, str]:
        """The addresses of this object."""
        where = {"slug": self.organisation.slug, "pk": self.subject.pk}
        return {key: reverse(name, kwargs=where) if name else "" for key, name in self.addresses.items()}

    def examine(self, content: Mapping[str, Any], heading: Heading) -> Examination:
        """What the rules say of `content`."""
        return examine(
            content,
            kind=heading.kind,
            organisation=self.organisation,
            customer=heading.customer,
            number=DRAFT_NUMBER,
            today=today_of(self.organisation, self.now),
            series=None if self.is_quote else heading.series or usual_series(self.organisation),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was posted from the editor."""

    content: Tree
    heading: Heading
    version: int


def posted_fields(request: MemberRequest) -> Mapping[str, str]:
    """The fields of the editor's form: as a form, or as one JSON object of texts, which reads faster.

    Raises BadRequest for any other JSON.
    """
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        fields = json.loads(request.body)
    except ValueError as error:
        raise BadRequest("no JSON") from error
    if not isinstance(fields, dict) or not all(isinstance(each, str) for each in fields.values()):
        raise BadRequest("no object of texts")
    return fields


def typed_on(desk: Desk[Any], posted: Mapping[str, str]) -> Typed:
    """What the form says. Raises Http404 for a customer or series that is not the organisation's."""
    version = posted.get("version", "")
    return Typed(
        content=content_of(posted, desk.subject.content),
        heading=Heading(
            customer=_customer(desk, posted),
            kind=_kind(desk, posted),
            series=_series(desk, posted),
        ),
        version=int(version) if version.isdecimal() and len(version) < 10 else 0,
    )


def live_answer(request: MemberRequest, desk: Desk[Any]) -> HttpResponse:
    """Save what is typed and answer what it comes to: totals, due dates, what is still missing.

    A version that is no longer the newest gets 409 and who saved it; nothing is written then.
    """
    typed = typed_on(desk, posted_fields(request))
    examination = desk.examine(typed.content, typed.heading)
    problem: DomainError | None = None
    version = typed.version
    try:
        version = desk.keep(typed.content, typed.heading, typed.version, examination).content_version
    except StaleDraft as stale:
        return render(request, "billing/editor_stale.html", {"stale": stale, "urls": desk.urls()}, status=409)
    except DomainError as error:
        problem = error
    values = {
        "answer": answer_on(desk, examination, typed.content, typed.heading),
        "version": version,
        "saved_clock": _clock(desk),
        "problem": problem,
        "urls": desk.urls(),
        "desk": desk,
    }
    return render(request, "billing/editor_answer.html", values, status=422 if problem else 200)


def editor_page(
    request: MemberRequest, desk: Desk[Any], *, typed: Typed | None = None, problem: DomainError | None = None
) -> HttpResponse:
    """The page itself: of what is saved, or of what was typed and could not be saved because of `problem`."""
    language = page_language()
    typed = typed or Typed(
        content=dict(desk.subject.content), heading=desk.heading, version=desk.subject.content_version
    )
    examination = desk.examine(typed.content, typed.heading)
    values = {
        "desk": desk,
        "subject": desk.subject,
        "urls": desk.urls(),
        "typed": typed,
        "form": shown(typed.content, language, vat=usual_vat(desk.organisation)),
        "answer": answer_on(desk, examination, typed.content, typed.heading),
        "version": typed.version,
        "saved_at": desk.subject.updated_at,
        "problem": problem,
        "stale": problem if isinstance(problem, StaleDraft) else None,
        "can_write": desk.writing in request.membership.permissions,
        "new_customer_form": NewCustomerForm(auto_id="new_customer_%s"),
        **_usual_terms(typed.heading.customer, language),
        **_options(desk, typed),
    }
    return render(request, "billing/editor.html", values, status=409 if problem else 200)


def preview(request: MemberRequest, desk: Desk[Any]) -> HttpResponse:
    """The pages of what is saved, as pictures."""
    document = desk.examine(desk.subject.content, desk.heading)
    pages: tuple[bytes, ...] = ()
    problem: DomainError | None = None
    if document.document is not None:
        try:
            pages = render_pictures(
                document.document, look=look_of(desk.organisation), language=document.language, dots_per_inch=110
            )
        except DomainError as error:
            problem = error
    values = {
        "pages": [base64.b64encode(each).decode() for each in pages[:MOST_PAGES]],
        "page_count": len(pages),
        "more_pages": max(0, len(pages) - MOST_PAGES),
        "problem": problem,
        "urls": desk.urls(),
    }
    return render(request, "billing/editor_preview.html", values)


def pdf(desk: Desk[Any], *, name: str) -> HttpResponse:
    """What is saved as PDF, with a placeholder for its number. Raises Http404 where nothing can be shown yet."""
    examination = desk.examine(desk.subject.content, desk.heading)
    if examination.document is None:
        raise Http404
    content = render_pdf(examination.document, look=look_of(desk.organisation), language=examination.language)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"},
    )


def customer_picker(request: MemberRequest, desk: Desk[Any]) -> HttpResponse:
    """Search the customers of the organisation, as options under a field (htmx) or as a page."""
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    found = list(choosable_customers(desk.organisation, text)[: MOST_CUSTOMERS + 1])
    values = {
        "customers": found[:MOST_CUSTOMERS],
        "are_more": len(found) > MOST_CUSTOMERS,
        "q": text,
        "urls": desk.urls(),
        "desk": desk,
        "form": NewCustomerForm(initial={"name": text}),
    }
    is_fragment = "HX-Request" in request.headers
    template = "billing/editor_customers.html" if is_fragment else "billing/editor_customer.html"
    return render(request, template, values)


def choose_customer(request: MemberRequest, desk: Desk[Any]) -> HttpResponse:
    """Choose a customer on its page, or make a new one; over htmx the answer is the option to choose."""
    form = NewCustomerForm(request.POST if "name" in request.POST else None)
    customer = None
    if form.is_bound and Permission.WRITE_CUSTOMERS not in request.membership.permissions:
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        # What is closed or was saved by somebody else says so here, before a customer is made for nothing.
        content = desk.subject.content
        desk.keep(content, desk.heading, desk.subject.content_version, desk.examine(content, desk.heading))
        try:
            customer = create_customer(
                organisation=desk.organisation,
                facts=form.facts(),
                contacts=form.contacts(),
                by=actor_of(request),
                now=desk.now,
            )
        except DomainError as error:
            attach(error, form)
    elif not form.is_bound:
        customer = _customer(desk, request.POST.dict())
    is_fragment = "HX-Request" in request.headers
    if customer is None:
        template = "billing/editor_new_customer.html" if is_fragment else "billing/editor_customer.html"
        return render(request, template, {"form": form, "urls": desk.urls(), "desk": desk}, status=422)
    if is_fragment:
        return render(request, "billing/editor_customers.html", {"customers": [customer], "chosen": True}, status=201)
    heading = replace(desk.heading, customer=customer)
    content = desk.subject.content
    desk.keep(content, heading, desk.subject.content_version, desk.examine(content, heading))
    return redirect(desk.urls()["page"])


def _clock(desk: Desk[Any]) -> str:
    """The time of day where the organisation is."""
    return f"{desk.now.astimezone(ZoneInfo(desk.organisation.time_zone)):%H:%M}"


def answer_on(desk: Desk[Any], examination: Examination, content: Mapping[str, Any], heading: Heading) -> Answer:
    """An examination as the page shows it."""
    return answer_of(
        examination,
        content=content,
        organisation=desk.organisation,
        customer=heading.customer,
        language=page_language(),
    )


def apply_act(content: Tree, act: str) -> None:
    """What a button does to a line where no script does it: "remove:2", "up:2", "down:2", "duplicate:2"."""
    verb, _colon, number = act.partition(":")
    lines, place = content["lines"], int(number) if number.isdecimal() and len(number) < 6 else -1
    if not 0 <= place < len(lines):
        return
    if verb == "remove":
        del lines[place]
    elif verb == "duplicate":
        lines.insert(place + 1, dict(lines[place]))
    elif verb in ("up", "down"):
        other = place + (-1 if verb == "up" else 1)
        if 0 <= other < len(lines):
            lines[place], lines[other] = lines[other], lines[place]


def _customer(desk: Desk[Any], posted: Mapping[str, str]) -> Customer | None:
    if "customer" not in posted:
        return desk.heading.customer
    pk = posted["customer"]
    if not pk:
        return None
    if desk.heading.customer is not None and pk == str(desk.heading.customer.pk):
        return desk.heading.customer
    customer = get_object_or_404(Customer.objects.of(desk.organisation), pk=_id(pk))
    customer.organisation = desk.organisation
    return customer


def _series(desk: Desk[Any], posted: Mapping[str, str]) -> NumberSeries | None:
    pk = posted.get("series", "")
    if not pk:
        return desk.heading.series if "series" not in posted else None
    if desk.heading.series is not None and pk == str(desk.heading.series.pk):
        return desk.heading.series
    return get_object_or_404(NumberSeries.objects.of(desk.organisation).filter(is_for_quotes=False), pk=_id(pk))


def _kind(desk: Desk[Any], posted: Mapping[str, str]) -> DocumentKind:
    kind = posted.get("kind", "")
    return DocumentKind(kind) if kind in {each.value for each in DocumentKind} else desk.heading.kind


def _id(pk: str) -> int:
    if not pk.isdecimal() or len(pk) > 18:
        raise Http404
    return int(pk)


def usual_vat(organisation: Organisation) -> str:
    """How most sales are taxed: at the normal rate (CGI art. 278); in the franchise nothing is said."""
    return "" if organisation.vat_regime == VatRegime.FRANCHISE else NORMAL_RATE


def _usual_terms(customer: Customer | None, language: str) -> dict[str, object]:
    """What holds where the document says nothing: in words, and the agreement behind it."""
    if customer is None:
        return {"usual_terms": "", "agreement": None}
    terms, agreement = terms_for(customer)
    return {"usual_terms": sentence_of(terms, language), "agreement": agreement}


def _options(desk: Desk[Any], typed: Typed) -> dict[str, object]:
    """The options of the fields that are chosen."""
    content = typed.content
    payment = content.get("payment") or {}
    accounts = bank_accounts(desk.organisation)
    series = [] if desk.is_quote else invoice_series(desk.organisation)
    chosen_series = typed.heading.series or (series[0] if series else None)
    return {
        "kind_options": options(tuple((each.value, label) for each, label in KINDS.items()), typed.heading.kind.value),
        "series_options": options(
            tuple((str(each.pk), each.label) for each in series), str(chosen_series.pk) if chosen_series else ""
        ),
        "has_several_series": len(series) > 1,
        "nature_options": nature_options(content.get("nature")),
        "method_options": options(METHODS, method_name(payment.get("method")) or "transfer"),
        "account_options": options(
            (("", _("The usual account")), *((str(each.pk), f"{each.label} · {each.iban[-4:]}") for each in accounts)),
            str(payment.get("bank_account_id") or ""),
        ),
        "currency_options": options(CURRENCIES, str(content.get("currency") or "EUR")),
        "language_options": options((("", _("That of the customer")), *LANGUAGES), str(content.get("language") or "")),
    }
