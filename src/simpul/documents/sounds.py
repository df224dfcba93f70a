"""Sounds without what they tell beside the sound: where, when, by whom and with what they were recorded.

What is known to carry sound stays; every other part is blanked in its place, so that no offset moves and nothing has to
be decoded. A file that does not read as its kind to the end is refused.
"""

from collections.abc import Callable, Iterator
from typing import Final

from simpul.documents import kinds
from simpul.documents.kinds import FileType
from simpul.documents.sniffing import CUT, UNKNOWN, refuse


def silence(data: bytes, found: FileType) -> bytes:
    """The sound alone. Invalid("file_cut" | "file_type", "file")."""
    try:
        return bytes(_OF[found](bytearray(data)))
    except (IndexError, ValueError) as error:
        raise refuse("file_cut", CUT) from error


# MP3: tags stand before and behind the frames.


def _mp3(data: bytearray) -> bytearray:
    while data[:3] == b"ID3":
        footer = 10 if data[5] & 0x10 else 0
        size = sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
        del data[: 10 + size + footer]
    if data[-128:-125] == b"TAG":
        del data[-128:]
    if data[-32:-24] == b"APETAGEX":
        size = int.from_bytes(data[-20:-16], "little")
        header = 32 if data[-9] & 0x80 else 0
        del data[-min(len(data), size + header) :]
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        raise ValueError("no frame")
    return data


# Ogg: the second packet of each stream is its comment.

_COMMENTS: Final = {b"OpusTags": 0, b"\x03vorbis": 1}  # what it begins with, bytes that end it


def _ogg(data: bytearray) -> bytearray:
    seen: dict[bytes, int] = {}  # stream -> packets that ended
    parts: dict[bytes, list[tuple[int, int]]] = {}
    pages: dict[bytes, list[tuple[int, int]]] = {}
    for page, body, end in _pages(data):
        stream, at = bytes(data[page + 14 : page + 18]), body
        if seen.setdefault(stream, 0) > 1:
            continue
        pages.setdefault(stream, []).append((page, end))
        for lacing in data[page + 27 : body]:
            if seen[stream] == 1:
                parts.setdefault(stream, []).append((at, lacing))
            at += lacing
            seen[stream] += lacing < 255
    for stream, where in parts.items():
        _blank_comment(data, where)
        for page, end in pages[stream]:
            data[page + 22 : page + 26] = bytes(4)
            data[page + 22 : page + 26] = _crc(data[page:end]).to_bytes(4, "little")
    return data


def _pages(data: bytearray) -> Iterator[tuple[int, int, int]]:
    """Of each page: where it begins, where its body does, where it ends."""
    at = 0
    while at < len(data):
        if data[at : at + 4] != b"OggS":
            raise ValueError("no page")
        body = at + 27 + data[at + 26]
        end = body + sum(data[at + 27 : body])
        if end > len(data):
            raise ValueError("cut")
        yield at, body, end
        at = end


def _blank_comment(data: bytearray, where: list[tuple[int, int]]) -> None:
    packet = b"".join(bytes(data[at : at + size]) for at, size in where)
    begin = next((begin for begin in _COMMENTS if packet.startswith(begin)), None)
    if begin is None:
        raise refuse("file_type", UNKNOWN)
    tail = _COMMENTS[begin]
    vendor = len(packet) - len(begin) - 8 - tail
    if vendor < 0:
        raise ValueError("short")
    blank = begin + vendor.to_bytes(4, "little") + bytes(vendor) + bytes(4) + b"\x01" * tail
    for at, size in where:
        data[at : at + size], blank = blank[:size], blank[size:]


def _crc(page: bytearray) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _TABLE[value >> 24 ^ byte]
    return value


def _table() -> tuple[int, ...]:
    rows = []
    for n in range(256):
        value = n << 24
        for _bit in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        rows.append(value)
    return tuple(rows)


_TABLE: Final = _table()


# M4A: boxes in boxes. Which are kept, by the box they are in; those named here with names of their own are looked into.

_BOXES: Final[dict[bytes, frozenset[bytes]]] = {
    b"": frozenset({b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp"}),
    b"moov": frozenset({b"mvhd", b"trak", b"mvex"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
}
_DATED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})


def _m4a(data: bytearray) -> bytearray:
    _boxes(data, 0, len(data), b"")
    return data


def _boxes(data: bytearray, at: int, end: int, within: bytes) -> None:
    while at < end:
        size, head = int.from_bytes(data[at : at + 4]), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        elif size == 0 and not within:
            size = end - at
        if size < head or at + size > end:
            raise ValueError("cut")
        _box(data, at, at + head, at + size, within)
        at += size


def _box(data: bytearray, at: int, body: int, end: int, within: bytes) -> None:
    name = bytes(data[at + 4 : at + 8])
    if name not in _BOXES[within]:
        data[at + 4 : at + 8] = b"free"
        data[body:end] = bytes(end - body)
    elif name in _BOXES:
        _boxes(data, body, end, name)
    elif name in _DATED:
        width = 16 if data[body] else 8
        data[body + 4 : body + 4 + width] = bytes(width)
    elif name == b"hdlr":
        data[body + 24 : end] = bytes(max(0, end - body - 24))


# WebM: elements one after another. Whether a length is known or not, what is looked into is simply walked through.

_WALKED: Final = frozenset(
    {0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675}
)  # segment, info, tracks, track, cluster
_SOUND: Final = frozenset(
    {
        0x1A45DFA3, 0x2AD7B1, 0x4489,  # header, scale of time, duration
        0xD7, 0x73C5, 0x83, 0x86, 0x63A2, 0xE1, 0x88, 0xB9, 0x55AA, 0x9C, 0x56BB, 0x56AA, 0x23E383, 0x22B59C,  # a track
        0xE7, 0xA3, 0xA0, 0xA7, 0xAB,  # a cluster
        0x1C53BB6B, 0x114D9B74,  # cues, places
    }
)  # fmt: skip
_TRACK_TYPE: Final = 0x83
_AUDIO: Final = 2


def _webm(data: bytearray) -> bytearray:
    at = 0
    while at < len(data):
        name, body = _number(data, at, keep_marker=True)
        size, start = _number(data, body, keep_marker=False)
        if name in _WALKED:
            at = start
            continue
        if start + size > len(data):
            raise ValueError("cut")
        if name == _TRACK_TYPE and data[start : start + size] != bytes([_AUDIO]):
            raise refuse("file_type", UNKNOWN)
        if name not in _SOUND:
            _void(data, at, start + size)
        at = start + size
    return data


def _number(data: bytearray, at: int, *, keep_marker: bool) -> tuple[int, int]:
    """An EBML number and where it ends."""
    length = 9 - data[at].bit_length()
    if length > 8 or at + length > len(data):
        raise ValueError("no number")
    value = int.from_bytes(data[at : at + length])
    return (value if keep_marker else value & ((1 << 7 * length) - 1)), at + length


def _void(data: bytearray, at: int, end: int) -> None:
    """An empty element of the same length."""
    length = end - at
    data[at:end] = bytes(length)
    data[at] = 0xEC
    if length - 2 < 127:
        data[at + 1] = 0x80 | (length - 2)
    else:
        data[at + 1 : at + 9] = ((1 << 56) | (length - 9)).to_bytes(8)


_OF: Final[dict[FileType, Callable[[bytearray], bytearray]]] = {
    kinds.MP3: _mp3,
    kinds.OGG: _ogg,
    kinds.M4A: _m4a,
    kinds.WEBM: _webm,
}
