"""Sorting a case, its story, its steps and its end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.cases.outcomes import outcomes_for
from simpul.cases.queries.cases import Case
from simpul.cases.queries.clocks import clock_of_case
from simpul.cases.queries.police import police_decisions_of
from simpul.cases.queries.worklist import types_of_cases
from simpul.cases.rules.closing import ENDINGS_AGREED, may_close_alone
from simpul.cases.rules.sight import may
from simpul.cases.services.closing import end_case
from simpul.cases.services.pausing import go_on, wait_for_person
from simpul.cases.services.police import decide_police_report
from simpul.cases.services.progress import correct_case, move_case, reopen_case, triage_case
from simpul.cases.stages import CASE_LIFE, COORDINATE, Act, Stage
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.forms import CloseForm, MoveForm, PauseForm, PoliceForm, ReasonForm, StoryForm, TriageForm
from simpul.web.cases.desk.pages import asked, coordinated, recorded
from simpul.web.cases.desk.panels import zone_of
from simpul.web.components import Text
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

form_page = require_http_methods(["GET", "HEAD", "POST"])
APART = (Act.CLOSE, Act.REOPEN, Act.DUPLICATE)


@signed_in
@form_page
def triage(request: Request, case_id: UUID) -> HttpResponse:
    case = recorded(request, case_id, "triage")
    initial = {"seen": case.version, "risk": case.risk, "authority": case.authority}
    form = TriageForm(sent(request), initial=initial)
    act = lambda: triage_case(request.actor, case, **form.cleaned_data, now=timezone.now())  # noqa: E731
    return asked(request, case, form, act, title=_("Sort: how urgent, who is competent"), said=_("Sorted."))


@signed_in
@form_page
def story(request: Request, case_id: UUID) -> HttpResponse:
    """What somebody else wrote in the same field stays; the coordinator decides."""
    case = recorded(request, case_id, "story")
    plain = ("happened_on", "happened_approximately", "settings", "guardian_conflict", "external_register_number")
    known = {name: getattr(case, name) for name in plain}
    words = case.narrative.open() if case.narrative else ""
    form = StoryForm(sent(request), initial={"seen": case.version, "narrative": words, **known})

    def act() -> None:
        told = dict(form.cleaned_data)
        correct_case(request.actor, case, told, seen=told.pop("seen"), now=timezone.now())

    return asked(request, case, form, act, title=_("What happened"), said=_("Saved."))


@signed_in
@form_page
def move(request: Request, case_id: UUID) -> HttpResponse:
    """The next step, or an end, which is asked for where the group wants somebody else to agree."""
    case = recorded(request, case_id, "move")
    form, asks = MoveForm(_acts(request, case), sent(request)), not may_close_alone(request.actor, case)

    def act() -> None:
        ends = form.cleaned_data["act"] in ENDINGS_AGREED
        (end_case if ends else move_case)(request.actor, case, **form.given(), now=timezone.now())

    lead = _("In your group somebody else agrees to an end first. It stays open until they do.") if asks else ""
    return asked(request, case, form, act, title=_("What happens next?"), said=_("Noted."), lead=lead)


def _acts(request: Request, case: Case) -> list[tuple[str, Text]]:
    coordinates = may(request.actor, (COORDINATE,), case)
    return [
        (row.act, Act(row.act).label)
        for row in CASE_LIFE.acts_from(Stage(case.stage))
        if row.act not in APART and (coordinates or row.permission != COORDINATE)
    ]


@signed_in
@form_page
def close(request: Request, case_id: UUID) -> HttpResponse:
    case = recorded(request, case_id, "close")
    outcomes = outcomes_for(types_of_cases([case])[case.pk])
    form = CloseForm([(one.value, one.label) for one in outcomes], sent(request))
    alone = may_close_alone(request.actor, case)
    act = lambda: end_case(request.actor, case, **form.given(), now=timezone.now())  # noqa: E731
    if alone:
        return asked(request, case, form, act, title=_("Close the case"), said=_("Closed. It can be opened again."))
    said, lead = _("Asked. It stays open until somebody agrees."), _("In your group somebody else agrees first.")
    return asked(request, case, form, act, title=_("Close the case"), said=said, lead=lead, button=_("Ask for it"))


@signed_in
@form_page
def reopen(request: Request, case_id: UUID) -> HttpResponse:
    case = coordinated(request, case_id, "reopen")
    form = ReasonForm(sent(request))
    act = lambda: reopen_case(request.actor, case, **form.given(), now=timezone.now())  # noqa: E731
    return asked(request, case, form, act, title=_("Open it again"), said=_("It is open again."))


@signed_in
@form_page
def police(request: Request, case_id: UUID) -> HttpResponse:
    """Either way it is a decision; the clock of three days stops. A later one stands beside it, and starts no clock."""
    case = coordinated(request, case_id, "police")
    before = list(police_decisions_of(request.actor, case, now=timezone.now()))
    form = PoliceForm(sent(request), initial={"seen": before[0].pk if before else ""})
    if request.method == "POST" and accepted(
        form, lambda: decide_police_report(request.actor, case, **form.given(), now=timezone.now())
    ):
        messages.success(request, _("Decision noted."))
        return redirect("cases:case", case.pk)
    context = {"case": case, "form": form, "before": before, "zone": zone_of(case)}
    return render(request, "cases/police.html", context, status=422 if form.errors else 200)


@signed_in
@form_page
def pause(request: Request, case_id: UUID, clock_id: UUID) -> HttpResponse:
    """A clock stands still while we wait for the person, or goes on: what the sent page was about, not the other."""
    case, now = recorded(request, case_id, "pause"), timezone.now()
    clock = clock_of_case(request.actor, case, clock_id, now=now)
    form = PauseForm(sent(request), initial={"again": clock.paused_at is not None})
    if form.is_again():
        return _go_on(request, case, clock_id, form)
    act = lambda: wait_for_person(request.actor, case, clock_id, now=now, **form.given())  # noqa: E731
    lead = _("The time stands still while you wait for them, never for us. Set it going again once they are ready.")
    said = _("It stands still. The desk's list shows why.")
    return asked(request, case, form, act, title=_("What do we wait for?"), said=said, lead=lead)


def _go_on(request: Request, case: Case, clock_id: UUID, form: PauseForm) -> HttpResponse:
    title, said = _("It goes on"), _("It runs again. The time we waited is added.")
    act = lambda: go_on(request.actor, case, clock_id, now=timezone.now())  # noqa: E731
    return asked(
        request, case, form, act, title=title, said=said, lead=_("Press once you no longer wait."), button=title
    )
