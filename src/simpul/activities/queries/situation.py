"""The network's reports, and the figures they rest on: drawn from the records of the last day of their period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from simpul.activities.clusters import Cluster
from simpul.activities.models import AT_WORK, Response, ResponseActivity, SituationReport
from simpul.activities.queries.gaps import Answered, code_level, known_on, needs_answered, same_twice, tally
from simpul.activities.queries.reach import Reach, reach_of
from simpul.activities.rules.responses import LEAD, lines_visible_to, responses_visible_to
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import NotFound
from simpul.organisations.rules.organisations import within
from simpul.records.models import known_at

_PUBLIC: Final = Anonymous()
LISTED: Final = 40  # gaps and overlaps named in a report


@dataclass(frozen=True, slots=True)
class SituationFigures:
    """What stood at the end of `day`, as the public sees it. Organisations by their keys: who is hidden since is not
    named.
    """

    day: date
    lines: int
    organisations: int
    areas: int
    needs: int
    nobody: int
    reach: Reach
    clusters: Sequence[Mapping[str, Any]]
    gaps: Sequence[Mapping[str, Any]]
    overlaps: Sequence[Mapping[str, Any]]

    def as_json(self) -> dict[str, Any]:
        reach = {
            name: getattr(self.reach, name) for name in ("told", "at_least", "with_disability", "disability_known")
        }
        return {
            "day": self.day.isoformat(),
            **{name: getattr(self, name) for name in ("lines", "organisations", "areas", "needs", "nobody")},
            "reach": {**reach, "cells": dict(self.reach.cells)},
            **{name: list(getattr(self, name)) for name in ("clusters", "gaps", "overlaps")},
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "SituationFigures":
        return cls(**{**kept, "day": date.fromisoformat(kept["day"]), "reach": Reach(**kept["reach"])})


def reports_of(actor: Actor, response: Response) -> QuerySet[SituationReport]:
    """Published ones, and drafts for who leads the response; the newest first."""
    return SituationReport.objects.filter(_in_sight(actor), response=response).order_by("-number")


def report_for(actor: Actor, report_id: UUID) -> SituationReport:
    """NotFound for one out of sight, as for one that never was."""
    rows = SituationReport.objects.filter(_in_sight(actor), responses_visible_to(actor, "response__"), pk=report_id)
    found = rows.select_related("response__network").first()
    if found is None:
        raise NotFound("activities.situationreport", report_id)
    return found


def _in_sight(actor: Actor) -> Q:
    published = Q(published_at__isnull=False)
    scope = actor.scope(LEAD)
    return published | within(scope, "response__network__") if scope else published


def figures_of(report: SituationReport, *, now: datetime) -> SituationFigures:
    """The frozen ones of a published report; of a draft those of its last day, or of today while that is to come."""
    if report.figures:
        return SituationFigures.of_json(report.figures)
    return draw_figures(report.response, last_day_of(report), now=now)


def last_day_of(report: SituationReport) -> date:
    if report.valid_until is None:
        raise ValueError("a report has a period")
    return report.valid_until - timedelta(days=1)


def draw_figures(response: Response, day: date, *, now: datetime) -> SituationFigures:
    known = known_on(day, now)
    rows = ResponseActivity.objects.filter(known_at(known), lines_visible_to(_PUBLIC), response=response)
    states = needs_answered(_PUBLIC, response, "", known)
    gaps = [state for state in states if state.answered is Answered.NOBODY]
    told = rows.order_by()
    return SituationFigures(
        day=day,
        lines=told.count(),
        organisations=told.values("lead_id").distinct().count(),
        areas=told.values("area_id").distinct().count(),
        needs=len(states),
        nobody=len(gaps),
        reach=reach_of(rows),
        clusters=_by_cluster(rows, states),
        gaps=[_gap(state) for state in gaps[:LISTED]],
        overlaps=_overlaps(rows),
    )


def _by_cluster(rows: QuerySet[ResponseActivity], states: Sequence[Any]) -> list[dict[str, Any]]:
    cells = _country(rows)
    found = []
    for cluster in Cluster.values:
        mine = [state for state in states if state.need.cluster == cluster]
        if cluster not in cells and not mine:
            continue
        counts = cells.get(cluster, {"lines": 0, "at_work": 0, "organisations": 0, "newest_on": None})
        nobody = sum(1 for state in mine if state.answered is Answered.NOBODY)
        reached = reach_of(rows.filter(cluster=cluster)).told if cluster in cells else 0
        found.append({"cluster": cluster, **counts, "needs": len(mine), "nobody": nobody, "reached": reached})
    return found


def _country(rows: QuerySet[ResponseActivity]) -> dict[str, dict[str, Any]]:
    """Of each cluster what its lines are in the whole response; leads that work in two provinces count once."""
    found: dict[str, dict[str, Any]] = {}
    for (_code, cluster), cell in tally(rows, code_level("52")).items():
        held = found.setdefault(cluster, {"lines": 0, "at_work": 0, "newest_on": ""})
        held["lines"] += cell.activities
        held["at_work"] += cell.at_work
        held["newest_on"] = max(held["newest_on"], cell.newest_on.isoformat())
    for cluster, held in found.items():
        held["organisations"] = rows.order_by().filter(cluster=cluster).values("lead_id").distinct().count()
    return found


def _gap(state: Any) -> dict[str, Any]:
    need = state.need
    return {
        "what": need.what,
        "cluster": need.cluster,
        "sub_cluster": need.sub_cluster,
        "area": state.code,
        "people": need.people,
    }


def _overlaps(rows: QuerySet[ResponseActivity]) -> list[dict[str, Any]]:
    """Things that several do in one place, with the keys of their leads; none that is guarded."""
    found = []
    for same in same_twice(rows)[:LISTED]:
        mine = rows.filter(status__in=AT_WORK, **{n: same[n] for n in ("area_id", "cluster", "sub_cluster", "same_as")})
        mine = mine.order_by("line")
        first = mine.values_list("activity", flat=True).first()
        leads = sorted({str(pk) for pk in mine.values_list("lead_id", flat=True)})
        found.append({"activity": first, "area": same["area_id"], "cluster": same["cluster"], "leads": leads})
    return found
