"""Finding rows by the words that a person types."""

from django.db.models import Q

from reglo.core.folding import folded


def every_word(text: str) -> Q:
    """Rows in whose `search` every word of `text` is found, whatever its accents and capitals."""
    wanted = Q()
    for word in folded(text).split():
        wanted &= Q(search__contains=word)
    return wanted
