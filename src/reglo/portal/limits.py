"""How often a visitor may come: counts in the cache, a minute or an hour at a time.

Simple on purpose: a window that begins anew lets through at most twice the limit across its border, and a cache of one
process counts for this process only. It stops floods and guessing, not a determined reader.
"""

import time
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many times in so many seconds."""

    name: str
    times: int
    seconds: int


PAGES_OF_A_LINK = Limit(name="link", times=240, seconds=60)
PAGES_OF_AN_ADDRESS = Limit(name="address", times=600, seconds=60)  #: an office shares one address
ACTS_OF_A_LINK = Limit(name="act", times=30, seconds=3600)
BAD_KEYS_OF_AN_ADDRESS = Limit(name="bad-key", times=30, seconds=600)
NEW_LINKS_FOR_AN_ADDRESS = Limit(name="new-link", times=5, seconds=3600)


def is_within(limit: Limit, who: object) -> bool:
    """Count one more coming of `who`; whether it is still within `limit`."""
    window = int(time.time() // limit.seconds)
    key = f"portal:{limit.name}:{window}:{who}"
    cache.add(key, 0, timeout=limit.seconds)
    try:
        return cache.incr(key) <= limit.times
    except ValueError:  # thrown out of the cache between the two calls
        return True
