"""Pictures drawn anew from their pixels: no metadata, nothing hidden behind them; and a small one to look at."""

import io
import threading
import warnings
from dataclasses import dataclass
from typing import BinaryIO, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from simpul.documents import kinds
from simpul.documents.kinds import FileType
from simpul.documents.sniffing import CUT, refuse

PREVIEW: Final = 480  # pixels of the longer side
_FORMATS: Final = {kinds.JPEG.media: "JPEG", kinds.PNG.media: "PNG", kinds.WEBP.media: "WEBP"}
# A picture of 40 million pixels takes 160 MB while it is drawn: one at a time, whatever waits.
_ONE = threading.Lock()


@dataclass(frozen=True, slots=True)
class Redrawn:
    """`data` in the format it came in, `preview` a JPEG of at most 480 pixels."""

    data: bytes
    preview: bytes


def redraw(file: BinaryIO, found: FileType) -> Redrawn:
    """Invalid("picture_size" | "picture_broken", "file"). Decoding stops before pixels are made of a bomb."""
    kind = _FORMATS[found.media]
    with _ONE:
        picture = _decoded(file, kind)
        data = _encoded(picture, kind)
        picture.thumbnail((PREVIEW, PREVIEW))
        return Redrawn(data, _encoded(_on_white(picture), "JPEG"))


def _decoded(file: BinaryIO, kind: str) -> Image.Image:
    file.seek(0)
    broken = refuse("picture_broken", CUT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            sent = Image.open(file, formats=(kind,))
            if sent.width * sent.height > settings.PICTURE_PIXELS:
                raise refuse("picture_size", _("The picture has too many pixels. Send a smaller one."))
            sent.load()
            return _pixels(ImageOps.exif_transpose(sent))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Warning, MemoryError) as error:
        raise broken from error
    except Image.DecompressionBombError as error:
        raise broken from error


def _pixels(picture: Image.Image) -> Image.Image:
    """A picture that knows nothing but its pixels."""
    clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    mode = "RGBA" if clear else "L" if picture.mode in {"1", "L"} else "RGB"
    plain = picture.convert(mode)
    plain.info = {}
    return plain


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _encoded(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "JPEG":
        _on_white(picture).save(out, kind, quality=88, optimize=True)
    elif kind == "WEBP":
        picture.save(out, kind, quality=88)
    else:
        picture.save(out, kind)
    return out.getvalue()
