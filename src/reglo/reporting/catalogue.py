"""All reports, in the groups in which they are offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reglo.lists.listing import Label
from reglo.reporting.report import ReportKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Reports that belong together."""

    title: Label
    kinds: Sequence[ReportKind]


GROUPS: Sequence[Group] = ()

REPORTS: Mapping[str, ReportKind] = {kind.name: kind for group in GROUPS for kind in group.kinds}
