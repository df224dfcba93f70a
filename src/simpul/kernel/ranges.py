"""Which bytes of a file a request asks for (RFC 9110, 13 and 14), so that what broke off is taken up where it stopped.

A file has a strong mark: its ETag, another one as soon as a byte of it is another.
"""

import re
from typing import Final

_ONE: Final = re.compile(r"\s*bytes=\s*(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))\s*")
_TAG: Final = re.compile(r'(?:W/)?("[^"]*")')


def part_of(size: int, mark: str, *, wanted: str = "", only_if: str = "") -> range | None:
    """The places asked for, of `size`; an empty range where they all lie past the end, None where the whole is sent.

    `wanted` and `only_if` are the headers Range and If-Range. The whole is sent where no range is asked for, several
    are, or an unreadable one; and where If-Range says anything but this mark (a date, a weak one, another version's).
    """
    asked = _ONE.fullmatch(wanted)
    if asked is None or (only_if and only_if.strip() != mark):
        return None
    first, last, final = asked.groups()
    if final is not None:
        return range(size - min(int(final), size), size)
    start, until = int(first), int(last) + 1 if last else size
    if last and until <= start:
        return None
    return range(min(start, size), min(until, size))


def is_held(mark: str, held: str) -> bool:
    """Whether the reader has this very file already. `held` is the header If-None-Match."""
    return held.strip() == "*" or mark in _TAG.findall(held)


def content_range(part: range, size: int) -> str:
    """The header Content-Range of a part; of an empty one, how long the file is that has no such part."""
    return f"bytes {part.start}-{part.stop - 1}/{size}" if part else f"bytes */{size}"
