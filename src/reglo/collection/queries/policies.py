"""Reading policies: which one is in use, and what it says."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from reglo.collection.models import PolicyVersion
from reglo.core.collection import Policy, policy_from
from reglo.organisations.models import Organisation


def versions_of(organisation: Organisation) -> QuerySet[PolicyVersion]:
    """All versions, the newest first."""
    return PolicyVersion.objects.of(organisation).select_related("written_by").order_by("-version")


def active_version(organisation: Organisation) -> PolicyVersion | None:
    """The version that is in use; None where collection is off."""
    return PolicyVersion.objects.of(organisation).filter(activated_at__isnull=False, ended_at=None).first()


def policy_in(version: PolicyVersion) -> Policy:
    """What a version says."""
    return policy_from(version.content)


def may_send(policy: Policy, organisation: Organisation, now: datetime) -> bool:
    """Whether messages may leave at this instant, in the time of the organisation."""
    local = now.astimezone(ZoneInfo(organisation.time_zone))
    return policy.times.first_moment(local) == local
