"""What a group counts of its own cases is for who leads its desk, and for nobody else: not who accompanies it, not who
publishes.
"""

from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import make_case
from tests.matrix import DENIED, LOGIN, MOVED, OK, UNSEEN, Row, row


def lentera(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def another(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.other_group.pk}


def nowhere(cast: Cast) -> dict[str, object]:
    return {"organisation_id": uuid7()}


def printed(cast: Cast) -> dict[str, object]:
    return {**lentera(cast), "year": make_case(cast.lentera, types=["K.F"]).received_on.year}


def of_another(cast: Cast) -> dict[str, object]:
    return {**another(cast), "year": make_case(cast.other_group, types=["K.F"]).received_on.year}


def of_no_year(cast: Cast) -> dict[str, object]:
    return {**printed(cast), "year": 1999}


ROWS: list[Row] = [
    row("owncounts:groups", default=DENIED, publik=LOGIN, budi=MOVED, because="straight to the only one"),
    row("owncounts:page", lentera, default=UNSEEN, publik=LOGIN, budi=OK),
    row("owncounts:page", another, default=UNSEEN, publik=LOGIN, because="another group's"),
    row("owncounts:page", nowhere, default=UNSEEN, publik=LOGIN, because="nothing there"),
    row("owncounts:sheet", printed, default=UNSEEN, publik=LOGIN, budi=OK),
    row("owncounts:sheet", of_another, default=UNSEEN, publik=LOGIN, because="another group's"),
    row("owncounts:sheet", of_no_year, default=UNSEEN, publik=LOGIN, because="no case was received in it"),
]
