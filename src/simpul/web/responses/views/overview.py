"""The responses, one response on its map of gaps, whom it reached, and where several do the same."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.clusters import GUARDED
from simpul.activities.models import AT_WORK, ResponseActivity
from simpul.activities.queries.gaps import GapMap, code_level, gap_map, known_on, same_twice
from simpul.activities.queries.reach import Reach, reach_of
from simpul.activities.queries.responses import (
    Narrowing,
    areas_of,
    lines_of,
    responses_for,
    root_of,
)
from simpul.activities.queries.situation import reports_of
from simpul.activities.rules.responses import LEAD, REPORT
from simpul.kernel.errors import NotFound
from simpul.territory.models import Area
from simpul.territory.names import CODE, lineage_of
from simpul.web.components import Bar
from simpul.web.http import Request
from simpul.web.responses.entering import Entered, entered, parts_of, where_of
from simpul.web.responses.forms import NarrowingForm
from simpul.web.responses.picturing import pictured

_MOST = 60


@require_safe
def index(request: Request) -> HttpResponse:
    rows = list(responses_for(request.actor)[:_MOST])
    context = {"rows": rows, "may_open": request.actor.may(LEAD)}
    return render(request, "responses/index.html", context)


@require_safe
def response_page(request: Request, key: UUID) -> HttpResponse:
    """The gap map, of today or of a day that was; narrowed to an area below, where asked."""
    here = entered(request, key)
    form = NarrowingForm(request.GET, today=here.today)
    areas = areas_of(here.response)
    code = _asked_area(request, areas)
    parts = parts_of(code, areas)
    found = _map(request, here, code, form)
    context = {**_frame(request, here, form), **pictured(request, here, found, parts, form)}
    return render(request, "responses/response.html", context)


def _frame(request: Request, here: Entered, form: NarrowingForm) -> dict[str, Any]:
    return {
        "entered": here,
        "response": here.response,
        "form": form,
        "latest": reports_of(request.actor, here.response).first(),
        "may_report": request.actor.may(REPORT),
    }


def _asked_area(request: Request, areas: list[Area]) -> str:
    """NotFound for a code that is none, and for a village: it has no parts."""
    asked = request.GET.get("wilayah", "")
    if not asked:
        root = root_of(areas)
        return root if len(root) < 13 else lineage_of(root)[-2]
    if not CODE.fullmatch(asked) or len(asked) > 8:
        raise NotFound("territory.area")
    return asked


def _map(request: Request, here: Entered, code: str, form: NarrowingForm) -> GapMap:
    level = code_level(code) + 1 if code else 1
    return gap_map(
        request.actor,
        here.response,
        code=code,
        level=level,
        day=form.day,
        now=timezone.now(),
        inside=here.told_of is None,
    )


@require_safe
def overlaps(request: Request, key: UUID) -> HttpResponse:
    """Where several leads do, or mean to do, the same in one place: perhaps rightly, perhaps without knowing."""
    here = entered(request, key)
    form = NarrowingForm(request.GET, today=here.today)
    narrowing = Narrowing(cluster=form.cleaned_data.get("klaster", ""), area_code=_area(request))
    known = known_on(form.day, timezone.now())
    rows = lines_of(request.actor, here.response, narrowing, known=known).exclude(sub_cluster__in=GUARDED)
    context = {"entered": here, "response": here.response, "form": form, "groups": _placed(_same(rows))}
    return render(request, "responses/overlaps.html", context)


def _placed(groups: list[list[ResponseActivity]]) -> list[tuple[str, list[ResponseActivity]]]:
    where = where_of({group[0].area_id for group in groups})
    return [(where[group[0].area_id], group) for group in groups]


def _area(request: Request) -> str:
    asked = request.GET.get("wilayah", "")
    return asked if CODE.fullmatch(asked) else ""


def _same(rows: Any) -> list[list[ResponseActivity]]:
    """The lines of each thing done by several, at most sixty things."""
    twice = [(s["area_id"], s["cluster"], s["sub_cluster"], s["same_as"]) for s in same_twice(rows)[:_MOST]]
    found: dict[tuple[str, str, str, str], list[ResponseActivity]] = defaultdict(list)
    near = rows.filter(status__in=AT_WORK, area_id__in={t[0] for t in twice}, same_as__in={t[3] for t in twice})
    for row in near:
        found[row.area_id, row.cluster, row.sub_cluster, row.same_as].append(row)
    return [found[key] for key in twice if len(found[key]) > 1]


@require_safe
def reached(request: Request, key: UUID) -> HttpResponse:
    """People reached by sex, by age, by disability: three splits of the same people."""
    here = entered(request, key)
    form = NarrowingForm(request.GET, today=here.today)
    narrowing = Narrowing(cluster=form.cleaned_data.get("klaster", ""))
    rows = lines_of(request.actor, here.response, narrowing, known=known_on(form.day, timezone.now()))
    reach = reach_of(rows)
    context = {"entered": here, "response": here.response, "form": form, "reach": reach, "splits": _splits(reach)}
    return render(request, "responses/reached.html", context)


def _splits(reach: Reach) -> list[tuple[str, list[Bar]]]:
    words = {
        "female": _("Girls and women"), "male": _("Boys and men"), "child": _("Children (0–17)"),
        "adult": _("Adults (18–59)"), "older": _("Older people (60+)"), "with": _("With a disability"),
        "without": _("Without"), "untold": _("Not told"),
    }  # fmt: skip
    split = ((_("By sex"), reach.by_sex()), (_("By age"), reach.by_age()), (_("By disability"), reach.by_disability()))
    return [
        (title, [Bar(words[code], n, f"{n:,}".replace(",", "."), reach.told) for code, n in of.items()])
        for title, of in split
    ]
