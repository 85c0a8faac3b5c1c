"""The list of messages."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.core.folding import folded
from reglo.delivery.models import Message, MessageKind, MessageState
from reglo.lists.listing import CellKind, Choice, Column, Filter, Listing

STATES: dict[str, tuple[str | Promise, str]] = {
    MessageState.QUEUED: (_("waiting"), "blue"),
    MessageState.SENDING: (_("being sent"), "blue"),
    MessageState.SENT: (_("sent"), "green"),
    MessageState.DELIVERED: (_("delivered"), "green"),
    MessageState.BOUNCED: (_("address refused"), "red"),
    MessageState.FAILED: (_("not sent"), "red"),
    MessageState.CANCELLED: (_("taken back"), "secondary"),
}
"""What each state is called, and its colour."""

OPENED: tuple[str | Promise, str] = (_("opened"), "green")

KINDS: dict[str, str | Promise] = {
    MessageKind.INVOICE: _("Invoice"),
    MessageKind.QUOTE: _("Quote"),
    MessageKind.QUOTE_FOLLOW_UP: _("Follow-up of a quote"),
    MessageKind.TERMS: _("Payment terms"),
    MessageKind.PORTAL_LINK: _("New link"),
    MessageKind.GENTLE: _("Gentle reminder"),
    MessageKind.PRACTICAL: _("Practical reminder"),
    MessageKind.FRIENDLY: _("Friendly dunning"),
    MessageKind.FIRM: _("Firm dunning"),
    MessageKind.LAST: _("Last dunning"),
    MessageKind.PROMISE_BROKEN: _("Promise not kept"),
    MessageKind.PLAN_BROKEN: _("Plan not kept"),
    MessageKind.PLAN_LATE: _("Instalment late"),
    MessageKind.PROPOSAL: _("Proposal"),
    MessageKind.STATEMENT: _("Account statement"),
    MessageKind.ANSWER: _("Answer"),
    MessageKind.THANKS: _("Thanks for a payment"),
}
"""What each kind of message to a customer is called."""


def shown_state(message: Message) -> tuple[str | Promise, str]:
    """The state in a word: that it was opened on the portal says more than that it was sent."""
    has_left = message.state in (MessageState.SENT, MessageState.DELIVERED)
    return OPENED if has_left and message.opened_at else STATES[message.state]


def _search(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(Q(customer__search__contains=folded(text)) | Q(subject__icontains=text) | Q(to__icontains=text))


def _in_state(state: str) -> Choice:
    return Choice(key=state, label=STATES[state][0], narrow=lambda rows: rows.filter(state=state))


def _of_kind(kind: str) -> Choice:
    return Choice(key=kind, label=KINDS[kind], narrow=lambda rows: rows.filter(kind=kind))


def _address(message: Message) -> str:
    return reverse("delivery:message", args=[message.organisation.slug, message.pk])


MESSAGES = Listing(
    name="messages",
    title=_("Messages"),
    columns=(
        Column(key="subject", label=_("Subject"), value=lambda row: row.subject, link=_address),
        Column(key="to", label=pgettext_lazy("e-mail", "To"), value=lambda row: row.to, on_phone=False),
        Column(
            key="customer",
            label=_("Customer"),
            value=lambda row: row.customer.name if row.customer else "",
            on_phone=False,
        ),
        Column(key="kind", label=_("Kind"), value=lambda row: KINDS[row.kind], on_phone=False),
        Column(key="state", label=_("State"), value=shown_state, kind=CellKind.BADGE),
        Column(
            key="created",
            label=_("Written"),
            value=lambda row: row.created_at,
            kind=CellKind.MOMENT,
            order="created_at",
            on_phone=False,
        ),
    ),
    order="-created_at",
    search=_search,
    filters=(
        Filter(
            key="state",
            label=_("State"),
            choices=(
                *map(_in_state, STATES),
                Choice(key="opened", label=OPENED[0], narrow=lambda rows: rows.filter(opened_at__isnull=False)),
            ),
        ),
        Filter(key="kind", label=_("Kind"), choices=tuple(map(_of_kind, KINDS))),
    ),
    template="delivery/messages.html",
    empty=(
        _("No message yet"),
        _("Send a quote or an invoice from its page: you see here when it arrived and when it was read."),
    ),
)
