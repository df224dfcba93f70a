"""Responses: published ones for everybody; written by each organisation for itself and by who leads for all."""

from collections.abc import Callable

from simpul.activities.services.situation import write_report
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.organisations import SYSTEM
from tests.factories.responses import FLOOD, NOW, TODAY, make_line, make_need, make_response
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row


def published(cast: Cast) -> dict[str, object]:
    return {"key": make_response(cast.network).pk}


def draft(cast: Cast) -> dict[str, object]:
    return {"key": make_response(cast.network, published=False).pk}


def nothing(cast: Cast) -> dict[str, object]:
    return {"key": uuid7()}


def as_file(make: Callable[[Cast], dict[str, object]], form: str) -> Callable[[Cast], dict[str, object]]:
    return lambda cast: {**make(cast), "form": form}


def lenteras_line(cast: Cast) -> dict[str, object]:
    return {"line": make_line(make_response(cast.network), cast.lentera).line}


def line_of_a_draft(cast: Cast) -> dict[str, object]:
    return {"line": make_line(make_response(cast.network, published=False), cast.lentera).line}


def lenteras_need(cast: Cast) -> dict[str, object]:
    return {"line": make_need(make_response(cast.network), reported_by=cast.lentera, reporter="").line}


def heard_need(cast: Cast) -> dict[str, object]:
    return {"line": make_need(make_response(cast.network)).line}


def report(cast: Cast) -> dict[str, object]:
    made = write_report(
        SYSTEM, make_response(cast.network), valid_from=FLOOD, valid_until=TODAY, author="Dewi", sections={}, now=NOW
    )
    return {"key": made.pk}


# Who may tell of something at all: for which organisation, the service says.
REPORTERS = {
    "ani": OK,
    "budi": OK,
    "dewi": OK,
    "eko": OK,
    "fitri": OK,
    "gede": OK,
    "hasan": OK,
    "indah": OK,
    "kartika": OK,
}
UNSURE = dict.fromkeys(REPORTERS, INVALID)

ROWS: list[Row] = [
    row("responses:index", default=OK),
    row("responses:open", default=DENIED, publik=LOGIN, dewi=OK),
    row("responses:open", method="post", default=DENIED, publik=LOGIN, dewi=INVALID),
    row("responses:response", published, default=OK),
    row("responses:response", draft, default=UNSEEN, dewi=OK, because="a draft"),
    row("responses:response", nothing, default=UNSEEN, because="nothing there"),
    row("responses:change", published, default=DENIED, publik=LOGIN, dewi=OK),
    row("responses:change", published, method="post", default=DENIED, publik=LOGIN, dewi=INVALID),
    row("responses:change", draft, default=UNSEEN, publik=LOGIN, dewi=OK, because="a draft"),
    row("responses:publish", draft, method="post", default=UNSEEN, publik=LOGIN, dewi=MOVED),
    row("responses:publish", published, method="post", default=DENIED, publik=LOGIN, dewi=MOVED, because="again"),
    row("responses:publish", published, default=WRONG_METHOD, publik=LOGIN),
    row("responses:reached", published, default=OK),
    row("responses:reached", draft, default=UNSEEN, dewi=OK, because="a draft"),
    row("responses:overlaps", published, default=OK),
    row("responses:overlaps", draft, default=UNSEEN, dewi=OK, because="a draft"),
    row("responses:lines", published, default=OK),
    row("responses:lines", draft, default=UNSEEN, dewi=OK, because="a draft"),
    row("responses:line-add", published, default=DENIED, publik=LOGIN, **REPORTERS),
    row("responses:line-add", published, method="post", default=DENIED, publik=LOGIN, **UNSURE),
    row("responses:line-add", draft, default=UNSEEN, publik=LOGIN, dewi=OK, because="a draft"),
    row("responses:line", lenteras_line, default=OK),
    row("responses:line", line_of_a_draft, default=UNSEEN, dewi=OK, because="a draft"),
    row("responses:line-change", lenteras_line, default=DENIED, publik=LOGIN, ani=OK, budi=OK, dewi=OK, kartika=OK),
    row(
        "responses:line-change",
        lenteras_line,
        method="post",
        default=DENIED,
        publik=LOGIN,
        ani=INVALID,
        budi=INVALID,
        dewi=INVALID,
        kartika=INVALID,
    ),
    row("responses:line-withdraw", lenteras_line, default=DENIED, publik=LOGIN, ani=OK, budi=OK, dewi=OK, kartika=OK),
    row(
        "responses:line-withdraw",
        lenteras_line,
        method="post",
        default=DENIED,
        publik=LOGIN,
        ani=INVALID,
        budi=INVALID,
        dewi=INVALID,
        kartika=INVALID,
    ),
    row("responses:needs", published, default=OK),
    row("responses:needs", draft, default=UNSEEN, dewi=OK, because="a draft"),
    row("responses:need-add", published, default=DENIED, publik=LOGIN, **REPORTERS),
    row("responses:need-add", published, method="post", default=DENIED, publik=LOGIN, **UNSURE),
    row("responses:need", lenteras_need, default=OK),
    row("responses:need-change", lenteras_need, default=DENIED, publik=LOGIN, ani=OK, budi=OK, dewi=OK, kartika=OK),
    row("responses:need-change", heard_need, default=DENIED, publik=LOGIN, dewi=OK, because="by whom they heard"),
    row(
        "responses:need-change",
        lenteras_need,
        method="post",
        default=DENIED,
        publik=LOGIN,
        ani=INVALID,
        budi=INVALID,
        dewi=INVALID,
        kartika=INVALID,
    ),
    row("responses:need-withdraw", lenteras_need, default=DENIED, publik=LOGIN, ani=OK, budi=OK, dewi=OK, kartika=OK),
    row(
        "responses:need-withdraw",
        heard_need,
        method="post",
        default=DENIED,
        publik=LOGIN,
        dewi=INVALID,
        because="by whom they heard",
    ),
    row("responses:reports", published, default=OK),
    row("responses:reports", draft, default=UNSEEN, dewi=OK, because="a draft"),
    row("responses:report-write", published, default=DENIED, publik=LOGIN, dewi=OK),
    row("responses:report-write", published, method="post", default=DENIED, publik=LOGIN, dewi=INVALID),
    row("responses:report", report, default=UNSEEN, dewi=OK, because="a draft"),
    row("responses:report-pdf", report, default=UNSEEN, dewi=OK, because="a draft"),
    row("responses:report-change", report, default=UNSEEN, publik=LOGIN, dewi=OK),
    row("responses:report-change", report, method="post", default=UNSEEN, publik=LOGIN, dewi=INVALID),
    row("responses:report-publish", report, method="post", default=UNSEEN, publik=LOGIN, dewi=MOVED),
    row("responses:report-publish", report, default=WRONG_METHOD, publik=LOGIN),
    row("exports:response-lines", as_file(published, "xlsx"), default=OK),
    row("exports:response-lines", as_file(draft, "csv"), default=UNSEEN, dewi=OK, because="a draft"),
    row("exports:response-lines", as_file(published, "exe"), default=UNSEEN, because="no such form"),
    row("exports:response-needs", as_file(published, "csv"), default=OK),
    row("exports:response-needs", as_file(draft, "xlsx"), default=UNSEEN, dewi=OK, because="a draft"),
]
