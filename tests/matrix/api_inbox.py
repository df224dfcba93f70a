"""The API: everybody has their own inbox, and nobody another's; what areas became is everybody's."""

from simpul.kernel.localized import LocalizedText
from simpul.territory.services import add_crosswalk, add_holiday
from tests.cast import NOW, Cast
from tests.factories.organisations import SYSTEM
from tests.factories.territory import areas
from tests.matrix import CREATED, OK, TOKEN_NEEDED, UNSEEN, Row
from tests.matrix.api import an_area, reading, writing
from tests.matrix.notices import anis_notice, budis_word


def notice(cast: Cast) -> dict[str, object]:
    return {"notice_id": anis_notice(cast)["recipient_id"]}


def holiday(cast: Cast) -> dict[str, object]:
    name = LocalizedText(id="Hari Contoh")
    row = add_holiday(SYSTEM, NOW.date(), name=name, kind="national", basis="SKB", now=NOW)
    return {"holiday_id": row.pk}


def crosswalk(cast: Cast) -> dict[str, object]:
    areas("52.03")
    row = add_crosswalk(
        SYSTEM, "52.99", new_code="52.03", valid_from=NOW.date(), kind="recode", basis="Permendagri", now=NOW
    )
    return {"crosswalk_id": row.pk}


def recode(cast: Cast) -> dict[str, object]:
    areas("52.03")
    return {**CHANGE, "old_code": "52.98"}


CHANGE = {"new_code": "52.03", "valid_from": "2024-01-01", "kind": "recode", "basis": "Permendagri"}
DAY = {"day": "2026-03-05", "name": {"id": "Hari Contoh"}, "kind": "national", "basis": "SKB"}
WISHES = {"mail": True, "push": False, "gateway": False, "language": "id", "zone": "Asia/Makassar"}

ROWS: list[Row] = [
    reading("list_notices", publik=TOKEN_NEEDED),
    reading("read_notice", notice, default=UNSEEN, ani=OK, publik=TOKEN_NEEDED),
    writing("open_one_notice", notice, default=UNSEEN, ani=OK),
    writing("clear_notices", default=OK),
    reading("list_sent_notices", publik=TOKEN_NEEDED),
    reading("read_sent_notice", budis_word, default=UNSEEN, budi=OK, publik=TOKEN_NEEDED),
    writing("retry_notice", budis_word, default=UNSEEN, budi=OK),
    reading("read_wishes", publik=TOKEN_NEEDED),
    writing("replace_wishes", method="put", data=WISHES, default=OK),
    reading("list_holidays"),
    writing("create_holiday", data=DAY, joko=CREATED),
    writing("withdraw_day_off", holiday, joko=OK),
    reading("list_crosswalks"),
    reading("list_successors", an_area),
    writing("create_crosswalk", data=recode, joko=CREATED),
    writing("correct_change_of_code", crosswalk, data=CHANGE, joko=OK),
    writing("withdraw_change_of_code", crosswalk, joko=OK),
]
