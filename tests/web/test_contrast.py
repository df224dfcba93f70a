"""The dyes keep enough contrast, in light and in dark (WCAG 2.2, AA): 4.5 for words, 3 for edges and shapes."""

import re
from pathlib import Path

import pytest

from simpul.web import apps

CSS = (Path(apps.__file__).parent / "static" / "css" / "base.css").read_text()

WORDS = [
    *((ink, ground) for ink in ("arang", "abu", "nila", "nila-terang", "mengkudu") for ground in ("kapas", "kertas")),
    ("nila", "nila-lembut"),
    ("arang", "nila-lembut"),
    ("abu", "nila-lembut"),
    ("kunyit-teks", "kunyit-lembut"),
    ("kunyit-teks", "kertas"),
    ("mengkudu", "mengkudu-lembut"),
    ("daun", "daun-lembut"),
    ("terung", "terung-lembut"),
    ("di-nila", "nila"),
    ("di-nila", "nila-terang"),
    ("di-mengkudu", "mengkudu"),
    ("di-kepala", "kepala-rahasia"),
    ("arang", "kotak"),
    ("abu", "garis"),
]
EDGES = [
    *((edge, ground) for edge in ("tepi", "nila-terang", "daun", "terung") for ground in ("kapas", "kertas")),
    ("mengkudu", "kertas"),
    ("kunyit", "kapas"),
    ("kunyit", "kertas"),
    ("tepi", "kotak"),
]


def dyes(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


_light, _, _rest = CSS.partition("@media (prefers-color-scheme: dark)")
LIGHT = dyes(_light)
THEMES = {"light": LIGHT, "dark": LIGHT | dyes(_rest.partition("*, ::before")[0])}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read(theme: str) -> None:
    dye = THEMES[theme]
    assert {f"{i} on {g}": round(c, 2) for i, g in WORDS if (c := contrast(dye[i], dye[g])) < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_can_be_seen(theme: str) -> None:
    dye = THEMES[theme]
    assert {f"{e} on {g}": round(c, 2) for e, g in EDGES if (c := contrast(dye[e], dye[g])) < 3} == {}


def test_no_text_is_smaller_than_13_pixels() -> None:
    folder = Path(apps.__file__).parent / "static" / "css"
    sheets = {p.name: p.read_text() for p in folder.glob("*.css") if p.name != "print.css"}
    sizes = {
        (name, size): float(size)
        for name, css in sheets.items()
        for size in re.findall(r"(?:font-size|--f\d): (?:clamp\()?([\d.]+)rem", css)
    }
    assert {place: rem for place, rem in sizes.items() if rem * 16 < 13} == {}
    assert [name for name, css in sheets.items() if re.search(r"font-size: [\d.]+em", css)] == []
    assert [
        name for name, css in sheets.items() for px in re.findall(r"font-size: ([\d.]+)px", css) if float(px) < 13
    ] == []
