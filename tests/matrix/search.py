"""Everybody finds the same: what is public."""

from tests.matrix import OK, Row, row

ROWS: list[Row] = [row("search:find", default=OK)]
