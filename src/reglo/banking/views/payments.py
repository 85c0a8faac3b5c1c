"""Payments: the list, one payment, recording by hand, advances, refunds, undoing."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reglo.accounts.language import page_language
from reglo.banking.forms import PaymentForm, RefundForm, typed_from, typed_minor
from reglo.banking.listing import payments_listing
from reglo.banking.models import Means, Payment
from reglo.banking.planning import Owed, parts_of_payment
from reglo.banking.queries.discounts import OfferedDiscount, discounts_to_take
from reglo.banking.queries.payments import (
    advances_of,
    items_of_invoice,
    own_item,
    payment_with_facts,
    payments_of,
    payments_of_invoice,
    pending_minor_of,
    settled_by,
    unallocated_of,
)
from reglo.banking.services.payments import Money, record_payment, release_payment, use_advance
from reglo.banking.services.undoing import undo_payment
from reglo.banking.stored import SettledPart, read_reasons
from reglo.banking.wording import payment_badge
from reglo.billing.models import Invoice
from reglo.core.errors import DomainError
from reglo.core.matching import Part
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.delivery.services.values import amount_text
from reglo.formats.pdf import figures
from reglo.journal.queries import entries_of
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.queries import customer_standing, lost_of
from reglo.lists.views import Answer, list_page
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import attach
from reglo.organisations.models import BankAccount
from reglo.organisations.permissions import Permission
from reglo.organisations.queries import today_of
from reglo.organisations.toasts import say_refusal

_LATEST = 8
_RECORDED_LATE = timedelta(days=10)  #: for so long after its last day a discount is offered: the payment may be older


@require_safe
@needs(Permission.READ)
def payments(request: MemberRequest) -> Answer:
    """Every payment and refund."""
    return list_page(request, payments_listing(request.organisation.slug), payments_of(request.organisation))


@require_safe
@needs(Permission.READ)
def payment(request: MemberRequest, pk: int) -> HttpResponse:
    """One payment: what it settles, what is left of it, what happened to it."""
    found = _payment(request, pk)
    item = own_item(found)
    left = item.open_minor if item and found.holds else 0
    values = {
        "payment": found,
        "badge": payment_badge(found),
        "settled": [(each, _other_side(each, found)) for each in settled_by(found)],
        "left_minor": left,
        "item": item,
        "reasons": [each.text for each in read_reasons(found.reasons)],
        "owed": _owed(found) if left else [],
        "key": uuid4().hex,
        "entries": entries_of(found)[:20],
        "is_money_in": _is_money_in(found),
    }
    return render(request, "banking/payment.html", values)


def _owed(payment: Payment) -> list[OpenItem]:
    """What the rest of a payment could settle."""
    return list(unallocated_of(payment.customer).filter(currency=payment.currency)) if _is_money_in(payment) else []


def _is_money_in(payment: Payment) -> bool:
    return payment.amount_minor > 0


def _other_side(allocation: Any, payment: Payment) -> OpenItem:
    item: OpenItem = allocation.debit_item if _is_money_in(payment) else allocation.credit_item
    return item


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BOOK)
def of_invoice_new(request: MemberRequest, invoice_pk: int) -> HttpResponse:
    """Record the payment of an invoice."""
    invoice = get_object_or_404(
        Invoice.objects.of(request.organisation).select_related("customer", "organisation"), pk=invoice_pk
    )
    items = [each for each in items_of_invoice(invoice) if each.open_minor and each.side == Side.DEBIT]
    if not items:
        messages.info(request, _("Nothing is left to pay on this invoice."))
        return redirect("billing:invoice", request.organisation.slug, invoice.pk)
    return _record(request, items[0].customer, items, invoice.currency, title=invoice.number, invoice=invoice)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BOOK)
def of_customer_new(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Record a payment of a customer: its oldest invoices first, the rest an advance."""
    customer = get_object_or_404(Customer.objects.of(request.organisation), pk=customer_pk)
    items = list(unallocated_of(customer).filter(currency="EUR"))
    return _record(request, customer, items, "EUR", title=customer.name)


