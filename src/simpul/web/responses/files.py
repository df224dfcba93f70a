"""Responses as files: the 4W and the needs as XLSX and CSV with a row of HXL tags, the report as PDF."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.clusters import Cluster, SubCluster
from simpul.activities.models import PartKind, ReportedNeed, ResponseActivity
from simpul.activities.queries.gaps import known_on
from simpul.activities.queries.responses import Narrowing, lines_of, names_in_sight, needs_of
from simpul.activities.queries.situation import figures_of, last_day_of, report_for
from simpul.activities.reaching import FIELDS
from simpul.activities.rules.responses import is_coarse, told_code
from simpul.interop.writing import Value
from simpul.kernel.actor import Anonymous
from simpul.paper.sheets import Section, Sheet, print_sheet
from simpul.territory.models import Area
from simpul.territory.names import lineage_of
from simpul.territory.queries import areas_by_code
from simpul.web import formats
from simpul.web.exports.tables import MOST, Table
from simpul.web.exports.tables.table import asked
from simpul.web.exports.views import FORMS, as_file
from simpul.web.http import Request
from simpul.web.responses.entering import Entered, entered
from simpul.web.responses.forms import LinesForm, NarrowingForm
from simpul.web.responses.tags import LINE_TAGS, NEED_TAGS
from simpul.web.responses.telling import sections_of, told
from simpul.web.responses.views.lines import narrowing_of

_LEVELS: Final = (2, 5, 8, 13)  # lengths of codes


@require_safe
def lines_file(request: Request, key: UUID, form: str, table: str) -> HttpResponseBase:
    """As the list is narrowed. 404 for a form we don't write, and of a network that is hidden."""
    here = _entered(request, key, form)
    asked_for = LinesForm(request.GET, today=here.today)
    known = known_on(asked_for.day, timezone.now())
    rows = list(lines_of(request.actor, here.response, narrowing_of(request, asked_for), known=known)[:MOST])
    rows = [row for row in rows if not row.lead.in_safety_mode]
    header = [_words()[name] for name in LINE_TAGS]
    lines = _tagged(LINE_TAGS, _line_cells(rows, here))
    filters = [(_("Response"), here.response.name), *asked(asked_for)]
    made = Table(_("Who does what where"), filters, asked_for.day, header, lines, is_open=_is_open(here))
    return as_file(request, table, made, form, for_excel=request.GET.get("untuk") == "excel")


@require_safe
def needs_file(request: Request, key: UUID, form: str, table: str) -> HttpResponseBase:
    here = _entered(request, key, form)
    asked_for = NarrowingForm(request.GET, today=here.today)
    narrowing = Narrowing(cluster=asked_for.cleaned_data.get("klaster", ""))
    known = known_on(asked_for.day, timezone.now())
    rows = list(needs_of(request.actor, here.response, narrowing, known=known)[:MOST])
    names = names_in_sight(Anonymous(), {row.reported_by_id for row in rows})  # a file is passed on
    header = [_words()[name] for name in NEED_TAGS]
    lines = _tagged(NEED_TAGS, _need_cells(rows, here, names))
    filters = [(_("Response"), here.response.name), *asked(asked_for)]
    made = Table(_("Needs"), filters, asked_for.day, header, lines, is_open=_is_open(here))
    return as_file(request, table, made, form, for_excel=request.GET.get("untuk") == "excel")


def _entered(request: Request, key: UUID, form: str) -> Entered:
    here = entered(request, key)
    if form not in FORMS or here.response.network.in_safety_mode:
        raise Http404
    return here


def _is_open(here: Entered) -> bool:
    """Whether anybody would be given the same."""
    return here.response.published_at is not None and here.told_of == frozenset()


def _tagged(tags: Mapping[str, str], rows: Iterator[Mapping[str, Value]]) -> Iterator[Sequence[Value]]:
    """Below the head the row of tags, then the rows."""
    yield list(tags.values())
    for row in rows:
        yield [row.get(name) for name in tags]


def _line_cells(rows: Sequence[ResponseActivity], here: Entered) -> Iterator[Mapping[str, Value]]:
    places = _places(told_code(row, inside=here.inside(row)) for row in rows)
    for row in rows:
        coarse = is_coarse(row, inside=here.inside(row))
        held = getattr(row, "parts_in_sight", ())
        by_kind = {
            k: "; ".join(p.organisation.name for p in held if p.kind == k and not p.organisation.in_safety_mode)
            for k in PartKind.values
        }
        yield {
            **_what(row),
            **places[told_code(row, inside=here.inside(row))],
            "lead": row.lead.name,
            "implementers": by_kind[PartKind.IMPLEMENTER],
            "partners": by_kind[PartKind.PARTNER],
            "funders": by_kind[PartKind.FUNDER],
            "activity": row.activity,
            "planned": _plain(row.planned),
            "done": _plain(row.done),
            "place": "" if coarse else row.place,
            **{name: getattr(row, name) for name in ("unit", "funder_words", "starts_on", "ends_on", "as_of")},
            **({} if coarse else {name: getattr(row, name) for name in (*FIELDS, "note")}),
            "total": row.reached.total,
            "status": str(row.get_status_display()),
        }


