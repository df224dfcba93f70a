"""What a notice may say is declared; nothing of a person fits into it."""

from datetime import date, datetime

import pytest

from simpul.notices.kinds import NoticeKind, Param, Shape, UnsafeParam, declare, known, read, stored
from tests.factories.notices import NOW, PARAMS, PLAIN, TOLD


def test_parameters_are_kept_as_json_and_read_as_they_were() -> None:
    kept = stored(TOLD, PARAMS)
    assert kept == {"code": "K7Q2-M4TD", "day": "2025-02-09", "number": 1200}
    assert read(TOLD, kept) == PARAMS


@pytest.mark.parametrize("code", ["K7Q2-M4TD", "ADU-2026-014", "188.45/03", "7"])
def test_a_code_is_capitals_and_digits(code: str) -> None:
    assert stored(TOLD, {**PARAMS, "code": code})["code"] == code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", "Inaq Rohani"),
        ("code", "ROHANI"),
        ("code", ""),
        ("code", "081234567890123"),
        ("code", "ani@example.org"),
        ("code", "A1\n"),
        ("code", 7),
        ("day", "2025-02-09"),
        ("day", NOW),
        ("number", "1200"),
        ("number", True),
        ("number", 10**13),
    ],
)
def test_what_could_be_somebodys_is_refused(name: str, value: Param | datetime) -> None:
    with pytest.raises(UnsafeParam):
        stored(TOLD, {**PARAMS, name: value})  # type: ignore[dict-item]


@pytest.mark.parametrize("given", [{}, {**PARAMS, "name": "A1"}, {"code": "A1", "day": date(2025, 1, 1)}])
def test_parameters_are_exactly_those_declared(given: dict[str, Param]) -> None:
    with pytest.raises(UnsafeParam):
        stored(TOLD, given)


def test_a_kind_is_declared_once_under_context_and_word() -> None:
    assert known(PLAIN.key) is PLAIN
    assert known("tests.unheard_of") is None
    for key in (PLAIN.key, "tests", "Tests.plain"):
        with pytest.raises(ValueError):
            declare(NoticeKind(key, title=PLAIN.title))


def test_a_parameter_the_kind_no_longer_declares_is_left_out() -> None:
    changed = NoticeKind(TOLD.key, title=TOLD.title, params={"code": Shape.CODE})
    assert read(changed, stored(TOLD, PARAMS)) == {"code": "K7Q2-M4TD"}
