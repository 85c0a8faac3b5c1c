"""All reports, in the groups in which they are offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reglo.lists.listing import Label
from reglo.reporting.report import ReportKind
from reglo.reporting.reports import (
    aged_balance,
    discounts,
    getting_paid,
    monthly_letter,
    payment_delays,
    payment_league,
    penalties,
    quotes,
    reminders,
    sales,
    vat,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page beside the reports, which makes a file."""

    title: Label
    question: Label
    icon: str
    address: str  #: its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Reports that belong together."""

    title: Label
    kinds: Sequence[ReportKind]
    pages: Sequence[Page] = ()


GROUPS: Sequence[Group] = (
    Group(title=_("At a glance"), kinds=(monthly_letter.KIND,)),
    Group(
        title=_("Who owes what"),
        kinds=(aged_balance.KIND, getting_paid.KIND),
        pages=(
            Page(
                title=_("Statements to all who owe"),
                question=_("How do I send each customer its statement of the month?"),
                icon="mail",
                address="reporting:statements",
            ),
        ),
    ),
    Group(title=_("How customers pay"), kinds=(payment_league.KIND, reminders.KIND, penalties.KIND, discounts.KIND)),
    Group(title=pgettext_lazy("group of reports", "Sales"), kinds=(quotes.KIND, sales.KIND)),
    Group(
        title=_("For the accountant"),
        kinds=(
            vat.KIND,
            payment_delays.KIND,
        ),
        pages=(
            Page(
                title=_("FEC and entries"),
                question=_("What does the accountant, or the tax administration, take over from my ledger?"),
                icon="file-spreadsheet",
                address="reporting:fec",
            ),
            Page(
                title=_("Archive of a period"),
                question=_("What do I put away for ten years, and how do I prove that it is whole?"),
                icon="archive",
                address="reporting:archive",
            ),
        ),
    ),
)

REPORTS: Mapping[str, ReportKind] = {kind.name: kind for group in GROUPS for kind in group.kinds}
