"""XLSX. Its zip is looked through first, so that nothing in it can grow beyond what was agreed; then it is read."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from simpul.interop.limits import LONGEST_CELL, LOWEST_ROW, MOST_CELLS, MOST_LINES, MOST_SHEETS, MOST_UNPACKED
from simpul.interop.reading.refusals import broken, too_many_rows, too_wide, unpacks_too_large
from simpul.interop.tables import Book, Cell, Line, Sheet
from simpul.kernel.errors import Invalid

_CHUNK: Final = 1 << 18
_LONGEST_ROW: Final = 1 << 22  # bytes of XML between two rows
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s>/]")
_NUMBER: Final = re.compile(rb"\sr=[\"'](\d{1,9})[\"']")
_CONTENT: Final = re.compile(rb"<(?:\w+:)?(?:v|is|t)[\s>]")
_FAR: Final = re.compile(rb"<(?:\w+:)?c\s[^>]*?r=[\"']([A-Za-z]{2,9})\d+[\"'][^>]*[^/>]>")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MACROS: Final = (b"macroEnabled", b"vbaProject")


def read_workbook(data: bytes, widest: int) -> Book:
    """Formulas as the value Excel saved last, merged cells filled with their value. Invalid as `read_book`."""
    try:
        formulas = _look_through(data, widest)
        return Book(tuple(_sheets(data, formulas, widest)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise broken() from error
    except CalamineError as error:
        raise broken() from error


def _look_through(data: bytes, widest: int) -> int:
    """How many formulas. Everything is unfolded once, a piece at a time, and nothing kept."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        names = [part.filename for part in parts]
        if len(names) != len(set(names)) or len(names) > 5_000:
            raise broken()
        _refuse_macros(archive, names)
        budget, rows, formulas = MOST_UNPACKED, 0, 0
        for part in parts:
            if part.file_size > budget:
                raise unpacks_too_large()
            is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
            with archive.open(part) as stream:
                pieces = iter(lambda: stream.read(_CHUNK), b"")
                if is_sheet:
                    found, calculated = _count(pieces, MOST_LINES - rows, widest)
                    rows, formulas = rows + found, formulas + calculated
                else:
                    sum(map(len, pieces))  # unfolded to its end: a part that lies about its size is found out
            budget -= part.file_size
        return formulas


def _refuse_macros(archive: zipfile.ZipFile, names: list[str]) -> None:
    if "[Content_Types].xml" not in names:
        raise broken()
    if archive.getinfo("[Content_Types].xml").file_size > 1 << 20:
        raise broken()
    types = archive.read("[Content_Types].xml")
    if any(word in types for word in _MACROS) or any(name.lower().endswith("vbaproject.bin") for name in names):
        message = _("This file contains macros (small programs). In Excel choose Save As, .xlsx, and take that.")
        raise Invalid("macros", "file", message=message)


def _count(pieces: Iterator[bytes], most: int, widest: int) -> tuple[int, int]:
    """Rows with content and formulas of one sheet, stopped as soon as there are more than allowed."""
    rows = formulas = 0
    held = b""
    for piece in pieces:
        held += piece
        starts = [match.start() for match in _ROW.finditer(held)]
        if not starts:
            held = held[-_CHUNK:] if len(held) > _LONGEST_ROW else held
            continue
        for begin, end in zip([0, *starts], starts, strict=False):
            rows, formulas = _weigh(held[begin:end], rows, formulas, most, widest)
        held = held[starts[-1] :]
        if len(held) > _LONGEST_ROW:
            raise too_wide()
    rows, formulas = _weigh(held, rows, formulas, most, widest)
    return rows, formulas


def _weigh(row: bytes, rows: int, formulas: int, most: int, widest: int) -> tuple[int, int]:
    if not _ROW.match(row) or not _CONTENT.search(row):
        return rows, formulas
    if rows >= most:
        raise too_many_rows()
    numbered = _NUMBER.search(row[:400])
    # A lonely cell far below would make its reader lay out everything between.
    if numbered and int(numbered[1]) > LOWEST_ROW:
        raise too_many_rows()
    if any(_column(found[1]) > widest for found in _FAR.finditer(row)):
        raise too_wide()
    return rows + 1, formulas + len(_FORMULA.findall(row))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _sheets(data: bytes, formulas: int, widest: int) -> Iterator[Sheet]:
    book = CalamineWorkbook.from_object(io.BytesIO(data))
    shown = [
        meta.name
        for meta in book.sheets_metadata
        if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible
    ]
    for name in shown[:MOST_SHEETS]:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        if sheet.total_width > widest or sheet.total_width * sheet.total_height > MOST_CELLS:
            raise too_wide()
        yield _sheet(name, sheet, formulas)


def _sheet(name: str, sheet: CalamineSheet, formulas: int) -> Sheet:
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = _fill(rows, sheet.merged_cell_ranges or [])
    cut = sum(isinstance(cell, str) and len(cell) > LONGEST_CELL for row in rows for cell in row)
    notes = {"formulas": formulas, "merged": merged, "cut": cut}
    return Sheet(name, _lines(rows), {code: count for code, count in notes.items() if count})


def _lines(rows: list[list[Cell]]) -> tuple[Line, ...]:
    lines = []
    for number, row in enumerate(rows, start=1):
        while row and row[-1] is None:
            row.pop()
        if row:
            cut = [cell[:LONGEST_CELL] if isinstance(cell, str) else cell for cell in row]
            lines.append(Line(number, tuple(cut)))
    return tuple(lines)


def _fill(rows: list[list[Cell]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> int:
    """Give every cell of a merged range what stands in its first; how many ranges."""
    filled = 0
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] is None:
            continue
        filled += 1
        for row in rows[top : min(bottom, len(rows) - 1) + 1]:
            for place in range(left, min(right, len(row) - 1) + 1):
                row[place] = rows[top][left]
    return filled


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        is_day = value.time() == time.min
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else None
