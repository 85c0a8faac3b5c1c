"""Changing fields of an organisation, and telling the journal which."""

from collections.abc import Mapping
from datetime import datetime

from reglo.journal.services import Actor, record
from reglo.organisations.models import Organisation


def locked(organisation: Organisation) -> Organisation:
    """The organisation as the database has it, ours until the transaction ends."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def write_changes(
    organisation: Organisation, values: Mapping[str, object], *, act: str, by: Actor, now: datetime
) -> None:
    """Set those of `values` that differ, within the transaction of the caller; nothing is told where none does."""
    before = {name: getattr(organisation, name) for name in values}
    changed = [name for name, value in values.items() if before[name] != value]
    if not changed:
        return
    for name in changed:
        setattr(organisation, name, values[name])
    organisation.save(update_fields=changed)
    record(
        act,
        organisation_id=organisation.pk,
        subject=organisation,
        by=by,
        at=now,
        before={name: before[name] for name in changed},
        after={name: values[name] for name in changed},
    )
