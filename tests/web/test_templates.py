"""What every template keeps to: short, nothing inline, nothing leaves a confidential room by a button."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "simpul"
TEMPLATES = {p.relative_to(SOURCE).as_posix(): p.read_text() for p in sorted(SOURCE.glob("**/templates/**/*.html"))}

RULES = {
    "no style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "no style element": re.compile(r"<style\b", re.IGNORECASE),
    "no inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "no event attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "no address of another host loaded": re.compile(r"(?:src|srcset|data|poster)=[\"']https?://", re.IGNORECASE),
    "no javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


def test_templates_are_found() -> None:
    assert "web/templates/base/page.html" in TEMPLATES


@pytest.mark.parametrize("path", TEMPLATES)
def test_template_is_at_most_120_lines(path: str) -> None:
    assert len(TEMPLATES[path].splitlines()) <= 120


@pytest.mark.parametrize("rule", RULES)
def test_template_keeps_to(rule: str) -> None:
    assert [path for path, text in TEMPLATES.items() if RULES[rule].search(text)] == []


def test_the_rules_see_what_they_forbid() -> None:
    bad = {
        "no style attribute": '<p class="a" style="color:red">',
        "no style element": "<style>",
        "no inline script": "<script defer>alert(1)</script>",
        "no event attribute": "<p onclick='x()'>",
        "no address of another host loaded": '<img src="https://example.org/a.png">',
        "no javascript address": '<a href="javascript:x()">',
    }
    assert {rule for rule, text in bad.items() if RULES[rule].search(text)} == set(RULES)
    assert not RULES["no inline script"].search('<script src="a.js" defer></script>')


def test_nothing_leaves_a_confidential_room_by_a_button() -> None:
    confidential = {path: text for path, text in TEMPLATES.items() if '"base/confidential.html"' in text}
    assert [p for p, text in confidential.items() if "components/share.html" in text or "block share" in text] == []


@pytest.mark.parametrize("path", [p for p in TEMPLATES if not p.startswith("web/templates/base/")])
def test_words_of_templates_are_marked(path: str) -> None:
    """Text of two words or more between tags is either translated or, in the field's own words, marked with `lang`."""
    text = re.sub(r"\{% (blocktranslate|comment)\b.*?\{% end\1 %\}", "", TEMPLATES[path], flags=re.DOTALL)
    text = re.sub(r"<(code|pre)\b.*?</\1>|\{#.*?#\}|<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\0", text, flags=re.DOTALL)
    text = re.sub(r"<(\w+)[^>]*\slang=[^>]*>[^<]*</\1>", "", text)
    bare = [t.strip() for t in re.findall(r">([^<]+)<", text)]
    assert [t for t in bare if re.search(r"[A-Za-z]{3,}\s+[a-z]{2,}", t) and t not in ALLOWED] == []


ALLOWED = {"Benang merah", "Kelompok Konstituen Lentera", "Yayasan Contoh"}  # proper names
