"""Who sees a case: those who help, those it is hidden from, who looked; doubles and clashes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.cases.queries.cases import (
    Case,
    Part,
    assignments_of,
    clashes_of,
    coordinators_of,
    escalations_of,
    exclusions_lifted_by,
    exclusions_of,
    helpers_of,
    hideable_from,
    openings_of,
    supporters_of,
)
from simpul.cases.queries.duplicates import likely_duplicates_for
from simpul.cases.rules.sight import SUPERVISE, may_name_coordinator
from simpul.cases.services.clashes import settle_clash
from simpul.cases.services.progress import mark_duplicate
from simpul.cases.services.sight import (
    assign_companion,
    end_assignment,
    end_escalation,
    escalate_case,
    exclude_person,
    lift_exclusion,
    name_coordinator,
)
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.checking import check_page, is_sure
from simpul.web.cases.desk.forms import HideForm, PersonForm, ReasonForm
from simpul.web.cases.desk.looking import READ, looks_of
from simpul.web.cases.desk.pages import asked, coordinated, one_of, opened, recorded
from simpul.web.cases.desk.pairs import pairs_of
from simpul.web.cases.desk.panels import clash_rows, zone_of
from simpul.web.cases.desk.views.file import rights_in
from simpul.web.components import Row
from simpul.web.editing.entry import sent
from simpul.web.http import Request

SEEN = "cases:seen"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@form_page
def seen(request: Request, case_id: UUID) -> HttpResponse:
    """Who helps, from whom it is hidden, and for the coordinator who looked at it."""
    case = recorded(request, case_id, "seen")
    if request.method == "POST":
        return _undo(request, case)
    rights = rights_in(request, case)
    context = _who(request, case, looked=rights["may_coordinate"])
    return render(request, "cases/seen.html", {"case": case, "zone": zone_of(case), **context, **rights})


def _who(request: Request, case: Case, *, looked: bool) -> dict[str, Any]:
    now, actor = timezone.now(), request.actor
    lifted = set(exclusions_lifted_by(actor, case, now=now).values_list("pk", flat=True)) if looked else set()
    standing = list(assignments_of(actor, case, now=now))
    return {
        "helping": [row for row in standing if row.role == Part.COMPANION],
        "leading": [row for row in standing if row.role == Part.COORDINATOR],
        "names": may_name_coordinator(actor, case, now=now),
        "hidden": [(row, row.pk in lifted) for row in exclusions_of(actor, case, now=now)],
        "brought": escalations_of(actor, case, now=now),
        "looked": looks_of(openings_of(actor, case, now=now)[:READ], zone_of(case)) if looked else [],
    }


def _undo(request: Request, case: Case) -> HttpResponse:
    """End an assignment, or lift an exclusion: whichever was pressed. NotFound for one that is not of this case."""
    now, actor = timezone.now(), request.actor
    if ended := request.POST.get("akhiri"):
        end_assignment(actor, one_of(assignments_of(actor, case, now=now), ended), now=now)
    elif lifted := request.POST.get("perlihatkan"):
        lift_exclusion(actor, one_of(exclusions_of(actor, case, now=now), lifted), now=now)
    messages.success(request, _("Saved."))
    return redirect("cases:list" if ended else SEEN, *([] if ended else [case.pk]))


@signed_in
@form_page
def assign(request: Request, case_id: UUID) -> HttpResponse:
    case = coordinated(request, case_id, "assign")
    people = {str(one.pk): one for one in helpers_of(request.actor, case, now=timezone.now())}
    form = PersonForm({key: str(one) for key, one in people.items()}, sent(request))

    def act() -> None:
        told = form.given()
        assign_companion(request.actor, case, people[told["person"]], id=told["id"], now=timezone.now())

    return asked(request, case, form, act, title=_("Who helps?"), said=_("They see the case now."), back=SEEN)


@signed_in
@form_page
def hide(request: Request, case_id: UUID) -> HttpResponse:
    """From now on there is no such case for them, coordinator or not."""
    case = recorded(request, case_id, "hide")
    people = {str(one.pk): one for one in hideable_from(request.actor, case, now=timezone.now())}
    form = HideForm({key: str(one) for key, one in people.items()}, sent(request))

    def act() -> None:
        told = {**form.given(), "person": people[form.cleaned_data["person"]]}
        exclude_person(request.actor, case, told.pop("person"), **told, now=timezone.now())

    lead = _("For them there will be no such case: not in lists, counts, searches or alerts, not even in an emergency.")
    return asked(request, case, form, act, title=_("Do not show it to"), said=_("Hidden."), back=SEEN, lead=lead)


@signed_in
@form_page
def escalate(request: Request, case_id: UUID) -> HttpResponse:
    case, now = recorded(request, case_id, "escalate"), timezone.now()
    to = supporters_of(request.actor, case, now=now).first()
    form = ReasonForm(sent(request))

    def act() -> None:
        if to is None:
            raise NotFound("organisations.organisation")
        escalate_case(request.actor, case, to=to, **form.given(), now=now)

    lead = _("Their supervisors see the case until this is settled.")
    return asked(
        request, case, form, act, title=_("Bring it to the supervisor"), said=_("Brought."), back=SEEN, lead=lead
    )


@signed_in
@form_page
def settle(request: Request, case_id: UUID) -> HttpResponse:
    """Why it was brought, and its end: by the coordinator, or by the supervisor, who then finds no such case."""
    case, now = opened(request, case_id, "settle"), timezone.now()
    brought = escalations_of(request.actor, case, now=now)
    rights = rights_in(request, case)
    if not rights["may_coordinate"]:
        brought = brought.filter(to_organisation_id__in=request.actor.scope(SUPERVISE).organisations())
    if request.method != "POST":
        names = may_name_coordinator(request.actor, case, now=now)
        context = {"case": case, "zone": zone_of(case), "brought": brought, "names": names, **rights}
        return render(request, "cases/settle.html", context)
    end_escalation(request.actor, one_of(brought, request.POST.get("hal", "")), now=now)
    messages.success(request, _("Settled. The supervisor doesn't see the case any more."))
    return redirect(SEEN, case.pk) if rights["may_coordinate"] else redirect("cases:list")


@signed_in
@form_page
def alike(request: Request, case_id: UUID) -> HttpResponse:
    """Cases of what may be the same person, side by side. The coordinator says which one stays."""
    if request.method == "POST":
        return _same(request, coordinated(request, case_id, "alike"))
    now = timezone.now()  # one for the page: whoever sees the case is asked once
    case = opened(request, case_id, "alike", now=now)
    found = pairs_of(request.actor, case, likely_duplicates_for(request.actor, case, now=now), now=now)
    return render(request, "cases/alike.html", {"case": case, "alike": found, **rights_in(request, case)})


def _same(request: Request, case: Case) -> HttpResponse:
    """The other case stays, one of those that are alike: NotFound for any other."""
    now, key = timezone.now(), request.POST.get("tetap", "")
    others = {str(one.case.pk): one.case for one in likely_duplicates_for(request.actor, case, now=now)}
    if key not in others:
        raise NotFound("cases.case")
    if not is_sure(request):
        return _sure_it_is_one(request, case, others[key])
    mark_duplicate(request.actor, case, of=others[key], now=now)
    messages.success(request, _("Marked as entered twice. It goes on in this case."))
    return redirect("cases:case", key)


def _sure_it_is_one(request: Request, case: Case, stays: Case) -> HttpResponse:
    rows = [Row(_("This one ends"), case.code), Row(_("This one goes on"), stays.code)]
    then = _(
        "The first ends here: what waits in it waits no more, and nothing is moved over by itself. To undo it, "
        "somebody has to open it again and say why."
    )
    title, button = _("Was this entered twice?"), _("Yes, it is the same matter")
    back = reverse("cases:alike", args=[case.pk])
    return check_page(request, title=title, rows=rows, then=then, button=button, back=back, changes=False)


@signed_in
@form_page
def coordinate(request: Request, case_id: UUID) -> HttpResponse:
    """Who leads this very case: from then on they alone lift what is hidden from whom."""
    now = timezone.now()
    case = opened(request, case_id, "coordinate", now=now)
    people = {str(one.pk): one for one in coordinators_of(request.actor, case, now=now)}
    form = PersonForm({key: str(one) for key, one in people.items()}, sent(request))

    def act() -> None:
        told = form.given()
        name_coordinator(request.actor, case, people[told["person"]], id=told["id"], now=timezone.now())

    back = SEEN if rights_in(request, case)["may_coordinate"] else "cases:settle"
    lead = _("They alone lift what is hidden from somebody, and name another one. Who sees the case stays as it is.")
    return asked(request, case, form, act, title=_("Who coordinates it?"), said=_("Noted."), back=back, lead=lead)


@signed_in
@form_page
def clashes(request: Request, case_id: UUID) -> HttpResponse:
    """Two values of one field: the coordinator says which stays."""
    case, now = coordinated(request, case_id, "clashes"), timezone.now()
    waiting = clashes_of(request.actor, case, now=now)
    if request.method == "POST":
        settle_clash(
            request.actor, one_of(waiting, request.POST.get("isian", "")), take="pakai" in request.POST, now=now
        )
        return redirect("cases:clashes", case.pk)
    return render(request, "cases/clashes.html", {"case": case, "rows": clash_rows(case, waiting)})
