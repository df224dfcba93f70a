"""Keys are ordered, repeatable where they must be, and readable aloud."""

import uuid
from datetime import UTC, datetime

import pytest

from simpul.kernel import ids


def test_uuid7_never_goes_back() -> None:
    made = [ids.uuid7() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert {u.version for u in made} == {7}


def test_uuid7_carries_its_instant() -> None:
    before = datetime.now(UTC)
    assert abs((ids.uuid7_instant(ids.uuid7()) - before).total_seconds()) < 60


def test_uuid7_from_a_seed_repeats_itself_and_differs_by_seed() -> None:
    day = datetime(2025, 2, 7, tzinfo=UTC)
    assert ids.uuid7_from("a", day) == ids.uuid7_from("a", day)
    assert ids.uuid7_from("a", day) != ids.uuid7_from("b", day)
    assert ids.uuid7_instant(ids.uuid7_from("a", day)) == day
    assert ids.uuid7_from("a", day).version == 7


def test_uuid7_instant_refuses_another_version() -> None:
    with pytest.raises(ValueError):
        ids.uuid7_instant(ids.unlinkable_id())


@pytest.mark.parametrize("typed", ["k7q2-m4td", "K7Q2M4TD", " k7q2 m4td "])
def test_read_code_forgives_case_and_spaces(typed: str) -> None:
    assert ids.read_code(typed) == "K7Q2-M4TD"


def test_read_code_forgives_letters_that_look_like_digits() -> None:
    assert ids.read_code("OIL0-0000") == "0110-0000"


def test_human_codes_read_back_as_written() -> None:
    for _ in range(100):
        code = ids.human_code()
        assert ids.read_code(code) == code


def test_repeatable_gives_the_same_keys_in_the_same_order_and_ends() -> None:
    day = datetime(2025, 2, 7, tzinfo=UTC)

    def three() -> list[uuid.UUID]:
        with ids.repeatable("demo", day):
            return [ids.uuid7() for _ in range(3)]

    assert three() == three()
    assert three() == sorted(set(three()), key=str)  # in order, as rows told by their keys need it
    assert ids.uuid7() != ids.uuid7()
    with ids.repeatable("demo", day):
        free = ids.unlinkable_id()
    with ids.repeatable("demo", day):
        assert ids.unlinkable_id() == free
    assert free.version == 4
    assert ids.unlinkable_id() != ids.unlinkable_id()
    assert abs((ids.uuid7_instant(ids.uuid7()) - datetime.now(UTC)).total_seconds()) < 60
