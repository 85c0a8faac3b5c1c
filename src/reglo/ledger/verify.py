"""Whether an organisation's ledger still is what was written: numbers, sums, open items.

The database refuses what would break it (`ledger.protection`); this finds what was done with the triggers off. Sums are
worked out by the database, so memory does not grow with the ledger.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from reglo.core.accounting import CUSTOMER_ROLES, EventKind
from reglo.core.findings import Text
from reglo.core.terms.figures import minor_text
from reglo.ledger.models import Allocation, Entry, LedgerHead, Line, OpenItem, Side
from reglo.ledger.protection import missing_triggers
from reglo.organisations.models import Organisation

__all__ = ["Break", "first_break", "missing_triggers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first thing that does not hold."""

    reason: Text


def first_break(organisation: Organisation) -> Break | None:
    """The first break of an organisation's ledger, or None."""
    reason = next(_breaks(organisation), None)
    return None if reason is None else Break(reason=reason)


def _breaks(organisation: Organisation) -> Iterator[Text]:
    yield from _in_numbers(organisation)
    yield from _in_sums(organisation)
    yield from _in_items(organisation)


def _in_numbers(organisation: Organisation) -> Iterator[Text]:
    """The sequence, and the numbers of each year: from 1 to the last one that the head remembers."""
    head = LedgerHead.objects.filter(organisation=organisation).first() or LedgerHead()
    entries = Entry.objects.of(organisation)
    found = entries.aggregate(count=Count("pk"), last=Max("sequence"))
    if (found["count"], found["last"] or 0) != (head.sequence, head.sequence):
        yield Text(
            fr=f"Il y a {found['count']} écritures, et la dernière porte le rang {head.sequence}.",
            en=f"There are {found['count']} entries, and the last one has rank {head.sequence}.",
        )
    years = entries.values("year").annotate(count=Count("pk"), first=Min("number"), last=Max("number")).order_by("year")
    for row in years:
        if (row["first"], row["last"]) != (1, row["count"]) or head.numbers.get(str(row["year"])) != row["count"]:
            yield Text(
                fr=f"Les écritures de {row['year']} ne sont pas numérotées sans trou.",
                en=f"The entries of {row['year']} are not numbered without a gap.",
            )


def _in_sums(organisation: Organisation) -> Iterator[Text]:
    """Each entry has lines, and they balance."""
    of_lines = Line.objects.of(organisation).values("entry").annotate(left=Sum(F("debit_minor") - F("credit_minor")))
    for row in of_lines.exclude(left=0).order_by("entry")[:1]:
        yield _wrong(row["entry"], Text(fr="n'est pas équilibrée", en="does not balance"))
    empty = Entry.objects.of(organisation).filter(lines=None).order_by("pk")
    for entry in empty[:1]:
        yield _wrong(entry.pk, Text(fr="n'a pas de lignes", en="has no lines"))


def _in_items(organisation: Organisation) -> Iterator[Text]:
    """What is left of each item is its amount less its allocations, and items are the lines of customers' accounts."""
    for side, name in ((Side.DEBIT, "debit_allocations"), (Side.CREDIT, "credit_allocations")):
        items = OpenItem.objects.of(organisation).filter(side=side)
        left = F("amount_minor") - Coalesce(Sum(f"{name}__amount_minor"), 0)
        for item in items.annotate(left=left).exclude(open_minor=F("left")).order_by("pk")[:1]:
            told = minor_text(item.open_minor, item.currency)
            yield Text(
                fr=f"Du poste {item.reference} il reste {told.fr}, ce que ses lettrages ne disent pas.",
                en=f"{told.en} are left of the item {item.reference}, which its allocations do not say.",
            )
    for line in _lines_without_item(organisation)[:1]:
        yield _wrong(
            line.entry_id, Text(fr="a une ligne de client sans poste", en="has a customer's line without an item")
        )
    for allocation in _crossed(organisation)[:1]:
        yield Text(
            fr=f"Le lettrage {allocation.pk} joint deux côtés ou deux devises qui ne vont pas ensemble.",
            en=f"The allocation {allocation.pk} joins sides or currencies that do not go together.",
        )


def _lines_without_item(organisation: Organisation) -> QuerySet[Line]:
    lines = Line.objects.of(organisation).filter(role__in=CUSTOMER_ROLES, item=None)
    return lines.exclude(entry__kind=EventKind.ALLOCATION).order_by("pk")


def _crossed(organisation: Organisation) -> QuerySet[Allocation]:
    crossed = ~Q(debit_item__currency=F("credit_item__currency"))
    crossed |= Q(debit_item__side=Side.CREDIT) | Q(credit_item__side=Side.DEBIT)
    return Allocation.objects.of(organisation).filter(crossed).order_by("pk")


def _wrong(entry_id: int, what: Text) -> Text:
    entry = Entry.objects.filter(pk=entry_id).first()
    name = str(entry) if entry else str(entry_id)
    return Text(fr=f"L'écriture {name} {what.fr}.", en=f"The entry {name} {what.en}.")
