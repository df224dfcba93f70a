from hypothesis import given
from hypothesis import strategies as st

from simpul.kernel.text import squeeze
from simpul.search.snippets import LENGTH, excerpt, highlight, snippet


def test_snippet_shows_what_answers_far_inside() -> None:
    text = "satu " * 100 + "Lentera Desa menyala " + "dua " * 100
    pieces = snippet(text, ["lentera"])
    whole = "".join(p.text for p in pieces)
    assert "Lentera Desa menyala" in whole
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) <= LENGTH + 4


def test_snippet_cuts_a_text_without_spaces() -> None:
    assert "".join(p.text for p in snippet("a" * 500, ["b"])) == "a" * LENGTH + " …"


def test_a_letter_answers_only_for_itself() -> None:
    assert [p.text for p in highlight("A bad b", ["b"]) if p.answers] == ["b"]


@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_highlight_loses_no_character(text: str, words: list[str]) -> None:
    assert "".join(p.text for p in highlight(text, words)) == text


@given(st.text(max_size=LENGTH))
def test_short_snippets_are_whole(text: str) -> None:
    assert "".join(p.text for p in snippet(text, ["a"])) == squeeze(text)


def test_excerpt_is_the_line_that_answers() -> None:
    about = "Mendampingi warga yang kesulitan mengurus dokumen kependudukan di desa-desa pesisir."
    text = f"{about}\nLD\nKabupaten Lombok Timur"
    assert "".join(p.text for p in excerpt(text, ["dokumen"])) == about
    assert "".join(p.text for p in excerpt(text, ["lombok"])) == "LD · Kabupaten Lombok Timur"
    assert "".join(p.text for p in excerpt(text, ["tidakada"])) == about
    assert excerpt("", ["a"]) == ()
