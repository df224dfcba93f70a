"""Two spellings of one organisation are found; two organisations of one word are told apart."""

import pytest

from simpul.interop.likeness import CROWD, Index, Likeness, Match


def entry(key: str, name: str, area: str = "52.03", *marks: str, acronym: str = "") -> Likeness:
    return Likeness(key, (name,), (acronym,) if acronym else (), area, frozenset(marks))


def found(one: Likeness, other: Likeness) -> list[tuple[str, str]]:
    return [(match.key, match.why) for match in Index([one]).matches(other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yayasan Peneda Gandor", "Yayasan Penedagandor"),
        ("Yayasan Peneda Gandor", "Yys. Peneda Gandor"),
        ("Yayasan Peneda Gandor", "PENEDA GANDOR, Yayasan"),
        ("LBH APIK NTB", "Lembaga Bantuan Hukum APIK Nusa Tenggara Barat"),
        ("Aisyiyah Lombok Timur", "'Aisyiah Lotim"),
        ("Perkumpulan Panca Karsa", "Panca Karsa"),
        ("Yayasan Tunas Alam", "Yayasan Tunas Alm"),
        ("Yayasan Mitra Samya Desa", "Yayasan M. Samya Desa"),
        ("Perkumpulan Suara Ibu Pesisir", "Perkumpulan Suara Ibu Pes."),
    ],
)
def test_one_organisation_written_in_two_ways_is_found(one: str, other: str) -> None:
    assert found(entry("a", one), entry("b", other)) == [("a", "name")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yayasan Peneda Gandor", "Yayasan Tunas Alam"),
        ("Kelompok Konstituen Mawar", "Kelompok Konstituen Melati"),
        ("Kelompok Tani Maju 3", "Kelompok Tani Maju 4"),
        ("Forum Anak Danger", "Forum Petani Danger"),
        ("Tani Maju Makmur A", "Tani Maju Makmur Abadi"),
        ("Mawar Samya", "M. Samya"),
        ("Mitra Samya Desa", "Tunas Samya Desa"),
    ],
)
def test_two_organisations_of_one_word_are_told_apart(one: str, other: str) -> None:
    assert found(entry("a", one), entry("b", other)) == []


def test_one_name_in_two_regencies_is_two_organisations() -> None:
    assert found(entry("a", "Yayasan Peduli", "52.03"), entry("b", "Yayasan Peduli", "53.01")) == []


def test_one_name_is_found_where_one_of_them_tells_no_place() -> None:
    assert found(entry("a", "Yayasan Peduli", "52.03.12"), entry("b", "Yayasan Peduli", "")) == [("a", "name")]


def test_a_province_holds_its_regencies() -> None:
    assert found(entry("a", "Yayasan Peduli", "52"), entry("b", "Yayasan Peduli", "52.08")) == [("a", "name")]


def test_the_same_number_is_a_clue_wherever_it_is() -> None:
    one, other = entry("a", "Yayasan A", "52.03", "phone:+62812"), entry("b", "Lembaga Z", "53.01", "phone:+62812")
    assert found(one, other) == [("a", "mark")]


def test_a_short_name_stands_for_the_long_one() -> None:
    one = entry("a", "Yayasan Gerakan Masyarakat", acronym="YGM")
    assert found(one, entry("b", "YGM")) == [("a", "acronym")]


def test_a_former_name_is_found() -> None:
    one = Likeness("a", ("JMS Lombok", "JMS-LOBAR"), (), "52.01")
    assert found(one, entry("b", "JMS LOBAR", "52.01")) == [("a", "name")]


def test_nothing_is_its_own_double() -> None:
    one = entry("a", "Yayasan Peduli")
    assert Index([one]).matches(one) == []


def test_a_clue_that_everybody_shares_is_none() -> None:
    index = Index(entry(str(n), f"Peduli {n:04}x", "", "phone:1") for n in range(CROWD + 2))
    assert index.matches(entry("b", "Lain Sama Sekali", "", "phone:1")) == []


def test_the_likeliest_comes_first() -> None:
    index = Index([entry("a", "Yayasan Tunas Alam Raya"), entry("b", "Yayasan Tunas Alam")])
    matches = index.matches(entry("c", "Yayasan Tunas Alam"))
    assert matches[0] == Match(1.0, "b", "name")
