"""Tables to take away: what anybody sees, and for a network or a programme in safety mode nothing, to nobody."""

from simpul.results.indicators import INDICATORS
from tests.cast import Cast
from tests.factories.networks import make_programme
from tests.factories.territory import areas
from tests.matrix import OK, UNSEEN, WRONG_METHOD, Row, row
from tests.matrix.organisations import hidden_lentera


def xlsx(cast: Cast) -> dict[str, object]:
    return {"form": "xlsx"}


def other(cast: Cast) -> dict[str, object]:
    return {"form": "exe"}


def network(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.network.pk, "form": "csv"}


def hidden(cast: Cast) -> dict[str, object]:
    return {**hidden_lentera(cast), "form": "xlsx"}


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


ROWS: list[Row] = [
    row("exports:organisations", xlsx, default=OK),
    row("exports:organisations", xlsx, method="post", default=WRONG_METHOD),
    row("exports:organisations", other, default=UNSEEN, because="in a form nobody writes"),
    row("exports:area", an_area, default=OK),
    row("exports:members", network, default=OK),
    row("exports:members", hidden, default=UNSEEN, because="of one in safety mode, also to its own people"),
    row("exports:programme", programme, default=OK),
    row("exports:services", xlsx, default=UNSEEN, because="without an area"),
    row("exports:services", in_an_area, data={"wilayah": "52.03"}, default=OK),
    row("exports:figure", a_figure, default=UNSEEN, because="of which nothing is the headline"),
]
