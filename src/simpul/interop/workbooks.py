"""Workbooks by openpyxl, whose import takes half a second: `interop.writing` loads it where one is written."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from simpul.interop.writing import RISKY, Page, Value

_WIDEST: Final = 60
_LONG_AGO: Final = datetime(1980, 1, 1)  # noqa: DTZ001  # the first day an archive knows; it knows no zones


def workbook(pages: Iterable[Page]) -> bytes:
    """What `write_xlsx` answers."""
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


def _shown(sheet: object, value: Value) -> object:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not text.startswith(RISKY):
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
