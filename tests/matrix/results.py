"""Figures are public; a figure about what is out of sight, or without a subject, is not there."""

from simpul.organisations.services.safety import set_safety_mode
from tests.cast import BUILDER, Cast
from tests.factories.networks import make_programme
from tests.matrix import INVALID, OK, UNSEEN, Row, row


def programme(cast: Cast) -> dict[str, object]:
    return {"code": "F1"}


def about_programme(cast: Cast) -> dict[str, object]:
    return {"tentang": str(make_programme(cast.network).pk)}


def about_hidden(cast: Cast) -> dict[str, object]:
    set_safety_mode(BUILDER, cast.lentera, on=True, reason_code="threat", now=cast.now)
    return {"tentang": str(cast.lentera.pk)}


ROWS: list[Row] = [
    row("results:index", default=OK),
    row("results:index", data={"pada": "besok"}, default=INVALID, because="no date"),
    row("results:figure", programme, data=about_programme, default=OK),
    row("results:figure", programme, default=UNSEEN, because="no headline programme"),
    row("results:figure", lambda cast: {"code": "F999"}, default=UNSEEN, because="no such figure"),
    row(
        "results:figure", lambda cast: {"code": "F20"}, data=about_hidden, default=UNSEEN,
        ani=OK, budi=OK, kartika=OK, dewi=OK, fitri=UNSEEN, because="in safety mode",
    ),
]  # fmt: skip
