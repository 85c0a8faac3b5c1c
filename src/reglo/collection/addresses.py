"""Pages of this room and of others, as notices name them: below the pages of an organisation."""

from django.urls import reverse


def within(name: str, **parts: int) -> str:
    """The page `name`, such as "collection:dispute", without /o/<slug>/."""
    return reverse(name, kwargs={"slug": "-", **parts}).removeprefix("/o/-/")
