"""Files go to who sees them, and are kept by who keeps their record."""

from simpul.documents.services.keeping import remove_document, replace_document
from simpul.documents.services.uploads import begin_upload
from simpul.kernel.actor import System
from simpul.kernel.ids import uuid7
from simpul.organisations.services.safety import set_safety_mode
from tests.cast import NOW, Cast
from tests.factories.documents import docx, make_document, picture, send
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Answer, Row, row

BUILDER = System("tests")
CREATED, GONE, PART, NO_SUCH_PART = 201, 204, 206, 416
A_PART = {"Range": "bytes=0-9"}
KEEPERS: dict[str, Answer] = dict.fromkeys(("budi", "dewi", "kartika"), OK)


def lentera(cast: Cast) -> dict[str, object]:
    return {"key": cast.lentera.pk}


def profile(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def hidden_profile(cast: Cast) -> dict[str, object]:
    _hide(cast)
    return profile(cast)


def paper(audience: str) -> object:
    def made(cast: Cast) -> dict[str, object]:
        return {"document_id": make_document(BUILDER, cast.lentera.ref, picture(), audience=audience).pk}

    return made


def hidden_paper(cast: Cast) -> dict[str, object]:
    params = paper("public")(cast)
    _hide(cast)
    return params


def _hide(cast: Cast) -> None:
    set_safety_mode(BUILDER, cast.lentera, on=True, reason_code="threat", now=NOW)


def removed(cast: Cast) -> dict[str, object]:
    document = make_document(BUILDER, cast.lentera.ref)
    remove_document(BUILDER, document, reason="mistake", now=NOW)
    return {"document_id": document.pk}


def with_an_earlier_version(cast: Cast) -> dict[str, object]:
    document = make_document(BUILDER, cast.lentera.ref)
    replace_document(BUILDER, document, id=uuid7(), upload=send(BUILDER, docx()), now=NOW)
    return {"document_id": document.pk, "number": 1}


def nothing(cast: Cast) -> dict[str, object]:
    return {"document_id": uuid7()}


def budis_upload(cast: Cast) -> dict[str, object]:
    key = uuid7()
    begin_upload(cast.budi.actor, key=key, size=100, now=NOW)
    return {"key": key}


def no_upload(cast: Cast) -> dict[str, object]:
    return {"key": uuid7()}


ITS_OWN: dict[str, Answer] = dict.fromkeys(("ani", "budi", "dewi", "kartika"), OK)
ROWS: list[Row] = [
    # Without the header that says how long it is, nothing is begun; the service's tests send it.
    row("documents:upload", no_upload, method="put", default=INVALID, publik=LOGIN),
    row("documents:upload", budis_upload, method="head", default=UNSEEN, publik=LOGIN, budi=OK),
    row("documents:upload", budis_upload, method="patch", default=INVALID, publik=LOGIN),
    row("documents:upload", budis_upload, method="delete", default=GONE, publik=LOGIN),
    row("documents:file", paper("public"), default=OK),
    row("documents:file", paper("network"), default=UNSEEN, eko=OK, **ITS_OWN, because="for the network"),
    row("documents:file", paper("own"), default=UNSEEN, **ITS_OWN, because="for its own"),
    row("documents:file", paper("public"), headers=A_PART, default=PART, because="a part of it"),
    row(
        "documents:file",
        paper("own"),
        headers=A_PART,
        default=UNSEEN,
        **dict.fromkeys(ITS_OWN, PART),
        because="a part of what is for its own",
    ),
    row(
        "documents:file",
        paper("own"),
        headers={"Range": "bytes=999999999-"},
        default=UNSEEN,
        **dict.fromkeys(ITS_OWN, NO_SUCH_PART),
        because="past the end of what is for its own",
    ),
    row("documents:file", paper("own"), method="head", default=UNSEEN, **ITS_OWN, because="for its own"),
    row("documents:file", hidden_paper, default=UNSEEN, **ITS_OWN, because="in safety mode"),
    row("documents:file", removed, default=UNSEEN, because="removed"),
    row("documents:file", nothing, default=UNSEEN, because="nothing there"),
    row("documents:preview", paper("public"), default=OK),
    row("documents:preview", paper("own"), default=UNSEEN, **ITS_OWN, because="for its own"),
    row("documents:earlier", with_an_earlier_version, default=DENIED, **KEEPERS),
    row("documents:papers", profile, default=OK),
    row("documents:papers", hidden_profile, default=UNSEEN, **ITS_OWN, because="in safety mode"),
    row("documents:keep", lentera, default=DENIED, publik=LOGIN, **KEEPERS),
    row("documents:add", lentera, default=DENIED, publik=LOGIN, **KEEPERS),
    row(
        "documents:add",
        lentera,
        method="post",
        default=DENIED,
        publik=LOGIN,
        budi=INVALID,
        dewi=INVALID,
        kartika=INVALID,
    ),
]
for name in ("replace", "describe", "remove"):
    ROWS += [
        row(f"documents:{name}", paper("public"), default=DENIED, publik=LOGIN, **KEEPERS),
        row(f"documents:{name}", paper("own"), default=UNSEEN, publik=LOGIN, ani=DENIED, **KEEPERS, because="its own"),
        row(f"documents:{name}", removed, default=UNSEEN, publik=LOGIN, because="removed"),
        row(
            f"documents:{name}",
            paper("public"),
            method="post",
            default=DENIED,
            publik=LOGIN,
            **dict.fromkeys(KEEPERS, INVALID),
        ),
    ]
ROWS.append(
    row(
        "documents:remove",
        paper("public"),
        method="post",
        data={"reason": "mistake"},
        default=DENIED,
        publik=LOGIN,
        **dict.fromkeys(KEEPERS, MOVED),
        because="with a reason",
    )
)
