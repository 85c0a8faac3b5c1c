"""The link of an invitation, and the e-mail that carries it."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, dumps, loads
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from reglo.organisations.models import Invitation

_SALT = "reglo.organisations.invitation"


def token_of(invitation: Invitation) -> str:
    """What the link carries: the id of the invitation, signed."""
    return dumps(invitation.pk, salt=_SALT)


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link, or None where the link was not made here."""
    try:
        invitation_id = loads(token, salt=_SALT)
    except BadSignature:
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(pk=invitation_id).first()


def link_of(invitation: Invitation) -> str:
    """The address that leads to the organisation."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("memberships:join", args=[token_of(invitation)])


def send_invitation(invitation: Invitation) -> None:
    """Send the e-mail, in the language of the organisation."""
    with translation.override(invitation.organisation.language):
        context = {"invitation": invitation, "organisation": invitation.organisation, "link": link_of(invitation)}
        subject = _("%(person)s invites you to %(organisation)s") % {
            "person": invitation.invited_by,
            "organisation": invitation.organisation,
        }
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("organisations/email/invitation.txt", context),
            to=[invitation.email],
        )
        message.attach_alternative(render_to_string("organisations/email/invitation.html", context), "text/html")
    message.send()
