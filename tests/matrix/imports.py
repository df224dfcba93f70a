"""Who imports: a secretariat, a facilitator, the operator. An import is seen where it was made, and nowhere else."""

from datetime import UTC, datetime

from simpul.interop.models import ImportBatch, ImportRow, RowState
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.deciding import confirm_import
from tests.cast import Cast
from tests.factories import kobo
from tests.factories.imports import checked, received
from tests.matrix import CONFLICT, DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row

HEADS = ("Nama", "Jenis")


def organisations(cast: Cast) -> dict[str, object]:
    return {"kind": "organisations"}


def memberships(cast: Cast) -> dict[str, object]:
    return {"kind": "memberships"}


def people(cast: Cast) -> dict[str, object]:
    return {"kind": "people"}


def budis_people(cast: Cast) -> dict[str, object]:
    rows = (("Nama", "Jabatan"), ("Sri Contoh", "Anggota"))
    return {"key": checked(cast.budi.actor, *rows, recipe="people", organisation_id=cast.lentera.pk).pk}


def unknown(cast: Cast) -> dict[str, object]:
    return {"kind": "rahasia"}


def dewis(cast: Cast) -> ImportBatch:
    """Dewi's, in review: a row that is ready, one that is wrong, one that is there already."""
    options = {"network": str(cast.network.pk)}
    rows = (HEADS, ("Yayasan Baru", "Yayasan"), ("Tanpa Jenis", ""), ("Pusat Riset Contoh", "Yayasan"))
    return checked(cast.dewi.actor, *rows, organisation_id=cast.network.pk, options=options)


def cases(cast: Cast) -> dict[str, object]:
    return {"kind": "cases"}


def budis(cast: Cast) -> ImportBatch:
    """Budi's reports, in review: one that is ready, one whose word nobody knows."""
    kobo.place()
    return kobo.checked(cast, kobo.submission(), kobo.submission("dua", jenis_kasus="entah"))


def budis_reports(cast: Cast) -> dict[str, object]:
    return {"key": budis(cast).pk}


def a_wrong_report(cast: Cast) -> dict[str, object]:
    batch = budis(cast)
    return {"key": batch.pk, "row": ImportRow.objects.get(batch=batch, state=RowState.FAULTY).pk}


def reports_that_are_in(cast: Cast) -> dict[str, object]:
    kobo.place()
    return {"key": kobo.entered(cast, kobo.submission(), now=datetime.now(UTC)).pk}


def in_review(cast: Cast) -> dict[str, object]:
    return {"key": dewis(cast).pk}


def in_naming(cast: Cast) -> dict[str, object]:
    rows = (HEADS, ("Yayasan Baru", "Yayasan"))
    return {"key": received(cast.dewi.actor, *rows, organisation_id=cast.network.pk).pk}


def done(cast: Cast) -> dict[str, object]:
    rows = (HEADS, ("Yayasan Baru", "Yayasan"))
    batch = checked(cast.dewi.actor, *rows, organisation_id=cast.network.pk)
    now = datetime.now(UTC)  # an import is taken back within thirty days
    confirm_import(cast.dewi.actor, batch, now=now)
    apply_rows(cast.dewi.actor, batch, now=now)
    return {"key": batch.pk}


def a_row(cast: Cast, state: str) -> dict[str, object]:
    batch = dewis(cast)
    return {"key": batch.pk, "row": ImportRow.objects.get(batch=batch, state=state).pk}


def a_wrong_row(cast: Cast) -> dict[str, object]:
    return a_row(cast, RowState.FAULTY)


def a_double(cast: Cast) -> dict[str, object]:
    return a_row(cast, RowState.ALIKE)


