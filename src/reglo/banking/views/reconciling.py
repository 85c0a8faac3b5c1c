"""The page where one reconciles a month: lines on the left, what the chosen one may be on the right."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from reglo.accounts.language import page_language
from reglo.banking.errors import AlreadyDecided, CannotSettle
from reglo.banking.forms import AsideForm, split_of, typed_from
from reglo.banking.models import StatementLine
from reglo.banking.queries.lines import (
    Choice,
    accounts_with_lines,
    balances_of,
    candidates_of,
    chosen_lines,
    customers_to_choose,
    items_to_choose,
    line_after,
    months_with_lines,
    oldest_open_month,
    payments_to_link,
    running_balances,
    shown_lines,
)
from reglo.banking.services.lines import (
    accept_candidate,
    allocate_line,
    keep_split,
    link_line,
    set_lines_aside,
)
from reglo.banking.services.undoing import undo_line
from reglo.banking.stored import SettledPart, read_reasons
from reglo.banking.wording import line_badge
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.models import Customer
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.services import CannotAllocate, MoreThanOpen
from reglo.organisations.access import MemberRequest, actor_of, needs
from reglo.organisations.models import BankAccount
from reglo.organisations.permissions import Permission
from reglo.organisations.toasts import say_refusal

_STATES = ("open", "matched", "aside", "announced", "all")
_LONGEST_SEARCH = 100
_LONGEST_ID = 18


@require_safe
@needs(Permission.READ)
def bank(request: MemberRequest) -> HttpResponse:
    """Lines of a month, and the one that is looked at."""
    accounts = accounts_with_lines(request.organisation)
    choice = _choice(request, request.GET, accounts)
    lines = chosen_lines(request.organisation, choice)
    current_id = _number(request.GET.get("line", ""))
    shown, is_cut = shown_lines(lines, current_id or None)
    current = next((each for each in shown if each.pk == current_id), None)
    if current is None and current_id:  # decided meanwhile: still shown, though the filter hides it from the list
        current = lines_or_none(request, current_id)
    current = current or (shown[0] if shown else None)
    balances = balances_of(choice.account, choice.month) if choice.account and choice.month else []
    running = running_balances(choice.account, choice.month, balances) if choice.account and choice.month else {}
    values = {
        "accounts": accounts,
        "choice": choice,
        "months": months_with_lines(request.organisation, choice.account),
        "states": _state_choices(),
        "rows": [(each, line_badge(each), running.get(each.pk)) for each in shown],
        "is_cut": is_cut,
        "balances": balances,
        "query": _query(choice),
        "has_lines": bool(accounts),
        **(_pane(request, current, choice) if current else {}),
    }
    return render(request, "banking/bank.html", values)


def lines_or_none(request: MemberRequest, pk: int) -> StatementLine | None:
    """A line of the organisation."""
    rows = StatementLine.objects.of(request.organisation).select_related("bank_account", "organisation")
    return rows.filter(pk=pk).first()


def _choice(request: MemberRequest, asked: QueryDict, accounts: list[BankAccount]) -> Choice:
    """What the address asks for; what it says wrongly counts as not said."""
    account = next((each for each in accounts if str(each.pk) == asked.get("account")), None)
    if account is None and len(accounts) == 1:
        account = accounts[0]
    state = asked.get("state", "")
    state = state if state in _STATES else "open"
    if "month" in asked:
        return Choice(account=account, month=_month(asked.get("month", "")), state=state)
    return Choice(account=account, month=oldest_open_month(request.organisation, account), state=state)


def _month(text: str) -> date | None:
    try:
        return parse_date(f"{text}-01")
    except ValueError:
        return None


def _query(choice: Choice) -> str:
    """The address of a choice."""
    return urlencode(
        {
            "account": choice.account.pk if choice.account else "",
            "month": f"{choice.month:%Y-%m}" if choice.month else "",
            "state": choice.state,
        }
    )


def _state_choices() -> list[tuple[str, str]]:
    return [
        ("open", _("To decide")),
        ("matched", _("Matched")),
        ("aside", _("Set aside")),
        ("announced", _("Announced")),
        ("all", pgettext("bank lines", "All")),
    ]


def _pane(request: MemberRequest, line: StatementLine, choice: Choice) -> dict[str, Any]:
    """What the right side shows of a line."""
    line.organisation = request.organisation
    badge = line_badge(line)
    if not line.is_open:
        payments = [*line.payments.filter(undone_at=None).select_related("customer"), *line.returned.all()]
        why = [each.text for payment in payments for each in read_reasons(payment.reasons)]
        return {"line": line, "badge": badge, "payments": payments, "why": list(dict.fromkeys(why))}
    text = request.GET.get("find", "").replace("\x00", "").strip()[:_LONGEST_SEARCH]
    candidates = candidates_of(line)
    items = items_to_choose(line, text, candidates)
    split = {int(key): amount for key, amount in line.split.items()}
    language = page_language()
    return {
        "line": line,
        "badge": badge,
        "why": [each.text for each in read_reasons(line.why)],
        "candidates": candidates,
        "find": text,
        "items": [
            (each, typed_from(split[each.pk], line.currency, language) if each.pk in split else "") for each in items
        ],
        "customers": customers_to_choose(line, text, candidates),
        "left_minor": abs(line.amount_minor) - sum(split.values()),
        "has_split": bool(split),
        "to_link": payments_to_link(line),
        "aside": AsideForm(initial={"reason": "fee" if line.kind == "fee" else _usual_reason(line)}),
        "back": _query(choice),
    }


def _usual_reason(line: StatementLine) -> str:
    return "supplier" if line.amount_minor < 0 else "other"


@require_safe
@needs(Permission.READ)
def line(request: MemberRequest, pk: int) -> HttpResponse:
    """A line, on the page of its month."""
    found = get_object_or_404(StatementLine.objects.of(request.organisation), pk=pk)
    return redirect(_place(request, found, state="open" if found.is_open else "all"))


def _place(request: MemberRequest, line: StatementLine, state: str) -> str:
    choice = {
        "account": line.bank_account_id,
        "month": f"{line.booked:%Y-%m}",
        "state": state,
        "line": line.pk,
    }
    return f"{reverse('banking:bank', args=[request.organisation.slug])}?{urlencode(choice)}"


@require_POST
@needs(Permission.BOOK)
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Post a candidate."""
    return _decide(
        request,
        pk,
        _("Matched."),
        lambda version: accept_candidate(
            organisation=request.organisation,
            line_id=pk,
            version=version,
            rank=_number(request.POST.get("rank", "0")),
            by=actor_of(request),
            now=timezone.now(),
        ),
    )


