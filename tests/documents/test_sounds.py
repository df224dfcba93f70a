"""Sounds are kept without where, when and by whom they were recorded; what is cut short is refused."""

import pytest

from simpul.documents import kinds
from simpul.documents.kinds import FileType
from simpul.documents.sounds import _crc, silence
from simpul.kernel.errors import Invalid

TOLD = "Rumah Ani, -8.5, 116.4"
SOUND = bytes(range(1, 120)) * 9


def mp3() -> bytes:
    tag = TOLD.encode() + bytes(200)
    size = bytes(len(tag) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + size + tag + b"\xff\xfb\x90\x64" + SOUND + b"TAG" + TOLD.encode().ljust(125)


def _page(body: bytes, number: int) -> bytes:
    lacing = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = b"OggS\x00\x00" + bytes(8) + b"\x01\x02\x03\x04" + number.to_bytes(4, "little") + bytes(4)
    page = bytearray(head + bytes([len(lacing)]) + lacing + body)
    page[22:26] = _crc(page).to_bytes(4, "little")
    return bytes(page)


def ogg(comment: bytes = b"OpusTags") -> bytes:
    told = TOLD.encode() * 20
    tags = comment + (4).to_bytes(4, "little") + b"Ani!" + (1).to_bytes(4, "little") + len(told).to_bytes(4, "little")
    return _page(b"OpusHead" + bytes(11), 0) + _page(tags + told, 1) + _page(SOUND[:900], 2)


def _box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return (len(body) + 8).to_bytes(4) + name + body


def m4a() -> bytes:
    dated = _box(b"mvhd", b"\x00\x00\x00\x00" + b"\xe1\xe2\xe3\xe4" * 2 + bytes(80))
    handler = _box(b"hdlr", bytes(24), TOLD.encode())
    track = _box(b"trak", _box(b"mdia", handler, _box(b"minf", b"kept")), _box(b"udta", TOLD.encode()))
    ftyp = _box(b"ftyp", b"M4A \x00\x00\x02\x00M4A mp42isom")
    return (
        ftyp
        + _box(b"moov", dated, track, _box(b"udta", TOLD.encode()))
        + _box(b"uuid", TOLD.encode())
        + _box(b"mdat", SOUND)
    )


def _element(name: str, body: bytes) -> bytes:
    return bytes.fromhex(name) + ((1 << 56) | len(body)).to_bytes(8) + body


def webm(track: int = 2) -> bytes:
    """As browsers write it: segment and cluster of unknown length."""
    info = _element("1549a966", _element("2ad7b1", b"\x0f\x42\x40") + _element("5741", TOLD.encode()))
    tracks = _element("1654ae6b", _element("ae", _element("83", bytes([track])) + _element("536e", TOLD.encode())))
    cluster = bytes.fromhex("1f43b67501ffffffffffffff") + _element("e7", b"\x00") + _element("a3", SOUND)
    tags = _element("1254c367", TOLD.encode() * 9)
    header = _element("1a45dfa3", _element("4282", b"webm"))
    return header + bytes.fromhex("1853806701ffffffffffffff") + info + tracks + tags + cluster


FILES = [(kinds.MP3, mp3()), (kinds.OGG, ogg()), (kinds.M4A, m4a()), (kinds.WEBM, webm())]


@pytest.mark.parametrize(("found", "data"), FILES, ids=[found.extension for found, _data in FILES])
def test_the_sound_stays_and_nothing_it_told(found: FileType, data: bytes) -> None:
    assert TOLD.encode() in data
    kept = silence(data, found)
    assert TOLD.encode() not in kept
    assert b"Ani" not in kept
    assert b"\xe1\xe2\xe3\xe4" not in kept
    assert SOUND[:900] in kept
    assert silence(kept, found) == kept
    assert found is kinds.MP3 or len(kept) == len(data)


def test_pages_of_ogg_keep_their_sums_true() -> None:
    kept = bytearray(silence(ogg(), kinds.OGG))
    second = kept.index(b"OggS", 4)
    end = kept.index(b"OggS", second + 4)
    page = kept[second:end]
    stored, page[22:26] = int.from_bytes(page[22:26], "little"), bytes(4)
    assert _crc(page) == stored


@pytest.mark.parametrize(("found", "data"), FILES[1:], ids=[found.extension for found, _data in FILES[1:]])
def test_what_is_cut_short_is_refused(found: FileType, data: bytes) -> None:
    with pytest.raises(Invalid, match="file_cut"):
        silence(data[:-7], found)


def test_moving_pictures_and_unknown_streams_are_refused() -> None:
    with pytest.raises(Invalid, match="file_type"):
        silence(webm(track=1), kinds.WEBM)
    with pytest.raises(Invalid, match="file_type"):
        silence(ogg(b"Speex!!!"), kinds.OGG)
