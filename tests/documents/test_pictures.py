"""Pictures: nothing survives but the pixels, and what would harm is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from simpul.documents import kinds
from simpul.documents.pictures import redraw
from simpul.kernel.errors import Invalid
from tests.factories.documents import MARKER, picture

WORD = MARKER.decode()


@pytest.mark.parametrize(("kind", "found"), [("JPEG", kinds.JPEG), ("PNG", kinds.PNG), ("WEBP", kinds.WEBP)])
def test_metadata_and_place_are_gone(kind: str, found: kinds.FileType) -> None:
    data = picture(kind, tell=WORD)
    assert MARKER in data
    drawn = redraw(io.BytesIO(data), found)
    assert MARKER not in drawn.data + drawn.preview
    for made in (drawn.data, drawn.preview):
        again = Image.open(io.BytesIO(made))
        assert not again.getexif()
        assert {"exif", "xmp", "icc_profile", "comment"} & set(again.info) == set()
    assert Image.open(io.BytesIO(drawn.data)).size == (640, 480)
    assert max(Image.open(io.BytesIO(drawn.preview)).size) == 480


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_hides_behind_the_picture_is_gone(kind: str) -> None:
    data = picture(kind) + b"<script>" + MARKER + b"</script>PK\x03\x04"
    drawn = redraw(io.BytesIO(data), kinds.JPEG if kind == "JPEG" else kinds.PNG)
    assert MARKER not in drawn.data


def test_a_picture_is_turned_as_its_camera_said() -> None:
    image, out = Image.new("RGB", (60, 40), "white"), io.BytesIO()
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif)
    drawn = redraw(io.BytesIO(out.getvalue()), kinds.JPEG)
    assert Image.open(io.BytesIO(drawn.data)).size == (40, 60)


def test_a_see_through_picture_stays_so_and_its_preview_is_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    drawn = redraw(io.BytesIO(out.getvalue()), kinds.PNG)
    assert Image.open(io.BytesIO(drawn.data)).getpixel((5, 5)) == (0, 0, 0, 0)
    assert Image.open(io.BytesIO(drawn.preview)).getpixel((5, 5)) == (255, 255, 255)


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says it has so many pixels a side."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("side", "code"), [(7_000, "picture_size"), (60_000, "picture_broken")])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        redraw(io.BytesIO(bomb(side)), kinds.PNG)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_or_broken_is_refused(kind: str) -> None:
    found = {"JPEG": kinds.JPEG, "PNG": kinds.PNG, "WEBP": kinds.WEBP}[kind]
    data = picture(kind, (300, 300))
    for broken in (data[: len(data) // 2], data[:20], data[:40] + b"\xff" * 40 + data[80:200]):
        with pytest.raises(Invalid, match="picture_broken"):
            redraw(io.BytesIO(broken), found)
