"""The groups one accompanies, and how each gets on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from simpul.cases.queries.supervision import answering_of, as_of, faces_of, group_for, groups_for, workload_of
from simpul.cases.rules.supervision import require_watching
from simpul.kernel.time import Zone, local_date
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.supervision.panels import (
    age_heads,
    ages_of,
    companions_of,
    face_bars,
    in_words,
    office_rows,
    stats_of,
)
from simpul.web.components import Task
from simpul.web.http import Request

SHOWN = 200


@signed_in
@require_safe
def groups(request: Request) -> HttpResponse:
    require_watching(request.actor)
    rows = groups_for(request.actor)[:SHOWN]
    tasks = [Task(row.name, "", href=reverse("supervision:workload", args=[row.pk])) for row in rows]
    return private(render(request, "supervision/groups.html", {"tasks": tasks}))


@signed_in
@require_safe
def workload(request: Request, organisation_id: UUID) -> HttpResponse:
    """What is open, with whom, for how long. Nothing on it leads to a case."""
    group = group_for(request.actor, organisation_id)
    found = workload_of(request.actor, group, now=timezone.now())
    context = {
        "group": group,
        "stats": stats_of(found, reverse("inbox:list")),
        "companions": companions_of(found),
        "heads": age_heads(),
        "ages": ages_of(found),
        "is_cut": found.is_cut,
        "day": local_date(as_of(timezone.now()), Zone.WIB),
    }
    return private(render(request, "supervision/workload.html", context))


@signed_in
@require_safe
def answers(request: Request, organisation_id: UUID) -> HttpResponse:
    """How long offices take, and how people say it was."""
    group, now = group_for(request.actor, organisation_id), timezone.now()
    faces = faces_of(group, now=now)
    offices = office_rows(answering_of(request.actor, group, now=now))
    context = {"group": group, "offices": offices, "faces": face_bars(faces), "said": in_words(faces.said)}
    return private(render(request, "supervision/answers.html", context))
