"""Whatever is typed anywhere, no line of a log repeats it."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from django.urls.converters import IntConverter, UUIDConverter

from simpul.config.logs import WithoutPersonalData
from tests.cast import Cast
from tests.matrix import every_url

TYPED = "rahasia-inaq-0812"
ID = UUID("01939c5a-0000-7000-8000-00000000abcd")
FIELDS = ("name", "phone", "email", "whatsapp", "q", "reason", "note", "handle", "password", "code", "pin", "title")


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Every line as it would be written, of every logger, down to the least."""
    lines: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(WithoutPersonalData().format(record))

    keeper, loggers = Keeper(), [logging.getLogger(n) for n in ("", "django", "simpul", "simpul.pages", "allauth")]
    kept = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        if logger.name == "root" or not logger.propagate:
            logger.addHandler(keeper)
        logger.setLevel(logging.INFO)
    yield lines
    for logger, level in kept:
        logger.removeHandler(keeper)
        logger.setLevel(level)


def address(name: str, pattern: URLPattern) -> str | None:
    """The page's address with what was typed in every part that takes words."""

    def part(converter: Any) -> object:
        return ID if isinstance(converter, UUIDConverter) else 7 if isinstance(converter, IntConverter) else TYPED

    try:
        return reverse(name, kwargs={key: part(found) for key, found in pattern.pattern.converters.items()})
    except NoReverseMatch:
        return None


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["dewi", "citra", "publik"])
def test_nothing_that_was_typed_reaches_the_log(cast: Cast, log: list[str], key: str) -> None:
    browser: Client = getattr(cast, key).client()
    browser.raise_request_exception = False
    addresses = [found for name, pattern in every_url().items() if (found := address(name, pattern))]
    for path in [*addresses, f"/{TYPED}/"]:
        browser.get(path, {"q": TYPED, TYPED: TYPED}, headers={"referer": f"http://testserver/{TYPED}/"})
        browser.post(path, dict.fromkeys(FIELDS, TYPED), headers={"user-agent": TYPED})
    assert len(log) >= 2 * len(addresses)
    assert [line for line in log if TYPED in line] == []


@pytest.mark.django_db
def test_lines_of_one_request_carry_its_number(log: list[str]) -> None:
    first, second = (Client().get(path) for path in ("/", "/tidak-ada/"))
    numbers = [json.loads(line)["request"] for line in log if json.loads(line)["from"] == "simpul.pages"]
    assert numbers == [first["X-Request-Id"], second["X-Request-Id"]]
    assert first["X-Request-Id"] != second["X-Request-Id"]
    logging.getLogger("simpul").warning("outside")
    assert "request" not in json.loads(log[-1])
