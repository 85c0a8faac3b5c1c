"""Lists that leave out what was archived, unless one asks for it."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from reglo.lists.listing import Choice, Filter, Label

_ONLY, _TOO = "archived", "all"


def archived_filter(label: Label) -> Filter:
    """The filter that asks for archived rows. label: "Archived", in the gender of the rows."""
    return Filter(
        key="state",
        label=label,
        choices=(
            Choice(key=_ONLY, label=_("Only archived"), narrow=lambda rows: rows.exclude(archived_at=None)),
            Choice(key=_TOO, label=_("Archived too"), narrow=lambda rows: rows),
        ),
    )


def without_archived(rows: QuerySet, state: str) -> QuerySet:
    """Rows that are not archived; all of them where the filter, which narrows them itself, is set. state: its value."""
    return rows if state in (_ONLY, _TOO) else rows.filter(archived_at=None)
