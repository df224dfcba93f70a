"""No line of a log holds a path, a query, an address or a value of a record."""

import json
import logging
import sys
from collections.abc import Iterator
from typing import cast

import pytest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from simpul.config.access_log import AccessLog
from simpul.config.logs import WithoutPersonalData

SECRET = "rahasia-9f2b"


def line(record: logging.LogRecord) -> dict[str, object]:
    text = WithoutPersonalData().format(record)
    assert SECRET not in text
    assert "\n" not in text
    return dict(json.loads(text))


def test_a_fault_is_told_by_type_and_place_not_by_its_words() -> None:
    def store() -> None:
        raise IntegrityError(f"Key (phone)=({SECRET}) already exists")

    try:
        store()
    except IntegrityError:
        record = logging.LogRecord("simpul.x", logging.ERROR, __file__, 1, "it failed", None, sys.exc_info())
    found = line(record)
    assert found["error"] == "IntegrityError"
    assert [place.rpartition(" ")[2] for place in cast("list[str]", found["where"])][-1] == "store"
    assert found["event"] == "it failed"


@pytest.mark.parametrize("name", ["django.request", "django.security.csrf", "django.security.DisallowedHost"])
def test_a_path_in_django_s_own_words_is_dropped(name: str) -> None:
    record = logging.LogRecord(
        name, logging.WARNING, __file__, 1, "Not Found: %s", (f"/daftar-perangkat/{SECRET}/",), None
    )
    assert line(record)["event"] == "Not Found"


def test_only_named_fields_are_written() -> None:
    record = logging.LogRecord("simpul.pages", logging.INFO, __file__, 1, "page", None, None)
    record.route, record.status, record.user = "home", 200, SECRET
    found = line(record)
    assert (found["route"], found["status"]) == ("home", 200)
    assert "user" not in found


@pytest.fixture
def written() -> Iterator[list[logging.LogRecord]]:
    """What the pages' log receives."""
    kept: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(record)

    logger, handler = logging.getLogger("simpul.pages"), Keep()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield kept
    logger.removeHandler(handler)
    logger.setLevel(before)


@pytest.mark.django_db
def test_a_page_is_logged_by_its_route(client: Client, written: list[logging.LogRecord]) -> None:
    answer = client.get("/", {"cari": SECRET}, REMOTE_ADDR="203.0.113.9")
    found = [line(record) for record in written]
    assert [(f["route"], f["method"], f["status"]) for f in found] == [("home", "GET", answer.status_code)]
    assert "203.0.113.9" not in json.dumps(found)


def test_a_page_that_has_no_route_is_logged_without_its_path(written: list[logging.LogRecord]) -> None:
    def absent(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=404)

    AccessLog(absent)(RequestFactory().get(f"/{SECRET}/"))
    assert [(line(r)["route"], line(r)["status"]) for r in written] == [("-", 404)]
