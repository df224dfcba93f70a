"""Sorting a case, its story, its steps and its end."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.cases.outcomes import outcomes_for
from simpul.cases.queries.worklist import types_of_cases
from simpul.cases.rules.closing import may_close_alone
from simpul.cases.rules.sight import may
from simpul.cases.services.closing import end_case
from simpul.cases.services.police import decide_police_report
from simpul.cases.services.progress import correct_case, move_case, reopen_case, triage_case
from simpul.cases.stages import CASE_LIFE, COORDINATE, Act, Stage
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.forms import CloseForm, MoveForm, PoliceForm, ReasonForm, StoryForm, TriageForm
from simpul.web.cases.desk.pages import asked, coordinated, recorded
from simpul.web.editing.entry import sent
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
    case = recorded(request, case_id, "move")
    coordinates = may(request.actor, (COORDINATE,), case)
    acts = [
        (row.act, _("Handed over to somebody outside Simpul") if row.act == Act.TRANSFER else Act(row.act).label)
        for row in CASE_LIFE.acts_from(Stage(case.stage))
        if row.act not in APART and (coordinates or row.permission != COORDINATE)
    ]
    form = MoveForm(acts, sent(request))
    act = lambda: move_case(request.actor, case, **form.given(), now=timezone.now())  # noqa: E731
    return asked(request, case, form, act, title=_("What happens next?"), said=_("Noted."))


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
    """Either way it is a decision; the clock of three days stops."""
    case = coordinated(request, case_id, "police")
    form = PoliceForm(sent(request))
    act = lambda: decide_police_report(request.actor, case, **form.given(), now=timezone.now())  # noqa: E731
    lead = _("Talk with the survivor and call the UPTD PPA first. Nothing is reported behind their back.")
    return asked(request, case, form, act, title=_("A report to the police?"), said=_("Decision noted."), lead=lead)
