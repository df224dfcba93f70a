"""A secretariat's work is its own; what it tells, and the board, are for the people of its members."""

from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.services.announcements import announce
from simpul.organisations.services.board import post_entry, reply_to_entry
from simpul.organisations.services.readiness import reach_stage
from simpul.organisations.services.service_records import log_service
from tests.cast import NOW, Cast
from tests.factories.organisations import SYSTEM
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Answer, Row, row


def network(cast: Cast) -> dict[str, object]:
    return {"key": cast.network.pk}


def forum(cast: Cast) -> dict[str, object]:
    return {"key": cast.forum.pk}


def told(cast: Cast) -> dict[str, object]:
    title = LocalizedText(id="Rapat bulanan")
    made = announce(SYSTEM, cast.network, title=title, body=LocalizedText(id="Jumat pagi."), levels=9, now=NOW)
    return {"row": made.pk}


def served(cast: Cast) -> dict[str, object]:
    return {"row": log_service(SYSTEM, cast.network, kind="LS.01", served_on=NOW.date(), outcome="done", now=NOW).pk}


def trained(cast: Cast) -> dict[str, object]:
    made = reach_stage(
        SYSTEM, cast.network, organisation=cast.forum, stage="trained", reached_on=NOW.date(), evidence="Hadir", now=NOW
    )
    return {"row": made.pk}


def hung(cast: Cast) -> dict[str, object]:
    made = post_entry(
        SYSTEM, cast.forum, organisation=cast.lentera, side="need", kind="place", title="Ruang", contact="0800", now=NOW
    )
    return {"row": made.pk}


def answered(cast: Cast) -> dict[str, object]:
    entry = post_entry(
        SYSTEM, cast.forum, organisation=cast.lentera, side="need", kind="place", title="Ruang", contact="0800", now=NOW
    )
    return {"row": reply_to_entry(SYSTEM, entry, organisation=cast.forum, words="Ada", contact="0801", now=NOW).pk}


def nothing(cast: Cast) -> dict[str, object]:
    return {"row": uuid7()}


def keeps(answer: Answer) -> dict[str, Answer]:
    return {"publik": LOGIN, "dewi": answer}


KEPT = [
    row(f"secretariat:{page}", network, default=DENIED, **keeps(OK))
    for page in ("announcements", "announce", "log", "log-add", "readiness", "readiness-add")
]
SENT = [
    row(f"secretariat:{page}", network, method="post", default=DENIED, **keeps(INVALID))
    for page in ("announce", "log-add", "readiness-add")
]
ROWS: list[Row] = [
    *KEPT,
    *SENT,
    row("secretariat:inbox", default=OK, publik=LOGIN),
    # Lentera is a member of the forum, the forum of the network: their people read it, and who keeps the network.
    row("secretariat:announcement", told, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, eko=OK, dewi=OK),
    row("secretariat:announcement", nothing, default=UNSEEN, publik=LOGIN, because="nothing there"),
    # Who wrote it has nothing to say about having read it.
    row(
        "secretariat:announcement",
        told,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        ani=MOVED,
        budi=MOVED,
        eko=MOVED,
    ),
    row("secretariat:correct", told, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=DENIED, eko=DENIED, dewi=OK),
    row(
        "secretariat:correct",
        told,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        budi=DENIED,
        eko=DENIED,
        dewi=INVALID,
    ),
    row("secretariat:log-withdraw", served, method="post", default=UNSEEN, **keeps(MOVED)),
    row("secretariat:log-withdraw", served, default=WRONG_METHOD, publik=LOGIN),
    row("secretariat:readiness-withdraw", trained, method="post", default=UNSEEN, **keeps(MOVED)),
    row("secretariat:readiness-withdraw", trained, default=WRONG_METHOD, publik=LOGIN),
    row("secretariat:board", forum, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, eko=OK),
    row("secretariat:post", forum, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=OK, eko=OK),
    row("secretariat:post", forum, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED, budi=INVALID, eko=INVALID),
    row("secretariat:entry", hung, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, eko=OK),
    row("secretariat:entry", hung, method="post", default=UNSEEN, publik=LOGIN, ani=INVALID, budi=INVALID, eko=INVALID),
    row(
        "secretariat:entry-close",
        hung,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        budi=MOVED,
        eko=MOVED,
    ),
    row("secretariat:entry-close", hung, default=WRONG_METHOD, publik=LOGIN),
    # Ani is of the group that posted, and does not speak for it.
    row("secretariat:reply-agree", answered, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED, budi=MOVED),
    row("secretariat:reply-agree", answered, default=WRONG_METHOD, publik=LOGIN),
]
