"""How a row, a manifest and a batch become bytes. Changing any of this would break every chain already sealed."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

GENESIS = "0" * 64
_ENTRY = 40  # 8 bytes of row id, 32 of digest


def row_digest(values: Sequence[object]) -> bytes:
    """SHA-256 of a row: its columns in the order of `queries.CHAINED`, as JSON without spaces, instants in UTC."""
    text = json.dumps(
        [_plain(v) for v in values], ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(text.encode("ascii")).digest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return instant(value)
    return value if value is None or isinstance(value, int | str | dict | list) else str(value)


def instant(value: datetime) -> str:
    """UTC to the microsecond, always with all six digits."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def batch_digest(previous: str, number: int, sealed_at: datetime, manifest: bytes) -> str:
    """SHA-256 (hex) that ties the batch to the one before it."""
    head = f"simpul.audit.1\n{previous}\n{number}\n{instant(sealed_at)}\n".encode("ascii")
    return hashlib.sha256(head + manifest).hexdigest()


class Manifest:
    """Row ids and digests of one batch, packed."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = bytearray(data)

    def add(self, row_id: int, digest: bytes) -> None:
        self._data += row_id.to_bytes(8) + digest

    def __bytes__(self) -> bytes:
        return bytes(self._data)

    def __len__(self) -> int:
        return len(self._data) // _ENTRY

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        for start in range(0, len(self._data) - _ENTRY + 1, _ENTRY):
            yield int.from_bytes(self._data[start : start + 8]), bytes(self._data[start + 8 : start + _ENTRY])
