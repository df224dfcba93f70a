"""Blocks of a sealed backup can't be read, changed, moved, repeated or left out."""

import io

import pytest

from simpul.config.backup.envelope import MARK, SealedReader, SealedWriter
from simpul.config.cli.console import Stop

PASSPHRASE = "lima kata yang acak sekali"
DATA = bytes(range(256)) * 4096 * 3 + b"end"  # three blocks and three bytes


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal(DATA)


def seal(data: bytes) -> bytes:
    out = io.BytesIO()
    writer = SealedWriter(out, PASSPHRASE)
    for start in range(0, len(data), 70_001):
        writer.write(data[start : start + 70_001])
    writer.finish()
    return out.getvalue()


def opened(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    file = io.BytesIO(data)
    assert file.read(len(MARK)) == MARK
    reader = SealedReader(file, passphrase)
    parts = []
    while part := reader.read(100_003):
        parts.append(part)
    return b"".join(parts)


def blocks(data: bytes) -> tuple[bytes, list[bytes]]:
    start = data.index(b"\n", len(MARK)) + 1
    head, rest, found = data[:start], data[start:], []
    while rest:
        end = 4 + int.from_bytes(rest[:4])
        found.append(rest[:end])
        rest = rest[end:]
    return head, found


def test_what_was_sealed_opens(sealed: bytes) -> None:
    assert opened(sealed) == DATA


@pytest.mark.parametrize("length", [0, 1, 1 << 20, (1 << 20) + 1])
def test_every_length_opens(length: int) -> None:
    assert opened(seal(DATA[:length])) == DATA[:length]


def test_another_passphrase_opens_nothing(sealed: bytes) -> None:
    with pytest.raises(Stop, match="the passphrase is not its own"):
        opened(sealed, "lima kata yang lain sekali")


def test_no_block_is_changed_moved_repeated_or_left_out(sealed: bytes) -> None:
    head, (one, two, three, last) = blocks(sealed)
    flipped = two[:500] + bytes([two[500] ^ 1]) + two[501:]
    for wrong in (
        [one, flipped, three, last],
        [two, one, three, last],
        [one, two, two, three, last],
        [one, three, last],
        [one, two, three],
        [one, two, last],
        [one, two, three, last[:-1]],
    ):
        with pytest.raises(Stop):
            opened(head + b"".join(wrong))


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Stop, match="at least 12 characters"):
        SealedWriter(io.BytesIO(), "short")
