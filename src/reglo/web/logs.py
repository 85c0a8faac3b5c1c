"""Logs: one event a line, with keys, without personal data.

Events are ours: `log.info("invoice_issued", organisation=7, number="F-12")`. They carry numbers of rows, never names,
addresses or amounts. What libraries log is kept without the values that they put in, since nobody knows what these
are; of an exception the kind and the places in the code are kept, not its message (PostgreSQL repeats the row that it
refuses). What looks like an e-mail address is struck out in the end, whoever wrote it.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_EMAIL = re.compile(r"[^\s@<>\"'=]+@[^\s@<>\"',;]+")
_DEEPEST = 30  #: places of the code that are kept of an exception
#: They repeat what visitors typed, or what metrics tell better; the request log has the same facts.
_QUIET = ("django.request", "django.server", "django.security", "waitress.queue")


def set_up_logs(options: Mapping[str, str]) -> None:
    """Send every log, ours and that of libraries, to stderr as `options["format"]` says: "json" or "text"."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _places_of_exception,
        _without_addresses,
    ]
    is_json = options["format"] == "json"
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if is_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_without_values, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
            keep_exc_info=False,
            use_get_message=False,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("reglo").setLevel(logging.INFO)
    for name in ("django", "rq", "rq.worker", *_QUIET):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.CRITICAL if name in _QUIET else logging.NOTSET)


def _without_values(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What a library logs, without the values that it fills in."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        event["event"] = record.funcName if record.name == "waitress" else str(record.msg)  # it puts addresses in
        if record.exc_info:
            event["exc_info"] = record.exc_info
    event.pop("positional_args", None)
    return event


def _places_of_exception(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception as its kind and the places of the code that it passed, without its message."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
        event["exception"] = type(error).__name__
        event["places"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _without_addresses(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _EMAIL.sub("…@…", value)
    return event
