"""Forums for everybody; kept by the forum's own people: Eko's forum is the one here."""

from simpul.activities.kinds import EventKind, Visibility
from simpul.activities.services.results import note_outcome
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.activities import make_held
from tests.factories.consultations import NOW, make_consultation, make_workshop
from tests.factories.forums import reach
from tests.factories.library import make_item
from tests.factories.organisations import SYSTEM
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row


def forum(cast: Cast) -> dict[str, object]:
    reach(cast.forum)
    return {"forum_id": cast.forum.pk}


def no_forum(cast: Cast) -> dict[str, object]:
    return {"forum_id": cast.network.pk}


def stage(cast: Cast) -> dict[str, object]:
    return {"stage_id": reach(cast.forum).pk}


def no_stage(cast: Cast) -> dict[str, object]:
    return {"stage_id": uuid7()}


def held(cast: Cast) -> dict[str, object]:
    event, _speaker = make_workshop(cast.forum)
    return {"event_id": event.pk}


def service(cast: Cast) -> dict[str, object]:
    return {"event_id": make_held(cast.forum, kind=EventKind.MOBILE_SERVICE).pk}


def for_organisers(cast: Cast) -> dict[str, object]:
    return {"event_id": make_held(cast.forum, visibility=Visibility.HOSTS).pk}


def outcome(cast: Cast) -> dict[str, object]:
    event = make_held(cast.forum)
    return {"kind": "outcome", "row_id": note_outcome(SYSTEM, event, kind="open", words="Terbuka", now=NOW).pk}


def hidden_outcome(cast: Cast) -> dict[str, object]:
    event = make_held(cast.forum, visibility=Visibility.HOSTS)
    return {"kind": "outcome", "row_id": note_outcome(SYSTEM, event, kind="open", words="Terbuka", now=NOW).pk}


def question(cast: Cast) -> dict[str, object]:
    return {"key": make_consultation(cast.forum).pk}


def draft_question(cast: Cast) -> dict[str, object]:
    return {"key": make_consultation(cast.forum, published=False).pk}


def item(cast: Cast) -> dict[str, object]:
    return {"item_id": make_item(cast.forum).pk}


def draft_item(cast: Cast) -> dict[str, object]:
    return {"item_id": make_item(cast.forum, published=False).pk}


def edition(cast: Cast) -> dict[str, object]:
    return {**item(cast), "language": "id"}


def draft_edition(cast: Cast) -> dict[str, object]:
    return {**draft_item(cast), "language": "id"}


# Whoever plans events of their own; whose, the service says.
PLANNERS = dict.fromkeys(("budi", "dewi", "eko", "gede", "kartika"), OK)

# Whoever may say what their group has read, and whoever sees what groups have read.
NOTERS = dict.fromkeys(("ani", "budi", "dewi", "eko", "hasan", "kartika"), OK)
READERS = NOTERS | {"gede": OK}

