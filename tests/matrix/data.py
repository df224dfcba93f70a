"""Published counts: everybody's, as far as their audience reads; getting them published is the node's own people's."""

from collections.abc import Callable
from uuid import uuid4

from simpul.organisations.models import Node
from simpul.organisations.presets import Preset
from simpul.organisations.services.node import open_node
from simpul.releases.models import Proposal, PublishedCell, Release
from tests.cast import BUILDER, Cast
from tests.factories.published import a_year, propose
from tests.factories.territory import MASBAGIK_UTARA_BARU
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, row


def at_home(cast: Cast) -> None:
    """What is published is decided where the node is at home: at the network."""
    if not Node.objects.exists():
        open_node(BUILDER, host=cast.network, preset=Preset.NETWORK, now=cast.now)


def told(cast: Cast) -> dict[str, object]:
    at_home(cast)
    a_year()
    return {}


def cell(table: str) -> Callable[[Cast], dict[str, object]]:
    def made(cast: Cast) -> dict[str, object]:
        told(cast)
        return {"key": PublishedCell.objects.filter(table=table)[0].pk}

    return made


def release(audience: str) -> Callable[[Cast], dict[str, object]]:
    def made(cast: Cast) -> dict[str, object]:
        told(cast)
        return {"key": Release.objects.filter(audience=audience)[0].pk}

    return made


def proposal(cast: Cast) -> dict[str, object]:
    at_home(cast)
    return {"key": propose("2026-01").pk}


def sheet(code: str, period: str) -> Callable[[Cast], dict[str, object]]:
    def made(cast: Cast) -> dict[str, object]:
        told(cast)
        return {"code": code, "period": period}

    return made


def nothing(cast: Cast) -> dict[str, object]:
    at_home(cast)
    return {"key": uuid4()}


def desk(cast: Cast) -> dict[str, object]:
    at_home(cast)
    return {}


def computed(cast: Cast) -> dict[str, object]:
    told(cast)
    return {"key": Proposal.objects.get(month="2025-12").pk}


GOVERNMENT = {"budi": OK, "dewi": OK, "eko": OK, "fitri": OK, "indah": OK, "kartika": OK}
VILLAGE = {"budi": OK, "dewi": OK, "fitri": OK, "kartika": OK}
PUBLISHERS = ("dewi", "fitri")


def file(cast: Cast) -> dict[str, object]:
    return {**told(cast), "form": "xlsx"}


def no_file(cast: Cast) -> dict[str, object]:
    return {"form": "exe"}


def api_cell(table: str) -> Callable[[Cast], dict[str, object]]:
    return lambda cast: {"cell_id": cell(table)(cast)["key"]}


def api_release(audience: str) -> Callable[[Cast], dict[str, object]]:
    return lambda cast: {"release_id": release(audience)(cast)["key"]}


ROWS: list[Row] = [
    row("exports:data-kasus", file, default=OK),
    row("exports:data-kasus", no_file, default=UNSEEN, because="no such form"),
    row("exports:kamus-data-kasus", file, default=OK),
    row("api:list_count_tables", default=OK),
    row("api:list_counts", told, data={"table": "nation-month"}, default=OK),
    row("api:list_counts", told, data={"table": "village-year-sex"}, default=UNSEEN, because="for villages"),
    row("api:list_counts", told, data={"table": "weekly"}, default=UNSEEN, because="no such table"),
    row("api:read_count", api_cell("nation-month"), default=OK),
    row("api:read_count", api_cell("village-year-sex"), default=UNSEEN, because="for villages"),
    row("api:list_count_releases", told, default=OK),
    row("api:read_count_release", api_release("public"), default=OK),
    row("api:read_count_release", api_release("government"), default=UNSEEN, because="for governments"),
    row("data:cases", default=OK, because="nothing out"),
    row("data:cases", told, default=OK),
    row("data:cases", told, data={"wilayah": "52.03", "periode": "2025-Q1", "jenis": "JK"}, default=OK, because="near"),
    row("data:cases", data={"wilayah": "99"}, default=UNSEEN, because="no such area"),
    row("data:cases", data={"jenis": "X.1"}, default=UNSEEN, because="no such type"),
    row("data:method", default=OK),
    row("data:figure", cell("province-month"), default=OK),
    row("data:figure", cell("regency-quarter-age"), default=UNSEEN, because="for governments", **GOVERNMENT),
    row("data:figure", cell("village-year-sex"), default=UNSEEN, because="for villages", **VILLAGE),
    row("data:figure", nothing, default=UNSEEN, because="no such figure"),
    row("data:releases", told, default=OK),
    row("data:release", release("public"), default=OK),
    row("data:release", release("government"), default=UNSEEN, because="for governments", **GOVERNMENT),
    row("data:release", release("village"), default=UNSEEN, because="for villages", **VILLAGE),
    row("data:annotate", release("public"), default=DENIED, publik=LOGIN, dewi=OK, fitri=OK),
    row("data:annotate", release("public"), method="post", default=DENIED, publik=LOGIN, dewi=INVALID, fitri=INVALID),
    row("data:sheets", told, default=DENIED, publik=LOGIN, **GOVERNMENT),
    row(
        "data:sheets", told, data={"wilayah": MASBAGIK_UTARA_BARU}, default=DENIED, publik=LOGIN, because="one",
        **GOVERNMENT,
    ),
    row("data:sheet", sheet(MASBAGIK_UTARA_BARU, "2025"), default=DENIED, publik=LOGIN, **GOVERNMENT),
    row(
        "data:sheet", sheet("52.03", "2025"), default=DENIED, publik=LOGIN, because="no year of a regency",
        **dict.fromkeys(GOVERNMENT, UNSEEN),
    ),
    row("data:proposals", desk, default=DENIED, publik=LOGIN, dewi=OK, fitri=OK),
    row("data:propose", desk, method="post", default=DENIED, publik=LOGIN, dewi=MOVED, fitri=MOVED),
    row("data:proposal", proposal, default=DENIED, publik=LOGIN, dewi=OK, fitri=OK),
    row("data:proposal", nothing, default=DENIED, publik=LOGIN, dewi=UNSEEN, fitri=UNSEEN, because="no such proposal"),
    row("data:preview", proposal, default=DENIED, publik=LOGIN, dewi=UNSEEN, fitri=UNSEEN, because="not worked out"),
    row("data:approve", computed, method="post", default=DENIED, publik=LOGIN, dewi=INVALID, fitri=INVALID),
    row("data:withdraw", proposal, method="post", default=DENIED, publik=LOGIN, dewi=INVALID, fitri=INVALID),
    row(
        "data:withdraw", proposal, method="post", data={"reason": "Salah bulan"}, default=DENIED, publik=LOGIN,
        dewi=MOVED, fitri=MOVED, because="with a reason",
    ),
]  # fmt: skip
