"""Who reads and decides applications: who keeps the network's members. Applying is for everybody."""

from simpul.kernel.ids import uuid7
from simpul.organisations.services.application_calls import open_applications
from simpul.organisations.services.safety import set_safety_mode
from tests.cast import NOW, Cast
from tests.factories.applications import apply, verified
from tests.factories.organisations import SYSTEM
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row


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


ROWS: list[Row] = [
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
