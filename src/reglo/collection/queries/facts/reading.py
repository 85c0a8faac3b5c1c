"""Facts of customers, chunk by chunk."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import Max, Q

from reglo.collection.models import Dispute, DisputeScope, StepItem, StepState, StepTaken
from reglo.collection.queries.facts.moments import ASKING, EndOfDay, Moment, Now
from reglo.collection.queries.facts.reaching import profile_of, relationship_of, unreachable_by
from reglo.core.accounting import EventKind
from reglo.core.collection import CustomerFacts, Done, FactsOn, Receivable, ReceivableKind, TaskKind, Tone
from reglo.core.money import minor_units
from reglo.core.terms import BuyerKind
from reglo.customers.models import Customer
from reglo.delivery.models import Message, MessageKind
from reglo.ledger.models import OpenItem, Side
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

_CHUNK = 500


def facts_of(
    organisation: Organisation, customers: Collection[int] | None = None, *, now: datetime
) -> Iterator[CustomerFacts]:
    """The facts of customers with open items, of all or of those given, in order of their ids.

    Of merged customers the one that is left stands for all; its id is the key. The key of a receivable is the id of
    its open item. A fixed number of statements for each 500 customers.
    """
    moment = Now(organisation=organisation, day=today_of(organisation, now), at=now)
    yield from _facts(organisation, moment, _wanted(organisation, customers), frozenset())


def facts_for(customer: Customer, *, now: datetime) -> CustomerFacts:
    """The facts of one customer, whether it owes anything or not."""
    return facts_without(customer, steps=(), now=now)


def facts_without(customer: Customer, *, steps: Collection[int], now: datetime) -> CustomerFacts:
    """The facts of one customer as if some steps had not been taken: to decide again what was decided with them."""
    organisation = customer.organisation
    moment = Now(organisation=organisation, day=today_of(organisation, now), at=now)
    return next(iter(_facts(organisation, moment, [customer.pk], frozenset(steps), all_of_them=True)))


def facts_on(organisation: Organisation, customers: Collection[int] | None = None) -> FactsOn:
    """What was known at the end of any day, for a simulation: call the answer with the day.

    Profiles and addresses are as they are now; what waited to be matched then is not known.
    """
    zone = ZoneInfo(organisation.time_zone)

    def on(day: date) -> Iterator[CustomerFacts]:
        end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
        moment = EndOfDay(organisation=organisation, day=day, at=end)
        owing = customers if customers is not None else _owing(moment)
        return _facts(organisation, moment, sorted(owing), frozenset())

    return on


def customers_owing(organisation: Organisation, *, after: int = 0) -> Iterator[int]:
    """The ids of customers with open items, those merged away replaced by what is left, in order, from `after` on."""
    roots = _roots(organisation)
    rows = OpenItem.objects.of(organisation).filter(open_minor__gt=0).order_by().values_list("customer", flat=True)
    yield from (pk for pk in sorted({roots.get(pk, pk) for pk in rows.distinct().iterator()}) if pk > after)


def _owing(moment: EndOfDay) -> set[int]:
    """Who owed something at the end of a day. Whoever ever had an item is a superset of it, and cheap to read."""
    roots = _roots(moment.organisation)
    rows = OpenItem.objects.of(moment.organisation).filter(date__lte=moment.day).order_by()
    return {roots.get(pk, pk) for pk in rows.values_list("customer", flat=True).distinct().iterator()}


def _wanted(organisation: Organisation, customers: Collection[int] | None) -> Iterator[int]:
    return customers_owing(organisation) if customers is None else iter(sorted(set(customers)))


def _roots(organisation: Organisation) -> Mapping[int, int]:
    """For each customer that was merged away, the one that is left."""
    merged = Customer.objects.of(organisation).filter(merged_into__isnull=False)
    return dict(merged.values_list("pk", "merged_into_id"))


def _facts(
    organisation: Organisation,
    moment: Moment,
    customers: Collection[int] | Iterator[int],
    without: frozenset[int],
    *,
    all_of_them: bool = False,
) -> Iterator[CustomerFacts]:
    """all_of_them: those too that have no open item."""
    roots, wanted = _roots(organisation), iter(customers)
    while chunk := list(islice(wanted, _CHUNK)):
        merged: dict[int, list[int]] = {pk: [pk] for pk in chunk}
        for pk, root in roots.items():
            if root in merged:
                merged[root].append(pk)
        read = _Chunk.read(organisation, moment, merged, without)
        for root in chunk:
            facts = read.facts(root)
            if facts.receivables or all_of_them:
                yield facts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chunk:
    """What was read for some customers; lists are by the customer that is left."""

    moment: Moment
    customers: Mapping[int, Customer]
    items: Mapping[int, Sequence[OpenItem]]
    disputes: Mapping[int, Dispute]
    promised: Mapping[int, date]
    plans: Mapping[int, object]
    discussed: frozenset[int]
    pending: Mapping[int, int]
    done: Mapping[int, Sequence[Done]]
    last: Mapping[int, date]
    asked: Mapping[int, frozenset[str]]

    @classmethod
    def read(
        cls, organisation: Organisation, moment: Moment, merged: Mapping[int, Sequence[int]], without: frozenset[int]
    ) -> "_Chunk":
        root_of = {pk: root for root, family in merged.items() for pk in family}
        rows = list(moment.items(root_of).select_related("origin").order_by("due_date", "document_date", "pk"))
        items: dict[int, list[OpenItem]] = {}
        for row in rows:
            if row.side == Side.CREDIT or row.kind in ASKING:
                items.setdefault(root_of[row.customer_id], []).append(row)
        ids = [row.pk for row in rows]
        invoices = {row.origin.source_id for row in rows if row.origin.source_kind == DOCUMENT_SOURCE}
        customers = Customer.objects.of(organisation).filter(pk__in=merged)
        return cls(
            moment=moment,
            customers={
                each.pk: each
                for each in customers.select_related("relationship").prefetch_related("contacts").order_by("pk")
            },
            items=items,
            disputes=moment.disputes(invoices),
            promised=moment.promised(ids),
            plans=moment.plans(ids),
            discussed=moment.discussed(ids),
            pending=moment.pending(ids),
            done=_done(organisation, rows, moment, without),
            last=_last_days(organisation, root_of, moment, without),
            asked=_asked(organisation, root_of, moment, without),
        )

    def facts(self, root: int) -> CustomerFacts:
        customer = self.customers[root]
        known = relationship_of(customer)
        insolvent = known.insolvent_since
        return CustomerFacts(
            key=str(root),
            receivables=tuple(self._receivable(item) for item in self.items.get(root, ())),
            profile=profile_of(customer),
            buyer_kind=BuyerKind(customer.kind),
            last_message_on=self.last.get(root),
            is_insolvent=insolvent is not None and insolvent <= self.moment.day,
            paused_until=known.paused_until,
            unreachable=unreachable_by(customer),
            asked=self.asked.get(root, frozenset()),
        )

    def _receivable(self, item: OpenItem) -> Receivable:
        places = -minor_units(item.currency)
        left = item.left  # type: ignore[attr-defined]  # of `Moment.items`
        dispute = self.disputes.get(item.origin.source_id) if item.origin.source_kind == DOCUMENT_SOURCE else None
        return Receivable(
            key=str(item.pk),
            number=item.reference or "–",
            issued=item.document_date,
            due=item.due_date or item.document_date,
            open_amount=Decimal(left).scaleb(places),
            kind=_kind(item),
            currency=item.currency,
            disputed=Decimal(_disputed(dispute, left)).scaleb(places),
            is_split=dispute is not None and dispute.is_split,
            pending=Decimal(self.pending.get(item.pk, 0)).scaleb(places),
            promised_until=self.promised.get(item.pk),
            plan=self.plans.get(item.pk),  # type: ignore[arg-type]  # a PlanStanding
            is_discussed=item.pk in self.discussed,
            done=tuple(self.done.get(item.pk, ())),
        )


def _kind(item: OpenItem) -> ReceivableKind:
    if item.side == Side.DEBIT:
        return ReceivableKind.INVOICE
    return ReceivableKind.CREDIT_NOTE if item.kind == EventKind.DOCUMENT else ReceivableKind.ADVANCE


def _disputed(dispute: Dispute | None, left: int) -> int:
    """What is disputed of an item. Of several due dates each may be meant, so it counts for each."""
    if dispute is None:
        return 0
    return left if dispute.scope == DisputeScope.WHOLE and not dispute.is_split else min(dispute.amount_minor, left)


def _done(
    organisation: Organisation, rows: Sequence[OpenItem], moment: Moment, without: frozenset[int]
) -> Mapping[int, Sequence[Done]]:
    """The steps done for each item; a receivable that became doubtful goes on with those of the one before."""
    origins = {(row.origin_id, row.due_date) for row in rows if row.kind == EventKind.DOUBTFUL}
    of_items = Q(item__in=[row.pk for row in rows]) | Q(item__origin__in=[origin for origin, _ in origins])
    steps = StepItem.objects.of(organisation).filter(of_items, step__day__lte=moment.day).exclude(key="")
    by_item: dict[int, list[Done]] = {}
    by_origin: dict[tuple[int, date | None], list[Done]] = {}
    values = steps.exclude(step__in=without).order_by("step__day", "pk")
    for item, origin, due, key, day, tone in values.values_list(
        "item_id", "item__origin_id", "item__due_date", "key", "step__day", "tone"
    ):
        done = Done(key, day, Tone(tone))
        by_item.setdefault(item, []).append(done)
        by_origin.setdefault((origin, due), []).append(done)
    for row in rows:
        if row.kind == EventKind.DOUBTFUL:
            by_item[row.pk] = by_origin.get((row.origin_id, row.due_date), [])
    return by_item


def _last_days(
    organisation: Organisation, root_of: Mapping[int, int], moment: Moment, without: frozenset[int]
) -> Mapping[int, date]:
    """The last day on which a message left or a call was made; thanks of today count too: one message a day."""
    zone = ZoneInfo(organisation.time_zone)
    steps = StepTaken.objects.of(organisation).filter(customer__in=root_of).exclude(pk__in=without)
    if isinstance(moment, EndOfDay):
        steps = steps.filter(day__lte=moment.day)
    message = Q(task_kind="") & ~Q(state=StepState.DROPPED)
    call = Q(task_kind=TaskKind.CALL, state=StepState.DONE)
    last: dict[int, date] = {}
    sums = (
        steps.order_by()
        .values("customer")
        .annotate(message=Max("day", filter=message), call=Max("done_at", filter=call))
    )
    for row in sums:
        days = [row["message"], row["call"].astimezone(zone).date() if row["call"] else None]
        _raise(last, root_of[row["customer"]], [day for day in days if day is not None])
    if isinstance(moment, Now):
        morning = datetime.combine(moment.day, time(), tzinfo=zone)
        thanked = Message.objects.of(organisation).filter(
            customer__in=root_of, kind=MessageKind.THANKS, created_at__gte=morning
        )
        for pk in thanked.values_list("customer", flat=True):
            _raise(last, root_of[pk], [moment.day])
    return last


def _raise(last: dict[int, date], root: int, days: Sequence[date]) -> None:
    if days:
        last[root] = max([*days, last.get(root, date.min)])


def _asked(
    organisation: Organisation, root_of: Mapping[int, int], moment: Moment, without: frozenset[int]
) -> Mapping[int, frozenset[str]]:
    """The tasks that a person has, or has ended. To find an address is asked again once it was done."""
    steps = StepTaken.objects.of(organisation).filter(customer__in=root_of, day__lte=moment.day).exclude(task_key="")
    steps = steps.exclude(pk__in=without).exclude(task_kind=TaskKind.UNREACHABLE, state=StepState.DONE)
    asked: dict[int, set[str]] = {}
    for pk, key in steps.values_list("customer", "task_key"):
        asked.setdefault(root_of[pk], set()).add(key)
    return {root: frozenset(keys) for root, keys in asked.items()}
