"""Giving a role, one question a page: where, which, to whom, why; then check, then done.

Answers so far travel in the address as ids and codes; the reason, which is words, is sent and never in an address.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from simpul.access import rules
from simpul.access.models import Grant
from simpul.access.queries import organisation_for, organisations_for
from simpul.access.roles import PRESETS, ROLES
from simpul.access.rules import Post, appointable_within, may_appoint
from simpul.access.services import grant_role
from simpul.kernel.actor import Reach
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.people.queries import members_for, person_for, today
from simpul.web.access.forms import Answers, PersonForm, PlaceAndReasonForm, PlaceForm, ReasonForm, RoleForm
from simpul.web.access.panels import answer_rows, person_choices, role_choices
from simpul.web.accounts.forms import refuse
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request

SHOWN = 30


@signed_in
@require_safe
def give(request: Request) -> HttpResponse:
    """The first question that has no answer yet."""
    if not request.actor.may(rules.MANAGE):
        raise Denied(rules.MANAGE)
    answers = Answers.read(request.GET)
    if answers.organisation is None:
        return _ask_place(request, answers)
    organisation = organisation_for(request.actor, rules.MANAGE, answers.organisation)
    if answers.role not in appointable_within(request.actor, organisation, on=today(timezone.now())):
        return _ask_role(request, answers, organisation)
    if answers.person is None:
        return _ask_person(request, answers, organisation)
    person = person_for(request.actor, answers.person, on=today(timezone.now()))
    rows = answer_rows(answers, organisation, person)
    return render(request, "access/give_reason.html", {"form": _question(answers)(), "answers": answers, "rows": rows})


def _question(answers: Answers) -> type[ReasonForm]:
    """Why and until when; and where, for a role that reaches beyond the organisation that it is held at."""
    role = ROLES.get(answers.role)
    far = role is not None and any(reach is not Reach.OWN for reach in role.permissions.values())
    return PlaceAndReasonForm if far else ReasonForm


def _ask_place(request: Request, answers: Answers) -> HttpResponse:
    search = request.GET.get("cari", "")
    found = list(organisations_for(request.actor, rules.MANAGE, search=search)[: SHOWN + 1])
    if len(found) == 1 and not search:
        return redirect(f"{reverse('access:give')}?{answers.with_answer(organisasi=found[0].pk)}")
    form = PlaceForm(initial={"peran": answers.role})
    form.offer([(str(o.pk), o.name) for o in found[:SHOWN]])
    context = {"form": form, "search": search, "more": len(found) > SHOWN, "answers": answers}
    return render(request, "access/give_place.html", context)


def _ask_role(request: Request, answers: Answers, organisation: Organisation) -> HttpResponse:
    givable = appointable_within(request.actor, organisation, on=today(timezone.now()))
    first = [code for code in PRESETS if code in givable]
    form = RoleForm(initial={"organisasi": organisation.pk})
    form.offer(role_choices([*first, *sorted(givable - set(first))]))
    context = {"form": form, "organisation": organisation, "answers": answers, "none": not givable}
    return render(request, "access/give_role.html", context)


def _ask_person(request: Request, answers: Answers, organisation: Organisation) -> HttpResponse:
    rows = members_for(request.actor, organisation, on=today(timezone.now()))
    form = PersonForm(initial={"organisasi": organisation.pk, "peran": answers.role})
    form.offer(person_choices(rows.exclude(person=request.actor.person_id)[:200]))
    context = {"form": form, "organisation": organisation, "answers": answers}
    return render(request, "access/give_person.html", context)


@signed_in
@require_POST
def check(request: Request) -> HttpResponse:
    """The answers to look over; sent again with `yakin`, the role is given."""
    answers = Answers.read(request.POST)
    if answers.organisation is None or answers.person is None:
        return redirect("access:give")
    organisation = organisation_for(request.actor, rules.MANAGE, answers.organisation)
    person = person_for(request.actor, answers.person, on=today(timezone.now()))
    form = _question(answers)(request.POST)
    sure = form.is_valid() and "yakin" in request.POST
    grant = _give(request, form, answers, organisation, person) if sure else None
    if grant is not None:
        return redirect(f"{reverse('access:grant', args=[grant.pk])}?baru")
    rows = answer_rows(answers, organisation, person, form.cleaned_data)
    page, status = ("access/give_reason.html", 422) if form.errors else ("access/give_check.html", 200)
    return render(request, page, {"form": form, "answers": answers, "rows": rows}, status=status)


def _give(
    request: Request, form: ReasonForm, answers: Answers, organisation: Organisation, person: Person
) -> Grant | None:
    if not _within_reach(request, form, answers, organisation):
        return None
    words: dict[str, Any] = {"reason": form.cleaned_data["reason"], "valid_until": form.cleaned_data["until"]}
    post: dict[str, Any] = {"organisation": organisation, "area_code": _area_code(form)}
    try:
        return grant_role(request.actor, person, role=answers.role, now=timezone.now(), **post, **words)
    except (Invalid, Conflict) as error:
        refuse(form, error)
        return None


def _area_code(form: ReasonForm) -> str:
    area = form.cleaned_data.get("area")
    return area.code if area else ""


def _within_reach(request: Request, form: ReasonForm, answers: Answers, organisation: Organisation) -> bool:
    """Where their own grant is for an area, that is said beside the field. Denied where they may not give it at all."""
    on = today(timezone.now())
    if may_appoint(request.actor, answers.role, Post(organisation, _area_code(form)), on=on):
        return True
    if answers.role not in appointable_within(request.actor, organisation, on=on):
        raise Denied(rules.MANAGE, organisation.ref)
    field = "area" if "area" in form.fields else None
    form.add_error(field, _("Your own role holds in one area only. Choose an area within it."))
    return False
