"""Words of the ledger within the pages of other rooms: `{% load ledger %}{{ entry|kind_name }}`."""

from django import template
from django.utils.functional import Promise

from reglo.ledger.models import Entry
from reglo.ledger.words import KINDS

register = template.Library()


@register.filter
def kind_name(entry: Entry) -> str | Promise:
    """What an entry is about, in a word."""
    return KINDS[entry.kind]
