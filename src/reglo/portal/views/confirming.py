"""Acts in two steps: what is typed, then the same in words with a button; nothing is done before that."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse

from reglo.accounts.language import page_language
from reglo.core.findings import Text
from reglo.portal.access import PortalRequest
from reglo.portal.views.showing import show


def is_confirmed(request: PortalRequest) -> bool:
    """Whether the words were read and the button under them was pressed."""
    return request.POST.get("step") == "confirm"


def wants_change(request: PortalRequest) -> bool:
    """Whether the customer goes back from the words to the form."""
    return request.POST.get("step") == "change"


def confirm(
    request: PortalRequest, form: forms.BaseForm, words: Text, *, title: str, button: str, **context: Any
) -> HttpResponse:
    """The page that says an act in words. The form is carried along, hidden."""
    values: Mapping[str, object] = {
        "form": form,
        "words": words.in_language(page_language()),
        "confirm_title": title,
        "button": button,
    }
    return show(request, "portal/confirm.html", {**values, **context})
