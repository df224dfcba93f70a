"""The register taken out: the coordinator of the group, and nobody else at all."""

from simpul.cases.export_kinds import Part
from simpul.cases.models import CaseExport
from simpul.cases.queries.exports import exports_for
from simpul.cases.services.exports import request_export
from simpul.kernel.actor import Actor
from tests.cast import Cast
from tests.factories.cases import NOW, make_case
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, Surface, row, surface


def _export(cast: Cast) -> CaseExport:
    make_case(cast.lentera)
    return request_export(
        cast.budi.actor,
        cast.lentera,
        kind="xlsx",
        part=Part(),
        reason="Laporan",
        password="Enam belas kata sandi",
        now=NOW,
    )


def an_export(cast: Cast) -> dict[str, object]:
    return {"export_id": _export(cast).pk}


ROWS: list[Row] = [
    *(row(f"register:{page}", default=DENIED, publik=LOGIN, budi=OK) for page in ("list", "new")),
    row("register:new", method="post", default=DENIED, publik=LOGIN, budi=INVALID),
    row("register:one", an_export, default=UNSEEN, publik=LOGIN, budi=OK),
    *(
        row(f"register:{page}", an_export, default=WRONG_METHOD, publik=LOGIN)
        for page in ("collect", "go-on", "recall")
    ),
    row(
        "register:collect", an_export, method="post", default=UNSEEN, publik=LOGIN, budi=410, because="its day is over"
    ),
    *(
        row(f"register:{page}", an_export, method="post", default=UNSEEN, publik=LOGIN, budi=MOVED)
        for page in ("go-on", "recall")
    ),
]


def _exports(actor: Actor, cast: Cast) -> int:
    if not CaseExport.objects.exists():
        _export(cast)
    return exports_for(actor, now=NOW).count()


SURFACES: list[Surface] = [surface("exports_for", _exports, default=0, budi=1)]
