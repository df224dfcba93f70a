"""The case itself, and its people."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from simpul.cases.life import today_of
from simpul.cases.queries.cases import Case, steps_of
from simpul.cases.queries.clocks import clocks_in
from simpul.cases.queries.file import consents_in, needs_of, people_of, services_of
from simpul.cases.rules.sight import may
from simpul.cases.stages import COORDINATE, RECORD
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.clock_panels import due_rows
from simpul.web.cases.desk.consent_panels import consent_rows
from simpul.web.cases.desk.pages import opened
from simpul.web.cases.desk.panels import RISK_TONES, party_rows, story_line, task_rows, zone_of
from simpul.web.http import Request


def rights_in(request: Request, case: Case) -> dict[str, bool]:
    """What the page offers; the services ask again."""
    records = may(request.actor, (RECORD, COORDINATE), case)
    return {"may_record": records, "may_coordinate": may(request.actor, (COORDINATE,), case)}


@signed_in
@require_safe
def case(request: Request, case_id: UUID) -> HttpResponse:
    """What comes next first; then what happened. No name stands here."""
    now = timezone.now()  # one for the whole page: it shows the case of one instant
    found = opened(request, case_id, "case", now=now)
    rights = rights_in(request, found)
    return render(request, "cases/case.html", {"case": found, **rights, **_shown(request, found, rights, now)})


def _shown(request: Request, case: Case, rights: dict[str, bool], now: datetime) -> dict[str, object]:
    actor = request.actor
    people = people_of(actor, case, now=now)
    needs, services = list(needs_of(actor, case, now=now)), list(services_of(actor, case, now=now))
    return {
        "zone": zone_of(case),
        "closure": getattr(case, "waiting_closure", None),
        "transfer": getattr(case, "waiting_transfer", None),
        "risk_tone": RISK_TONES.get(case.risk, "idle"),
        "people": party_rows(people, shown=False, now=now),
        "due": due_rows(case, needs, clocks_in(case), rights, now=now),
        "tasks": task_rows(case, people, has_need=bool(needs)) if case.is_open and rights["may_record"] else [],
        "line": story_line(case, steps_of(actor, case, now=now), services),
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: Request, case_id: UUID) -> HttpResponse:
    """Masked; a press shows the names, and that press is in the log."""
    now, shown = timezone.now(), request.method == "POST"
    found = opened(request, case_id, "names" if shown else "people", now=now)
    told = people_of(request.actor, found, now=now)
    given = consent_rows(consents_in(request.actor, found, now=now), today=today_of(found, now))
    rows = [(row, given.get(row.key, [])) for row in party_rows(told, shown=shown, now=now)]
    context = {"case": found, "people": rows, "shown": shown}
    return render(request, "cases/people.html", {**context, **rights_in(request, found)})
