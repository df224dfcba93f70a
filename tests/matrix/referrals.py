"""Referrals: the group that keeps the case, the office it was sent to, whoever holds a link; nobody else, not above."""

from tests.cast import Cast
from tests.factories.referrals import make_draft, make_matter, make_referral
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, row

NOBODY = {"default": UNSEEN, "publik": LOGIN}
UNKNOWN = {"key": "0197b8f0-0000-7000-8000-000000000000"}


def unknown(cast: Cast) -> dict[str, object]:
    return dict(UNKNOWN)


def case(cast: Cast) -> dict[str, object]:
    return {"case": make_matter(cast).pk}


def paper_case(cast: Cast) -> dict[str, object]:
    return {"case": make_matter(cast, ["AD.1"]).pk}


def drafted(cast: Cast) -> dict[str, object]:
    return {"key": make_draft(cast).pk}


def sent(cast: Cast) -> dict[str, object]:
    return {"key": make_referral(cast).pk}


def of_papers(cast: Cast) -> dict[str, object]:
    return {"key": make_referral(cast, types=["AD.1"]).pk}


def token(cast: Cast) -> dict[str, object]:
    return {"token": "never-issued"}


ROWS: list[Row] = [
    row("referral:list", default=DENIED, publik=LOGIN, ani=OK, budi=OK, hasan=OK),
    row("referral:draft", case, **NOBODY, budi=OK, because="a protected case, no companion assigned"),
    row("referral:draft", paper_case, **NOBODY, ani=OK, budi=OK, because="of papers"),
    row("referral:draft", case, method="post", **NOBODY, budi=INVALID),
    row("referral:one", drafted, **NOBODY, budi=OK, because="not sent"),
    row("referral:one", sent, **NOBODY, budi=OK),
    row("referral:one", of_papers, **NOBODY, ani=OK, budi=OK, because="of papers"),
    row("referral:one", unknown, **NOBODY, because="nothing there"),
    row("referral:send", drafted, method="post", **NOBODY, budi=INVALID),
    row("referral:revoke", sent, method="post", **NOBODY, budi=INVALID),
    row("referral:finish", sent, method="post", **NOBODY, budi=409, because="not accepted yet"),
    row("referral:issue", sent, method="post", **NOBODY, budi=OK),
    row("referral:issue", sent, method="post", data={"cetak": "1"}, **NOBODY, budi=MOVED, because="a printed letter"),
    row("referral:revoke-link", sent, method="post", **NOBODY, budi=MOVED),
    row("referral:letter", sent, method="post", **NOBODY, because="no such link"),
    row("referral:inbox", default=DENIED, publik=LOGIN, citra=OK),
    row("referral:office", sent, **NOBODY, citra=OK),
    row("referral:office", drafted, **NOBODY, because="not sent"),
    row("referral:office", unknown, **NOBODY, because="nothing there"),
    row("referral:office", sent, method="post", **NOBODY, citra=INVALID),
    row("referral:front", token, default=OK),
    row("referral:front", token, method="post", data={"pin": "000000"}, default=INVALID),
    row("referral:opened", unknown, default=UNSEEN),
    row("referral:opened", unknown, method="post", default=UNSEEN),
]
