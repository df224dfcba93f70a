"""The format on disk: what opens, and what does not open any more."""

import io
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.documents.sealing import CHUNK, HEADER, TAG, Part, Place, SealedReader, new_key, seal, sealed_length
from simpul.vault.errors import Tampered

KEY, PLACE = new_key(), Place(uuid.uuid4(), Part.FILE)
STEP = CHUNK + TAG


def sealed(plain: bytes, place: Place = PLACE) -> bytes:
    return b"".join(seal(KEY, place, [plain]))


def opened(data: bytes, size: int, place: Place = PLACE, key: bytes = KEY) -> bytes:
    with SealedReader(io.BytesIO(data), key, place, size) as reader:
        return reader.read()


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])
def test_a_file_of_any_length_opens_again(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + b"z" * (size % 256)
    data = sealed(plain)
    assert len(data) == sealed_length(size)
    assert opened(data, size) == plain
    assert plain[:64] not in data or size < 64


@given(st.integers(1, 3 * CHUNK), st.integers(1, CHUNK + 9), st.floats(0, 1), st.floats(0, 1))
def test_pieces_of_any_length_seal_the_same_and_any_range_of_them_opens(
    size: int, step: int, one: float, other: float
) -> None:
    plain = (bytes(range(251)) * (size // 251 + 1))[:size]
    step = max(step, size // 50)
    whole = b"".join(seal(KEY, PLACE, (plain[i : i + step] for i in range(0, size, step))))
    start, until = sorted((int(one * size), int(other * size)))
    with SealedReader(io.BytesIO(whole), KEY, PLACE, size) as reader:
        assert b"".join(reader.pieces(start, until)) == plain[start:until]


def flipped(byte: int) -> bytes:
    return bytes([byte ^ 1])


PLAIN = b"a" * CHUNK + b"b" * CHUNK + b"c" * 100
WHOLE = sealed(PLAIN)
CHUNKS = [WHOLE[HEADER : HEADER + STEP], WHOLE[HEADER + STEP : HEADER + 2 * STEP], WHOLE[HEADER + 2 * STEP :]]


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (WHOLE[:HEADER] + CHUNKS[1] + CHUNKS[0] + CHUNKS[2], len(PLAIN)),
        (WHOLE[:HEADER] + CHUNKS[0] + CHUNKS[0] + CHUNKS[2], len(PLAIN)),
        (WHOLE[:HEADER] + CHUNKS[0] + CHUNKS[2], CHUNK + 100),
        (WHOLE[:HEADER] + CHUNKS[0] + CHUNKS[1], 2 * CHUNK),
        (WHOLE[:-1], len(PLAIN)),
        (WHOLE[:-1], len(PLAIN) - 1),
        (WHOLE + b"x", len(PLAIN)),
        (WHOLE[:-3] + flipped(WHOLE[-3]) + WHOLE[-2:], len(PLAIN)),
        (WHOLE[:12] + flipped(WHOLE[12]) + WHOLE[13:], len(PLAIN)),
    ],
    ids=["swapped", "repeated", "left out", "cut at a chunk", "cut", "cut and told so", "longer", "a byte", "header"],
)
def test_what_was_changed_does_not_open(data: bytes, size: int) -> None:
    with pytest.raises(Tampered):
        opened(data, size)


def test_a_file_opens_neither_in_the_place_of_another_nor_under_another_key() -> None:
    for place, key in (
        (Place(uuid.uuid4(), Part.FILE), KEY),
        (Place(PLACE.file_id, Part.PREVIEW), KEY),
        (PLACE, new_key()),
    ):
        with pytest.raises(Tampered):
            opened(WHOLE, len(PLAIN), place, key)


def test_the_parts_of_one_file_share_no_nonce() -> None:
    heads = {sealed(b"x", Place(PLACE.file_id, part))[9] for part in Part}
    assert len(heads) == len(Part)
