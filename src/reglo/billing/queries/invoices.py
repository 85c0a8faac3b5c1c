"""Reading issued invoices: lists, their sums, and what an invoice's page shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When

from reglo.billing.forms.figures import typed_figure
from reglo.billing.models import Invoice, InvoiceFile, Seal
from reglo.core.composition import DocumentKind
from reglo.lists.words import every_word
from reglo.organisations.models import Organisation, OwnedQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a list of invoices comes to in one currency; credit notes count against it."""

    currency: str
    count: int
    net_minor: int
    gross_minor: int


def invoices_to_list(organisation: Organisation) -> OwnedQuerySet[Invoice]:
    """Every invoice, without its document."""
    return Invoice.objects.of(organisation).defer("document")


def invoice_with_facts(organisation: Organisation, pk: int) -> Invoice:
    """An invoice with what its page names. Raises Invoice.DoesNotExist."""
    rows = Invoice.objects.of(organisation).select_related(
        "customer", "series", "look", "issued_by", "quote", "corrects", "agreement"
    )
    return rows.defer("quote__document", "quote__content", "corrects__document").get(pk=pk)


def search_invoices(rows: QuerySet, text: str) -> QuerySet:
    """Those that are found by every word: number, customer, SIREN, order; or that have this amount."""
    wanted = every_word(text)
    siren = "".join(text.split())
    if siren.isdecimal() and len(siren) == 9:
        wanted |= Q(search__contains=siren)
    minor = amount_in(text)
    if minor is None:
        return rows.filter(wanted)
    amounts = Q(gross_minor=minor) | Q(net_minor=minor) | Q(due_minor=minor)
    # Each by its own index: within one condition, no database would use either.
    apart = (rows.filter(each).order_by().values("pk") for each in (wanted, amounts))
    return rows.filter(pk__in=next(apart).union(*apart))


def amount_in(text: str) -> int | None:
    """An amount that was typed, "1 234,50", in cents; None for other text."""
    figure = typed_figure(text).lstrip("-")
    whole, _point, decimals = figure.partition(".")
    if not (whole.isdecimal() and len(whole) <= 12 and (not decimals or decimals.isdecimal()) and len(decimals) <= 2):
        return None
    return int(whole) * 100 + int(decimals.ljust(2, "0") or 0)


def corrected(rows: QuerySet) -> QuerySet:
    """Those that a credit note or a corrective invoice is about."""
    return rows.filter(Exists(Invoice.objects.filter(corrects=OuterRef("pk"))))


def sums_of(rows: QuerySet) -> list[Sums]:
    """What invoices come to, currency by currency."""
    sign = Case(When(kind=DocumentKind.CREDIT_NOTE.value, then=Value(-1)), default=Value(1))
    grouped = (
        rows.order_by()
        .values("currency")
        .annotate(count=Count("pk"), net_minor=Sum(F("net_minor") * sign), gross_minor=Sum(F("gross_minor") * sign))
        .order_by("-count")
    )
    return [Sums(**each) for each in grouped]


def seals_of(invoice: Invoice) -> list[Seal]:
    """The links of the chain that hold an invoice, in order."""
    return list(invoice.seals.order_by("sequence"))


def file_hashes(invoice: Invoice) -> dict[str, str]:
    """SHA-256 of each file of an invoice, by kind."""
    return dict(InvoiceFile.objects.filter(invoice=invoice).values_list("kind", "sha256"))


def corrections_of(invoice: Invoice) -> list[Invoice]:
    """Credit notes and corrective invoices about an invoice."""
    return list(invoice.corrections.defer("document").order_by("issued_at", "pk"))


def invoices_among(organisation: Organisation, ids: Iterable[int]) -> QuerySet[Invoice]:
    """Invoices of the organisation among `ids`, in the order of their numbers."""
    return Invoice.objects.of(organisation).filter(pk__in=list(ids)).order_by("number")
