"""Whatever is uploaded as a logo becomes a small harmless PNG, or a clear refusal."""

import io

import pytest
from PIL import Image

from simpul.kernel.errors import Invalid
from simpul.organisations.logos import LARGEST_UPLOAD, SIDE, clean_logo


def picture(size: tuple[int, int] = (800, 400), form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#1f3f73").save(out, form, **options)
    return out.getvalue()


def test_clean_logo_makes_it_small_and_keeps_its_shape() -> None:
    logo = clean_logo(picture())
    with Image.open(io.BytesIO(logo.png)) as made:
        assert (made.format, made.size) == ("PNG", (SIDE, SIDE // 2))


def test_clean_logo_drops_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Rumah aman, Jalan Melati 3"
    data = picture(exif=exif)
    assert b"Melati" in data
    logo = clean_logo(data)
    assert b"Melati" not in logo.png
    with Image.open(io.BytesIO(logo.png)) as made:
        assert not made.getexif()


def test_clean_logo_gives_the_same_digest_for_the_same_picture() -> None:
    assert clean_logo(picture()).digest == clean_logo(picture()).digest
    assert clean_logo(picture()).digest != clean_logo(picture((100, 100))).digest


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "logo_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "logo_format"),
        (picture()[:300], "logo_format"),
        (picture(form="GIF"), "logo_format"),
        (b"\x89PNG" + b"0" * LARGEST_UPLOAD, "logo_size"),
        (picture((7000, 10)), "logo_size"),
    ],
)
def test_clean_logo_refuses(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_logo(data)
    assert (refused.value.code, refused.value.field) == (code, "logo")
