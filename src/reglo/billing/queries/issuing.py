"""What issuing a draft will do, told before it is done."""

from dataclasses import dataclass
from datetime import date, datetime

from reglo.billing.content import Examination
from reglo.billing.models import Draft, NumberSeries
from reglo.billing.numbering import next_number
from reglo.customers.models import Contact
from reglo.customers.queries import paying_contact
from reglo.organisations.models import Organisation
from reglo.organisations.queries import today_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is said in the question before a document is issued."""

    number: str  #: that it would get now; another one where somebody issues first
    series: str
    day: date
    contact: Contact | None  #: whom it can be sent to afterwards


def announcement_of(draft: Draft, examination: Examination, *, now: datetime) -> Announcement:
    """What issuing `draft` will do."""
    series = draft.series or usual_series(draft.organisation)
    day = (examination.document and examination.document.issue_date) or today_of(draft.organisation, now)
    return Announcement(
        number=next_number(series, day),
        series=series.label,
        day=day,
        contact=paying_contact(draft.customer) if draft.customer else None,
    )


def usual_series(organisation: Organisation) -> NumberSeries:
    """The series of what names none; as it will be made where there is none yet."""
    found = NumberSeries.objects.of(organisation).filter(is_default=True, is_for_quotes=False).first()
    return found or NumberSeries(organisation=organisation, label="Factures", prefix="F")
