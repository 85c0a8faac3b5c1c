"""Keys of the portal stay out of logs: whoever reads a log must not be able to answer for a customer."""

import logging
import re

_KEY = re.compile(r"(/p/)[^/\s\"']+")

#: Loggers of others that write addresses.
_LOGGERS = ("django.request", "django.server", "django.security.csrf")


def without_keys(text: str) -> str:
    """`text` with "…" in place of keys of the portal."""
    return _KEY.sub(r"\1…", text)


class WithoutKeys(logging.Filter):
    """Takes keys out of messages and their arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is always logged."""
        record.msg = without_keys(record.msg) if isinstance(record.msg, str) else record.msg
        if isinstance(record.args, tuple):
            record.args = tuple(without_keys(each) if isinstance(each, str) else each for each in record.args)
        elif isinstance(record.args, dict):
            record.args = {
                name: without_keys(each) if isinstance(each, str) else each for name, each in record.args.items()
            }
        return True


def watch_logs() -> None:
    """Put the filter on all loggers that write addresses."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(WithoutKeys())
