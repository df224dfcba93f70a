"""Times and lengths as Zoom, Google Meet and people write them."""

from datetime import UTC, datetime

import pytest

from simpul.interop.values import Unreadable
from simpul.kernel.time import Zone
from simpul.web.meetings.clocks import instant, lasted

NEAR = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)  # nine in the morning of the fifth of January at Jakarta
NINE = datetime(2026, 1, 5, 2, 2, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "01/05/2026 09:02:31 AM",  # month first, as Zoom in English
        "05/01/2026 09:02:31",  # day first
        "05/01/2026 09.02.31",
        "5-1-2026 9:02:31",
        "2026-01-05 09:02:31",
        "2026-01-05T02:02:31Z",
        "2026-01-05T02:02:31.000Z",
        "2026-01-05T09:02:31+07:00",
        "Jan 5, 2026 09:02:31 AM",
        "5 Januari 2026 09.02.31",
        "5 Jan 2026, 10.02.31 WITA",
        "09:02:31 AM",
        "09.02.31",
        "11:02:31 WIT",
        "10:02:31 GMT+8",
    ],
)
def test_a_time_is_read_however_it_is_written(words: str) -> None:
    assert instant(words, zone=Zone.WIB, near=NEAR) == NINE


@pytest.mark.parametrize(("zone", "hour"), [(Zone.WIB, 2), (Zone.WITA, 1), (Zone.WIT, 0)])
def test_a_time_without_its_zone_is_of_the_zone_that_was_told(zone: Zone, hour: int) -> None:
    assert instant("09:02", zone=zone, near=NEAR).astimezone(UTC).hour == hour


def test_noon_and_midnight_are_told_apart() -> None:
    assert instant("12:10:00 PM", zone=Zone.WIB, near=NEAR).astimezone(UTC) == datetime(2026, 1, 5, 5, 10, tzinfo=UTC)
    assert instant("12:10 AM", zone=Zone.WIB, near=NEAR).astimezone(UTC) == datetime(2026, 1, 4, 17, 10, tzinfo=UTC)


def test_a_time_alone_is_of_the_day_that_is_nearest() -> None:
    late = datetime(2026, 1, 5, 16, 30, tzinfo=UTC)  # half past eleven in the evening
    assert instant("00:20", zone=Zone.WIB, near=late).astimezone(UTC) == datetime(2026, 1, 5, 17, 20, tzinfo=UTC)


@pytest.mark.parametrize("words", ["kemarin", "25:00", "40/40/2026 09:00", "09", "5 Januari 09:00"])
def test_what_is_no_time_is_told(words: str) -> None:
    with pytest.raises(Unreadable):
        instant(words, zone=Zone.WIB, near=NEAR)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (65, 65),
        ("65", 65),
        ("64,6", 65),
        ("1:05:00", 65),
        ("1 hr 5 min", 65),
        ("1 hour, 5 minutes", 65),
        ("1 jam 5 menit", 65),
        ("1 j 5 mnt", 65),
        ("45 mnt", 45),
        ("20 detik", 1),
        ("", None),
        ("-", None),
        (0, None),
    ],
)
def test_a_length_is_read_however_it_is_written(cell: object, minutes: int | None) -> None:
    assert lasted(cell) == minutes  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["lama", "5 hari", "satu jam"])
def test_what_is_no_length_is_told(cell: str) -> None:
    with pytest.raises(Unreadable):
        lasted(cell)
