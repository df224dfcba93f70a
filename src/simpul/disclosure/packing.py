"""Numbers in bytes: a heading in JSON, then whole numbers, each array as narrow as may be. Named by their digest."""

import hashlib
import json
import lzma
import zlib
from collections.abc import Mapping
from typing import Final

import numpy as np

from simpul.disclosure.errors import Refused
from simpul.disclosure.pool import Narrow, Wide

_XZ: Final = b"\xfd7zXZ\x00"
KINDS: Final = ("<i1", "<i2", "<i4", "<i8")
LEVEL: Final = 2  # of compression: certificates are large, and kept once
# Tables of a year's certificate repeat one another over megabytes, further than zlib looks back.
LARGE: Final = 1 << 22
FAR: Final = 1  # of the other compression, a fifth as large and quick enough


def digest_of(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def packed(heading: Mapping[str, object], arrays: Mapping[str, Wide | Narrow]) -> bytes:
    kinds = {name: _kind(array) for name, array in arrays.items()}
    said = {**heading, "arrays": {name: [len(array), kinds[name]] for name, array in arrays.items()}}
    first = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    rest = [arrays[name].astype(kinds[name]).tobytes() for name in sorted(arrays)]
    data = b"\n".join([first, b"".join(rest)])
    return zlib.compress(data, LEVEL) if len(data) < LARGE else lzma.compress(data, preset=FAR)


def _opened(data: bytes) -> bytes:
    """zlib.error or lzma.LZMAError where it was compressed by neither."""
    return lzma.decompress(data) if data.startswith(_XZ) else zlib.decompress(data)


def _kind(array: Wide | Narrow) -> str:
    """The narrowest that holds every number."""
    least, most = int(array.min(initial=0)), int(array.max(initial=0))
    return next(kind for kind in KINDS if np.iinfo(kind).min <= least and most <= np.iinfo(kind).max)


def unpacked(data: bytes) -> tuple[dict[str, object], dict[str, Wide]]:
    """Refused("unreadable_data") for what `packed` did not make."""
    try:
        first, _, rest = _opened(data).partition(b"\n")
        heading = json.loads(first)
        arrays = _arrays(heading.pop("arrays"), rest)
    except (zlib.error, lzma.LZMAError, ValueError, KeyError, AttributeError, TypeError):
        raise Refused("unreadable_data", "What was kept can't be read.") from None
    return heading, arrays


def _arrays(said: Mapping[str, tuple[int, str]], rest: bytes) -> dict[str, Wide]:
    """ValueError where the bytes are not just those."""
    arrays, begin = {}, 0
    for name in sorted(said):
        length, kind = said[name]
        if kind not in KINDS:
            raise ValueError(kind)
        end = begin + length * np.dtype(kind).itemsize
        arrays[name] = np.frombuffer(rest[begin:end], dtype=kind).astype(np.int64)
        if len(arrays[name]) != length:
            raise ValueError(name)
        begin = end
    if begin != len(rest):
        raise ValueError("more than was said")
    return arrays
