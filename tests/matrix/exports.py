"""Tables to take away: what anybody sees, and for a network or a programme in safety mode nothing, to nobody."""

from simpul.kernel.actor import Actor
from simpul.people.services import export_people
from simpul.results.indicators import INDICATORS
from tests.cast import Cast
from tests.factories.networks import make_programme
from tests.factories.territory import areas
from tests.matrix import DENIED, LOGIN, OK, UNSEEN, WRONG_METHOD, Row, Surface, row, surface
from tests.matrix.organisations import hidden_lentera
from tests.matrix.places import safe_house, service


def xlsx(cast: Cast) -> dict[str, object]:
    return {"form": "xlsx"}


def other(cast: Cast) -> dict[str, object]:
    return {"form": "exe"}


def network(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.network.pk, "form": "csv"}


def hidden(cast: Cast) -> dict[str, object]:
    return {**hidden_lentera(cast), "form": "xlsx"}


def profile(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.support.pk, "form": "xlsx"}


def kept(cast: Cast) -> dict[str, object]:
    return {"key": cast.network.pk, "form": "xlsx"}


def kept_as_csv(cast: Cast) -> dict[str, object]:
    return {"key": cast.network.pk, "form": "csv"}


def of_forum(cast: Cast) -> dict[str, object]:
    return {"key": cast.forum.pk, "form": "csv"}


def of_lentera(cast: Cast) -> dict[str, object]:
    return {"key": cast.lentera.pk, "form": "xlsx"}


def of_hidden_lentera(cast: Cast) -> dict[str, object]:
    hidden_lentera(cast)
    return of_lentera(cast)


def a_service(cast: Cast) -> dict[str, object]:
    return {**service(cast), "form": "xlsx"}


def a_safe_house(cast: Cast) -> dict[str, object]:
    return {**safe_house(cast), "form": "csv"}


def programme(cast: Cast) -> dict[str, object]:
    return {"programme_id": make_programme(cast.network).pk, "form": "xlsx"}


def an_area(cast: Cast) -> dict[str, object]:
    areas("52.03")
    return {"code": "52.03", "form": "csv"}


def in_an_area(cast: Cast) -> dict[str, object]:
    areas("52.03")
    return {"form": "xlsx"}


def a_figure(cast: Cast) -> dict[str, object]:
    return {"code": next(iter(INDICATORS)), "form": "xlsx"}


A_PART = {"Range": "bytes=0-9"}
ROWS: list[Row] = [
    row("exports:organisations", xlsx, default=OK),
    row("exports:organisations", xlsx, method="post", default=WRONG_METHOD),
    row("exports:organisations", other, default=UNSEEN, because="in a form nobody writes"),
    row("exports:organisations", xlsx, headers=A_PART, default=206, because="a part of it"),
    row("exports:service-log", kept, headers=A_PART, default=DENIED, publik=LOGIN, dewi=206, because="a part of it"),
    row("exports:area", an_area, default=OK),
    row("exports:members", network, default=OK),
    row("exports:members", hidden, default=UNSEEN, because="of one in safety mode, also to its own people"),
    row("exports:profile", profile, default=OK),
    row("exports:profile", hidden, default=UNSEEN, because="of one in safety mode, also to its own people"),
    row("exports:relations", network, default=OK),
    row("exports:relations", hidden, default=UNSEEN, because="of one in safety mode, also to its own people"),
    row("exports:country", xlsx, default=OK),
    row("exports:programme", programme, default=OK),
    row("exports:services", xlsx, default=UNSEEN, because="without an area"),
    row("exports:services", in_an_area, data={"wilayah": "52.03"}, default=OK),
    row("exports:figures", xlsx, default=OK),
    row("exports:service-log", kept, default=DENIED, publik=LOGIN, dewi=OK, because="of those who keep the network"),
    row("exports:readiness", kept_as_csv, default=DENIED, publik=LOGIN, dewi=OK, because="of those who keep it"),
    row("exports:kept-members", kept, default=DENIED, publik=LOGIN, dewi=OK, because="of those who keep it"),
    row("exports:board", of_forum, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, eko=OK),
    row("exports:announcements", kept, default=DENIED, publik=LOGIN, dewi=OK, because="of those who keep it"),
    row("exports:service-point", a_service, default=OK),
    row("exports:service-point", a_safe_house, default=UNSEEN, because="a safe house, also for those who see it"),
    row("exports:people", xlsx, default=WRONG_METHOD, publik=LOGIN, because="asked for in an address"),
    row(
        "exports:people",
        xlsx,
        method="post",
        default=DENIED,
        publik=LOGIN,
        budi=OK,
        dewi=OK,
        kartika=OK,
        because="of those who may read people",
    ),
    row("exports:people", other, method="post", default=UNSEEN, publik=LOGIN, because="in a form nobody writes"),
    row("exports:holidays", xlsx, data={"tahun": "2026"}, default=OK),
    row("exports:code-changes", xlsx, default=OK),
    row("exports:deadlines", xlsx, default=OK),
    row("exports:roles", xlsx, default=OK, publik=LOGIN),
    row("exports:papers", network, default=OK),
    row("exports:papers", hidden, default=UNSEEN, because="of one in safety mode, also to its own people"),
    row(
        "exports:kept-papers",
        of_lentera,
        default=DENIED,
        publik=LOGIN,
        **dict.fromkeys(("budi", "dewi", "kartika"), OK),
    ),
    row(
        "exports:kept-papers",
        of_hidden_lentera,
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        because="of one in safety mode, also to its own people",
    ),
    row("exports:figure", a_figure, default=UNSEEN, because="of which nothing is the headline"),
]


def taken(actor: Actor, cast: Cast) -> list[str]:
    rows = export_people(actor, search="", form="csv", now=cast.now)
    return sorted({row.affiliation.person.name for row in rows})


SURFACES: list[Surface] = [
    surface(
        "people taken away",
        taken,
        default="denied",
        budi=["Ani", "Budi"],
        dewi=["Dewi", "Fitri", "Gede"],
        kartika=["Ani", "Budi"],
    ),
]
