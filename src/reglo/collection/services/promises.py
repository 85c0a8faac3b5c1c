"""Promises to pay: made by the customer or told by phone, replaced by a later word, judged once by what was paid."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from reglo.collection.addresses import within
from reglo.collection.models import Plan, Promise, Proposal
from reglo.collection.queries.leeway import leeway_of
from reglo.collection.queries.promises import judged, waiting, with_paid
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.core.promises import PromiseState
from reglo.customers.models import Customer
from reglo.customers.queries import family_of
from reglo.delivery.services import send_notice
from reglo.delivery.services.values import amount_text, day_text
from reglo.journal.services import REGLO, Actor, record
from reglo.ledger.models import OpenItem, Side
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of

_FURTHEST = timedelta(days=366)  #: of a promise that a person notes
_BATCH = 500
_NBSP = "\N{NO-BREAK SPACE}"


class BadPromise(DomainError):
    """A promise for a day that is past or too far, of nothing, or of more than is owed."""

    code = "bad-promise"


class NothingOwed(DomainError):
    """What this is about is not open any more, or is no debt of this customer."""

    code = "nothing-owed"


def make_promise(
    *,
    organisation: Organisation,
    customer: Customer,
    item_ids: Collection[int],
    by_day: date,
    amount_minor: int | None,
    told_by: str,
    on_portal: bool,
    by: Actor,
    now: datetime,
) -> Promise:
    """Write down what a customer says it will pay, and by when. A later word about the same items replaces it.

    amount_minor: None is all that is open of the items. On the portal the day is within the organisation's leeway, and
    the owners are told. The same word again is the first one. Raises BadPromise, NothingOwed.
    """
    with transaction.atomic(durable=True):
        items = owed_together(organisation, customer, item_ids)
        today = today_of(organisation, now)
        latest = _latest(organisation, today, on_portal=on_portal)
        amount = require_promise(items, amount_minor=amount_minor, by_day=by_day, today=today, latest=latest)
        same = _same_word(customer, items, by_day, amount)
        if same is not None:
            return same
        promise = add_promise(
            items,
            customer=customer,
            amount_minor=amount,
            by_day=by_day,
            told_by=told_by,
            on_portal=on_portal,
            by=by,
            now=now,
        )
        if on_portal:
            _tell(promise, by=by, now=now)
        _record("promise-made", promise, by=by, now=now)
    return promise


def add_promise(
    items: Sequence[OpenItem],
    *,
    customer: Customer,
    amount_minor: int,
    by_day: date,
    told_by: str,
    on_portal: bool,
    by: Actor,
    now: datetime,
    proposal: Proposal | None = None,
) -> Promise:
    """Write a promise in the caller's transaction, in place of what was promised of the same items."""
    standing = waiting(Promise.objects.of(customer.organisation)).filter(items__in=items)
    Promise.objects.filter(pk__in=standing.values("pk")).update(withdrawn_at=now)
    promise = Promise.objects.create(
        organisation=customer.organisation,
        customer=customer,
        amount_minor=amount_minor,
        currency=items[0].currency,
        by=by_day,
        told_by=told_by[:100],
        told_at=now,
        told_from=by.address if on_portal else None,
        on_portal=on_portal,
        proposal=proposal,
    )
    promise.items.set(items)
    return promise


def withdraw_promise(*, promise_id: int, organisation: Organisation, by: Actor, now: datetime) -> Promise:
    """Take a promise back: it holds no reminders any more. A second time changes nothing."""
    with transaction.atomic(durable=True):
        rows = Promise.objects.of(organisation).select_related("customer").select_for_update(of=("self",))
        promise = rows.get(pk=promise_id)
        if promise.withdrawn_at is None:
            promise.withdrawn_at = now
            promise.save(update_fields=["withdrawn_at"])
            _record("promise-withdrawn", promise, by=by, now=now)
    return promise


def note_promises(*, now: datetime) -> int:
    """Note which promises were kept or broken since the last look; how many. Each is noted once."""
    rows = waiting(with_paid(Promise.objects.all())).select_related("organisation", "customer").order_by("by", "pk")
    noted = 0
    for promise in rows.iterator(chunk_size=_BATCH):
        found = judged(promise, today=today_of(promise.organisation, now))
        if found.state is not PromiseState.PENDING:
            noted += _note(promise, found.state, now=now)
    return noted


def owed_together(organisation: Organisation, customer: Customer, item_ids: Collection[int]) -> list[OpenItem]:
    """Open items of a customer in one currency, held, the first due first. Raises NothingOwed."""
    Customer.objects.select_for_update().get(pk=customer.pk)  # so that a double click is seen
    held = OpenItem.objects.of(organisation).filter(
        pk__in=item_ids, customer__in=family_of(customer), side=Side.DEBIT, open_minor__gt=0
    )
    items = list(held.select_related("entry").order_by("due_date", "document_date", "pk"))
    if not items or len(items) != len(set(item_ids)):
        raise NothingOwed(
            Text(
                fr="Choisissez au moins une facture encore à payer. Rechargez la page si l'une vient d'être réglée.",
                en="Choose at least one invoice that is still to be paid. Load the page again if one was just paid.",
            ),
            field="items",
        )
    require_one_currency(items)
    return items


