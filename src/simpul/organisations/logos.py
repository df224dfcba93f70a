"""Logos: whatever was uploaded, made small, harmless and without metadata before it is kept."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from simpul.kernel.errors import Invalid

LARGEST_UPLOAD: Final = 2 * 1024 * 1024  # bytes
LARGEST_SIDE: Final = 6000  # pixels, before it is made small
SIDE: Final = 256  # pixels, afterwards
FORMATS: Final = ("PNG", "JPEG", "WEBP")


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG of at most 256 by 256 pixels, and the digest its address carries."""

    png: bytes
    digest: str

    @classmethod
    def kept(cls, png: bytes) -> "Logo":
        """From bytes that `clean_logo` made before."""
        return cls(png, hashlib.sha256(png).hexdigest()[:16])


def clean_logo(data: bytes) -> Logo:
    """Drawn anew from its pixels, so that nothing but the picture survives.

    Invalid("logo_size" | "logo_format", "logo"). The type is read from the bytes, never from a name or a header.
    """
    if len(data) > LARGEST_UPLOAD:
        raise Invalid("logo_size", "logo", message=_("The picture is larger than 2 MB. Choose a smaller one."))
    wrong = Invalid("logo_format", "logo", message=_("This is no PNG, JPEG or WebP picture. Choose another file."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            upload = Image.open(io.BytesIO(data), formats=FORMATS)
            if max(upload.size) > LARGEST_SIDE:
                raise Invalid("logo_size", "logo", message=_("The picture has too many pixels. Choose a smaller one."))
            picture = ImageOps.exif_transpose(upload).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombWarning) as error:
        raise wrong from error
    except Image.DecompressionBombError as error:
        raise wrong from error
    picture.thumbnail((SIDE, SIDE))
    fresh = Image.new("RGBA", picture.size)
    fresh.paste(picture)
    out = io.BytesIO()
    fresh.save(out, "PNG", optimize=True)
    return Logo.kept(out.getvalue())
