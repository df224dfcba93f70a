"""Who sees the list of organisations to confirm; confirming itself is an entry's own page."""

from tests.matrix import LOGIN, OK, Row, row

ROWS: list[Row] = [row("desk:at-work", default=OK, publik=LOGIN)]
