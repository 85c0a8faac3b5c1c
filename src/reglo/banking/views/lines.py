"""Lists of lines and statements, setting many aside, and what decisions taught."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from reglo.banking.forms import AsideForm
from reglo.banking.listing import lines_listing, statements_listing
from reglo.banking.models import BankStatement, Learnt, LearntKind
from reglo.banking.queries.lines import accounts_with_lines, lines_of
from reglo.banking.services.learning import forget as forget_learnt
from reglo.banking.services.lines import set_lines_aside
from reglo.banking.wording import FORMATS, HABITS
from reglo.lists.views import Answer, list_page, ticked
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.permissions import Permission

_MOST_LEARNT = 500


@require_safe
@needs(Permission.READ)
def lines(request: MemberRequest) -> Answer:
    """Every line of every account."""
    listing = lines_listing(request.organisation.slug, accounts_with_lines(request.organisation))
    return list_page(request, listing, lines_of(request.organisation))


@require_safe
@needs(Permission.READ)
def statements(request: MemberRequest) -> Answer:
    """Every statement."""
    rows = BankStatement.objects.of(request.organisation).select_related("bank_account", "file")
    return list_page(request, statements_listing(request.organisation.slug), rows.defer("file__content"))


@require_safe
@needs(Permission.READ)
def statement(request: MemberRequest, pk: int) -> Answer:
    """A statement: its balances and its lines."""
    rows = BankStatement.objects.of(request.organisation).select_related("bank_account", "file")
    found = get_object_or_404(rows.defer("file__content"), pk=pk)
    listing = lines_listing(request.organisation.slug, [], template="banking/statement.html")
    context = {"statement": found, "format": FORMATS[found.file.format]}
    return list_page(request, listing, lines_of(request.organisation).filter(statement=found), **context)


@require_POST
@needs(Permission.BOOK)
def aside_many(request: MemberRequest) -> HttpResponse:
    """Set the ticked lines aside: asks why, then does it."""
    ids = ticked(request)
    is_asked = "reason" in request.POST
    form = AsideForm(request.POST if is_asked else None)
    if not ids or not (is_asked and form.is_valid()):
        return render(request, "banking/aside.html", {"form": form, "ids": ids, "count": len(ids)})
    count = set_lines_aside(
        organisation=request.organisation,
        line_ids=ids,
        reason=form.why(),
        note=form.cleaned_data["note"],
        by=actor_of(request),
        now=timezone.now(),
    )
    said = ngettext("%(count)d line is set aside.", "%(count)d lines are set aside.", count) % {"count": count}
    if count < len(ids):
        said += " " + _("Those that are decided already stay as they are.")
    messages.success(request, said)
    return redirect("banking:lines", request.organisation.slug)


@require_safe
@needs(Permission.READ)
def learnt(request: MemberRequest) -> HttpResponse:
    """What decisions taught about how customers pay."""
    rows = Learnt.objects.of(request.organisation).select_related("customer").order_by("customer__name", "pk")
    shown = [
        (each, HABITS[each.value] if each.kind == LearntKind.HABIT else each.value) for each in rows[:_MOST_LEARNT]
    ]
    return render(request, "banking/learnt.html", {"rows": shown})


@require_POST
@needs(Permission.BOOK)
def forget(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget one of them."""
    get_object_or_404(Learnt.objects.of(request.organisation), pk=pk)
    forget_learnt(organisation=request.organisation, learnt_id=pk, by=actor_of(request), now=timezone.now())
    messages.success(request, _("Forgotten."))
    return redirect("banking:learnt", request.organisation.slug)
