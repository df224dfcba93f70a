"""The shapes of areas as shipped: TopoJSON, packed, each with a digest that names its content."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable

from simpul.territory.names import CODE
from simpul.territory.packaged import DATA

# Objects in the files: "provinces" and "regencies", "districts", "villages"; the demo's has the last two.
COUNTRY = "indonesia"
DISTRICTS = "districts"
VILLAGES = "villages"
DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Boundary:
    """One file: `packed` is gzip, `digest` the start of its SHA-256."""

    packed: bytes
    digest: str

    @property
    def plain(self) -> bytes:
        return gzip.decompress(self.packed)


# The whole country's files together are 3 MB packed: kept once read.
@lru_cache(maxsize=64)
def boundary(part: str, code: str = "") -> Boundary | None:
    """The country; the districts of a province; the villages of a regency; the demo's district. None for no file."""
    if part == COUNTRY and not code:
        return _read(DATA.joinpath("boundaries", "indonesia.json.gz"))
    if not CODE.fullmatch(code):
        return None
    if part == DEMO:
        return _read(DATA.joinpath("demo", f"{code}.json.gz"))
    return _read(DATA.joinpath("boundaries", part, f"{code}.json.gz")) if part in (DISTRICTS, VILLAGES) else None


def _read(file: Traversable) -> Boundary | None:
    if not file.is_file():
        return None
    packed = file.read_bytes()
    return Boundary(packed, hashlib.sha256(packed).hexdigest()[:16])
