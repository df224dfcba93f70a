"""The API of responses: what is published needs no token; who writes what is as on the pages."""

from collections.abc import Mapping

from tests.cast import Cast
from tests.factories.responses import DANGER, FLOOD, LOTIM, TODAY, place
from tests.matrix import CONFLICT, CREATED, DENIED, INVALID, OK, TOKEN_NEEDED, UNSEEN, Row, row
from tests.matrix.api import FIRST
from tests.matrix.responses import draft, lenteras_line, lenteras_need, published, report


def one(cast: Cast) -> dict[str, object]:
    return {"response_id": published(cast)["key"]}


def unpublished(cast: Cast) -> dict[str, object]:
    return {"response_id": draft(cast)["key"]}


def one_report(cast: Cast) -> dict[str, object]:
    return {"report_id": report(cast)["key"]}


def opened(cast: Cast) -> Mapping[str, object]:
    place(LOTIM)
    return {"network": str(cast.network.pk), "name": "Banjir", "areas": [LOTIM], "valid_from": FLOOD.isoformat()}


def told(cast: Cast) -> Mapping[str, object]:
    place(DANGER)
    return {
        "lead": str(cast.lentera.pk), "cluster": "logistics", "activity": "Paket pangan", "area": DANGER,
        "status": "ongoing", "as_of": TODAY.isoformat(),
    }  # fmt: skip


def needed(cast: Cast) -> Mapping[str, object]:
    place(DANGER)
    return {
        "area": DANGER, "cluster": "protection", "what": "Air bersih", "reported_on": TODAY.isoformat(),
        "reported_by": str(cast.lentera.pk),
    }  # fmt: skip


def anothers(made: object) -> Mapping[str, object]:
    """A version that is none of this line."""
    return {"seen": "01890000-0000-7000-8000-000000000000"}


def written(cast: Cast) -> Mapping[str, object]:
    return {"valid_from": FLOOD.isoformat(), "valid_until": TODAY.isoformat(), "author": "Dewi"}


OURS = {"ani": CREATED, "budi": CREATED, "dewi": CREATED, "kartika": CREATED}

ROWS: list[Row] = [
    row("api:list_responses", default=OK),
    row("api:read_response", one, default=OK),
    row("api:read_response", unpublished, default=UNSEEN, dewi=OK, because="a draft"),
    row("api:list_response_activities", one, default=OK),
    row("api:read_response_activity", lenteras_line, default=OK),
    row("api:list_response_needs", one, default=OK),
    row("api:read_response_need", lenteras_need, default=OK),
    row("api:read_response_gaps", one, default=OK),
    row("api:read_response_gaps", unpublished, default=UNSEEN, dewi=OK, because="a draft"),
    row("api:read_response_reach", one, default=OK),
    row("api:list_response_reports", one, default=OK),
    row("api:read_response_report", one_report, default=UNSEEN, dewi=OK, because="a draft"),
    row("api:create_response", method="post", data=opened, default=DENIED, publik=TOKEN_NEEDED, dewi=CREATED),
    row(
        "api:change_response",
        one,
        method="patch",
        data={"name": "Banjir besar"},
        headers=FIRST,
        default=DENIED,
        publik=TOKEN_NEEDED,
        dewi=OK,
    ),
    row("api:publish_one_response", unpublished, method="post", default=UNSEEN, publik=TOKEN_NEEDED, dewi=OK),
    row(
        "api:create_response_activity",
        one,
        method="post",
        data=told,
        default=DENIED,
        publik=TOKEN_NEEDED,
        **OURS,
    ),
    row(
        "api:correct_response_activity",
        lenteras_line,
        method="post",
        data=lambda cast: {**told(cast), **anothers(cast)},
        default=INVALID,
        publik=TOKEN_NEEDED,
    ),
    row(
        "api:withdraw_response_activity",
        lenteras_line,
        method="post",
        data=anothers,
        default=CONFLICT,
        publik=TOKEN_NEEDED,
    ),
    row("api:create_response_need", one, method="post", data=needed, default=DENIED, publik=TOKEN_NEEDED, **OURS),
    row(
        "api:update_response_need",
        lenteras_need,
        method="post",
        data=lambda cast: {**needed(cast), **anothers(cast)},
        default=INVALID,
        publik=TOKEN_NEEDED,
    ),
    row(
        "api:withdraw_response_need",
        lenteras_need,
        method="post",
        data=anothers,
        default=CONFLICT,
        publik=TOKEN_NEEDED,
    ),
    row(
        "api:create_response_report",
        one,
        method="post",
        data=written,
        default=DENIED,
        publik=TOKEN_NEEDED,
        dewi=CREATED,
    ),
    row(
        "api:change_response_report",
        one_report,
        method="patch",
        data={"author": "Sekretariat"},
        headers=FIRST,
        default=UNSEEN,
        publik=TOKEN_NEEDED,
        dewi=OK,
    ),
    row(
        "api:publish_response_report",
        one_report,
        method="post",
        headers=FIRST,
        default=UNSEEN,
        publik=TOKEN_NEEDED,
        dewi=OK,
    ),
]
