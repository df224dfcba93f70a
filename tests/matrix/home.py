"""Who gets what at the front door."""

from tests.matrix import OK, Row, row

ROWS: list[Row] = [row("home", default=OK)]
