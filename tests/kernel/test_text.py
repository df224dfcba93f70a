"""What two spellings of one name have in common."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.kernel.text import fold, fold_words, squeeze


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peneda Gandor", "penedagandor"),
        ("Désa  Tete-Batu", "desa tetebatu"),
        ("JMS-LOBAR", "jms lobar"),
        ("Ma'rang", "marang"),
        ("Yayasan \u201cAnnisa\u201d", "YAYASAN ANNISA"),
        ("STRASSE", "straße"),
        ("ﬁtri", "Fitri"),
        ("L\u00e9ntera", "Le\u0301ntera"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Ani", "Budi"), ("Desa 1", "Desa 2"), ("Selong", "Selang")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_stay_words() -> None:
    assert fold_words("  Désa  Tete-Batu, (Lama) ") == "desa tete batu lama"
    assert fold_words("snake_case") == "snake case"
    assert fold_words("...") == fold("\n\t") == ""


def test_letters_of_other_scripts_are_kept() -> None:
    assert fold("ꦱꦼꦭꦺꦴꦁ") != ""
    assert fold("جاوي") == "جاوي"


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_words(fold_words(text)) == fold_words(text)


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_case_spaces_and_composition_do_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(f" {text}\t") == fold(text)


@given(st.text())
def test_squeezed_text_is_one_composed_line(text: str) -> None:
    line = squeeze(text)
    assert line == " ".join(line.split())
    assert unicodedata.is_normalized("NFC", line)
    assert squeeze(line) == line


def test_squeezing_keeps_case_and_marks() -> None:
    assert squeeze("  Désa\n\u00a0 Tete-Batu ") == "Désa Tete-Batu"
