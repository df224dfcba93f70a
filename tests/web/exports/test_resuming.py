"""A table that broke off on the way is taken up where it stopped, where nothing counts how often it is sent."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
BOOK = "/ekspor/jejaring.xlsx"


def test_a_workbook_is_taken_up_where_it_broke_off(client: Client, cast: Cast) -> None:
    whole = client.get(BOOK)
    half = len(whole.content) // 2
    rest = client.get(BOOK, HTTP_RANGE=f"bytes={half}-", HTTP_IF_RANGE=whole.headers["ETag"])
    assert (rest.status_code, whole.content[:half] + rest.content) == (206, whole.content)
    assert rest.headers["Content-Range"] == f"bytes {half}-{len(whole.content) - 1}/{len(whole.content)}"
    assert client.get(BOOK, HTTP_IF_NONE_MATCH=whole.headers["ETag"]).status_code == 304


def test_a_workbook_that_says_something_else_by_now_begins_anew(client: Client, cast: Cast) -> None:
    before = client.get(BOOK)
    make_organisation(name="Yayasan Baru")
    after = client.get(BOOK, HTTP_RANGE="bytes=10-", HTTP_IF_RANGE=before.headers["ETag"])
    assert (after.status_code, after.headers["ETag"] == before.headers["ETag"]) == (200, False)


def test_a_workbook_is_not_packed_once_more_on_its_way(client: Client, cast: Cast) -> None:
    answer = client.get(BOOK, HTTP_ACCEPT_ENCODING="gzip")
    assert (answer.headers["Content-Encoding"], answer.content[:2]) == ("identity", b"PK")
    head = client.head(BOOK)
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(answer.content)))


def test_a_workbook_has_no_part_past_its_end(client: Client, cast: Cast) -> None:
    size = len(client.get(BOOK).content)
    answer = client.get(BOOK, HTTP_RANGE=f"bytes={size}-")
    assert (answer.status_code, answer.content, answer.headers["Content-Range"]) == (416, b"", f"bytes */{size}")


def test_lines_that_are_written_as_they_are_sent_are_sent_whole(client: Client, cast: Cast) -> None:
    answer = client.get("/ekspor/jejaring.csv", HTTP_RANGE="bytes=10-")
    assert (answer.status_code, answer.headers["Accept-Ranges"]) == (200, "none")


def test_what_is_recorded_each_time_is_never_sent_in_parts(cast: Cast) -> None:
    answer = cast.budi.client().post("/ekspor/orang.xlsx", {"cari": ""}, HTTP_RANGE="bytes=10-")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert not {"Accept-Ranges", "ETag", "Content-Range"} & set(answer.headers)
