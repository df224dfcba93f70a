"""What the desk does with a complaint. What was refused comes back on the same page, with everything typed kept."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from simpul.cases.queries.cases import Case
from simpul.cases.queries.complaint_readers import companions_of, could_read
from simpul.cases.queries.complaint_routing import takers_below
from simpul.cases.queries.complaints import OneComplaint, complaint_for
from simpul.cases.rules.complaints import COORDINATE, led_by, require
from simpul.cases.services.complaint_cases import open_case_from_complaint
from simpul.cases.services.complaint_decisions import decide_complaint
from simpul.cases.services.complaint_desk import (
    assign_complaint,
    exclude_from_complaint,
    pass_down,
    pass_up,
)
from simpul.cases.services.complaint_talk import answer_reporter
from simpul.kernel.errors import Conflict
from simpul.kernel.time import Zone, local_date
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.complaint.telling import tell_of_complaint
from simpul.web.cases.inbox.forms import AnswerForm, AssignForm, BecomeForm, DecideForm, GroupForm, HideForm
from simpul.web.cases.inbox.panels import types_like
from simpul.web.cases.inbox.views import others_of, page_of
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request


@signed_in
@require_POST
def answer(request: Request, key: UUID) -> HttpResponse:
    found, form = complaint_for(request.actor, key), AnswerForm(request.POST)

    def write() -> object:
        return answer_reporter(request.actor, found, now=timezone.now(), **form.cleaned_data)

    return _done(request, found, form, write, _("Sent. They read it with their receipt."), answer=form)


@signed_in
@require_POST
def decide(request: Request, key: UUID) -> HttpResponse:
    found = complaint_for(request.actor, key)
    form = DecideForm(request.POST, others=others_of(request.actor, found))

    def write() -> object:
        said = {name: form.cleaned_data[name] for name in ("id", "verdict", "words", "reason")}
        return decide_complaint(request.actor, found, same_as=form.first(), now=timezone.now(), **said)

    return _done(request, found, form, write, _("Decided. The person reads your words."), decide=form)


@signed_in
def become(request: Request, key: UUID) -> HttpResponse:
    """The complaint becomes a case: on a page of its own, with what is known filled in. It goes on in the case."""
    found = complaint_for(request.actor, key)
    sent = request.POST if request.method == "POST" else None
    form = BecomeForm(sent, initial={"area": found.area, "types": types_like(found.matter)})
    cases: list[Case] = []
    act = lambda: cases.append(open_case_from_complaint(request.actor, found, now=timezone.now(), **form.cleaned_data))  # noqa: E731
    if accepted(form, act):
        messages.success(request, _("It is a case now. The person reads your words."))
        return redirect("cases:case", cases[0].pk)
    context = {"form": form, "complaint": found}
    return private(render(request, "inbox/become.html", context, status=422 if form.errors else 200))


@signed_in
@require_POST
def assign(request: Request, key: UUID) -> HttpResponse:
    found = complaint_for(request.actor, key)
    people = {str(person.pk): person for person in companions_of(found, now=timezone.now())}
    form = AssignForm(request.POST, people=[(pk, str(person)) for pk, person in people.items()])

    def write() -> None:
        person = people[form.cleaned_data["person"]]
        assign_complaint(request.actor, found, person, now=timezone.now())
        tell_of_complaint(found.pk, now=timezone.now())

    return _done(request, found, form, write, _("Given. They can read and answer it now."), assign=form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: Request, key: UUID) -> HttpResponse:
    """From now on it does not exist for this person, whatever they lead. Denied for who does not lead there."""
    found = complaint_for(request.actor, key)
    require(request.actor, led_by(request.actor), found, COORDINATE)
    people = {str(one.pk): one for one in could_read(found, now=timezone.now())}
    people.pop(str(request.actor.person_id), None)
    form = HideForm(sent(request), people=[(pk, str(person)) for pk, person in people.items()])

    def write() -> object:
        return exclude_from_complaint(request.actor, found, people[form.cleaned_data["person"]], now=timezone.now())

    if request.method == "POST" and accepted(form, write):
        messages.success(request, _("Hidden."))
        return redirect("inbox:complaint", found.pk)
    context = {"form": form, "complaint": found, "anybody": bool(people)}
    return private(render(request, "inbox/hide.html", context, status=422 if form.errors else 200))


@signed_in
@require_POST
def up(request: Request, key: UUID) -> HttpResponse:
    """Passed to who is above; nobody of the group reads it from here on."""
    found = complaint_for(request.actor, key)
    try:
        pass_up(request.actor, found, now=timezone.now())
        tell_of_complaint(found.pk, now=timezone.now())
        messages.success(request, _("It is with who is above now."))
    except Conflict as refusal:
        messages.info(request, str(refusal.message))
    return redirect("inbox:list")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def down(request: Request, key: UUID) -> HttpResponse:
    """Given to a village group, which may make a case of it. Denied for who does not lead there."""
    found, now = complaint_for(request.actor, key), timezone.now()
    require(request.actor, led_by(request.actor), found, COORDINATE)
    groups = {str(one.pk): one for one in takers_below(found, on=local_date(now, Zone.WIB))}
    form = GroupForm(sent(request), groups=[(pk, one.name) for pk, one in groups.items()])

    def write() -> None:
        pass_down(request.actor, found, groups[form.cleaned_data["group"]], now=now)

    if request.method == "POST" and accepted(form, write):
        tell_of_complaint(found.pk, now=now)
        messages.success(request, _("It is with the group now."))
        return redirect("inbox:list")
    context = {"form": form, "complaint": found, "anybody": bool(groups)}
    return private(render(request, "inbox/down.html", context, status=422 if form.errors else 200))


def _done(
    request: Request, found: OneComplaint, form: Any, write: Callable[[], object], said: str, **forms: Any
) -> HttpResponse:
    if accepted(form, write):
        messages.success(request, said)
        return redirect("inbox:complaint", found.pk)
    return private(render(request, "inbox/complaint.html", page_of(request.actor, found, **forms), status=422))
