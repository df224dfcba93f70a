"""The front door and the pages of every footer are everybody's."""

from tests.matrix import MOVED, OK, WRONG_METHOD, Row, row

ROWS: list[Row] = [
    row("home", default=OK),
    row("language", default=WRONG_METHOD),
    row("language", method="post", data={"bahasa": "en", "next": "/kerahasiaan/"}, default=MOVED),
    row("counting", default=OK),
    row("confidentiality", default=OK),
    row("accessibility", default=OK),
]
