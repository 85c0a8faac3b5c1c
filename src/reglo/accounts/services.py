"""Changing one's own account."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import Http404

from reglo.accounts.models import Theme, User


def change_profile(*, user: User, name: str, language: str, theme: Theme) -> User:
    """How a user is called, and in which language and light the pages are shown."""
    with transaction.atomic(durable=True):
        user.name, user.language, user.theme = name, language, theme
        user.save(update_fields=["name", "language", "theme"])
    return user


def end_session(*, user: User, session_id: int) -> None:
    """Log a user out where it is logged in. Raises Http404 for a session of somebody else."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        raise Http404
    session.end()
