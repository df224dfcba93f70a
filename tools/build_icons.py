"""Build the icon sprite: `python tools/build_icons.py node_modules/lucide-static/icons`.

`tools/icons/marks.txt` holds our own symbols, one a line: the knot of two threads and the shapes of the pills.
`tools/icons/lucide.txt` names the icons taken from Lucide. After a change, record the new hash in
`web/static/vendor/MANIFEST.json` with `python tools/vendored.py`.
"""

import re
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
SPRITE = TOOLS.parent / "src/simpul/web/static/icons.svg"
STROKE = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
    'stroke-linejoin="round"'
)


def symbol(path: Path) -> str:
    inner = re.search(r">\s*(<(?:path|rect|circle|line|poly|ellipse).*)</svg>", path.read_text(), re.DOTALL)
    if inner is None:
        raise ValueError(f"{path.name} is not an icon of Lucide")
    drawing = " ".join(inner[1].split()).replace(" />", "/>")
    return f'<symbol id="{path.stem}" {STROKE}>{drawing}</symbol>'


def main(folder: Path) -> None:
    marks = (TOOLS / "icons/marks.txt").read_text().splitlines()
    names = (TOOLS / "icons/lucide.txt").read_text().split()
    symbols = [*marks, *(symbol(folder / f"{name}.svg") for name in names)]
    SPRITE.write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
