"""Areas and services are for everybody to read; an entry is changed and checked by who keeps it."""

from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.organisations import make_service_point
from tests.factories.territory import areas
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, row


def regency(cast: Cast) -> dict[str, object]:
    areas("52.03")
    return {"code": "52.03"}


def unknown_area(cast: Cast) -> dict[str, object]:
    return {"code": "99.99"}


def service(cast: Cast) -> dict[str, object]:
    return {"key": make_service_point(cast.uptd).pk}


def groups_service(cast: Cast) -> dict[str, object]:
    return {"key": make_service_point(cast.lentera).pk}


def safe_house(cast: Cast) -> dict[str, object]:
    return {"key": make_service_point(cast.uptd, kind="RI.98").pk}


def nothing(cast: Cast) -> dict[str, object]:
    return {"key": uuid7()}


ROWS: list[Row] = [
    row("places:country", default=OK),
    row("places:area", regency, default=OK),
    row("places:area", unknown_area, default=UNSEEN, because="no such code"),
    row("places:finder", default=OK),
    row("places:point", service, default=OK),
    row("places:point", safe_house, default=UNSEEN, citra=OK, because="a safe house"),
    row("places:point", nothing, default=UNSEEN, because="nothing there"),
    # Whose role keeps services at all; for which organisation, the form says.
    row("places:point-add", default=DENIED, publik=LOGIN, budi=OK, citra=OK, dewi=OK, indah=OK, kartika=OK),
    row(
        "places:point-add",
        method="post",
        default=DENIED,
        publik=LOGIN,
        budi=INVALID,
        citra=INVALID,
        dewi=INVALID,
        indah=INVALID,
        kartika=INVALID,
    ),
    row("places:point-change", service, default=DENIED, publik=LOGIN, citra=OK),
    row("places:point-change", service, method="post", default=DENIED, publik=LOGIN, citra=INVALID),
    row("places:point-change", safe_house, default=UNSEEN, publik=LOGIN, citra=OK, because="a safe house"),
    row(
        "places:point-change",
        groups_service,
        default=DENIED,
        publik=LOGIN,
        budi=OK,
        dewi=OK,
        kartika=OK,
        because="of a village group",
    ),
    row("places:point-verify", service, default=DENIED, publik=LOGIN, citra=OK),
    row(
        "places:point-verify",
        groups_service,
        default=DENIED,
        publik=LOGIN,
        ani=OK,
        budi=OK,
        dewi=OK,
        kartika=OK,
        because="of a village group",
    ),
    row(
        "places:point-verify",
        service,
        method="post",
        data={"method": "call"},
        default=DENIED,
        publik=LOGIN,
        citra=MOVED,
    ),
    row("places:point-close", service, default=DENIED, publik=LOGIN, citra=OK),
    row(
        "places:point-close",
        service,
        method="post",
        data={"version": 1, "closed_on": "2025-01-02"},
        default=DENIED,
        publik=LOGIN,
        citra=MOVED,
    ),
]
