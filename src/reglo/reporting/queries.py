"""What reports share: in which currencies an organisation has books."""

from reglo.ledger.models import Entry
from reglo.organisations.models import Organisation

_HOME = "EUR"


def currencies_of(organisation: Organisation) -> list[str]:
    """The currencies of its entries, the euro first."""
    found = Entry.objects.of(organisation).order_by("currency").values_list("currency", flat=True).distinct()
    return [_HOME, *(each for each in found if each != _HOME)]
