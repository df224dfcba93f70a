"""Text in two or more languages, Indonesian always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.kernel.localized import LocalizedText

WORDS = st.text(min_size=1).filter(lambda text: text.strip())


def test_a_language_that_is_missing_reads_indonesian() -> None:
    text = LocalizedText(id="Papan", en="Board")
    assert [text.to(language) for language in ("id", "en", "en-gb", "fr", "")] == [
        "Papan",
        "Board",
        "Board",
        "Papan",
        "Papan",
    ]
    assert str(text) == "Papan"


@pytest.mark.parametrize("texts", [{}, {"en": "Board"}, {"id": ""}, {"id": " \n", "en": "Board"}])
def test_indonesian_is_required(texts: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        LocalizedText(texts)


def test_empty_languages_are_dropped_and_spaces_trimmed() -> None:
    assert dict(LocalizedText({"id": " Papan ", "en": "  "})) == {"id": "Papan"}


@given(WORDS, WORDS)
def test_equal_texts_are_one_key(indonesian: str, english: str) -> None:
    one = LocalizedText(id=indonesian, en=english)
    other = LocalizedText({"en": english, "id": indonesian})
    assert one == other
    assert len({one, other}) == 1
    assert LocalizedText(dict(one)) == one


def test_a_text_does_not_change() -> None:
    text = LocalizedText(id="Papan")
    with pytest.raises((TypeError, AttributeError)):
        text["en"] = "Board"  # type: ignore[index]
    assert (list(text), len(text), "en" in text) == (["id"], 1, False)
    assert repr(text) == "LocalizedText({'id': 'Papan'})"
