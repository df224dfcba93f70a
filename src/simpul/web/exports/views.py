"""A table as a file: XLSX with a sheet that says what it is, or CSV, line by line."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.interop.writing import Page, Value, write_csv, write_xlsx
from simpul.web import formats
from simpul.web.exports.tables import MOST, TABLES, Table
from simpul.web.http import Request
from simpul.web.resuming import resumable

FORMS: Final = frozenset({"xlsx", "csv"})
_OPEN: Final = gettext_lazy("Free to use with the name of the source and the day (CC BY 4.0). No personal data.")
_OWN: Final = gettext_lazy("For the work of those who keep it. Ask before you pass it on.")
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export(request: Request, *, table: str, form: str, **given: Any) -> HttpResponseBase:
    """404 for a form we don't write. Never indexed: the page is, the file follows it."""
    if form not in FORMS:
        raise Http404
    made = TABLES[table](request, **given)
    return as_file(request, table, made, form, for_excel=request.GET.get("untuk") == "excel")


def as_file(request: Request, table: str, made: Table, form: str, *, for_excel: bool) -> HttpResponseBase:
    """Named by what it is and of which day, never by whom it is about."""
    rows = Page(made.title, made.header, made.rows)
    if form == "xlsx":
        response = _book(request, write_xlsx([rows, *made.more, _about(request, made)]))
    else:
        pieces = write_csv(rows, for_excel=for_excel)
        response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
        response.headers["Accept-Ranges"] = "none"  # written as it is sent, and packed on the way
    response.headers["Content-Disposition"] = f'attachment; filename="simpul-{table}-{made.as_of}.{form}"'
    response.headers["X-Robots-Tag"] = "noindex"
    if not made.is_open:
        response.headers["Cache-Control"] = "no-store"
    return response


def _book(request: Request, data: bytes) -> HttpResponseBase:
    """Taken up where it broke off, as long as the same comes out; not what is sent for, where each time is recorded."""
    if request.method == "POST":
        return HttpResponse(data, content_type=XLSX)
    mark = f'"{sha256(data).hexdigest()[:32]}"'
    return resumable(request, lambda places: data[places.start : places.stop], size=len(data), mark=mark, media=XLSX)


def _about(request: Request, made: Table) -> Page:
    """What, by which filters, of which day, from where, and what may be done with it."""
    address = request.build_absolute_uri()
    lines: list[Sequence[Value]] = [
        [_("What it is"), made.title],
        *made.filters,
        [_("As of"), formats.day(made.as_of, language=get_language() or "id")],
        [_("Source"), f"Simpul, {address}"],
        [_("At most"), _("%(n)s rows; those hidden for their safety are not among them") % {"n": f"{MOST:,}"}],
        [_("Use"), str(_OPEN if made.is_open else _OWN)],
    ]
    return Page(_("About this file"), [_("About"), ""], lines)
