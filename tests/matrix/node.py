"""Who may change what this deployment is set to: the operator, and nobody beside."""

from simpul.kernel.actor import System
from simpul.organisations.presets import Preset
from simpul.organisations.services.node import open_node
from tests.cast import NOW, Cast
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, row


def opened(cast: Cast) -> dict[str, object]:
    open_node(System("tests"), host=cast.network, preset=Preset.NETWORK, now=NOW)
    return {}


ROWS: list[Row] = [
    row("node:change", opened, default=DENIED, publik=LOGIN, joko=OK),
    row("node:change", opened, method="post", data={"version": 1}, default=DENIED, publik=LOGIN, joko=MOVED),
    row(
        "node:change",
        opened,
        method="post",
        data={"version": 1, "network": "tidak ada"},
        default=DENIED,
        publik=LOGIN,
        joko=INVALID,
        because="with a network nobody knows",
    ),
    row("node:change", default=DENIED, publik=LOGIN, joko=UNSEEN, because="before the first run"),
]
