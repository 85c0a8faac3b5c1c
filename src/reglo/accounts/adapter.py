"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from reglo.accounts.language import page_language
from reglo.accounts.models import User
from reglo.accounts.visitors import client_address

INVITED = "invited"
"""Key in the session of a visitor who came by an invitation: may sign up even where sign-up is closed."""


class AccountAdapter(DefaultAccountAdapter):
    """Whoever signs up makes an organisation next, or follows the link that led here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether this visitor may make an account. On a closed site: the first person, and who was invited."""
        return settings.IS_SIGNUP_OPEN or bool(request.session.get(INVITED)) or not User.objects.exists()

    def get_signup_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Where a new user goes."""
        return reverse("memberships:new")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose attempts are counted together."""
        return client_address(request) or "::"

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep the language in which somebody signed up."""
        user.language = page_language()
        return super().save_user(request, user, form, commit)

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is; the sender says which site it is."""
        return subject
