"""Finding who is known already: by the number, by how the name sounds; only among what one sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.cases.likeness import normal_likeness, normal_nik, sound_of
from simpul.cases.queries.duplicates import known_already, likely_duplicates_for
from tests.cast import Cast
from tests.factories.cases import NOW, make_case

NIK = "9903994107640001"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti Nurhaliza", "Sity Noerhaliza"),
        ("Inaq Muhammad Djaelani", "Moh. Jaelani"),
        ("Hj. Sri Wahyuni", "Wahyuni Sri"),
        ("Syarifah Chusnul", "Sarifah Khusnul"),
        ("Fatimah", "Fatima"),
        ("Zulkifli", "Sulkifli"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Ahmad", "Amat Tohri"), ("Rina", "Rani Astuti"), ("Budi", "Dewi")])
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


@given(st.text())
def test_any_text_has_a_sound(name: str) -> None:
    assert sound_of(sound_of(name)) is not None


def test_half_a_number_and_a_name_without_a_year_find_nobody() -> None:
    assert normal_nik("9903 9941 0764 0001") == NIK
    assert normal_nik("99039941") == ""
    assert normal_likeness("Siti\n\n52.03.05.2008") == ""


def test_the_same_number_is_found_across_cases_of_the_group(cast: Cast) -> None:
    first = make_case(cast.lentera, victim={"nik": NIK})
    second = make_case(cast.lentera, victim={"nik": "9903.9941.0764.0001", "name": "Lain", "age_stated": 60})
    [like] = likely_duplicates_for(cast.ani.actor, second, now=NOW)
    assert (like.case, like.by_nik) == (first, True)


def test_a_name_that_sounds_alike_born_about_then_in_the_village_is_found(cast: Cast) -> None:
    first = make_case(cast.lentera, victim={"name": "Inaq Noerhayati", "age_stated": 60})
    second = make_case(cast.lentera, victim={"name": "Nurhayati", "age_stated": 61})
    make_case(cast.lentera, victim={"name": "Nurhayati", "age_stated": 30})
    [like] = likely_duplicates_for(cast.ani.actor, second, now=NOW)
    assert (like.case, like.by_nik) == (first, False)


def test_other_groups_and_hidden_cases_are_never_hinted_at(cast: Cast) -> None:
    make_case(cast.other_group, victim={"nik": NIK})
    make_case(cast.lentera, types=["K.S"], victim={"nik": NIK})  # not Ani's
    make_case(cast.lentera, victim={"nik": NIK}, hide_from=[cast.ani.person])
    mine = make_case(cast.lentera, actor=cast.ani.actor, victim={"nik": NIK})
    assert likely_duplicates_for(cast.ani.actor, mine, now=NOW) == []
    assert known_already(cast.ani.actor, cast.lentera, nik=NIK, now=NOW)[0].case == mine
    assert len(known_already(cast.budi.actor, cast.lentera, nik=NIK, now=NOW)) == 3
    assert known_already(cast.hasan.actor, cast.lentera, nik=NIK, now=NOW) == []


def test_what_is_typed_finds_before_it_is_written(cast: Cast) -> None:
    case = make_case(cast.lentera, victim={"name": "Nurhayati", "age_stated": 60})
    like = known_already(
        cast.ani.actor, cast.lentera, name="Noerhajati", birth_year=1965, area_code=case.area_id, now=NOW
    )
    assert [found.case for found in like] in ([case], [])
    assert known_already(cast.ani.actor, cast.lentera, now=NOW) == []
