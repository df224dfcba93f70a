"""A table as a file: XLSX with a sheet that says what it is, or CSV, line by line."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.interop.writing import Page, Value, write_csv, write_xlsx
from simpul.web import formats
from simpul.web.exports.tables import MOST, TABLES, Table
from simpul.web.http import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export(request: Request, *, table: str, form: str, **given: Any) -> HttpResponseBase:
    """404 for a form we don't write. Never indexed: the page is, the file follows it."""
    if form not in {"xlsx", "csv"}:
        raise Http404
    made = TABLES[table](request, **given)
    rows = Page(made.title, made.header, made.rows)
    if form == "xlsx":
        response: HttpResponseBase = HttpResponse(write_xlsx([rows, _about(request, made)]), content_type=XLSX)
    else:
        pieces = write_csv(rows, for_excel=request.GET.get("untuk") == "excel")
        response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="simpul-{table}-{made.as_of}.{form}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _about(request: Request, made: Table) -> Page:
    """What, by which filters, of which day, from where, and what may be done with it."""
    address = request.build_absolute_uri()
    lines: list[Sequence[Value]] = [
        [_("What it is"), made.title],
        *made.filters,
        [_("As of"), formats.day(made.as_of, language=get_language() or "id")],
        [_("Source"), f"Simpul, {address}"],
        [_("At most"), _("%(n)s rows; those hidden for their safety are not among them") % {"n": f"{MOST:,}"}],
        [_("Use"), _("Free to use with the name of the source and the day (CC BY 4.0). No personal data.")],
    ]
    return Page(_("About this file"), [_("About"), ""], lines)
