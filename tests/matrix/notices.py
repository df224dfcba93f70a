"""Everybody has their own inbox, and nobody another's."""

from tests.cast import Cast, Played
from tests.factories.notices import PLAIN, declared, send
from tests.matrix import LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row


def _send(to: Played, by: Played | None = None) -> object:
    assert to.user is not None
    with declared(PLAIN):
        return send(to.user, **({"actor": by.actor} if by else {})).recipients.get().pk


def anis_notice(cast: Cast) -> dict[str, object]:
    return {"recipient_id": _send(cast.ani)}


ROWS: list[Row] = [
    row("notices:inbox", default=OK, publik=LOGIN),
    row("notices:read-all", default=WRONG_METHOD, publik=LOGIN),
    row("notices:read-all", method="post", default=MOVED, publik=LOGIN),
    row("notices:notice", anis_notice, default=UNSEEN, ani=OK, publik=LOGIN),
    row("notices:notice", anis_notice, method="post", default=UNSEEN, ani=MOVED, publik=LOGIN),
]
