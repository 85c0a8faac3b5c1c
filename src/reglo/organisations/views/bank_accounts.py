"""Where customers pay."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reglo.core.errors import DomainError
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.forms import BankAccountForm, NewBankAccountForm, attach
from reglo.organisations.models import BankAccount
from reglo.organisations.permissions import Permission
from reglo.organisations.services import (
    add_bank_account,
    archive_bank_account,
    change_bank_account,
    make_default_account,
    restore_bank_account,
)
from reglo.organisations.toasts import say_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def accounts(request: MemberRequest) -> HttpResponse:
    """All accounts, and one more."""
    form = NewBankAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_bank_account(
                organisation=request.organisation, by=actor_of(request), now=timezone.now(), **form.cleaned_data
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("The bank account is added."))
            return _back(request)
    found = BankAccount.objects.of(request.organisation).order_by("-is_default", "label", "pk")
    return render(request, "organisations/accounts.html", {"form": form, "accounts": found})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.READ, to_write=Permission.SETTINGS)
def account(request: MemberRequest, pk: int) -> HttpResponse:
    """One account."""
    found = get_object_or_404(BankAccount.objects.of(request.organisation), pk=pk)
    form = BankAccountForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_bank_account(
                organisation=request.organisation,
                account_id=pk,
                by=actor_of(request),
                now=timezone.now(),
                **form.cleaned_data,
            )
        except DomainError as error:
            attach(error, form)
        else:
            messages.success(request, _("The bank account is saved."))
            return _back(request)
    return render(request, "organisations/account.html", {"form": form, "account": found})


@require_POST
@needs(Permission.SETTINGS)
def make_default(request: MemberRequest, pk: int) -> HttpResponse:
    """Print this account from now on."""
    return _done(request, make_default_account, pk, _("Customers are asked to pay on this account from now on."))


@require_POST
@needs(Permission.SETTINGS)
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    """Offer an account no longer."""
    return _done(request, archive_bank_account, pk, _("The bank account is archived."))


@require_POST
@needs(Permission.SETTINGS)
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Offer it again."""
    return _done(request, restore_bank_account, pk, _("The bank account is back."))


def _done(request: MemberRequest, service: Callable[..., BankAccount], pk: int, said: str) -> HttpResponse:
    try:
        service(organisation=request.organisation, account_id=pk, by=actor_of(request), now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, said)
    return _back(request)


def _back(request: MemberRequest) -> HttpResponse:
    return redirect("organisations:accounts", slug=request.organisation.slug)
