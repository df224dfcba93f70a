"""What the law says about deadlines is for everybody."""

from tests.matrix import OK, Row, row

ROWS: list[Row] = [row("deadlines:rules", default=OK)]
