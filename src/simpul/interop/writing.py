"""Tables as files: XLSX, and CSV for any Excel. What a cell says is never a formula."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

Value = str | int | float | bool | date | datetime | None

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDEST: Final = 60
_FLUSHED: Final = 200  # rows of a CSV in one piece
_LONG_AGO: Final = datetime(1980, 1, 1)  # noqa: DTZ001  # the first day an archive knows; it knows no zones


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: a title for its tab, the names of its columns, and rows that may be produced as they are written."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]


def write_xlsx(pages: Iterable[Page]) -> bytes:
    """The workbook. Rows are written as they come; text stays text, whatever it begins with.

    The same pages make the same bytes, whenever they are written: a download that broke off can be taken up, and the
    file does not tell when it was made.
    """
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _LONG_AGO
    for page in pages:
        sheet = book.create_sheet(_tab(page.title))
        sheet.freeze_panes = "A2"
        for number, name in enumerate(page.header):
            sheet.column_dimensions[_letter(number)].width = min(_WIDEST, max(12, len(name) + 4))
        sheet._writer = WorksheetWriter(sheet, out=io.BytesIO())
        sheet._writer.write_top()
        sheet.append([_bold(sheet, name) for name in page.header])
        for row in page.rows:
            sheet.append([_shown(sheet, value) for value in row])
    out = io.BytesIO()
    with _Timeless(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _InMemory(book, archive).write_data()
    return out.getvalue()


class _Timeless(zipfile.ZipFile):
    """An archive of parts that all bear one and the same day."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        part = zipfile.ZipInfo(str(zinfo_or_arcname), _LONG_AGO.timetuple()[:6])
        part.compress_type = self.compression
        super().writestr(part, data, *args, **kwargs)


class _InMemory(ExcelWriter):  # type: ignore[misc]
    """openpyxl keeps each sheet in a temporary file until the workbook is put together: people's names, in clear."""

    def write_worksheet(self, ws: Any) -> None:
        ws.close()
        ws._drawing, ws._rels = SpreadsheetDrawing(), ws._writer._rels
        self._archive.writestr(ws.path[1:], ws._writer.read())
        self.manifest.append(ws)


def write_csv(page: Page, *, for_excel: bool = False) -> Iterator[bytes]:
    """In UTF-8, piece by piece. `for_excel`: with a byte order mark and semicolons, as Indonesian Excel opens it.

    A cell that Excel would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if for_excel else ",", lineterminator="\r\n")
    if for_excel:
        out.write("\ufeff")
    writer.writerow([guarded(name) for name in page.header])
    for number, row in enumerate(page.rows, start=1):
        writer.writerow([_plain(value, comma=for_excel) for value in row])
        if number % _FLUSHED == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def guarded(text: str) -> str:
    """Text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _plain(value: Value, *, comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(value).replace(".", ",") if comma else str(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else guarded(value)


def _shown(sheet: object, value: Value) -> object:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text.startswith(_RISKY):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # openpyxl would read a leading "=" as a formula
    return cell


def _bold(sheet: object, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", name))
    cell.data_type, cell.font, cell.alignment = "s", Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _tab(title: str) -> str:
    return "".join(" " if c in "[]:*?/\\" else c for c in title)[:31].strip() or "Data"


def _letter(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
