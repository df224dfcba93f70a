"""Once a Simpul is open, the six questions lead everybody back to the front page."""

from tests.matrix import MOVED, OK, UNSEEN, Row, row

ROWS: list[Row] = [
    row("firstrun:begin", default=MOVED),
    row("firstrun:code", default=MOVED),
    row("firstrun:question", lambda cast: {"step": "nama"}, default=MOVED),
    row("firstrun:question", lambda cast: {"step": "nama"}, method="post", data={"name": "X"}, default=MOVED),
    row("firstrun:check", default=MOVED),
    row("firstrun:check", method="post", default=MOVED),
    row("firstrun:done", default=OK),
    row("firstrun:logo", default=UNSEEN, because="the cast's Simpul has no logo"),
]
