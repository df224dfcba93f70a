"""Logs without personal data: a line of JSON each, pages by the name of their route, faults by type and place.

A path can hold a one-time link and a query what somebody searched for, so neither is written. The text of an exception
can quote a row of the database, so only its type and the lines it passed through are.
"""

import json
import logging
import secrets
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

# What a record may carry beyond its message, set with `extra=`; anything else is dropped.
FIELDS = ("route", "method", "status", "milliseconds", "bytes", "task")
# Ties the lines of one request together; random, and kept nowhere else. "" outside of a request.
request_id: ContextVar[str] = ContextVar("request_id", default="")
# Loggers that put the path of a request into their message.
WITH_PATHS = frozenset({"django.request", "django.security.csrf", "django.server"})


def new_request_id() -> str:
    return secrets.token_hex(6)


class WithoutPersonalData(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "event": self._event(record),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if request_id.get():
            line["request"] = request_id.get()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = type(error).__name__
            line["where"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
        return json.dumps(line, ensure_ascii=False, default=str)

    def _event(self, record: logging.LogRecord) -> str:
        if record.name in WITH_PATHS or record.name.startswith("django.security"):
            # The bare template: "Not Found: %s". Its arguments are paths.
            return str(record.msg).replace("%s", "").strip(" :")
        return record.getMessage()


def logging_settings(*, pages: bool) -> dict[str, object]:
    """Django's LOGGING: warnings and faults to stderr, and with `pages` a line for each page asked for."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "simpul.config.logs.WithoutPersonalData"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django.request": {"level": "ERROR"},
            "PIL": {"level": "WARNING"},  # below that it writes what pictures tell of where they were taken
            "simpul.pages": {"level": "INFO" if pages else "WARNING"},
        },
    }
