"""Merging two customers that are one: what points to the one moves to the other, but for what is sealed."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.db import DatabaseError, OperationalError, models, transaction

from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.customers.facts import CustomerFacts, completed, difference, facts_of, told
from reglo.customers.models import Customer
from reglo.customers.services.customers import locked
from reglo.customers.writing import put, refresh_search
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation


class CannotMerge(DomainError):
    """These two are not to be merged."""

    code = "cannot-merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What happens to the rows of one model."""

    model: type[models.Model]
    moved: int = 0
    kept: int = 0  #: sealed, or in the way of another row: they go on pointing to the merged customer

    @property
    def name(self) -> str:
        """Of the model, in lower case."""
        return self.model._meta.model_name or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What merging does, or did."""

    kept: Customer
    merged: Customer
    rows: tuple[Moved, ...]
    filled: dict[str, object]  #: facts that the kept customer lacked


def merge_customers(*, organisation: Organisation, kept_id: int, merged_id: int, by: Actor, now: datetime) -> Merge:
    """Move everything of one customer to another and archive it.

    What no longer changes (invoices, answers) stays with the merged customer, which says where it went. Raises
    CannotMerge.
    """
    with transaction.atomic(durable=True):
        return _merge(organisation, kept_id, merged_id, by, now)


def preview_merge(*, organisation: Organisation, kept_id: int, merged_id: int, by: Actor, now: datetime) -> Merge:
    """What `merge_customers` would do, found by doing it and taking it back. Raises CannotMerge."""
    with transaction.atomic(durable=True):
        merge = _merge(organisation, kept_id, merged_id, by, now)
        transaction.set_rollback(True)
    return merge


def _merge(organisation: Organisation, kept_id: int, merged_id: int, by: Actor, now: datetime) -> Merge:
    # Always in the order of their ids, so that two merges do not wait for each other.
    rows = {pk: locked(organisation, pk) for pk in sorted({kept_id, merged_id})}
    kept, merged = rows[kept_id], rows[merged_id]
    _require_mergeable(kept, merged)
    moved = tuple(_moves(kept, merged))
    filled = _fill(kept, merged)
    merged.archived_at = merged.archived_at or now
    merged.merged_into = kept
    merged.save()
    refresh_search(merged)
    refresh_search(kept)
    counts = {each.name: each.moved for each in moved if each.moved}
    for customer, act in ((kept, "customers-merged"), (merged, "customer-merged")):
        record(
            act,
            organisation_id=organisation.pk,
            subject=customer,
            by=by,
            at=now,
            customer_id=customer.pk,
            before=filled[0] if customer is kept else {},
            after={"kept": kept.name, "merged": merged.name, "moved": counts} | (filled[1] if customer is kept else {}),
        )
    return Merge(kept=kept, merged=merged, rows=moved, filled=filled[1])


def _require_mergeable(kept: Customer, merged: Customer) -> None:
    if kept.pk == merged.pk:
        raise CannotMerge(Text(fr="C'est le même client.", en="This is the same customer."))
    if merged.merged_into_id is not None:
        raise CannotMerge(Text(fr=f"{merged} est déjà fusionné.", en=f"{merged} is already merged."))
    if kept.merged_into_id is not None:
        raise CannotMerge(Text(fr=f"{kept} est lui-même fusionné.", en=f"{kept} is itself merged."))
    if kept.siren and merged.siren and kept.siren != merged.siren:
        raise CannotMerge(
            Text(
                fr=f"Leurs SIREN diffèrent ({kept.siren} et {merged.siren}) : ce sont deux entreprises. "
                "Corrigez d'abord l'un des deux.",
                en=f"Their SIREN differ ({kept.siren} and {merged.siren}): these are two firms. "
                "Mend one of the two first.",
            )
        )


def _moves(kept: Customer, merged: Customer) -> Iterator[Moved]:
    """Move the rows of every model that points to customers, whichever room it is of."""
    for relation in Customer._meta.related_objects:
        model, field = relation.related_model, relation.field.name
        rows = model._default_manager.filter(**{field: merged})
        count = rows.count()
        if not count:
            continue
        if _moves_all(rows, field, kept):
            yield Moved(model=model, moved=count)
            continue
        moved = sum(_moves_all(model._default_manager.filter(pk=pk), field, kept) for pk in _keys(rows))
        yield Moved(model=model, moved=moved, kept=count - moved)


def _keys(rows: models.QuerySet) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _moves_all(rows: models.QuerySet, field: str, kept: Customer) -> bool:
    """Move rows, if the database lets them: triggers guard what is sealed, constraints what must be unique."""
    try:
        with transaction.atomic():
            rows.update(**{field: kept})
    except OperationalError:  # nothing is refused: the database is not there, or busy
        raise
    except DatabaseError:
        return False
    return True


def _fill(kept: Customer, merged: Customer) -> tuple[dict[str, object], dict[str, object]]:
    """Give the kept customer what only the merged one knew. Answers what changed: before, after."""
    own, other = facts_of(kept), facts_of(merged)
    lacking = {
        each.name: getattr(other, each.name)
        for each in fields(CustomerFacts)
        if each.name not in ("kind", "name", "notes") and not getattr(own, each.name) and getattr(other, each.name)
    }
    if own.line_1 or own.city:  # an address is taken whole or not at all
        for name in ("line_1", "line_2", "post_code", "city"):
            lacking.pop(name, None)
    elif other.line_1 or other.city:
        lacking["country"] = other.country
    notes = "\n\n".join(dict.fromkeys(each for each in (own.notes, other.notes) if each))
    if lacking.get("reference"):
        merged.reference = ""
        merged.save(update_fields=["reference"])
    filled = completed(replace(own, notes=notes, **lacking))
    put(kept, filled)
    kept.save()
    return difference(told(own), told(filled))
