"""Trim the typeface for the browser: `python tools/trim_font.py plus-jakarta-sans-latin-wght-normal.woff2`.

Needs `fonttools` and `brotli`, which Simpul itself does not. Keeps the weights 400 to 800, the letters of Western
Europe and the punctuation Simpul writes, kerning and tabular figures: 17 kB instead of 27.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = Path(__file__).resolve().parent.parent / "src/simpul/web/static/fonts/plus-jakarta-sans.woff2"
UNUSED = {0xA4, 0xA6, 0xA8, 0xAC, 0xAD, 0xAF, 0xB4, 0xB5, 0xB8, 0xBC, 0xBD, 0xBE}
PUNCTUATION = (0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2032, 0x2033, 0x203A, 0x2212)
MARKS = (0x2191, 0x2193, 0x20AC, 0x300, 0x301, 0x303, 0x304, 0x308, 0x323)


def main(source: Path) -> None:
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": (400, 800)})
    font.flavor = None
    whole = TARGET.with_suffix(".ttf")
    font.save(whole)
    options = subset.Options(
        flavor="woff2",
        layout_features=["kern", "tnum", "mark", "mkmk", "ccmp", "locl"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
        hinting=False,
    )
    letters = {*range(0x20, 0x7F), *range(0xA0, 0x100), *PUNCTUATION, *MARKS} - UNUSED
    trimmer = subset.Subsetter(options)
    trimmer.populate(unicodes=sorted(letters))
    trimmed = TTFont(whole)
    trimmer.subset(trimmed)
    subset.save_font(trimmed, str(TARGET), options)
    whole.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
