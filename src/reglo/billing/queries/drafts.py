"""Reading drafts: what is being written, and what the editor needs beside it."""

from django.db.models import Q, QuerySet

from reglo.billing.models import Draft, NumberSeries
from reglo.core.folding import folded
from reglo.core.mentions import Nature
from reglo.organisations.models import BankAccount, Organisation, OwnedQuerySet


def drafts_to_list(organisation: Organisation) -> OwnedQuerySet[Draft]:
    """Every draft that was not issued, deleted ones too, with what a list shows of each."""
    return Draft.objects.of(organisation).filter(issued_at=None).select_related("customer", "edited_by")


def open_draft(organisation: Organisation, pk: int) -> Draft:
    """A draft with what the editor needs. Raises Draft.DoesNotExist."""
    drafts = Draft.objects.of(organisation).select_related(
        "customer", "series", "edited_by", "quote", "corrects", "invoice"
    )
    draft = drafts.defer("quote__document", "corrects__document", "invoice__document").get(pk=pk)
    draft.organisation = organisation
    if draft.customer is not None:
        draft.customer.organisation = organisation
    return draft


def search_drafts(rows: QuerySet, text: str) -> QuerySet:
    """Those whose customer is found by every word."""
    wanted = Q()
    for word in folded(text).split():
        wanted &= Q(customer__search__contains=word)
    return rows.filter(wanted)


def usual_nature(organisation: Organisation) -> str:
    """What the last document was about, goods or services, as a first guess for the next; "" where none says it."""
    last = Draft.objects.of(organisation).order_by("-pk").values_list("content", flat=True).first() or {}
    said = {last.get("nature"), *(line.get("nature") for line in last.get("lines") or () if isinstance(line, dict))}
    natures = [each for each in said if each in {nature.value for nature in Nature}]
    return natures[0] if len(natures) == 1 else ""


def invoice_series(organisation: Organisation) -> list[NumberSeries]:
    """The series in which invoices may be numbered, the usual one first."""
    series = NumberSeries.objects.of(organisation).filter(is_for_quotes=False, archived_at=None)
    return list(series.order_by("-is_default", "prefix"))


def bank_accounts(organisation: Organisation) -> list[BankAccount]:
    """The accounts that may be paid into, the usual one first."""
    return list(BankAccount.objects.of(organisation).filter(archived_at=None).order_by("-is_default", "label"))
