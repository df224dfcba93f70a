"""How much one file may bring. A larger one is told so before it is read."""

from datetime import timedelta
from typing import Final

MOST_BYTES: Final = 20 * 2**20
MOST_UNPACKED: Final = 300 * 2**20  # an XLSX is a zip: what it unfolds to, all parts together
MOST_ROWS: Final = 50_000  # with content, in all sheets together
MOST_LINES: Final = MOST_ROWS + 50  # with titles and names of columns
LOWEST_ROW: Final = 100_000  # the number of the last row with content
MOST_COLUMNS: Final = 200
WIDEST: Final = 2_000  # of a file whose maker spread questions over columns, until its recipe has folded them
MOST_CELLS: Final = MOST_LINES * MOST_COLUMNS  # laid out at once: so many columns only of so few rows
MOST_SHEETS: Final = 30
LONGEST_CELL: Final = 5_000  # characters; the rest is cut

KEPT: Final = timedelta(days=7)  # staged rows of an import nobody confirmed
UNDOABLE: Final = timedelta(days=30)
