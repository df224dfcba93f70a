"""Why a file is not taken, in words that say what to do."""

from django.utils.translation import gettext as _

from simpul.interop.limits import MOST_COLUMNS, MOST_ROWS
from simpul.kernel.errors import Invalid


def broken() -> Invalid:
    message = _(
        "This file is damaged, or not what its name says. Open it in Excel, save it as .xlsx, and choose it again."
    )
    return Invalid("broken", "file", message=message)


def too_many_rows() -> Invalid:
    message = _(
        "This file has more than %(most)s rows, or something written far below the last one. Split it into several "
        "files, or delete the rows below your list. Nothing was read."
    )
    return Invalid("too_many_rows", "file", message=message % {"most": f"{MOST_ROWS:,}".replace(",", ".")})


def too_wide() -> Invalid:
    message = _("This file has more than %(most)s columns. Keep those you need, and choose it again.")
    return Invalid("too_wide", "file", message=message % {"most": MOST_COLUMNS})


def unpacks_too_large() -> Invalid:
    message = _("This file unfolds to far more than a list of rows. Copy the rows into a new file, and choose that.")
    return Invalid("unpacks_too_large", "file", message=message)


def unreadable_text() -> Invalid:
    message = _("The letters of this file can't be read. In Excel choose Save As, CSV UTF-8, and choose that file.")
    return Invalid("unreadable_text", "file", message=message)
