"""Whether every issued document has its ledger entry, and the entry says what the document says.

It streams: memory does not grow with the number of documents.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from reglo.billing.models import Invoice
from reglo.billing.queries.issued import document_of
from reglo.billing.queries.posting import unposted
from reglo.billing.services.posting import POST_EARLIER, facts_of
from reglo.billing.verify import Break
from reglo.core.accounting import AccountRole, document_lines
from reglo.core.findings import Text
from reglo.jobs.models import Job, JobState
from reglo.ledger.models import Entry
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation

_AT_ONCE = 200  #: documents read together

Sums = Mapping[str, int]


def first_break(organisation: Organisation) -> Break | None:
    """The first document without an entry, or with one that says something else; None where all agree.

    Documents of before the ledger are no break while the job that books them is still to run.
    """
    return _unposted(organisation) or next(_differing(organisation), None)


def _unposted(organisation: Organisation) -> Break | None:
    invoice_id = unposted(organisation).first()
    waiting = Job.objects.filter(kind=POST_EARLIER, organisation=organisation)
    if invoice_id is None or waiting.exclude(state__in=(JobState.DONE, JobState.FAILED)).exists():
        return None
    number = Invoice.objects.get(pk=invoice_id).number
    return Break(
        reason=Text(fr=f"Le document {number} n'a pas d'écriture.", en=f"The document {number} has no ledger entry."),
        number=number,
    )


def _differing(organisation: Organisation) -> Iterator[Break]:
    invoices = Invoice.objects.of(organisation).select_related("draft", "corrects__draft").order_by("pk")
    batch: list[Invoice] = []
    for invoice in invoices.iterator(chunk_size=_AT_ONCE):
        invoice.organisation = organisation
        batch.append(invoice)
        if len(batch) == _AT_ONCE:
            yield from _differing_of(batch)
            batch = []
    yield from _differing_of(batch)


def _differing_of(invoices: list[Invoice]) -> Iterator[Break]:
    booked = _booked(invoices)
    for invoice in invoices:
        if invoice.pk in booked and booked[invoice.pk] != _expected(invoice):
            yield Break(
                reason=Text(
                    fr=f"L'écriture du document {invoice.number} ne dit pas ce que dit le document.",
                    en=f"The ledger entry of the document {invoice.number} does not say what the document says.",
                ),
                number=invoice.number,
            )


def _booked(invoices: list[Invoice]) -> Mapping[int, Sums]:
    """What the entries of some documents say, by document."""
    if not invoices:
        return {}
    entries = Entry.objects.filter(
        organisation=invoices[0].organisation,
        source_kind=DOCUMENT_SOURCE,
        source_id__in=[each.pk for each in invoices],
        reverses=None,
    ).prefetch_related("lines")
    return {entry.source_id: _sums((line.role, line.amount_minor) for line in entry.lines.all()) for entry in entries}


def _expected(invoice: Invoice) -> Sums:
    return _sums((line.role.value, line.amount) for line in document_lines(facts_of(invoice, document_of(invoice))))


def _sums(lines: Iterator[tuple[str, int]]) -> Sums:
    """Amounts by what the account is for. When the VAT is due hangs on the regime of that day: it is one sum here."""
    sums: Counter[str] = Counter()
    for role, amount in lines:
        sums["vat" if role in (AccountRole.VAT_COLLECTED, AccountRole.VAT_PENDING) else role] += amount
    return {role: amount for role, amount in sums.items() if amount}
