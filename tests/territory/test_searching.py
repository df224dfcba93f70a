import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.territory.queries import path_of, search_areas
from tests.factories.territory import PENEDA_GANDOR, listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indonesia")]


def first(text: str, **options: object) -> str:
    return search_areas(text, **options)[0].code  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["Peneda Gandor", "penedagandor", "PENEDA  GANDOR", "gandor", "peneda-gandor", "Desa Peneda Gandor"]
)
def test_search_areas_ignores_spaces_case_and_where_in_the_name_it_is(text: str) -> None:
    assert first(text) == PENEDA_GANDOR


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lombok timur", "52.03"),
        ("Kab. Lombok Timur", "52.03"),
        ("lotim", "52.03"),
        ("NTB", "52"),
        ("DKI Jakarta", "31"),
        ("Daerah Istimewa Yogyakarta", "34"),
        ("jogja", "34"),
        ("mataram", "52.71"),
        ("Kota Mataram", "52.71"),
        ("kec. masbagik", "52.03.05"),
        ("Kota Administrasi Jakarta Pusat", "31.71"),
        ("Paok Motong", "52.03.05.2002"),
        ("Tetebatu", "52.03.04.2006"),
        ("52.03.05", "52.03.05"),
        ("Teros, Labuhan Haji", "52.03.17.2003"),
        ("teros labuhan haji", "52.03.17.2003"),
        ("danger masbagik lotim", "52.03.05.2006"),
        ("Danger, Kec. Masbagik, Kab. Lombok Timur, NTB", "52.03.05.2006"),
    ],
)
def test_search_areas_puts_what_was_meant_first(text: str, code: str) -> None:
    assert first(text) == code


def test_search_areas_names_with_a_kind_word_stay_names() -> None:
    found = search_areas("kota baru", limit=50)
    assert {a.name for a in found if a.kind == "village"} >= {"Kota Baru"}


def test_search_areas_ranks_exact_before_prefix_before_inside_and_large_before_small() -> None:
    found = search_areas("mataram", limit=50)
    ranks = [(0 if a.folded == "mataram" else 1 if a.folded.startswith("mataram") else 2, a.level) for a in found]
    assert ranks == sorted(ranks)
    assert {0, 1, 2} == {rank for rank, _ in ranks}


def test_search_areas_within_and_kinds_narrow() -> None:
    assert {a.code[:5] for a in search_areas("masbagik", within="52.03")} == {"52.03"}
    assert {a.kind for a in search_areas("masbagik", kinds=["district"])} == {"district"}
    assert search_areas("masbagik", within="52.01") == []
    assert search_areas("52.03", kinds=["province"]) == []


@pytest.mark.parametrize("text", ["", " ", "a", "%", "_", "''", "xqzzy", ",", "\x01", "52.", "%%%"])
def test_search_areas_of_nothing_finds_nothing(text: str) -> None:
    assert search_areas(text) == []


def test_path_of_a_village() -> None:
    assert path_of("52.03.05.2008") == "Desa Masbagik Utara Baru, Kecamatan Masbagik, Kabupaten Lombok Timur, NTB"
    assert path_of("52.71") == "Kota Mataram, NTB"
    assert path_of("52") == "Nusa Tenggara Barat"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.integers(0, 91_598), st.data())
def test_search_areas_finds_any_area_however_it_is_spaced(number: int, data: st.DataObject) -> None:
    row = listing().rows[number]
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "  "]), min_size=len(row.folded), max_size=len(row.folded)))
    typed = "".join(letter + gap for letter, gap in zip(row.folded, gaps, strict=True))
    shouted = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(typed)
    assert row.code in {a.code for a in search_areas(shouted, within=row.code, kinds=[row.kind])}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.text(max_size=120))
def test_search_areas_survives_any_text_and_answers_the_same_twice(text: str) -> None:
    assert [a.code for a in search_areas(text)] == [a.code for a in search_areas(text)]
