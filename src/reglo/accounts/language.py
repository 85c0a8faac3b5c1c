"""The language of the page that is being answered, set by `LanguageMiddleware` and by the portal."""

from django.utils.translation import get_language


def page_language() -> str:
    """The language of the page: "fr" or "en"."""
    return (get_language() or "fr")[:2]