@require_POST
@needs(Permission.BOOK)
def allocate(request: MemberRequest, pk: int) -> HttpResponse:
    """Post what somebody chose, or keep it half made."""
    found = _line(request, pk)
    amounts, whole, bad = split_of(request.POST, found.currency)
    if bad:
        messages.error(request, _("“%(text)s” is no amount.") % {"text": bad[0]})
        return redirect(_back(request, found))
    if request.POST.get("act") == "keep":
        return _keep(request, found, amounts)

    def post(version: int) -> None:
        allocate_line(
            organisation=request.organisation,
            line_id=pk,
            version=version,
            parts=_parts(request, found, amounts, whole),
            rest_to=_rest_to(request),
            by=actor_of(request),
            now=timezone.now(),
        )

    return _decide(request, pk, _("Matched."), post)


def _keep(request: MemberRequest, line: StatementLine, amounts: dict[int, int]) -> HttpResponse:
    try:
        keep_split(organisation=request.organisation, line_id=line.pk, version=_version(request), split=amounts)
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, _("Kept: you can go on later."))
    return redirect(_back(request, line))


def _parts(request: MemberRequest, line: StatementLine, amounts: dict[int, int], whole: list[int]) -> list[SettledPart]:
    """Parts with their signs: amounts as typed, then what is ticked whole, as far as the money of the line goes."""
    ids = [*amounts, *(each for each in whole if each not in amounts)]
    items = OpenItem.objects.of(request.organisation).in_bulk(ids)
    if len(items) != len(set(ids)):
        raise OpenItem.DoesNotExist
    given = [key for key in whole if key not in amounts and _is_deducted(items[key], line)]
    sums = {**{key: -items[key].open_minor for key in given}}
    sums |= {key: -amount if _is_deducted(items[key], line) else amount for key, amount in amounts.items()}
    left = abs(line.amount_minor) - sum(sums.values())
    for key in whole:
        if key not in sums:
            sums[key] = min(items[key].open_minor, max(left, 0))
            left -= sums[key]
    sign = 1 if line.amount_minor > 0 else -1
    return [SettledPart(key, sign * amount) for key, amount in sums.items() if amount]


