"""The columns of reports of online meetings, by the names that Zoom, Google Meet and others give them."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.interop import values
from simpul.interop.recipes import Column
from simpul.interop.tables import Cell, words_of
from simpul.interop.words import Chosen, Options
from simpul.kernel.text import fold
from simpul.kernel.time import Zone
from simpul.web.meetings.clocks import lasted

_LEAST: Final = (5, 10, 15, 30, 45, 60, 90)


def several_times(cell: Cell) -> list[str] | None:
    """The times of a cell as they were written, "" where one of them is missing."""
    words = words_of(cell).strip()
    return [part.strip() for part in words.split(";")] if words else None


def zones() -> Options:
    return [(zone.name, zone.name) for zone in Zone]


def lengths() -> Options:
    return [(str(n), _("%(n)s minutes at least") % {"n": n}) for n in _LEAST]


_SPOKEN_ZONES: Final[Mapping[str, str]] = {
    fold(words): zone
    for zone, said in (
        ("WIB", ("asia/jakarta", "jakarta", "gmt+7", "utc+7", "gmt+07:00", "waktu indonesia barat")),
        ("WITA", ("asia/makassar", "makassar", "gmt+8", "utc+8", "gmt+08:00", "waktu indonesia tengah")),
        ("WIT", ("asia/jayapura", "jayapura", "gmt+9", "utc+9", "gmt+09:00", "waktu indonesia timur")),
    )
    for words in said
}
COLUMNS: Final[tuple[Column, ...]] = (
    Column("name", _("Name in the meeting"), values.text,
           ("name (original name)", "name", "participant name", "participant", "full name", "display name",
            "user name", "first name", "nama (nama asli)", "nama", "nama peserta", "peserta", "nama lengkap",
            "nama pengguna", "nama tampilan", "nama depan"), required=True, example="Siti Contoh (LBH)"),
    Column("last_name", _("Last name"), values.text, ("surname", "family name", "nama belakang", "nama keluarga")),
    Column("email", _("E-mail"), values.text,
           ("user email", "email", "email address", "email pengguna", "alamat email", "surel", "participant email"),
           example="siti@example.org"),
    Column("joined", pgettext_lazy("meeting", "Joined"), several_times,
           ("join time", "time joined", "first joined", "first seen", "joined at", "first join", "waktu bergabung",
            "waktu gabung", "waktu masuk", "jam masuk", "masuk", "bergabung", "mulai"),
           hint=_("Where somebody joined several times, the times follow one another with a semicolon between them."),
           example="05/01/2026 09:02:31"),
    Column("left", pgettext_lazy("meeting", "Left"), several_times,
           ("leave time", "time exited", "left at", "last leave", "last seen", "time left", "waktu keluar",
            "waktu meninggalkan", "waktu pergi", "jam keluar", "keluar", "selesai"), example="05/01/2026 10:58:02"),
    Column("minutes", _("Minutes"), lasted,
           ("duration (minutes)", "total duration (minutes)", "duration", "total duration", "time in call",
            "in-meeting duration", "attendance duration", "durasi (menit)", "total durasi (menit)", "durasi",
            "total durasi", "lama", "lama hadir", "menit"), example="116"),
    Column("zone", _("Time zone"), Chosen("zone", zones, _SPOKEN_ZONES), ("time zone", "zona waktu"),
           hint=_("that of the event")),
    Column("least", _("How long somebody must have been there"), Chosen("least", lengths),
           hint=_("any time counts")),
)  # fmt: skip
