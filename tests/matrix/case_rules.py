"""How a desk works is for who leads it; an end waits for who may agree to it and sees the case."""

from simpul.cases.models import ClosureRequest
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import NOW
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, row
from tests.matrix.cases import protected, social


def lentera(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def nowhere(cast: Cast) -> dict[str, object]:
    return {"organisation_id": uuid7()}


def answer_due(cast: Cast) -> dict[str, object]:
    return {**lentera(cast), "code": "P01"}


def answer_due_nowhere(cast: Cast) -> dict[str, object]:
    return {**nowhere(cast), "code": "P01"}


def the_law(cast: Cast) -> dict[str, object]:
    return {**lentera(cast), "code": "D01"}


def waiting(cast: Cast) -> dict[str, object]:
    made = ClosureRequest.objects.create(case=social(cast), outcome="met", asked_at=NOW, asked_by=cast.ani.person)
    return {"request_id": made.pk}


def protected_one(cast: Cast) -> dict[str, object]:
    made = ClosureRequest.objects.create(case=protected(cast), outcome="met", asked_at=NOW, asked_by=cast.ani.person)
    return {"request_id": made.pk}


ROWS: list[Row] = [
    row("deskrules:list", default=DENIED, publik=LOGIN, budi=MOVED),
    row("closing:list", default=DENIED, publik=LOGIN, budi=OK, kartika=OK),
    row("closing:one", waiting, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK),
    row("closing:one", protected_one, default=UNSEEN, publik=LOGIN, budi=OK, because="protected"),
    row("closing:one", waiting, method="post", default=UNSEEN, publik=LOGIN, ani=INVALID, budi=INVALID),
    row(
        "closing:one",
        waiting,
        method="post",
        data={"agrees": "yes"},
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        budi=INVALID,
        because="too early to close",
    ),
]
FORMS = (
    ("desk", lentera, nowhere),
    ("mediation", lentera, nowhere),
    ("binding", lentera, nowhere),
    ("deadline", answer_due, answer_due_nowhere),
    ("deadline-end", answer_due, answer_due_nowhere),
)
for name, here, away in FORMS:
    ROWS += [
        row(f"deskrules:{name}", here, default=UNSEEN, publik=LOGIN, budi=OK),
        row(f"deskrules:{name}", away, default=UNSEEN, publik=LOGIN, because="nothing there"),
        row(f"deskrules:{name}", here, method="post", default=UNSEEN, publik=LOGIN, budi=INVALID),
    ]
ROWS += [
    row("deskrules:deadlines", lentera, default=UNSEEN, publik=LOGIN, budi=OK),
    row("deskrules:deadlines", nowhere, default=UNSEEN, publik=LOGIN, because="nothing there"),
    row("deskrules:deadline", the_law, default=UNSEEN, publik=LOGIN, because="the law is nobody's to change"),
]
