"""What went wrong, told without secrets: messages of libraries may hold the password that they tried."""

import re

from django.conf import settings

_IN_URL = re.compile(r"(?<=://)[^/\s@]+@")
_LONGEST = 500


def without_secrets(text: str) -> str:
    """`text` without the secrets of the settings and without names and passwords in addresses, not too long."""
    for secret in settings.SECRETS:
        text = text.replace(secret, "…")
    return _IN_URL.sub("…@", text)[:_LONGEST]