def require_one_currency(items: Sequence[OpenItem]) -> None:
    """Raise NothingOwed for items of several currencies, or none."""
    if len({each.currency for each in items}) != 1:
        raise NothingOwed(
            Text(fr="Choisissez des factures d'une même devise.", en="Choose invoices of one currency."), field="items"
        )


def require_promise(
    items: Sequence[OpenItem], *, amount_minor: int | None, by_day: date, today: date, latest: date
) -> int:
    """How much is promised of some items, if it may be. Raises BadPromise."""
    _require_day(by_day, today=today, latest=latest)
    _require_no_plan(items)
    return _amount(items, amount_minor)


def _latest(organisation: Organisation, today: date, *, on_portal: bool) -> date:
    return today + (timedelta(days=leeway_of(organisation).promise_days) if on_portal else _FURTHEST)


def _require_day(day: date, *, today: date, latest: date) -> None:
    if day < today:
        raise BadPromise(
            Text(
                fr=f"Le {day_text(day, 'fr')} est passé{_NBSP}: choisissez aujourd'hui ou un jour à venir.",
                en=f"{day_text(day, 'en')} is past: choose today or a day to come.",
            ),
            field="by_day",
        )
    if day > latest:
        raise BadPromise(
            Text(
                fr=f"Choisissez un jour jusqu'au {day_text(latest, 'fr')}. Plus tard, demandez plutôt un échéancier.",
                en=f"Choose a day until {day_text(latest, 'en')}. For later, ask for a plan instead.",
            ),
            field="by_day",
        )


def _require_no_plan(items: Sequence[OpenItem]) -> None:
    plans = Plan.objects.filter(items__item__in=items, broken_at=None, completed_at=None, ended_at=None)
    if plans.exists():
        raise BadPromise(
            Text(
                fr=f"Une de ces factures est déjà dans un échéancier{_NBSP}: ses dates sont convenues.",
                en="One of these invoices is in a plan already: its days are agreed.",
            ),
            field="items",
        )


def _amount(items: Sequence[OpenItem], wanted: int | None) -> int:
    owed = sum(each.open_minor for each in items)
    amount = owed if wanted is None else wanted
    if not 0 < amount <= owed:
        shown = {language: amount_text(owed, items[0].currency, language) for language in ("fr", "en")}
        raise BadPromise(
            Text(
                fr=f"Indiquez un montant jusqu'à {shown['fr']}, ce qui reste à payer.",
                en=f"Give an amount up to {shown['en']}, which is left to pay.",
            ),
            field="amount",
        )
    return amount


def _same_word(customer: Customer, items: Sequence[OpenItem], by_day: date, amount: int) -> Promise | None:
    rows = waiting(Promise.objects.filter(customer=customer, by=by_day, amount_minor=amount))
    wanted = {each.pk for each in items}
    return next((each for each in rows if set(each.items.values_list("pk", flat=True)) == wanted), None)


def _note(promise: Promise, state: PromiseState, *, now: datetime) -> int:
    column, act = ("kept_at", "promise-kept") if state is PromiseState.KEPT else ("broken_at", "promise-broken")
    with transaction.atomic(durable=True):
        noted = waiting(Promise.objects.filter(pk=promise.pk)).update(**{column: now})
        if noted:
            _record(act, promise, by=REGLO, now=now)
    return noted


def _tell(promise: Promise, *, by: Actor, now: datetime) -> None:
    organisation = promise.organisation
    shown = {
        language: (amount_text(promise.amount_minor, promise.currency, language), day_text(promise.by, language))
        for language in ("fr", "en")
    }
    name = promise.customer.name
    subject = Text(
        fr=f"{name} promet {shown['fr'][0]} pour le {shown['fr'][1]}",
        en=f"{name} promises {shown['en'][0]} by {shown['en'][1]}",
    )
    body = Text(
        fr=f"{by.name} a promis de payer {shown['fr'][0]} au plus tard le {shown['fr'][1]}. "
        "Les relances attendent jusque-là.",
        en=f"{by.name} has promised to pay {shown['en'][0]} by {shown['en'][1]}. Reminders wait until then.",
    )
    send_notice(
        organisation=organisation,
        subject=subject.in_language(organisation.language),
        body=body.in_language(organisation.language),
        path=within("collection:story", customer_pk=promise.customer_id),
        key=f"promise:{promise.pk}",
        by=by,
        now=now,
    )


def _record(act: str, promise: Promise, *, by: Actor, now: datetime) -> None:
    record(
        act,
        organisation_id=promise.organisation_id,
        subject=promise,
        by=by,
        at=now,
        customer_id=promise.customer_id,
        after={
            "amount_minor": promise.amount_minor,
            "currency": promise.currency,
            "by_day": promise.by,
            "told_by": promise.told_by,
        },
    )
