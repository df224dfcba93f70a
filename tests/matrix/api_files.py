"""The API: files sent in parts, papers served as on the pages, imports of one's own."""

from collections.abc import Mapping

from simpul.interop.models import ImportBatch, RowState
from simpul.interop.queries import rows_of
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.deciding import confirm_import
from simpul.kernel.ids import uuid7
from tests.cast import NOW, Cast
from tests.factories.documents import docx, send
from tests.factories.imports import received
from tests.matrix import CONFLICT, CREATED, DENIED, INVALID, OK, TOKEN_NEEDED, UNSEEN, Answer, Make, Row
from tests.matrix.api import FIRST, lentera, reading, writing
from tests.matrix.documents import A_PART, ITS_OWN, PART, budis_upload, hidden_paper, no_upload, paper
from tests.matrix.imports import HEADS, dewis

GONE, NOT_BYTES = 204, 415
ITS_OWN_PART: dict[str, Answer] = dict.fromkeys(ITS_OWN, PART)
WORDS = {"kind": "deed", "audience": "own", "title": "Akta"}
KEEPERS: dict[str, Answer] = dict.fromkeys(("budi", "dewi", "kartika"), OK)


def upload(cast: Cast) -> Mapping[str, object]:
    """Everybody's own: the one that is asked for is the first of them who may keep the paper."""
    return {**WORDS, "upload": str(send(cast.budi.actor, docx()))}


def a_version(cast: Cast) -> Mapping[str, object]:
    return {"upload": str(send(cast.budi.actor, docx()))}


def a_file(cast: Cast) -> Mapping[str, object]:
    return {"recipe": "organisations", "organisation": str(cast.network.pk), "upload": str(uuid7())}


def looked_at(cast: Cast) -> dict[str, object]:
    return {"import_id": dewis(cast).pk}


def named(cast: Cast) -> dict[str, object]:
    options = {"network": str(cast.network.pk)}
    rows = (HEADS, ("Yayasan Baru", "Yayasan"))
    return {"import_id": received(cast.dewi.actor, *rows, organisation_id=cast.network.pk, options=options).pk}


def a_row(state: str) -> Make:
    def found(cast: Cast) -> dict[str, object]:
        batch = dewis(cast)
        return {"import_id": batch.pk, "row_id": rows_of(batch).filter(state=state)[0].pk}

    return found


def written(cast: Cast) -> dict[str, object]:
    batch: ImportBatch = dewis(cast)
    rows_of(batch).filter(state=RowState.ALIKE).update(decision="skip")
    confirm_import(cast.dewi.actor, batch, now=NOW)
    apply_rows(cast.dewi.actor, batch, now=NOW)
    return {"import_id": batch.pk}


ROWS: list[Row] = [
    writing("start_upload", no_upload, method="put", data={"size": 100}, default=OK),
    reading("read_upload", budis_upload, default=UNSEEN, publik=TOKEN_NEEDED, budi=OK),
    # The matrix sends JSON; pieces of files are sent in tests/api/test_files.py.
    writing("send_part", budis_upload, default=NOT_BYTES),
    writing("give_up_upload", budis_upload, method="delete", default=GONE),
    reading("list_documents", lentera),
    reading("read_paper", paper("public")),
    reading("read_paper", paper("own"), default=UNSEEN, **ITS_OWN, because="for its own"),
    reading("download", paper("public")),
    reading("download", paper("network"), default=UNSEEN, eko=OK, **ITS_OWN, because="for the network"),
    reading("download", paper("own"), default=UNSEEN, **ITS_OWN, because="for its own"),
    reading("download", paper("public"), headers=A_PART, default=PART, because="a part of it"),
    reading("download", paper("own"), headers=A_PART, default=UNSEEN, **ITS_OWN_PART, because="a part of its own"),
    reading("download", hidden_paper, default=UNSEEN, **ITS_OWN, because="in safety mode"),
    writing("create_document", lentera, data=upload, budi=CREATED, dewi=INVALID, kartika=INVALID),
    writing("replace_words", paper("public"), method="put", data=WORDS, headers=FIRST, **KEEPERS),
    writing("create_version", paper("public"), data=a_version, budi=CREATED, dewi=INVALID, kartika=INVALID),
    writing("remove_paper", paper("public"), data={"reason": "mistake"}, **dict.fromkeys(KEEPERS, GONE)),
    writing("remove_paper", paper("own"), data={"reason": "mistake"}, default=UNSEEN, ani=DENIED,
            **dict.fromkeys(KEEPERS, GONE), because="for its own"),
    reading("list_recipes", publik=TOKEN_NEEDED),
    reading("list_imports", publik=TOKEN_NEEDED),
    writing("create_import", data=a_file, dewi=INVALID),
    reading("read_import", looked_at, default=UNSEEN, publik=TOKEN_NEEDED, dewi=OK),
    reading("list_rows", looked_at, default=UNSEEN, publik=TOKEN_NEEDED, dewi=OK),
    writing("replace_table", named, method="put", data={"sheet": 0, "header_row": 1}, default=UNSEEN, dewi=OK),
    writing("replace_columns", named, method="put", data={"mapping": {"0": "name", "1": "kind"}}, default=UNSEEN,
            dewi=OK),
    writing("change_row", a_row("faulty"), method="patch", data={"cells": {"kind": "Yayasan"}}, default=UNSEEN,
            dewi=OK),
    writing("decide_one_row", a_row("alike"), data={"decision": "skip"}, default=UNSEEN, dewi=OK),
    writing("decide_all_rows", looked_at, data={"decision": "new"}, default=UNSEEN, dewi=OK),
    writing("confirm_batch", looked_at, default=UNSEEN, dewi=CONFLICT),
    writing("undo_batch", written, default=UNSEEN, dewi=CONFLICT, because="written too long ago"),
    writing("drop_batch", looked_at, method="delete", default=UNSEEN, dewi=GONE),
]  # fmt: skip
