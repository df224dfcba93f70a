"""Figures of a group are for who accompanies it and for who leads its desk."""

from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.matrix import DENIED, LOGIN, OK, UNSEEN, Row, row


def lentera(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def another(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.other_group.pk}


def nowhere(cast: Cast) -> dict[str, object]:
    return {"organisation_id": uuid7()}


ROWS: list[Row] = [row("supervision:groups", default=DENIED, publik=LOGIN, budi=OK, kartika=OK)]
for name in ("workload", "answers"):
    ROWS += [
        row(f"supervision:{name}", lentera, default=UNSEEN, publik=LOGIN, budi=OK, kartika=OK),
        row(f"supervision:{name}", another, default=UNSEEN, publik=LOGIN, because="not accompanied"),
        row(f"supervision:{name}", nowhere, default=UNSEEN, publik=LOGIN, because="nothing there"),
    ]
