"""Who may confirm whom active from their home."""

from tests.cast import Cast
from tests.matrix import DENIED, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row


def lentera(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def hidden_lentera(cast: Cast) -> dict[str, object]:
    type(cast.lentera).objects.filter(pk=cast.lentera.pk).update(in_safety_mode=True)
    return lentera(cast)


ROWS: list[Row] = [
    row("desk:at-work", default=OK, publik=LOGIN),
    row("desk:confirm", lentera, default=WRONG_METHOD, publik=LOGIN),
    row(
        "desk:confirm",
        lentera,
        method="post",
        default=DENIED,
        publik=LOGIN,
        budi=MOVED,
        dewi=MOVED,
        kartika=MOVED,
    ),
    row(
        "desk:confirm",
        hidden_lentera,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        budi=MOVED,
        dewi=MOVED,
        kartika=MOVED,
        because="in safety mode",
    ),
]