def _record(
    request: MemberRequest,
    customer: Customer,
    items: Sequence[OpenItem],
    currency: str,
    *,
    title: str,
    invoice: Invoice | None = None,
) -> HttpResponse:
    """The form of a payment, and what is sent with it."""
    accounts = list(BankAccount.objects.of(request.organisation).filter(archived_at=None).order_by("-is_default", "pk"))
    owed = sum(each.open_minor for each in items)
    since = today_of(request.organisation, timezone.now()) - _RECORDED_LATE
    offered = discounts_to_take(request.organisation, items, on=since, invoice=invoice)
    form = PaymentForm(
        request.POST or None,
        currency=currency,
        accounts=accounts,
        discount=_discount_label(offered, currency),
        initial=_initial(request, owed, offered, currency),
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        taken = _owed_with(items, offered if typed.get("discount") else {})
        parts = parts_of_payment(taken, typed["amount"], rounds=typed["rounds"])
        try:
            made = record_payment(
                organisation=request.organisation,
                customer=customer,
                money=_money(typed, currency, accounts),
                parts=parts,
                key=f"form:{typed['key']}",
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach(error, form)
        else:
            return _recorded(request, made, invoice)
    values = {
        "form": form,
        "title": title,
        "customer": customer,
        "items": items,
        "owed_minor": owed,
        "currency": currency,
        "invoice": invoice,
        "offered": offered,
        "advances": list(advances_of(request.organisation, [customer.pk])),
        "with_discount": bool(request.GET.get("discount")),
    }
    return render(request, "banking/payment_new.html", values, status=422 if form.errors else 200)


def _owed_with(items: Sequence[OpenItem], taken: Mapping[int, OfferedDiscount]) -> list[Owed]:
    saves = {item: offer.saves_minor for item, offer in taken.items()}
    return [Owed(each.pk, each.open_minor, saves.get(each.pk, 0)) for each in items]


def _saves(offered: Mapping[int, OfferedDiscount]) -> int:
    return sum(each.saves_minor for each in offered.values())


def _discount_label(offered: Mapping[int, OfferedDiscount], currency: str) -> str:
    if not offered:
        return ""
    language = page_language()
    saves = amount_text(_saves(offered), currency, language)
    day = figures.short_day(min(each.last_day for each in offered.values()), language)
    return _("Early-payment discount of %(amount)s taken (until %(day)s)") % {"amount": saves, "day": day}


def _money(typed: Mapping[str, Any], currency: str, accounts: Sequence[BankAccount]) -> Money:
    """What a valid form says that came, by default on the first account."""
    return Money(
        amount=typed["amount"],
        currency=currency,
        on=typed["on"],
        means=Means(typed["means"]),
        reference=typed["reference"],
        bank_account=typed.get("bank_account") or (accounts[0] if accounts else None),
    )


def _initial(
    request: MemberRequest, owed: int, offered: Mapping[int, OfferedDiscount], currency: str
) -> dict[str, object]:
    takes = bool(offered) and bool(request.GET.get("discount"))
    amount = owed - (_saves(offered) if takes else 0)
    return {
        "amount": typed_from(amount, currency, page_language()) if amount else "",
        "on": today_of(request.organisation, timezone.now()),
        "key": uuid4().hex,
        "discount": takes,
    }


def _recorded(request: MemberRequest, payment: Payment, invoice: Invoice | None) -> HttpResponse:
    url = reverse("banking:payment-undo", args=[request.organisation.slug, payment.pk])
    messages.success(request, _("The payment is recorded."), extra_tags=f"undo:{url}")
    if invoice is not None:
        return redirect("billing:invoice", request.organisation.slug, invoice.pk)
    return redirect("banking:payment", request.organisation.slug, payment.pk)


@require_POST
@needs(Permission.BOOK)
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a payment back."""
    _payment(request, pk)
    try:
        undo_payment(organisation=request.organisation, payment_id=pk, by=actor_of(request), now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, _("Taken back by a reversal: what it settled is open again."))
    return redirect("banking:payment", request.organisation.slug, pk)


@require_POST
@needs(Permission.BOOK)
def release(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what a payment settles; its money is kept as an advance."""
    _payment(request, pk)
    try:
        release_payment(organisation=request.organisation, payment_id=pk, by=actor_of(request), now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, _("Kept as an advance: what it settled is open again."))
    return redirect("banking:payment", request.organisation.slug, pk)


@require_POST
@needs(Permission.BOOK)
def use(request: MemberRequest, pk: int) -> HttpResponse:
    """Settle an open item with what is left of a payment."""
    found = _payment(request, pk)
    items = OpenItem.objects.of(request.organisation).filter(side=Side.DEBIT)
    item = items.filter(pk=_number(request.POST.get("item", ""))).first()
    if item is None:
        messages.error(request, _("Choose an open item."))
        return redirect("banking:payment", request.organisation.slug, pk)
    own = own_item(found)
    typed = request.POST.get("amount", "").strip()
    amount = typed_minor(typed, found.currency) if typed else min(item.open_minor, own.open_minor if own else 0)
    if not amount:
        messages.error(request, _("Write an amount greater than zero, like 1234.50."))
        return redirect("banking:payment", request.organisation.slug, pk)
    try:
        use_advance(
            organisation=request.organisation,
            payment_id=pk,
            parts=[SettledPart(item.pk, amount, Part.PAID)],
            key=f"use:{request.POST.get('key', '')[:64]}:{item.pk}",
            by=actor_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, _("The advance is used."))
    return redirect("banking:payment", request.organisation.slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BOOK)
def refund(request: MemberRequest, item_pk: int) -> HttpResponse:
    """Give back what is open of a credit note or an advance."""
    rows = OpenItem.objects.of(request.organisation).select_related("customer")
    item = get_object_or_404(rows, pk=item_pk)
    if item.side != Side.CREDIT or not item.open_minor:
        messages.info(request, _("Nothing is left to refund here."))
        return redirect("customers:customer", request.organisation.slug, item.customer_id)
    form = RefundForm(request.POST or None, initial=_initial(request, item.open_minor, {}, item.currency))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        money = Money(
            amount=-typed["amount"],
            currency=item.currency,
            on=typed["on"],
            means=Means(typed["means"]),
            reference=typed["reference"],
            bank_account=_default_account(request),
        )
        try:
            made = record_payment(
                organisation=request.organisation,
                customer=item.customer,
                money=money,
                parts=[SettledPart(item.pk, -typed["amount"])],
                key=f"form:{typed['key']}",
                by=actor_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            attach(error, form)
        else:
            url = reverse("banking:payment-undo", args=[request.organisation.slug, made.pk])
            messages.success(request, _("The refund is recorded."), extra_tags=f"undo:{url}")
            return redirect("banking:payment", request.organisation.slug, made.pk)
    values = {"form": form, "item": item}
    return render(request, "banking/refund.html", values, status=422 if form.errors else 200)


def _default_account(request: MemberRequest) -> BankAccount | None:
    return BankAccount.objects.of(request.organisation).filter(archived_at=None).order_by("-is_default", "pk").first()


@require_safe
@needs(Permission.READ)
def of_invoice(request: MemberRequest, invoice_pk: int) -> HttpResponse:
    """Where an invoice stands and what paid it, for its page."""
    invoice = get_object_or_404(Invoice.objects.of(request.organisation).defer("document"), pk=invoice_pk)
    items = items_of_invoice(invoice)
    pending = pending_minor_of([each.pk for each in items])
    values = {
        "invoice": invoice,
        "items": items,
        "open_minor": sum(each.open_minor for each in items),
        "is_credit": bool(items) and items[0].side == Side.CREDIT,
        "lost_minor": lost_of(items),
        "late": _late(items, today_of(request.organisation, timezone.now())),
        "pending_minor": sum(pending.values()),
        "rows": [(each, payment_badge(each)) for each in payments_of_invoice(items)[:_LATEST]] if items else [],
    }
    return render(request, "banking/_of_invoice.html", values)


def _late(items: Sequence[OpenItem], today: date) -> int:
    """What is open past its due date."""
    return sum(each.open_minor for each in items if each.due_date and each.due_date < today and each.side == Side.DEBIT)


@require_safe
@needs(Permission.READ)
def of_customer(request: MemberRequest, customer_pk: int) -> HttpResponse:
    """Advances and last payments of a customer, for its page."""
    customer = get_object_or_404(Customer.objects.of(request.organisation), pk=customer_pk)
    family = family_of(customer)
    rows = payments_of(request.organisation).filter(customer__in=family).order_by("-on", "-pk")
    owed = OpenItem.objects.of(request.organisation).filter(customer__in=family, side=Side.DEBIT, open_minor__gt=0)
    values = {
        "customer": customer,
        "advances": list(advances_of(request.organisation, family)),
        "standing": customer_standing(customer),
        "owed": list(owed.values("currency").annotate(sum=Sum("open_minor")).order_by("currency")),
        "rows": [(each, payment_badge(each)) for each in rows[:_LATEST]],
    }
    return render(request, "banking/_of_customer.html", values)


def _payment(request: MemberRequest, pk: int) -> Payment:
    try:
        return payment_with_facts(request.organisation, pk)
    except Payment.DoesNotExist as error:
        raise Http404 from error


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
