"""CSV as it comes: any delimiter, any of the encodings Excel writes, with or without a byte order mark."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from simpul.interop.limits import LONGEST_CELL, MOST_CELLS, MOST_LINES
from simpul.interop.reading.refusals import broken, too_many_rows, too_wide, unreadable_text
from simpul.interop.tables import Book, Cell, Line, Sheet

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE: Final = 30
_CONTROL: Final = frozenset(map(chr, range(32))) - {"\t", "\n", "\r", "\x0b", "\x0c"}


def read_delimited(data: bytes, widest: int) -> Book:
    """Invalid as `read_book`."""
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise unreadable_text() from error
    if _CONTROL.intersection(text[:100_000]):
        raise broken()
    told, text = _told_delimiter(text)
    delimiter = told or _delimiter_of(text)
    return Book((_sheet(text, delimiter, widest),), encoding=encoding, delimiter=delimiter)


def encoding_of(data: bytes) -> str:
    """By its mark; else UTF-8 where it is that; else UTF-16 where every other byte is nothing; else Western Windows."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    nothing = data[:4_000].count(0)
    if nothing > len(data[:4_000]) // 4:
        return "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _told_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line, "sep=;"."""
    first, _newline, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == 5:
        return first[4], rest
    return "", text


def _delimiter_of(text: str) -> str:
    """The one that splits the first lines into the same number of columns most often, and the most of them."""

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in islice(_rows(text, delimiter), _SAMPLE) if any(row))
        [(width, times)] = widths.most_common(1) or [(0, 0)]
        return (times if width > 1 else 0, width)

    return max(_DELIMITERS, key=evenness)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _sheet(text: str, delimiter: str, widest: int) -> Sheet:
    lines: list[Line] = []
    cut = told = 0
    try:
        for number, row in enumerate(_rows(text, delimiter), start=1):
            cells: list[Cell] = [value.strip() or None for value in row]
            while cells and cells[-1] is None:
                cells.pop()
            if not cells:
                continue
            if len(lines) >= MOST_LINES:
                raise too_many_rows()
            told += len(cells)
            if len(cells) > widest or told > MOST_CELLS:
                raise too_wide()
            cut += sum(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells)
            lines.append(Line(number, tuple(c[:LONGEST_CELL] if isinstance(c, str) else c for c in cells)))
    except csv.Error as error:
        raise broken() from error
    return Sheet("CSV", tuple(lines), {"cut": cut} if cut else {})
