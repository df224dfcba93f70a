"""Trim the fonts of names and papers: `python tools/trim_name_fonts.py FOLDER-OF-NOTO DroidSansFallbackFull.ttf`.

Needs `fonttools`, which Simpul itself does not. Takes the regular faces of Noto (Debian's fonts-noto-core holds them)
and of Droid Sans Fallback, drops hints and what no name is written with, and writes down which letters there are.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "src/simpul/paper/fonts"
LATIN = (
    (0x20, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2C60, 0x2C7F),
    (0xA720, 0xA7FF),
)  # fmt: skip
WHOLE = {
    "NotoNaskhArabic": "noto-naskh-arabic", "NotoSansJavanese": "noto-sans-javanese",
    "NotoSansBalinese": "noto-sans-balinese", "NotoSansSundanese": "noto-sans-sundanese",
    "NotoSansBatak": "noto-sans-batak", "NotoSansBuginese": "noto-sans-buginese",
    "NotoSansRejang": "noto-sans-rejang", "NotoSansDevanagari": "noto-sans-devanagari",
    "NotoSansTamil": "noto-sans-tamil", "NotoSansThai": "noto-sans-thai",
}  # fmt: skip
# Encodings whose first levels hold the characters that names are written with -> lead and trail bytes.
COMMON = {
    "gb2312": (range(0xA1, 0xF8), range(0xA1, 0xFF)),
    "big5": (range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
    "shift_jis": (range(0x81, 0x99), (*range(0x40, 0x7F), *range(0x80, 0xFD))),
    "euc_kr": (range(0xB0, 0xC9), range(0xA1, 0xFF)),
}


def main(noto: Path, droid: Path) -> None:
    trim(noto / "NotoSans-Regular.ttf", "noto-sans", {u for first, last in LATIN for u in range(first, last + 1)})
    for source, name in WHOLE.items():
        font = noto / f"{source}-Regular.ttf"
        trim(font, name, set(TTFont(font).getBestCmap()))
    trim(droid, "droid-sans-fallback", {u for name, bytes_ in COMMON.items() for u in letters(name, *bytes_)})
    write_coverage()


def letters(encoding: str, leads: range, trails: "range | tuple[int, ...]") -> set[int]:
    found: set[int] = set()
    for lead in leads:
        for trail in trails:
            found |= {ord(c) for c in bytes([lead, trail]).decode(encoding, "ignore") if ord(c) >= 0x3000}
    return found


def trim(source: Path, name: str, unicodes: set[int]) -> None:
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=["*"])
    font = TTFont(source)
    trimmer = subset.Subsetter(options)
    trimmer.populate(unicodes=sorted(unicodes))
    trimmer.subset(font)
    subset.save_font(font, str(TARGET / f"{name}.ttf"), options)


def write_coverage() -> None:
    fonts = [path for path in sorted(TARGET.glob("*.ttf")) if "bold" not in path.name]
    points = sorted({u for path in fonts for u in TTFont(path).getBestCmap() if u >= 0x20})
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    lines = [f"{first:X}-{last:X}" if first != last else f"{first:X}" for first, last in ranges]
    (TARGET / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
