"""Pages within Réglo, as notices name them: below the pages of the organisation."""

from django.urls import reverse

_NAMES = {
    "customer": "customers:customer",
    "invoice": "billing:invoice",
    "quote": "billing:quote",
    "terms": "terms:agreement",
    "message": "delivery:message",
}


def within(kind: str, pk: int) -> str:
    """The page on a row, without /o/<slug>/."""
    return reverse(_NAMES[kind], kwargs={"slug": "-", "pk": pk}).removeprefix("/o/-/")
