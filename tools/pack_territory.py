"""Pack the territory's source files into the package, the same bytes each time.

    .venv/bin/python tools/pack_territory.py FOLDER

FOLDER holds territories.csv, boundaries/ (TopoJSON) and LICENSE-territories.txt. Only needed for a new release of the
data: what it writes is committed.
"""

import csv
import gzip
import hashlib
import io
import json
import lzma
import shutil
import sys
from collections import Counter
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "simpul" / "territory" / "data"
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]


def pack_areas(source: Path) -> tuple[str, dict[str, int]]:
    """Digest of the plain rows, and how many there are of each kind."""
    plain = source.read_bytes()
    (DATA / "territories.csv.xz").write_bytes(lzma.compress(plain, format=lzma.FORMAT_XZ, filters=FILTERS))
    kinds = Counter(row["kind"] for row in csv.DictReader(io.StringIO(plain.decode("utf-8"))))
    return hashlib.sha256(plain).hexdigest(), dict(sorted(kinds.items()))


def pack_boundaries(source: Path) -> int:
    target = DATA / "boundaries"
    shutil.rmtree(target, ignore_errors=True)
    count = 0
    for file in sorted(source.rglob("*.topojson")):
        packed = target / file.relative_to(source).with_suffix(".json.gz")
        packed.parent.mkdir(parents=True, exist_ok=True)
        plain = json.dumps(json.loads(file.read_bytes()), ensure_ascii=False, separators=(",", ":")).encode()
        packed.write_bytes(gzip.compress(plain, compresslevel=9, mtime=0))
        count += 1
    return count


def main(folder: Path) -> None:
    digest, kinds = pack_areas(folder / "territories.csv")
    files = pack_boundaries(folder / "boundaries")
    shutil.copyfile(folder / "LICENSE-territories.txt", DATA / "LICENSE-territories.txt")
    release = json.loads((DATA / "release.json").read_text(encoding="utf-8"))
    release |= {"digest": digest, "areas": sum(kinds.values()), "kinds": kinds}
    (DATA / "release.json").write_text(json.dumps(release, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{release['areas']} areas, {files} boundary files")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
