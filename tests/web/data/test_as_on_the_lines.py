"""What leaves as a file or to programs is what the lines of the ledger say, cell by cell, blanks as blanks."""

import csv
import io
from collections.abc import Iterator

import pytest

from simpul.releases.lines import cells_on, read_line, unpacked
from simpul.releases.models import Release
from simpul.releases.tables import Audience
from tests.cast import Cast
from tests.factories.releases import a_month, at_home, over, released

pytestmark = pytest.mark.django_db
Key = tuple[str, str, str, str, str]


@pytest.fixture
def january(cast: Cast) -> Cast:
    at_home(cast)
    a_month()
    released(cast, now=over("2025-01"))
    return cast


def on_the_lines() -> dict[str, dict[Key, int | None]]:
    """Table -> area, type, sex, age, period -> count, of what the public reads."""
    found: dict[str, dict[Key, int | None]] = {}
    for release in Release.objects.filter(audience=Audience.PUBLIC):
        line = read_line(unpacked(release.line))
        for one in cells_on(line):
            key = (one.area, one.type, one.sex, one.age, str(line["period"]))
            found.setdefault(one.table.key, {})[key] = one.count
    return found


def in_the_file(reader: Cast, place: str) -> dict[Key, int | None]:
    answer = reader.publik.client().get("/ekspor/data-kasus.csv", {"wilayah": place})
    text = (b"".join(answer) if answer.streaming else answer.content).decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if len(row) == 13 and row[0].isdecimal()]
    return {(row[1], row[3], row[5], row[6], row[7]): int(row[10]) if row[10] else None for row in rows}


def from_the_api(reader: Cast, table: str) -> Iterator[tuple[Key, int | None]]:
    address = f"/api/v1/case-counts?table={table}&limit=100"
    while address:
        page = reader.publik.client().get(address).json()
        for one in page["items"]:
            yield (one["area"], one["type"], one["sex"], one["age"], one["period"]), one["count"]
        address = page.get("next") or ""


@pytest.mark.parametrize("place", ["", "52", "32"])
def test_a_file_holds_what_the_lines_say_of_the_place(january: Cast, place: str) -> None:
    found = in_the_file(january, place)
    whole = {key: count for cells in on_the_lines().values() for key, count in cells.items()}
    assert found
    assert any(count is not None for count in found.values()) == any(whole[key] is not None for key in found)
    assert found == {key: whole[key] for key in found}
    own = {key for key in whole if key[0] == place}
    assert own <= set(found), "nothing of the place is left out"


def test_programs_read_what_the_lines_say(january: Cast) -> None:
    for table, cells in on_the_lines().items():
        told = dict(from_the_api(january, table))
        assert told
        assert told == {key: cells[key] for key in told}
        assert {key for key, count in cells.items() if count is not None} <= set(told)
