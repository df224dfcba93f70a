"""The public form and its receipts are everybody's; a complaint is for who answers it, and for nobody it is about."""

from simpul.kernel.ids import uuid7
from simpul.organisations.models import Node
from tests.cast import NOW, Cast
from tests.factories.complaints import SOCIAL, VILLAGE, VIOLENCE, complain, works_in
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row


def _made(cast: Cast, said: dict[str, object], **more: object) -> dict[str, object]:
    works_in(cast.lentera, VILLAGE)
    return {"key": complain(said, **more).pk}


def social(cast: Cast) -> dict[str, object]:
    return _made(cast, SOCIAL)


def violence(cast: Cast) -> dict[str, object]:
    return _made(cast, VIOLENCE)


def about_the_group(cast: Cast) -> dict[str, object]:
    return _made(cast, SOCIAL, about="group")


def named_here(cast: Cast) -> dict[str, object]:
    """Nobody of the group may answer it and nobody is above: Fitri receives what this Simpul can give to nobody."""
    assert cast.fitri.person
    named = str(cast.fitri.person.ref)
    Node.objects.create(host=cast.network, preset="network", pillars=[], complaints_to=named, opened_at=NOW)
    return {"key": complain(SOCIAL, area="").pk}


def kept_from_ani(cast: Cast) -> dict[str, object]:
    return _made(cast, SOCIAL, hidden_from="Ani")


def nothing(cast: Cast) -> dict[str, object]:
    return {"key": uuid7()}


def first(cast: Cast) -> dict[str, object]:
    return {"number": 1}


def fifth(cast: Cast) -> dict[str, object]:
    return {"number": 5}


READ = {"ani": OK, "budi": OK}

ROWS: list[Row] = [
    row("complaint:start", default=OK),
    row("complaint:start", method="post", default=MOVED),
    row("complaint:step", first, default=MOVED, because="no draft: back to the start"),
    row("complaint:step", first, method="post", default=MOVED, because="no draft: back to the start"),
    row("complaint:step", fifth, default=UNSEEN),
    row("complaint:check", default=MOVED, because="no draft"),
    row("complaint:send", default=WRONG_METHOD),
    row("complaint:send", method="post", default=MOVED, because="no draft"),
    row("complaint:leave", default=OK),
    row("complaint:leave", method="post", default=OK),
    row("complaint:receipt", default=OK),
    row("complaint:receipt", method="post", data={"receipt": "123"}, default=INVALID),
    row("inbox:list", default=DENIED, publik=LOGIN, ani=OK, budi=OK, hasan=OK, kartika=OK),
    row("inbox:complaint", social, default=UNSEEN, publik=LOGIN, **READ),
    row("inbox:complaint", violence, default=UNSEEN, publik=LOGIN, budi=OK, because="confidential"),
    row("inbox:complaint", about_the_group, default=UNSEEN, publik=LOGIN, kartika=OK, because="about the group"),
    row("inbox:complaint", named_here, default=UNSEEN, publik=LOGIN, fitri=OK, because="no group works there"),
    row("inbox:complaint", kept_from_ani, default=UNSEEN, publik=LOGIN, budi=OK, because="kept from her"),
    row("inbox:complaint", nothing, default=UNSEEN, publik=LOGIN, because="nothing there"),
    row("inbox:answer", social, default=WRONG_METHOD, publik=LOGIN),
    row("inbox:answer", social, method="post", default=UNSEEN, publik=LOGIN, ani=INVALID, budi=INVALID),
    row("inbox:answer", violence, method="post", default=UNSEEN, publik=LOGIN, budi=INVALID, because="confidential"),
    row("inbox:decide", social, default=WRONG_METHOD, publik=LOGIN),
    row("inbox:decide", social, method="post", default=UNSEEN, publik=LOGIN, ani=INVALID, budi=INVALID),
    row("inbox:become", social, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK),
    row("inbox:become", social, method="post", default=UNSEEN, publik=LOGIN, ani=INVALID, budi=INVALID),
    row("inbox:assign", social, default=WRONG_METHOD, publik=LOGIN),
    row("inbox:assign", social, method="post", default=UNSEEN, publik=LOGIN, ani=INVALID, budi=INVALID),
    row("inbox:hide", social, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=OK),
    row("inbox:hide", violence, default=UNSEEN, publik=LOGIN, budi=OK, because="confidential"),
    row("inbox:hide", social, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED, budi=INVALID),
    row("inbox:down", social, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=OK, because="with a group already"),
    row("inbox:down", about_the_group, default=UNSEEN, publik=LOGIN, kartika=OK, because="about the group"),
    row("inbox:down", named_here, default=UNSEEN, publik=LOGIN, fitri=OK, because="with whom this Simpul names"),
    row("inbox:down", named_here, method="post", default=UNSEEN, publik=LOGIN, fitri=INVALID),
    row("inbox:up", social, default=WRONG_METHOD, publik=LOGIN),
    row("inbox:up", social, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED, budi=MOVED),
]
