"""Who is in an organisation: invited by e-mail, with a role, never without an owner."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.http import Http404

from reglo.accounts.models import User
from reglo.core.errors import DomainError
from reglo.core.findings import Text
from reglo.journal.services import Actor, record
from reglo.organisations.invitations import send_invitation
from reglo.organisations.models import Invitation, Membership, Organisation, OwnedQuerySet, Role
from reglo.organisations.services.changing import locked

INVITATION_DAYS = 7


class PeopleRefused(DomainError):
    """This cannot be done with the people of an organisation."""

    code = "people-refused"


def invite(
    *, organisation: Organisation, email: str, role: Role, inviter: User, by: Actor, now: datetime
) -> Invitation:
    """Ask somebody to join, by an e-mail whose link holds for a week. An earlier invitation is replaced."""
    with transaction.atomic(durable=True):
        locked(organisation)
        if Membership.objects.of(organisation).filter(user__email__iexact=email).exists():
            raise PeopleRefused(
                Text(fr="Cette personne est déjà membre.", en="This person is a member already."), field="email"
            )
        _open_invitations(organisation).filter(email__iexact=email).update(revoked_at=now)
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=email,
            role=role,
            invited_by=inviter,
            created_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
        _tell("member-invited", invitation, by, now, after={"email": email, "role": role})
        transaction.on_commit(lambda: send_invitation(invitation))
    return invitation


def revoke_invitation(*, organisation: Organisation, invitation_id: int, by: Actor, now: datetime) -> Invitation:
    """Take an invitation back: its link leads nowhere."""
    with transaction.atomic(durable=True):
        locked(organisation)
        invitation = _open_invitations(organisation).filter(pk=invitation_id).first()
        if invitation is None:
            raise Http404
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        _tell("invitation-revoked", invitation, by, now, before={"email": invitation.email, "role": invitation.role})
    return invitation


def accept_invitation(*, invitation_id: int, user: User, by: Actor, now: datetime) -> Membership:
    """Join. The link came to an address, and only who has that address may use it, once.

    Raises PeopleRefused for another address, and where the invitation is used, taken back or too old.
    """
    with transaction.atomic(durable=True):
        invitation = Invitation.objects.select_for_update().select_related("organisation").get(pk=invitation_id)
        _require_usable(invitation, user, now)
        membership, is_new = Membership.objects.get_or_create(
            organisation=invitation.organisation, user=user, defaults={"role": invitation.role, "joined_at": now}
        )
        invitation.accepted_at = now
        invitation.save(update_fields=["accepted_at"])
        if is_new:
            _tell("member-joined", membership, by, now, after={"email": user.email, "role": membership.role})
    return membership


def change_role(*, organisation: Organisation, membership_id: int, role: Role, by: Actor, now: datetime) -> Membership:
    """Give a member another role. Raises PeopleRefused where nobody would be owner any more."""
    with transaction.atomic(durable=True):
        membership = _member(organisation, membership_id)
        before = Role(membership.role)
        if before is Role.OWNER and role is not Role.OWNER:
            _require_another_owner(membership)
        if before is not role:
            membership.role = role
            membership.save(update_fields=["role"])
            _tell("role-changed", membership, by, now, before={"role": before}, after={"role": role})
    return membership


def remove_member(*, organisation: Organisation, membership_id: int, by: Actor, now: datetime) -> None:
    """Take somebody out. What that person did stays in the journal."""
    with transaction.atomic(durable=True):
        _end(_member(organisation, membership_id), "member-removed", by, now)


def leave_organisation(*, organisation: Organisation, user: User, by: Actor, now: datetime) -> None:
    """Leave. Raises PeopleRefused for the last owner."""
    with transaction.atomic(durable=True):
        locked(organisation)
        membership = Membership.objects.of(organisation).filter(user=user).first()
        if membership is None:
            raise Http404
        _end(membership, "member-left", by, now)


def _end(membership: Membership, act: str, by: Actor, now: datetime) -> None:
    if membership.role == Role.OWNER:
        _require_another_owner(membership)
    _tell(act, membership, by, now, before={"email": membership.user.email, "role": membership.role})
    membership.delete()


def _member(organisation: Organisation, membership_id: int) -> Membership:
    """A member, with the organisation locked so that two owners cannot go at once. Raises Http404."""
    locked(organisation)
    found = Membership.objects.of(organisation).select_related("user").filter(pk=membership_id).first()
    if found is None:
        raise Http404
    return found


def _open_invitations(organisation: Organisation) -> OwnedQuerySet[Invitation]:
    return Invitation.objects.of(organisation).filter(accepted_at=None, revoked_at=None)


def _require_another_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(organisation_id=membership.organisation_id, role=Role.OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise PeopleRefused(
            Text(
                fr="Une organisation garde au moins un propriétaire : nommez-en d'abord un autre.",
                en="An organisation keeps at least one owner: name another one first.",
            ),
            field="role",
        )


def _require_usable(invitation: Invitation, user: User, now: datetime) -> None:
    if invitation.accepted_at or invitation.revoked_at or invitation.expires_at <= now:
        raise PeopleRefused(
            Text(
                fr="Cette invitation a déjà servi, a été retirée ou a expiré : demandez-en une autre.",
                en="This invitation was used, taken back or is too old: ask for another one.",
            )
        )
    if invitation.email.lower() != user.email.lower():
        raise PeopleRefused(
            Text(
                fr=f"Cette invitation est pour {invitation.email} : connectez-vous avec cette adresse.",
                en=f"This invitation is for {invitation.email}: log in with that address.",
            )
        )


def _tell(
    act: str,
    subject: Membership | Invitation,
    by: Actor,
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    record(act, organisation_id=subject.organisation_id, subject=subject, by=by, at=now, before=before, after=after)
