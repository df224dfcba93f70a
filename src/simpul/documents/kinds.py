"""The types of file that are taken, and how large each may be. Anything not listed is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Family(StrEnum):
    """Types with one limit of size: `settings.FILE_LIMITS`, in bytes."""

    PDF = "pdf"
    PICTURE = "picture"
    OFFICE = "office"
    TEXT = "text"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class FileType:
    """`media` is what it is served as, `extension` what its name ends with."""

    media: str
    extension: str
    family: Family
    label: str | Promise


PDF: Final = FileType("application/pdf", "pdf", Family.PDF, "PDF")
JPEG: Final = FileType("image/jpeg", "jpg", Family.PICTURE, _("Picture"))
PNG: Final = FileType("image/png", "png", Family.PICTURE, _("Picture"))
WEBP: Final = FileType("image/webp", "webp", Family.PICTURE, _("Picture"))
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
DOCX: Final = FileType(f"{_OPEN_XML}.wordprocessingml.document", "docx", Family.OFFICE, "Word")
XLSX: Final = FileType(f"{_OPEN_XML}.spreadsheetml.sheet", "xlsx", Family.OFFICE, "Excel")
ODT: Final = FileType("application/vnd.oasis.opendocument.text", "odt", Family.OFFICE, "OpenDocument")
ODS: Final = FileType("application/vnd.oasis.opendocument.spreadsheet", "ods", Family.OFFICE, "OpenDocument")
CSV: Final = FileType("text/csv", "csv", Family.TEXT, "CSV")
PLAIN: Final = FileType("text/plain", "txt", Family.TEXT, _("Text"))
MP3: Final = FileType("audio/mpeg", "mp3", Family.SOUND, _("Sound"))
OGG: Final = FileType("audio/ogg", "ogg", Family.SOUND, _("Sound"))
M4A: Final = FileType("audio/mp4", "m4a", Family.SOUND, _("Sound"))
WEBM: Final = FileType("audio/webm", "webm", Family.SOUND, _("Sound"))  # what browsers record

TYPES: Final[Mapping[str, FileType]] = MappingProxyType(
    {t.media: t for t in (PDF, JPEG, PNG, WEBP, DOCX, XLSX, ODT, ODS, CSV, PLAIN, MP3, OGG, M4A, WEBM)}
)
# For the file chooser of a browser: a hint, never a check.
ACCEPT: Final = ",".join([*(f".{t.extension}" for t in TYPES.values()), ".jpeg", "image/jpeg", "image/png"])


def limit(family: Family) -> int:
    """The most bytes a file of that family may have."""
    return int(settings.FILE_LIMITS[family.value])


def largest() -> int:
    """The most bytes any file may have."""
    return max(limit(family) for family in Family)
