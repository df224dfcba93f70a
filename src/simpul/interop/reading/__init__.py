"""Files of strangers, read without trusting them. What a file is, its bytes say: never its name."""

from typing import Final

from django.utils.translation import gettext as _

from simpul.interop.limits import MOST_BYTES, MOST_COLUMNS
from simpul.interop.reading.delimited import read_delimited
from simpul.interop.reading.workbooks import read_workbook
from simpul.interop.tables import Book
from simpul.kernel.errors import Invalid

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def read_book(data: bytes, *, widest: int = MOST_COLUMNS) -> Book:
    """The sheets of an XLSX, or the one of a CSV. `widest`: columns of a file that its recipe folds afterwards.

    Invalid("empty" | "too_big" | "too_wide" | "too_many_rows" | "macros" | "old_or_locked" | "not_a_table" | "broken"),
    on the field "file", each saying what to do.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise Invalid("empty", "file", message=_("This file is empty. Choose the one with your rows."))
    if len(data) > MOST_BYTES:
        raise too_big()
    if data.startswith(_OLD_OFFICE):
        message = _(
            "This is an old Excel file, or one locked with a password. In Excel choose Save As, .xlsx, without one."
        )
        raise Invalid("old_or_locked", "file", message=message)
    if data.startswith(_OTHERS):
        raise Invalid("not_a_table", "file", message=_("This is no table. Choose an Excel file (.xlsx) or a CSV."))
    return read_workbook(data, widest) if data.startswith(_ZIP) else read_delimited(data, widest)


def too_big() -> Invalid:
    message = _("This file is larger than %(most)s MB. Remove pictures, or split it into several files.")
    return Invalid("too_big", "file", message=message % {"most": MOST_BYTES // 2**20})
