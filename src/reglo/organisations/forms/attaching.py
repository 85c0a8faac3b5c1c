"""How a refused act stands beside the field that is wrong."""

from django import forms

from reglo.accounts.language import page_language
from reglo.core.errors import DomainError


def attach(error: DomainError, form: forms.BaseForm) -> None:
    """Put a refused act on the field of `form` that it names, or above the form, in the language of the page."""
    message = error.message.in_language(page_language())
    field = error.field if error.field in form.fields else None
    form.add_error(field, forms.ValidationError(message, code=error.code))
