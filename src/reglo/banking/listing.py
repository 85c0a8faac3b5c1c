"""The lists of this room: payments, bank lines, statements."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.banking.models import AsideReason, BankStatement, LineState, Means, Payment, StatementLine
from reglo.banking.queries.lines import OPEN
from reglo.banking.wording import ASIDE_REASONS, FORMATS, STATES, line_badge, payment_badge
from reglo.billing.queries.invoices import amount_in
from reglo.core.folding import folded
from reglo.lists.listing import BulkAct, CellKind, Choice, Column, Filter, Listing
from reglo.organisations.models import BankAccount
from reglo.organisations.permissions import Permission


def payments_listing(slug: str) -> Listing:
    """The list of payments and refunds."""
    return Listing(
        name="payments",
        title=_("Payments"),
        columns=(
            Column(
                key="on",
                label=_("Date"),
                value=lambda row: row.on,
                kind=CellKind.DATE,
                order="on",
                link=lambda row: reverse("banking:payment", kwargs={"slug": slug, "pk": row.pk}),
            ),
            Column(key="customer", label=_("Customer"), value=lambda row: row.customer.name),
            Column(key="means", label=_("Means"), value=lambda row: row.get_means_display(), on_phone=False),
            Column(key="reference", label=_("Reference"), value=lambda row: row.reference, on_phone=False),
            Column(key="state", label=_("State"), value=payment_badge, kind=CellKind.BADGE, on_phone=False),
            Column(
                key="amount",
                label=_("Amount"),
                value=lambda row: (row.amount_minor, row.currency),
                kind=CellKind.MONEY,
            ),
        ),
        order="-on",
        search=_search_payments,
        filters=(
            Filter(
                key="state",
                label=_("State"),
                choices=(
                    Choice(
                        key="bank",
                        label=_("Seen at the bank"),
                        narrow=lambda rows: rows.filter(undone_at=None, line__isnull=False),
                    ),
                    Choice(
                        key="hand",
                        label=_("Not seen at the bank yet"),
                        narrow=lambda rows: rows.filter(undone_at=None, line=None),
                    ),
                    Choice(key="refund", label=_("Refunds"), narrow=lambda rows: rows.filter(amount_minor__lt=0)),
                    Choice(
                        key="returned", label=_("Came back"), narrow=lambda rows: rows.filter(returned_by__isnull=False)
                    ),
                    Choice(key="undone", label=_("Undone"), narrow=lambda rows: rows.exclude(undone_at=None)),
                ),
            ),
            Filter(key="means", label=_("Means"), choices=tuple(_by_means(each) for each in Means)),
        ),
        period="on",
        template="banking/payments.html",
        empty=(
            _("No payment yet"),
            _("Import a file of your bank, or record a payment from an invoice: two clicks."),
        ),
    )


def _search_payments(rows: QuerySet[Payment], text: str) -> QuerySet[Payment]:
    wanted = Q(customer__search__contains=folded(text)) | Q(reference__icontains=text)
    if (minor := amount_in(text)) is not None:
        wanted |= Q(amount_minor__in=(minor, -minor))
    return rows.filter(wanted)


def _by_means(means: Means) -> Choice:
    return Choice(key=means.value, label=means.label, narrow=lambda rows: rows.filter(means=means.value))


def lines_listing(slug: str, accounts: list[BankAccount], template: str = "banking/lines.html") -> Listing:
    """The list of bank lines."""
    return Listing(
        name="bank-lines",
        title=_("Bank lines"),
        columns=(
            Column(
                key="booked",
                label=_("Date"),
                value=lambda row: row.booked,
                kind=CellKind.DATE,
                order="booked",
                link=lambda row: reverse("banking:line", kwargs={"slug": slug, "pk": row.pk}),
            ),
            Column(key="payer", label=_("Other side"), value=lambda row: row.payer or row.text[:60]),
            Column(
                key="text",
                label=pgettext_lazy("of a bank line", "Text"),
                value=lambda row: row.text[:120],
                on_phone=False,
            ),
            Column(key="account", label=_("Account"), value=lambda row: row.bank_account.label, on_phone=False),
            Column(key="state", label=_("State"), value=line_badge, kind=CellKind.BADGE),
            Column(
                key="amount", label=_("Amount"), value=lambda row: (row.amount_minor, row.currency), kind=CellKind.MONEY
            ),
        ),
        order="-booked",
        search=_search_lines,
        filters=(
            Filter(
                key="state",
                label=_("State"),
                choices=(
                    Choice(key="open", label=_("To decide"), narrow=lambda rows: rows.filter(state__in=OPEN)),
                    *(_in_state(each) for each in (LineState.MATCHED, LineState.ASIDE, LineState.ANNOUNCED)),
                ),
            ),
            Filter(key="reason", label=_("Set aside as"), choices=tuple(_aside_as(each) for each in AsideReason)),
            *([_of_accounts(accounts)] if len(accounts) > 1 else []),
        ),
        period="booked",
        bulk_acts=(BulkAct(label=_("Set aside…"), url="banking:aside-many", permission=Permission.BOOK),),
        template=template,
        empty=(_("No bank line yet"), _("Import a file of your bank: each movement of money stands here.")),
    )


def _search_lines(rows: QuerySet[StatementLine], text: str) -> QuerySet[StatementLine]:
    wanted = Q(payer__icontains=text) | Q(text__icontains=text) | Q(payer_iban=text.replace(" ", "").upper())
    if (minor := amount_in(text)) is not None:
        wanted |= Q(amount_minor__in=(minor, -minor))
    return rows.filter(wanted)


def _in_state(state: str) -> Choice:
    return Choice(key=state, label=STATES[state][0], narrow=lambda rows: rows.filter(state=state))


def _aside_as(reason: str) -> Choice:
    return Choice(key=reason, label=ASIDE_REASONS[reason], narrow=lambda rows: rows.filter(aside_reason=reason))


def _of_accounts(accounts: list[BankAccount]) -> Filter:
    def choice(account: BankAccount) -> Choice:
        return Choice(
            key=str(account.pk), label=account.label, narrow=lambda rows: rows.filter(bank_account=account.pk)
        )

    return Filter(key="account", label=_("Account"), choices=tuple(choice(each) for each in accounts))


def statements_listing(slug: str) -> Listing:
    """The list of statements."""
    return Listing(
        name="bank-statements",
        title=_("Statements"),
        columns=(
            Column(
                key="last_day",
                label=pgettext_lazy("end of a period", "Until"),
                value=lambda row: row.last_day,
                kind=CellKind.DATE,
                order="last_day",
                link=lambda row: reverse("banking:statement", kwargs={"slug": slug, "pk": row.pk}),
            ),
            Column(
                key="first_day",
                label=pgettext_lazy("start of a period", "From"),
                value=lambda row: row.first_day,
                kind=CellKind.DATE,
                on_phone=False,
            ),
            Column(key="account", label=_("Account"), value=lambda row: row.bank_account.label),
            Column(key="number", label=_("Number"), value=lambda row: row.identifier, on_phone=False),
            Column(key="format", label=_("Format"), value=lambda row: FORMATS[row.file.format], on_phone=False),
            Column(key="new", label=_("Lines"), value=lambda row: row.new_count, kind=CellKind.COUNT, on_phone=False),
            Column(key="closing", label=_("Closing balance"), value=_closing, kind=CellKind.MONEY),
        ),
        order="-last_day",
        period="last_day",
        template="banking/statements.html",
        empty=(_("No statement yet"), _("Import a file of your bank: its statements stand here.")),
    )


def _closing(statement: BankStatement) -> tuple[int, str] | None:
    return None if statement.closing_minor is None else (statement.closing_minor, statement.currency)
