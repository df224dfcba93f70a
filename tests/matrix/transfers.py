"""Handing a case over: the group that keeps it, who coordinates where it was offered; nobody above or beside them."""

from simpul.cases.consent_kinds import Basis
from simpul.cases.services.transfers import ask_transfer
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case
from tests.factories.referrals import make_matter
from tests.factories.transfers import make_coordinator, make_draft
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, row

NOBODY = {"default": UNSEEN, "publik": LOGIN}
UNKNOWN = {"key": "0197b8f0-0000-7000-8000-000000000000"}


def unknown(cast: Cast) -> dict[str, object]:
    return dict(UNKNOWN)


def case(cast: Cast) -> dict[str, object]:
    return {"case_id": make_matter(cast).pk}


def paper_case(cast: Cast) -> dict[str, object]:
    return {"case_id": make_matter(cast, ["AD.1"]).pk}


def drafted(cast: Cast) -> dict[str, object]:
    make_coordinator(cast.other_group)
    return {"key": make_draft(cast).pk}


def of_papers(cast: Cast) -> dict[str, object]:
    make_coordinator(cast.other_group)
    return {"key": make_draft(cast, case=make_matter(cast, ["AD.1"])).pk}


def offered_to_lentera(cast: Cast) -> dict[str, object]:
    """A case of the other group, which asks Lentera to take it over."""
    theirs = make_case(cast.other_group, types=["AD.1"])
    transfer = make_draft(cast, case=theirs, to=cast.lentera)
    return {"key": ask_transfer(MAKER, transfer, basis=Basis.VITAL_INTEREST, reason="Terancam.", now=NOW).pk}


ROWS: list[Row] = [
    row("transfer:list", default=DENIED, publik=LOGIN, budi=OK),
    row("transfer:draft", case, **NOBODY, budi=OK, because="a protected case, no companion assigned"),
    row("transfer:draft", paper_case, **NOBODY, ani=OK, budi=OK, because="of papers"),
    row("transfer:draft", case, method="post", **NOBODY, budi=INVALID),
    row("transfer:one", drafted, **NOBODY, budi=OK),
    row("transfer:one", of_papers, **NOBODY, ani=OK, budi=OK, because="of papers"),
    row("transfer:one", offered_to_lentera, **NOBODY, hasan=OK, because="asked of Lentera, kept by the other group"),
    row("transfer:one", unknown, **NOBODY, because="nothing there"),
    row("transfer:ask", drafted, method="post", **NOBODY, budi=INVALID),
    row("transfer:revoke", drafted, method="post", **NOBODY, budi=MOVED),
    row("transfer:offer", offered_to_lentera, **NOBODY, budi=OK, because="who coordinates where it was offered"),
    row("transfer:offer", drafted, **NOBODY, because="asked of nobody yet"),
    row("transfer:offer", unknown, **NOBODY, because="nothing there"),
    row("transfer:offer", offered_to_lentera, method="post", **NOBODY, budi=INVALID),
]
