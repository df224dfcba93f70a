"""What a phone keeps without a signal: for those who open cases; an envelope opens by its own proof alone."""

from simpul.accounts.models import User
from simpul.accounts.services import give_device_key
from tests.cast import Cast
from tests.factories.accounts import PIN, make_trusted
from tests.factories.envelopes import kept
from tests.matrix import DENIED, LOGIN, OK, UNSEEN, Row, row


def kept_by_ani(cast: Cast) -> dict[str, object]:
    user = cast.ani.user
    assert isinstance(user, User)
    device, _secret = make_trusted(user)
    public = give_device_key(cast.ani.actor, device, now=cast.now)
    return {"device": str(device.pk), "envelope": kept(public, device.pk, PIN, [("name", "Contoh")]), "waited": ""}


ROWS: list[Row] = [
    row("unsent:worker", default=OK),
    row("unsent:shell", default=DENIED, publik=LOGIN, ani=OK, budi=OK, hasan=OK),
    row("unsent:deliver", method="post", default=400, because="nothing is sealed in it"),
    row("unsent:resume", method="post", default=DENIED, publik=LOGIN, ani=UNSEEN, budi=UNSEEN, hasan=UNSEEN),
    row(
        "unsent:resume",
        method="post",
        data=kept_by_ani,
        default=DENIED,
        publik=LOGIN,
        ani=OK,
        budi=UNSEEN,
        hasan=UNSEEN,
        because="kept by Ani",
    ),
]