ROWS: list[Row] = [
    row("learning:together", default=OK),
    row("learning:forums", default=OK),
    row("learning:forum", forum, default=OK),
    row("learning:forum", no_forum, default=UNSEEN, because="a network of another kind"),
    row("learning:stage-new", forum, default=DENIED, publik=LOGIN, eko=OK),
    row("learning:stage-new", forum, method="post", default=DENIED, publik=LOGIN, eko=INVALID),
    row("learning:stage-new", no_forum, default=UNSEEN, publik=LOGIN, because="a network of another kind"),
    row("learning:stage-withdraw", stage, default=DENIED, publik=LOGIN, eko=OK),
    row("learning:stage-withdraw", stage, method="post", default=DENIED, publik=LOGIN, eko=MOVED),
    row("learning:stage-withdraw", no_stage, default=UNSEEN, publik=LOGIN, because="nothing there"),
    row("learning:stage-paper", stage, default=DENIED, publik=LOGIN, eko=OK),
    row("learning:stage-paper", stage, method="post", default=DENIED, publik=LOGIN, eko=INVALID),
    row("learning:results", held, default=OK),
    row("learning:results", for_organisers, default=UNSEEN, eko=OK, because="for its organisers alone"),
    *(
        made
        for name, what in (
            ("learning:input-new", held),
            ("learning:voice-new", held),
            ("learning:outcome-new", held),
        )
        for made in (
            row(name, what, default=DENIED, publik=LOGIN, eko=OK),
            row(name, what, method="post", default=DENIED, publik=LOGIN, eko=INVALID),
        )
    ),
    row("learning:served", service, default=DENIED, publik=LOGIN, eko=OK),
    row("learning:served", service, method="post", data={"n-AD.1": "x"}, default=DENIED, publik=LOGIN, eko=INVALID),
    row("learning:result-withdraw", outcome, method="post", default=DENIED, publik=LOGIN, eko=MOVED),
    row("learning:result-withdraw", outcome, default=WRONG_METHOD, publik=LOGIN),
    row(
        "learning:result-withdraw",
        hidden_outcome,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        eko=MOVED,
        because="of a hidden event",
    ),
    row("learning:consultations", default=OK),
    row("learning:consultation", question, default=OK),
    row("learning:consultation", draft_question, default=UNSEEN, eko=OK, because="a draft"),
    row("learning:consultation-new", default=DENIED, publik=LOGIN, **PLANNERS),
    row("learning:consultation-new", method="post", default=DENIED, publik=LOGIN, **dict.fromkeys(PLANNERS, INVALID)),
    *(
        made
        for name in ("change", "meeting", "voice", "answer")
        for made in (
            row(f"learning:consultation-{name}", question, default=DENIED, publik=LOGIN, eko=OK),
            row(f"learning:consultation-{name}", question, method="post", default=DENIED, publik=LOGIN, eko=INVALID),
        )
    ),
    row("learning:consultation-change", draft_question, default=UNSEEN, publik=LOGIN, eko=OK, because="a draft"),
    row("learning:consultation-publish", draft_question, method="post", default=UNSEEN, publik=LOGIN, eko=MOVED),
    row("learning:consultation-publish", question, default=WRONG_METHOD, publik=LOGIN),
    row("learning:library", default=OK),
    row("learning:library-worker", default=OK),
    row("learning:on-this-phone", default=OK),
    row("learning:item", item, default=OK),
    row("learning:item", draft_item, default=UNSEEN, eko=OK, because="a draft"),
    row("learning:edition", edition, default=OK),
    row("learning:edition", draft_edition, default=UNSEEN, eko=OK, because="a draft"),
    row("learning:readings", default=DENIED, publik=LOGIN, **READERS),
    row("learning:reading-new", item, default=DENIED, publik=LOGIN, **NOTERS),
    row("learning:reading-new", item, method="post", default=DENIED, publik=LOGIN, **dict.fromkeys(NOTERS, INVALID)),
    row("learning:item-new", default=DENIED, publik=LOGIN, **PLANNERS),
    row("learning:item-new", method="post", default=DENIED, publik=LOGIN, **dict.fromkeys(PLANNERS, INVALID)),
    *(
        made
        for name, what in (
            ("learning:item-change", item),
            ("learning:edition-new", item),
            ("learning:edition-change", edition),
            ("learning:edition-file", edition),
        )
        for made in (
            row(name, what, default=DENIED, publik=LOGIN, eko=OK),
            row(name, what, method="post", default=DENIED, publik=LOGIN, eko=INVALID),
        )
    ),
    row("learning:item-publish", draft_item, method="post", default=UNSEEN, publik=LOGIN, eko=MOVED),
    row("learning:item-publish", item, default=WRONG_METHOD, publik=LOGIN),
    row("learning:item-withdraw", item, method="post", default=DENIED, publik=LOGIN, eko=MOVED),
    row("learning:item-withdraw", item, default=WRONG_METHOD, publik=LOGIN),
]
