"""Identifiers: time-ordered keys, unlinkable keys, keys from a seed, and codes people read aloud."""

import hashlib
import os
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from itertools import count

# Crockford's alphabet: no I, L, O, U, so a code survives a telephone call.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_lock = threading.Lock()
_last = [0]
_repeatable: ContextVar[Callable[[], uuid.UUID] | None] = ContextVar("repeatable", default=None)


def _assemble(milliseconds: int, low: int) -> uuid.UUID:
    """RFC 9562 version 7: 48 bits of Unix milliseconds, then 74 bits of `low` around version and variant."""
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | (low >> 62 & 0xFFF) << 64 | 0b10 << 62 | low & 0x3FFF_FFFF_FFFF_FFFF
    return uuid.UUID(int=value)


def uuid7() -> uuid.UUID:
    """A time-ordered key, strictly increasing within this process even when the clock steps back.

    The 12 bits after the version count within a millisecond (RFC 9562, 6.2, method 1); 62 bits are random.
    """
    if (repeat := _repeatable.get()) is not None:
        return repeat()
    with _lock:
        tick = _last[0] = max(_last[0] + 1, time.time_ns() * 4096 // 1_000_000)
    low = (tick & 0xFFF) << 62 | int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF
    return _assemble(tick >> 12, low)


@contextmanager
def repeatable(seed: str, instant: datetime) -> Iterator[None]:
    """Within it `uuid7()` gives the same keys, each after the one before, every time: for the demo, never for real
    records. A millisecond of their own keeps them in order, as rows that are told by their keys need it.
    """
    counter = count()

    def repeat() -> uuid.UUID:
        number = next(counter)
        return uuid7_from(f"{seed}/{number}", instant + timedelta(milliseconds=number))

    token = _repeatable.set(repeat)
    try:
        yield
    finally:
        _repeatable.reset(token)


def uuid7_from(seed: str, instant: datetime) -> uuid.UUID:
    """The same key for the same seed and instant, for the demo and for repeatable imports."""
    digest = hashlib.sha256(f"simpul:{seed}".encode()).digest()
    return _assemble(int(instant.timestamp() * 1000), int.from_bytes(digest[:10]) >> 6)


def uuid7_instant(value: uuid.UUID) -> datetime:
    """When a UUIDv7 was made (UTC, milliseconds). ValueError for another version."""
    if value.version != 7:
        raise ValueError("only a version 7 UUID carries an instant")
    return datetime.fromtimestamp((value.int >> 80) / 1000, UTC)


def unlinkable_id() -> uuid.UUID:
    """A random UUIDv4 for what must not be tied to a person: it carries no time. In the demo, the same every time."""
    if (repeat := _repeatable.get()) is not None:
        return uuid.UUID(bytes=hashlib.sha256(repeat().bytes).digest()[:16], version=4)
    return uuid.uuid4()


def human_code(length: int = 8) -> str:
    """A random code in groups of four, 5 bits a character: "K7Q2-M4TD"."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(letters[i : i + 4] for i in range(0, length, 4))


def read_code(text: str) -> str:
    """What somebody typed, as `human_code` wrote it: case, spaces and look-alike letters forgiven."""
    plain = "".join(c for c in text.upper() if c.isalnum()).translate(str.maketrans("ILOU", "110V"))
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def secret_token() -> str:
    """A one-time token of 256 random bits, URL-safe. Store only its HMAC."""
    return secrets.token_urlsafe(32)
