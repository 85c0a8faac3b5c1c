"""Which issued documents are not yet in the ledger."""

from django.db.models import Exists, OuterRef, QuerySet

from reglo.billing.models import Invoice
from reglo.ledger.models import Entry
from reglo.ledger.services import DOCUMENT_SOURCE
from reglo.organisations.models import Organisation


def unposted(organisation: Organisation) -> QuerySet[Invoice, int]:
    """The ids of issued documents that ask or give something and have no entry, oldest first."""
    entries = Entry.objects.filter(
        organisation=organisation, source_kind=DOCUMENT_SOURCE, source_id=OuterRef("pk"), reverses=None
    )
    asking = Invoice.objects.of(organisation).exclude(gross_minor=0, net_minor=0, vat_minor=0)
    return asking.filter(~Exists(entries)).order_by("pk").values_list("pk", flat=True)
