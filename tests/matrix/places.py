"""Areas and services are for everybody to read; an entry is changed and checked by who keeps it."""

from tests.cast import Cast
from tests.factories.territory import areas
from tests.matrix import OK, UNSEEN, Row, row


def regency(cast: Cast) -> dict[str, object]:
    areas("52.03")
    return {"code": "52.03"}


def unknown_area(cast: Cast) -> dict[str, object]:
    return {"code": "99.99"}


ROWS: list[Row] = [
    row("places:country", default=OK),
    row("places:area", regency, default=OK),
    row("places:area", unknown_area, default=UNSEEN, because="no such code"),
]
