"""Numbers in bytes: a heading in JSON, then whole 64-bit numbers. What is packed is kept, and named by its digest."""

import hashlib
import json
import zlib
from collections.abc import Mapping

import numpy as np

from simpul.disclosure.errors import Refused
from simpul.disclosure.pool import Wide


def digest_of(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def packed(heading: Mapping[str, object], arrays: Mapping[str, Wide]) -> bytes:
    said = {**heading, "arrays": {name: len(array) for name, array in arrays.items()}}
    first = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    rest = [arrays[name].astype("<i8").tobytes() for name in sorted(arrays)]
    return zlib.compress(b"\n".join([first, b"".join(rest)]), 6)


def unpacked(data: bytes) -> tuple[dict[str, object], dict[str, Wide]]:
    """Refused("unreadable_data") for what `packed` did not make."""
    try:
        first, _, rest = zlib.decompress(data).partition(b"\n")
        heading = json.loads(first)
        lengths = heading.pop("arrays")
        numbers = np.frombuffer(rest, dtype="<i8").astype(np.int64)
        is_whole = len(numbers) == sum(lengths.values())
    except (zlib.error, ValueError, KeyError, AttributeError, TypeError):
        is_whole, numbers, lengths, heading = False, np.zeros(0, dtype=np.int64), {}, {}
    if not is_whole:
        raise Refused("unreadable_data", "What was kept can't be read.")
    arrays, begin = {}, 0
    for name in sorted(lengths):
        arrays[name] = numbers[begin : begin + lengths[name]]
        begin += lengths[name]
    return heading, arrays
