"""Writing policies, and switching them on and off."""

from datetime import datetime

from django.db import transaction

from reglo.collection.models import PolicyVersion
from reglo.collection.queries.policies import active_version, policy_in, versions_of
from reglo.core.collection import Policy, policy_data, require_sound
from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation


def write_policy(
    *, organisation: Organisation, policy: Policy, thanks: bool, by: Actor, now: datetime
) -> PolicyVersion:
    """Keep a policy as a new version, which does nothing until it is switched on. Raises InvalidPolicy.

    What the latest version says already makes no new one.
    """
    require_sound(policy)
    content = policy_data(policy)
    with transaction.atomic(durable=True):
        _hold(organisation)
        latest = versions_of(organisation).first()
        if latest is not None and (latest.content, latest.thanks) == (content, thanks):
            return latest
        version = PolicyVersion.objects.create(
            organisation=organisation,
            version=latest.version + 1 if latest else 1,
            content=content,
            thanks=thanks,
            written_at=now,
            written_by_id=by.user_id,
        )
        record("policy-written", organisation_id=organisation.pk, subject=version, by=by, at=now)
    return version


def switch_on(*, organisation: Organisation, version_id: int, by: Actor, now: datetime) -> PolicyVersion:
    """Use a version from now on in place of the one that was in use. Steps that were taken stay taken.

    Raises InvalidPolicy for one that an older Réglo let through, PolicyVersion.DoesNotExist for somebody else's.
    """
    with transaction.atomic(durable=True):
        _hold(organisation)
        version = PolicyVersion.objects.of(organisation).get(pk=version_id)
        before = active_version(organisation)
        if before == version:
            return version
        policy_in(version)
        if before is not None:
            _end(before, now)
        version.activated_at, version.ended_at = now, None
        version.save(update_fields=["activated_at", "ended_at"])
        record(
            "policy-switched-on",
            organisation_id=organisation.pk,
            subject=version,
            by=by,
            at=now,
            before={"version": before.version} if before else {},
            after={"version": version.version},
        )
    return version


def switch_off(*, organisation: Organisation, by: Actor, now: datetime) -> None:
    """Send nothing more. Messages that wait in the outbox do not leave either."""
    with transaction.atomic(durable=True):
        _hold(organisation)
        version = active_version(organisation)
        if version is None:
            return
        _end(version, now)
        record("policy-switched-off", organisation_id=organisation.pk, subject=version, by=by, at=now)


def _end(version: PolicyVersion, now: datetime) -> None:
    version.ended_at = now
    version.save(update_fields=["ended_at"])


def _hold(organisation: Organisation) -> None:
    """One writer of policies at a time."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
