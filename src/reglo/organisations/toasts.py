"""What a page says once, above the next one."""

from django.contrib import messages
from django.http import HttpRequest

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError


def say_refusal(request: HttpRequest, error: DomainError) -> None:
    """Tell why something that was asked for without a form cannot be done, and how to mend it."""
    messages.error(request, error.message.in_language(page_language()))
