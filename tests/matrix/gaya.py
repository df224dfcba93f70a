"""The style guide is public."""

from tests.matrix import OK, UNSEEN, Row, row

ROWS: list[Row] = [
    row("gaya:guide", default=OK),
    row("gaya:room", lambda cast: {"room": "rahasia"}, default=OK),
    row("gaya:room", lambda cast: {"room": "gudang"}, default=UNSEEN, because="no such room"),
]
