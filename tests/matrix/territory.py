"""Areas are public; the table of holidays and of changed codes is the operator's to keep."""

from datetime import date

from simpul.kernel.actor import System
from simpul.kernel.localized import LocalizedText
from simpul.territory.services import add_crosswalk, add_holiday
from tests.cast import Cast
from tests.factories.territory import areas
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, row

BUILDER = System("tests")
UNKNOWN = {"key": "0197b8f0-0000-7000-8000-000000000000"}


def holiday(cast: Cast) -> dict[str, object]:
    made = add_holiday(
        BUILDER, date(2027, 3, 16), name=LocalizedText(id="Cuti"), kind="joint_leave", basis="SKB", now=cast.now
    )
    return {"key": made.pk}


def crosswalk(cast: Cast) -> dict[str, object]:
    areas("52.03.05.2006", "52.03.05.2007")
    made = add_crosswalk(
        BUILDER,
        "52.03.05.2006",
        new_code="52.03.05.2007",
        valid_from=date(2026, 1, 1),
        kind="merge",
        basis="Perda",
        now=cast.now,
    )
    return {"key": made.pk}


def unknown(cast: Cast) -> dict[str, object]:
    return dict(UNKNOWN)


def districts(cast: Cast) -> dict[str, object]:
    return {"part": "kecamatan", "code": "52"}


ROWS: list[Row] = [
    row("territory:search", default=OK),
    row("territory:country", default=OK),
    row("territory:boundary", districts, default=OK),
    row("territory:holidays", default=OK),
    row("territory:holiday-add", default=DENIED, publik=LOGIN, joko=OK),
    row("territory:holiday-add", method="post", default=DENIED, publik=LOGIN, joko=INVALID),
    row("territory:holiday-withdraw", holiday, default=DENIED, publik=LOGIN, joko=OK),
    row("territory:holiday-withdraw", holiday, method="post", default=DENIED, publik=LOGIN, joko=MOVED),
    row("territory:holiday-withdraw", unknown, default=DENIED, publik=LOGIN, joko=UNSEEN, because="nothing there"),
    row("territory:crosswalks", default=OK),
    row("territory:crosswalk-add", default=DENIED, publik=LOGIN, joko=OK),
    row("territory:crosswalk-add", method="post", default=DENIED, publik=LOGIN, joko=INVALID),
    row("territory:crosswalk-correct", crosswalk, default=DENIED, publik=LOGIN, joko=OK),
    row("territory:crosswalk-correct", crosswalk, method="post", default=DENIED, publik=LOGIN, joko=INVALID),
    row("territory:crosswalk-withdraw", crosswalk, default=DENIED, publik=LOGIN, joko=OK),
    row("territory:crosswalk-withdraw", crosswalk, method="post", default=DENIED, publik=LOGIN, joko=MOVED),
    row("territory:crosswalk-withdraw", unknown, default=DENIED, publik=LOGIN, joko=UNSEEN, because="nothing there"),
]