def _need_cells(
    rows: Sequence[ReportedNeed], here: Entered, names: Mapping[UUID, str]
) -> Iterator[Mapping[str, Value]]:
    places = _places(told_code(row, inside=here.inside(row)) for row in rows)
    for row in rows:
        yield {
            **_what(row),
            **places[told_code(row, inside=here.inside(row))],
            "what": row.what,
            "quantity": _plain(row.quantity),
            "unit": row.unit,
            "people": row.people,
            "reporter": names.get(row.reported_by_id, row.reporter),  # type: ignore[arg-type]
            "reported_on": row.reported_on,
            "status": str(row.get_status_display()),
        }


def _what(row: ResponseActivity | ReportedNeed) -> dict[str, Value]:
    return {
        "line": str(row.line),
        "cluster": str(Cluster(row.cluster).label),
        "cluster_code": row.cluster,
        "sub_cluster": str(SubCluster(row.sub_cluster).label) if row.sub_cluster else "",
    }


def _plain(value: object) -> Value:
    return float(str(value)) if value is not None else None


def _places(codes: Iterator[str]) -> Mapping[str, dict[str, Value]]:
    """Code -> names and codes of every level down to it."""
    wanted = set(codes)
    known = areas_by_code({above for code in wanted for above in lineage_of(code)})
    return {code: _levels(code, known) for code in wanted}


def _levels(code: str, known: Mapping[str, Area]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for level, length in zip(("province", "regency", "district", "village"), _LEVELS, strict=True):
        if len(code) >= length and code[:length] in known:
            found[level], found[f"{level}_code"] = known[code[:length]].title, code[:length]
    return found


def _words() -> Mapping[str, str]:
    """What the columns are called in the reader's language."""
    return {
        "line": _("Line"), "lead": _("Lead organisation"), "implementers": _("Implementers"), "partners": _("Partners"),
        "funders": _("Funders"), "funder_words": _("Who pays, in words"), "cluster": _("Cluster"),
        "cluster_code": _("Cluster code"), "sub_cluster": _("Sub-cluster"), "activity": _("Activity"),
        "unit": _("Unit"), "planned": _("Planned"), "done": _("Done so far"), "province": _("Province"),
        "province_code": _("Province code"),
        "regency": _("Regency or city"), "regency_code": _("Regency code"), "district": _("District"),
        "district_code": _("District code"), "village": _("Village"), "village_code": _("Village code"),
        "place": _("Place"), "starts_on": _("First day"), "ends_on": _("Last day"), "status": _("Status"),
        "girls": _("Girls (0–17)"), "boys": _("Boys (0–17)"), "women": _("Women (18–59)"), "men": _("Men (18–59)"),
        "older_women": _("Older women (60+)"), "older_men": _("Older men (60+)"),
        "untold": _("Others, sex and age not told"), "total": _("Reached in all"),
        "with_disability": _("Of all these, with a disability"), "as_of": _("These figures are of"), "note": _("Note"),
        "what": _("What is needed?"), "quantity": _("How much"), "people": _("For how many people"),
        "reporter": _("Reported by"), "reported_on": _("Reported on"),
    }  # fmt: skip


@require_safe
def report_pdf(request: Request, key: UUID) -> HttpResponse:
    """The report on paper. A draft says so in its title."""
    report = report_for(request.actor, key)
    language = get_language() or "id"
    figures = told(request.actor, figures_of(report, now=timezone.now()))
    assert report.valid_from
    days = formats.days(report.valid_from, last_day_of(report), language=language)
    title = _("Report no. %(n)s: %(name)s") % {"n": report.number, "name": report.response.name}
    sections = [
        Section(paragraphs=[report.lead_words] if report.lead_words else []),
        *(Section(title=s.title, points=[f"{head}: {words}" for head, words in s.parts]) for s in sections_of(report)),
        Section(title=_("The figures"), rows=[[str(r.label), str(r.value)] for r in figures.figures]),
        Section(title=_("By cluster"), rows=figures.clusters, headed=True),
        Section(title=_("Needs that nobody is on"), points=[" · ".join(filter(None, gap)) for gap in figures.gaps]),
        Section(title=_("Where several do the same"), points=[": ".join(filter(None, o)) for o in figures.overlaps]),
    ]
    sheet = Sheet(
        language=language,
        sender=report.response.network.name,
        place_and_day=days,
        title=title if report.published_at else f"{title} ({_('draft')})",
        sections=[s for s in sections if s.paragraphs or s.points or s.rows],
        footer=_("Figures as the records were on %(day)s. %(address)s")
        % {"day": figures.day, "address": request.build_absolute_uri(request.path.removesuffix(".pdf") + "/")},
        signed=report.author,
    )
    response = HttpResponse(print_sheet(sheet), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="simpul-laporan-{report.number}.pdf"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
