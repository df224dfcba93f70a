"""The guides say the same in both languages, and call what is on the screen by the words on the screen."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.architecture.source import ROOT, SRC

GUIDES = ROOT / "docs" / "guides"
INDONESIAN, ENGLISH = GUIDES / "id", GUIDES / "en"
PAGES = sorted(path.name for path in INDONESIAN.glob("*.md"))
# Stamped on every page of the demo in both languages; no text of a catalogue.
STAMPS = {"DATA CONTOH"}


def text(folder: Path, page: str) -> str:
    return (folder / page).read_text(encoding="utf-8")


def shape(written: str) -> dict[str, list[str] | int]:
    """What has to be alike: levels of headings in their order, steps, rows of tables, links, words on the screen."""
    return {
        "headings": re.findall(r"^#+(?= )", written, re.MULTILINE),
        "steps": re.findall(r"^\d+\.(?= )", written, re.MULTILINE),
        "points": len(re.findall(r"^- ", written, re.MULTILINE)),
        "rows": len(re.findall(r"^\|", written, re.MULTILINE)),
        "links": [target.partition("#")[0] for target in re.findall(r"\]\(([^)]+)\)", written)][1:],
        "labels": len(labels(written)),
    }


def labels(written: str) -> list[str]:
    return [" ".join(found.split()) for found in re.findall(r"\*\*(.+?)\*\*", written, re.DOTALL)]


@cache
def on_screen(language: str) -> re.Pattern[str]:
    """Every text of the catalogues in that language; a placeholder stands for anything."""
    said = set[str]()
    for catalogue in SRC.glob("**/locale/id/LC_MESSAGES/django.po"):
        with catalogue.open("rb") as file:
            for message in read_po(file):
                source = message.id if language == "en" else message.string
                said.update([source] if isinstance(source, str) else source)
    return re.compile("|".join(_pattern(one) for one in said if re.search(r"[^\W\d_]{2}", _plain(one))))


def _plain(message: str) -> str:
    return re.sub(r"%\(\w+\)s|\{\w*\}", "", message)


def _pattern(message: str) -> str:
    return ".+".join(re.escape(part) for part in re.split(r"%\(\w+\)s|\{\w*\}", " ".join(message.split())))


def test_both_languages_have_the_same_pages() -> None:
    assert len(PAGES) > 5
    assert sorted(path.name for path in ENGLISH.glob("*.md")) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_same_shape_in_both_languages(page: str) -> None:
    assert shape(text(INDONESIAN, page)) == shape(text(ENGLISH, page))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_leads_to_its_twin(page: str) -> None:
    assert f"[English](../en/{page})" in text(INDONESIAN, page)
    assert f"[Bahasa Indonesia](../id/{page})" in text(ENGLISH, page)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "README.md"])
def test_the_index_names_every_page(page: str) -> None:
    assert f"]({page})" in text(INDONESIAN, "README.md")
    assert f"]({page})" in text(ENGLISH, "README.md")


@pytest.mark.parametrize("page", [page for page in PAGES if page != "README.md"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_quotes_the_words_on_the_screen(language: str, page: str) -> None:
    quoted = [label for label in labels(text(GUIDES / language, page)) if label not in STAMPS]
    assert [label for label in quoted if not on_screen(language).fullmatch(label)] == []