ROWS: list[Row] = [
    row("imports:home", default=DENIED, publik=LOGIN, budi=OK, dewi=OK, eko=OK, joko=OK, kartika=OK),
    row("imports:upload", organisations, default=DENIED, publik=LOGIN, dewi=OK, joko=OK),
    row("imports:upload", organisations, method="post", default=DENIED, publik=LOGIN, dewi=INVALID, joko=INVALID),
    row("imports:upload", memberships, default=DENIED, publik=LOGIN, dewi=OK, eko=OK, because="memberships"),
    row("imports:upload", people, default=DENIED, publik=LOGIN, budi=OK, dewi=OK, kartika=OK, because="people"),
    row("imports:template", people, default=DENIED, publik=LOGIN, budi=OK, dewi=OK, kartika=OK, because="people"),
    row("imports:batch", budis_people, default=UNSEEN, publik=LOGIN, budi=OK, because="people, seen in their house"),
    row("imports:upload", unknown, default=UNSEEN, publik=LOGIN, because="of nothing that is imported"),
    row("imports:template", organisations, default=DENIED, publik=LOGIN, dewi=OK, joko=OK),
    row("imports:batch", in_naming, default=UNSEEN, publik=LOGIN, dewi=MOVED, because="being named"),
    row("imports:batch", in_review, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("imports:batch", done, default=UNSEEN, publik=LOGIN, dewi=OK, because="done"),
    row("imports:table", in_naming, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("imports:columns", in_naming, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("imports:columns", in_naming, method="post", default=UNSEEN, publik=LOGIN, dewi=INVALID),
    row("imports:faults", in_review, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("imports:mend", a_wrong_row, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("imports:mend", a_wrong_row, method="post", default=UNSEEN, publik=LOGIN, dewi=INVALID),
    row("imports:doubles", in_review, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("imports:decide", a_double, default=WRONG_METHOD, publik=LOGIN),
    row(
        "imports:decide",
        a_double,
        method="post",
        data={"decision": "skip"},
        default=UNSEEN,
        publik=LOGIN,
        dewi=MOVED,
    ),
    row("imports:all-alike", in_review, default=WRONG_METHOD, publik=LOGIN),
    row(
        "imports:all-alike",
        in_review,
        method="post",
        data={"decision": "skip"},
        default=UNSEEN,
        publik=LOGIN,
        dewi=MOVED,
    ),
    row("imports:confirm", in_review, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("imports:confirm", in_review, method="post", default=UNSEEN, publik=LOGIN, dewi=CONFLICT),
    row("imports:drop", in_review, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("imports:drop", in_review, method="post", default=UNSEEN, publik=LOGIN, dewi=MOVED),
    row("imports:undo", done, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("imports:undo", done, method="post", default=UNSEEN, publik=LOGIN, dewi=MOVED),
    # Reports of cases: the coordinator who brought them in, and nobody else, whatever they are.
    row("imports:upload", cases, default=DENIED, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:upload", cases, method="post", default=DENIED, publik=LOGIN, budi=INVALID, because="of cases"),
    row("imports:template", cases, default=DENIED, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:batch", budis_reports, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:batch", reports_that_are_in, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases, done"),
    row("imports:columns", budis_reports, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:table", budis_reports, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:form", budis_reports, default=WRONG_METHOD, publik=LOGIN),
    row("imports:form", budis_reports, method="post", default=UNSEEN, publik=LOGIN, budi=INVALID),
    row("imports:form", in_naming, method="post", default=UNSEEN, publik=LOGIN, because="written down without a form"),
    row("imports:words", budis_reports, default=UNSEEN, publik=LOGIN, budi=OK),
    row("imports:words", budis_reports, method="post", default=UNSEEN, publik=LOGIN, budi=INVALID),
    row("imports:faults", budis_reports, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:mend", a_wrong_report, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:doubles", budis_reports, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:confirm", budis_reports, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:confirm", budis_reports, method="post", default=UNSEEN, publik=LOGIN, budi=MOVED, because="of cases"),
    row("imports:drop", budis_reports, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases"),
    row("imports:drop", budis_reports, method="post", default=UNSEEN, publik=LOGIN, budi=MOVED, because="of cases"),
    row("imports:undo", reports_that_are_in, default=UNSEEN, publik=LOGIN, budi=OK, because="of cases"),
    row(
        "imports:undo", reports_that_are_in, method="post", default=UNSEEN, publik=LOGIN, budi=MOVED, because="of cases"
    ),
]
