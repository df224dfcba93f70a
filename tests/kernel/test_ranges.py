"""Which bytes are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.kernel.ranges import content_range, is_held, part_of

MARK = '"a1"'


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("", None),
        ("bytes=0-", range(1000)),
        ("bytes=0-0", range(1)),
        ("bytes=10-19", range(10, 20)),
        (" bytes= 10-19 ", range(10, 20)),
        ("bytes=990-", range(990, 1000)),
        ("bytes=990-5000", range(990, 1000)),
        ("bytes=-10", range(990, 1000)),
        ("bytes=-5000", range(1000)),
        ("bytes=1000-", range(0)),
        ("bytes=2000-3000", range(0)),
        ("bytes=-0", range(0)),
        ("bytes=19-10", None),
        ("bytes=0-1,5-9", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=\u0661-\u0662", None),
        ("bytes=9999999999999999-", None),
        ("lines=0-9", None),
    ],
)
def test_part_of_a_thousand_bytes(wanted: str, part: range | None) -> None:
    assert part_of(1000, MARK, wanted=wanted) == part


@pytest.mark.parametrize(
    ("only_if", "part"),
    [
        ("", range(10, 1000)),
        (MARK, range(10, 1000)),
        ('"b2"', None),
        ('W/"a1"', None),
        ("Sun, 22 Nov 2026 08:00:00 GMT", None),
    ],
)
def test_part_of_only_where_the_reader_holds_the_same_file(only_if: str, part: range | None) -> None:
    assert part_of(1000, MARK, wanted="bytes=10-", only_if=only_if) == part


def test_part_of_an_empty_file_is_the_whole_or_nothing() -> None:
    assert part_of(0, MARK) is None
    assert part_of(0, MARK, wanted="bytes=0-") == range(0)
    assert part_of(0, MARK, wanted="bytes=-5") == range(0)


@given(st.integers(0, 5000), st.text(max_size=30), st.text(max_size=10))
def test_part_of_lies_within_the_file_whatever_is_asked(size: int, wanted: str, only_if: str) -> None:
    for asked in (wanted, f"bytes={wanted}"):
        part = part_of(size, MARK, wanted=asked, only_if=only_if)
        assert part is None or 0 <= part.start <= part.stop <= size


@given(st.integers(1, 5000), st.lists(st.integers(1, 2000), max_size=5))
def test_part_of_taken_up_again_and_again_is_the_whole(size: int, arriving: list[int]) -> None:
    got, file = b"", bytes(n % 251 for n in range(size))
    for most in (*arriving, size):
        part = part_of(size, MARK, wanted=f"bytes={len(got)}-", only_if=MARK)
        assert part is not None
        if len(got) < size:
            assert content_range(part, size) == f"bytes {len(got)}-{size - 1}/{size}"
        got += file[part.start : part.stop][:most]
    assert got == file


def test_content_range_of_what_is_not_there_says_how_long_the_file_is() -> None:
    assert content_range(range(0), 3000) == "bytes */3000"


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ("", False),
        ("*", True),
        (MARK, True),
        (f'"x", {MARK}', True),
        (f"W/{MARK}", True),
        ('"b2"', False),
        ("a1", False),
    ],
)
def test_is_held_by_any_of_the_marks_sent(held: str, found: bool) -> None:
    assert is_held(MARK, held) == found
