"""Telling a full or failing disk from every other fault of a database or file system, on both engines."""

import errno
from typing import Final

from django.db import DatabaseError

# What SQLite and PostgreSQL say, and PostgreSQL's code for it.
_WORDS: Final = ("disk is full", "no space left", "quota exceeded", "disk i/o error")
_DISK_FULL: Final = "53100"


def is_full(error: BaseException) -> bool:
    """Whether there was no room to write. The transaction it happened in is undone as a whole."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    if not isinstance(error, DatabaseError):
        return False
    told = str(error).lower()
    return getattr(error.__cause__, "sqlstate", "") == _DISK_FULL or any(words in told for words in _WORDS)