def _is_deducted(item: OpenItem, line: StatementLine) -> bool:
    """Whether an item is on the other side: a credit note where money comes in."""
    return (item.side == Side.CREDIT) == (line.amount_minor > 0)


def _rest_to(request: MemberRequest) -> Customer | None:
    key = _number(request.POST.get("rest_to", ""))
    return get_object_or_404(Customer.objects.of(request.organisation), pk=key) if key else None


@require_POST
@needs(Permission.BOOK)
def link(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that a line is payments that were recorded by hand."""
    chosen = [key for each in request.POST.getlist("payment") if (key := _number(each))]
    return _decide(
        request,
        pk,
        _("Matched with what was recorded by hand."),
        lambda version: link_line(
            organisation=request.organisation,
            line_id=pk,
            version=version,
            payment_ids=chosen,
            by=actor_of(request),
            now=timezone.now(),
        ),
    )


@require_POST
@needs(Permission.BOOK)
def aside(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that a line is no payment of a customer."""
    form = AsideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a reason."))
        return redirect(_back(request, _line(request, pk)))

    def act(_version: int) -> None:
        count = set_lines_aside(
            organisation=request.organisation,
            line_ids=[pk],
            reason=form.why(),
            note=form.cleaned_data["note"],
            by=actor_of(request),
            now=timezone.now(),
        )
        if not count:
            raise AlreadyDecided(
                Text(
                    fr="Quelqu'un a déjà décidé de cette ligne\N{NO-BREAK SPACE}: regardez-la de nouveau.",
                    en="Somebody has decided about this line already: look at it again.",
                )
            )

    return _decide(request, pk, _("Set aside."), act)


@require_POST
@needs(Permission.BOOK)
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what was decided about a line."""
    found = _line(request, pk)
    try:
        undo_line(organisation=request.organisation, line_id=pk, by=actor_of(request), now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        messages.success(request, _("Taken back: the line waits again."))
    return redirect(_place(request, found, state="open"))


def _decide(request: MemberRequest, pk: int, said: str, act: Any) -> HttpResponse:
    """Do what was asked with a line, say it with a way back, and go on to the next line."""
    found = _line(request, pk)
    try:
        act(_version(request))
    except (DomainError, OpenItem.DoesNotExist) as error:
        _refuse(request, error)
        return redirect(_back(request, found))
    url = reverse("banking:undo-line", args=[request.organisation.slug, pk])
    messages.success(request, said, extra_tags=f"undo:{url}")
    return redirect(_next(request, found))


def _refuse(request: MemberRequest, error: Exception) -> None:
    """Say why not; where an item is not open any more, in the words of this page."""
    if isinstance(error, DomainError) and not isinstance(error, MoreThanOpen | CannotAllocate):
        say_refusal(request, error)
        return
    say_refusal(
        request,
        CannotSettle(
            Text(
                fr="Un de ces postes n'est plus ouvert pour ce montant\N{NO-BREAK SPACE}: "
                "quelqu'un l'a réglé entre-temps. Regardez la ligne de nouveau.",
                en="One of these items is not open for that amount any more: somebody settled it meanwhile. "
                "Look at the line again.",
            )
        ),
    )


def _line(request: MemberRequest, pk: int) -> StatementLine:
    return get_object_or_404(StatementLine.objects.of(request.organisation), pk=pk)


def _version(request: MemberRequest) -> int:
    return _number(request.POST.get("version", ""))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_ID else 0


def _back(request: MemberRequest, line: StatementLine) -> str:
    """The page as it was, with the line."""
    return f"{_page(request)}&line={line.pk}"


def _next(request: MemberRequest, line: StatementLine) -> str:
    """The page as it was, with the next line."""
    asked = QueryDict(request.POST.get("back", "")[:500])
    choice = _choice(request, asked, accounts_with_lines(request.organisation))
    following = line_after(chosen_lines(request.organisation, choice), line)
    return f"{_page(request)}&line={following.pk}" if following else _page(request)


def _page(request: MemberRequest) -> str:
    asked = QueryDict(request.POST.get("back", "")[:500])
    kept = urlencode({key: asked.get(key, "") for key in ("account", "month", "state")} if asked else {"state": "open"})
    return f"{reverse('banking:bank', args=[request.organisation.slug])}?{kept}"
