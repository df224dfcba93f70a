"""Tables as files: XLSX, and CSV for any Excel. What a cell says is never a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

Value = str | int | float | bool | date | datetime | None

RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_FLUSHED: Final = 200  # rows of a CSV in one piece


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
    from simpul.interop.workbooks import workbook  # inline: slow import

    return workbook(pages)


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
    return f"'{text}" if text.startswith(RISKY) else text


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
