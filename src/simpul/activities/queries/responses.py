"""Responses, their lines and the needs reported to them, as somebody sees them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from simpul.activities.models import (
    ActivityPart,
    ReportedNeed,
    Response,
    ResponseActivity,
    ResponseArea,
)
from simpul.activities.rules.responses import LEAD, REPORT, lines_visible_to, open_to, responses_visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import visible_to, within
from simpul.records.models import known_at
from simpul.territory.models import Area
from simpul.territory.names import lineage_of


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which rows are asked for: "" is any. `area_code` keeps what lies in it."""

    cluster: str = ""
    sub_cluster: str = ""
    area_code: str = ""
    status: str = ""
    same_as: str = ""

    def of_rows(self) -> Q:
        asked = {"cluster": self.cluster, "sub_cluster": self.sub_cluster, "status": self.status}
        narrowed = Q(**{name: value for name, value in asked.items() if value})
        return narrowed & Q(area__code__within=self.area_code) if self.area_code else narrowed


def responses_for(actor: Actor) -> QuerySet[Response]:
    """Those in sight, the latest first, with their networks."""
    rows = Response.objects.filter(responses_visible_to(actor)).select_related("network")
    return rows.order_by(F("valid_from").desc(nulls_last=True), "-id")


def response_for(actor: Actor, response_id: UUID) -> Response:
    """NotFound for one out of sight, as for one that never was."""
    found = Response.objects.filter(responses_visible_to(actor), pk=response_id).select_related("network").first()
    if found is None:
        raise NotFound("activities.response", response_id)
    return found


def areas_of(response: Response) -> list[Area]:
    """The areas it is for, by code."""
    rows = ResponseArea.objects.filter(response=response).select_related("area").order_by("area_id")
    return [row.area for row in rows]


def root_of(areas: Iterable[Area]) -> str:
    """The code of the smallest area that holds them all; "" for the country, and for none."""
    lines = [lineage_of(area.code) for area in areas]
    return next((c for c in reversed(lines[0]) if all(c in line for line in lines)), "") if lines else ""


def lines_of(
    actor: Actor, response: Response, narrowing: Narrowing = Narrowing(), *, known: datetime | None = None
) -> QuerySet[ResponseActivity]:
    """The lines that stand (or stood at `known`), with lead, area and the parts in sight; by area, then cluster."""
    rows = ResponseActivity.objects.filter(known_at(known), lines_visible_to(actor), response=response)
    rows = rows.filter(narrowing.of_rows(), open_to(actor, narrowing.area_code))
    if narrowing.same_as:
        rows = rows.filter(same_as=narrowing.same_as)
    return with_parts(actor, rows).order_by("area_id", "cluster", "sub_cluster", "same_as", "line")


def with_parts(actor: Actor, rows: QuerySet[ResponseActivity]) -> QuerySet[ResponseActivity]:
    parts = ActivityPart.objects.filter(visible_to(actor, "organisation__")).select_related("organisation")
    parts = parts.order_by("kind", "organisation__sort_key", "pk")
    return rows.select_related("lead", "area").prefetch_related(Prefetch("parts", parts, to_attr="parts_in_sight"))


def line_for(actor: Actor, line: UUID) -> ResponseActivity:
    """The version that stands. NotFound for a line out of sight, taken back, or that never was."""
    rows = ResponseActivity.objects.filter(known_at(None), lines_visible_to(actor), line=line)
    rows = rows.filter(responses_visible_to(actor, "response__"))
    found = with_parts(actor, rows).select_related("response__network", "lead", "area").first()
    if found is None:
        raise NotFound("activities.responseactivity", line)
    return found


def versions_of(actor: Actor, row: ResponseActivity) -> QuerySet[ResponseActivity]:
    """Every version of its line, the newest first."""
    rows = ResponseActivity.objects.filter(lines_visible_to(actor), line=row.line)
    return with_parts(actor, rows).order_by("-recorded_at", "-pk")


def needs_of(
    actor: Actor, response: Response, narrowing: Narrowing = Narrowing(), *, known: datetime | None = None
) -> QuerySet[ReportedNeed]:
    """The needs that stand (or stood at `known`), those still open first, then by area. Who reported is not hidden
    here: pages ask `names_in_sight`.
    """
    seen = narrowing.of_rows() & open_to(actor, narrowing.area_code, "reported_by")
    rows = ReportedNeed.objects.filter(seen, known_at(known), response=response)
    return rows.select_related("area").order_by("area_id", "cluster", "sub_cluster", "line")


def need_for(actor: Actor, line: UUID) -> ReportedNeed:
    """As `line_for`."""
    rows = ReportedNeed.objects.filter(known_at(None), responses_visible_to(actor, "response__"), line=line)
    found = rows.select_related("response__network", "reported_by", "area").first()
    if found is None:
        raise NotFound("activities.reportedneed", line)
    return found


def versions_of_need(row: ReportedNeed) -> QuerySet[ReportedNeed]:
    return ReportedNeed.objects.filter(line=row.line).order_by("-recorded_at", "-pk")


def names_in_sight(actor: Actor, ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """Organisation -> name, of those this actor may know."""
    wanted = {pk for pk in ids if pk}
    if not wanted:
        return {}
    return dict(Organisation.objects.filter(visible_to(actor), pk__in=wanted).values_list("pk", "name"))


def own_reporters(actor: Actor) -> QuerySet[Organisation]:
    """Whose lines the actor may write by a grant there."""
    scope = actor.scope(REPORT)
    held = Organisation.objects.filter(within(scope)) if scope else Organisation.objects.none()
    return held.order_by("sort_key", "pk")


def inside_of(actor: Actor, *, leads: bool) -> frozenset[UUID] | None:
    """The organisations of which the actor is told also what is guarded; None: of all."""
    if leads or actor.scope(LEAD).everywhere:
        return None
    scope = actor.scope(REPORT)
    if not scope:
        return frozenset()
    return frozenset(Organisation.objects.filter(within(scope)).values_list("pk", flat=True)[:500])
