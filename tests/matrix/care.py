"""How somebody is stays theirs; a threat is for whom they told."""

from simpul.cases.models import Threat
from tests.cast import Cast
from tests.factories.cases import NOW
from tests.matrix import DENIED, INVALID, LOGIN, OK, UNSEEN, Row, row


def told(cast: Cast) -> dict[str, object]:
    made = Threat.objects.create(
        person=cast.ani.person, organisation=cast.lentera, danger="home", is_now=False, tells_coordinator=False,
        tells_supervisor=True, reported_at=NOW,
    )  # fmt: skip
    return {"key": made.pk}


HELPERS = {"ani": OK, "budi": OK, "hasan": OK}
WRITE = {"ani": INVALID, "budi": INVALID, "hasan": INVALID}

ROWS: list[Row] = [
    row("care:mine", default=DENIED, publik=LOGIN, **HELPERS),
    row("care:mine", method="post", default=DENIED, publik=LOGIN, **WRITE),
    row("care:threats", default=DENIED, publik=LOGIN, kartika=OK, **HELPERS),
    row("care:threats", method="post", default=DENIED, publik=LOGIN, **WRITE),
    row("care:threat", told, default=UNSEEN, publik=LOGIN, ani=OK, kartika=OK, because="the coordinator wasn't told"),
    row("care:threat", told, method="post", default=UNSEEN, publik=LOGIN, ani=INVALID, kartika=INVALID),
]
