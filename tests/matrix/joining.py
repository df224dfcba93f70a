"""Who reads and decides applications: who keeps the network's members. Applying is for everybody."""

from simpul.kernel.ids import uuid7
from simpul.organisations.models import Membership
from simpul.organisations.services.application_calls import open_applications
from simpul.organisations.services.membership_life import decide_membership
from simpul.organisations.services.safety import set_safety_mode
from tests.cast import NOW, Cast
from tests.factories.applications import apply, verified
from tests.factories.organisations import SYSTEM
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Answer, Row, row


def network(cast: Cast) -> dict[str, object]:
    return {"key": cast.network.pk}


def calling(cast: Cast) -> dict[str, object]:
    open_applications(SYSTEM, cast.network, now=NOW)
    return network(cast)


def hidden(cast: Cast) -> dict[str, object]:
    calling(cast)
    set_safety_mode(SYSTEM, cast.network, on=True, reason_code="request", now=NOW)
    return network(cast)


def applied(cast: Cast) -> dict[str, object]:
    return {"row": apply(cast.network).pk}


def to_decide(cast: Cast) -> dict[str, object]:
    return {"row": verified(cast.network).pk}


def nothing(cast: Cast) -> dict[str, object]:
    return {"row": uuid7()}


def membership(cast: Cast) -> dict[str, object]:
    return {"row": Membership.objects.get(member=cast.lentera, network=cast.forum, superseded_at=None).pk}


def on_leave(cast: Cast) -> dict[str, object]:
    found = Membership.objects.get(member=cast.lentera, network=cast.forum, superseded_at=None)
    made = decide_membership(
        SYSTEM, found, act="put_on_leave", effective_on=NOW.date(), why="Pengurus berganti", now=NOW
    )
    return {"row": made.pk}


BOTH_SIDES: dict[str, Answer] = {"budi": OK, "eko": OK, "kartika": OK}

ROWS: list[Row] = [
    row("joining:standing", membership, default=DENIED, publik=LOGIN, **BOTH_SIDES),
    row("joining:standing", nothing, default=UNSEEN, publik=LOGIN, because="nothing there"),
    row(
        "joining:standing",
        membership,
        method="post",
        default=DENIED,
        publik=LOGIN,
        budi=INVALID,
        eko=INVALID,
        kartika=INVALID,
    ),
    # What was entered by mistake is withdrawn by the network; who is of neither side does not know of it.
    row(
        "joining:decision-withdraw",
        on_leave,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        budi=DENIED,
        kartika=DENIED,
        eko=MOVED,
    ),
    row("joining:decision-withdraw", on_leave, default=WRONG_METHOD, publik=LOGIN),
    row("joining:apply", network, default=OK, because="closed"),
    row("joining:apply", calling, default=OK),
    row("joining:apply", calling, method="post", default=INVALID),
    row("joining:apply", hidden, default=UNSEEN, dewi=OK, fitri=OK, gede=OK, because="in safety mode"),
    row("joining:receipt", default=OK),
    row("joining:receipt", method="post", data={"receipt": "K7MX"}, default=INVALID),
    row("joining:queue", network, default=DENIED, publik=LOGIN, dewi=OK),
    row("joining:call", network, default=DENIED, publik=LOGIN, dewi=OK),
    row("joining:call", network, method="post", default=DENIED, publik=LOGIN, dewi=MOVED),
    row("joining:application", applied, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("joining:application", nothing, default=UNSEEN, publik=LOGIN, because="nothing there"),
    row("joining:check", applied, default=UNSEEN, publik=LOGIN, method="post", dewi=MOVED),
    row("joining:check", applied, default=WRONG_METHOD, publik=LOGIN),
    row("joining:move", applied, default=UNSEEN, publik=LOGIN, method="post", data={"act": "begin"}, dewi=MOVED),
    row("joining:move", applied, default=WRONG_METHOD, publik=LOGIN),
    row("joining:decide", to_decide, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("joining:decide", applied, default=UNSEEN, publik=LOGIN, dewi=MOVED, because="not verified yet"),
    row("joining:decide", to_decide, default=UNSEEN, publik=LOGIN, method="post", dewi=INVALID),
]
