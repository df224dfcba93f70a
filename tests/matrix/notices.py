"""Everybody has their own inbox, and nobody another's."""

from simpul.notices.models import Recipient
from tests.cast import Cast, Played
from tests.factories.notices import PLAIN, declared, send
from tests.matrix import LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row
from tests.notices.browsers import subscribed


def _send(to: Played, by: Played | None = None) -> object:
    assert to.user is not None
    with declared(PLAIN):
        return send(to.user, **({"actor": by.actor} if by else {})).recipients.get().pk


def anis_notice(cast: Cast) -> dict[str, object]:
    return {"recipient_id": _send(cast.ani)}


def budis_word(cast: Cast) -> dict[str, object]:
    """What Budi sent to Ani."""
    return {"notice_id": Recipient.objects.get(pk=_send(cast.ani, cast.budi)).notice_id}


def anis_browser(cast: Cast) -> dict[str, object]:
    assert cast.ani.user is not None
    return {"subscription_id": subscribed(cast.ani.user, "https://fcm.googleapis.com/fcm/send/abc").pk}


WISHES = {"channels": ["mail"], "language": "id", "zone": "Asia/Makassar"}
ROWS: list[Row] = [
    row("notices:worker", default=OK),
    row("notices:sent", default=OK, publik=LOGIN),
    row("notices:standing", budis_word, default=UNSEEN, budi=OK, publik=LOGIN),
    row("notices:standing", budis_word, method="post", default=UNSEEN, budi=MOVED, publik=LOGIN),
    row("notices:wishes", default=OK, publik=LOGIN),
    row("notices:wishes", method="post", data=WISHES, default=MOVED, publik=LOGIN),
    row("notices:subscribe", default=WRONG_METHOD, publik=LOGIN),
    row("notices:subscribe", method="post", default=MOVED, publik=LOGIN),
    row("notices:unsubscribe", anis_browser, method="post", default=UNSEEN, ani=MOVED, publik=LOGIN),
    row("notices:inbox", default=OK, publik=LOGIN),
    row("notices:read-all", default=WRONG_METHOD, publik=LOGIN),
    row("notices:read-all", method="post", default=MOVED, publik=LOGIN),
    row("notices:notice", anis_notice, default=UNSEEN, ani=OK, publik=LOGIN),
    row("notices:notice", anis_notice, method="post", default=UNSEEN, ani=MOVED, publik=LOGIN),
]
