"""The API: memberships corrected and decided about, programmes and service points kept."""

from collections.abc import Mapping

from simpul.organisations.models import Membership
from simpul.organisations.services.coverage import cover_area
from simpul.organisations.services.membership_life import decide_membership
from simpul.organisations.services.programme_roles import assign_role
from simpul.territory.models import Area
from tests.cast import NOW, Cast
from tests.factories.networks import make_programme
from tests.factories.organisations import SYSTEM
from tests.factories.territory import areas
from tests.matrix import CREATED, DENIED, OK, TOKEN_NEEDED, UNSEEN, Row
from tests.matrix.api import (
    FIRST,
    SEEN_HIDDEN,
    hidden_lentera,
    hidden_membership,
    lentera,
    membership,
    network,
    point,
    programme,
    reading,
    writing,
)

BOTH_SIDES = {"budi": OK, "eko": OK, "kartika": OK}
MISSING_VERSION = 428


def decided(cast: Cast) -> dict[str, object]:
    found = Membership.objects.get(member=cast.lentera, network=cast.forum, superseded_at=None)
    made = decide_membership(
        SYSTEM, found, act="put_on_leave", effective_on=NOW.date(), why="Pengurus berganti", now=NOW
    )
    return {"decision_id": made.pk}


def an_area(cast: Cast) -> Mapping[str, object]:
    areas("52.03")
    return {"area": "52.03"}


def a_coverage(cast: Cast) -> dict[str, object]:
    areas("52.03")
    row = cover_area(SYSTEM, make_programme(cast.network), area=Area.objects.get(pk="52.03"), now=NOW)
    return {"coverage_id": row.pk}


def a_role(cast: Cast) -> dict[str, object]:
    row = assign_role(SYSTEM, make_programme(cast.network), organisation=cast.forum, role="implementer", now=NOW)
    return {"role_id": row.pk}


def a_programme(cast: Cast) -> Mapping[str, object]:
    return {"owner": str(cast.network.pk), "name": {"id": "Program Contoh"}}


def a_part(cast: Cast) -> Mapping[str, object]:
    return {"organisation": str(cast.forum.pk), "role": "implementer"}


def the_network(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.network.pk}


def to_lentera(cast: Cast) -> Mapping[str, object]:
    return {"to": str(cast.lentera.pk)}


def to_hidden_lentera(cast: Cast) -> Mapping[str, object]:
    hidden_lentera(cast)
    return to_lentera(cast)


def a_point(cast: Cast) -> Mapping[str, object]:
    areas("52.03")
    return {"owner": str(cast.uptd.pk), "kind": "RI.01", "name": "UPTD Contoh", "areas": ["52.03"]}


LEAVE = {"act": "put_on_leave", "effective_on": "2025-03-01", "why": "Pengurus berganti"}
ROWS: list[Row] = [
    reading("list_standings", network),
    reading("read_ties", lentera),
    reading("read_ties", hidden_lentera, default=UNSEEN, **SEEN_HIDDEN, because="of one in safety mode"),
    reading("read_distance", the_network, data=to_lentera),
    reading(
        "read_distance", the_network, data=to_hidden_lentera, default=UNSEEN, **SEEN_HIDDEN,
        because="to one in safety mode",
    ),
    reading("list_decisions", membership, publik=TOKEN_NEEDED),
    reading(
        "list_decisions", hidden_membership, default=UNSEEN, publik=TOKEN_NEEDED, ani=OK, budi=OK, dewi=OK, kartika=OK,
        because="of one in safety mode",
    ),
    writing("change_membership", membership, method="patch", data={"decided_by": "Rapat"}, eko=OK),
    writing("create_decision", membership, data=LEAVE, **dict.fromkeys(BOTH_SIDES, CREATED)),
    writing("withdraw_entered_decision", decided, default=UNSEEN, eko=OK, budi=DENIED, kartika=DENIED),
    writing("create_member", network, data={"kind": "OT.T", "name": "Komunitas Baca"}, dewi=CREATED),
    writing("create_programme", data=a_programme, dewi=CREATED),
    writing(
        "change_programme", programme, method="patch", data={"funder": "Warga"}, headers=FIRST, dewi=OK
    ),
    writing(
        "change_programme", programme, method="patch", data={"funder": "Warga"}, default=MISSING_VERSION,
        because="without saying which version",
    ),
    writing("create_coverage", programme, data=an_area, dewi=CREATED),
    writing("end_programme_coverage", a_coverage, data={"valid_until": "2024-01-01"}, dewi=OK),
    writing("correct_programme_coverage", a_coverage, method="patch", data={"valid_from": "2021-01-01"}, dewi=OK),
    writing("withdraw_programme_coverage", a_coverage, dewi=OK),
    writing("create_programme_role", programme, data=a_part, dewi=CREATED),
    writing("end_programme_role", a_role, data={"valid_until": "2024-01-01"}, dewi=OK),
    writing("correct_programme_role", a_role, method="patch", data={"valid_from": "2021-01-01"}, dewi=OK),
    writing("withdraw_programme_role", a_role, dewi=OK),
    writing("create_service_point", data=a_point, citra=CREATED),
    writing("change_point", point, method="patch", data={"hotline": "129"}, headers=FIRST, citra=OK),
    writing("close_point", point, method="put", data={"closed_on": "2025-01-01"}, headers=FIRST, citra=OK),
]  # fmt: skip
