"""A volunteer is let in on the spot: their name, then a code their phone reads."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from simpul.access import rules
from simpul.access.queries import organisation_for, organisations_for
from simpul.access.roles import PRESETS
from simpul.access.rules import Post, appointable
from simpul.access.services import Enrolled, enrol_volunteer
from simpul.kernel.errors import Denied, Invalid
from simpul.organisations.models import Organisation
from simpul.people.queries import today
from simpul.web.access.codes import code_page
from simpul.web.access.forms import Answers, EnrolForm, PlaceForm, fresh_enrolment
from simpul.web.access.panels import role_choices
from simpul.web.accounts.forms import refuse
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request

SHOWN = 30


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: Request) -> HttpResponse:
    """Sent again with the same hidden key, it is the same volunteer and a fresh code."""
    if not request.actor.may(rules.ENROL):
        raise Denied(rules.ENROL)
    asked = Answers.read(request.GET).organisation
    if asked is None:
        return _ask_place(request)
    organisation = organisation_for(request.actor, rules.ENROL, asked)
    form = _form(request, organisation)
    enrolled = _enrol(request, form, organisation) if form.is_valid() else None
    if enrolled is not None:
        expires_at, name = enrolled.enrolment.expires_at, enrolled.person.name
        return code_page(request, token=enrolled.token, expires_at=expires_at, name=name, again=form)
    context = {"form": form, "organisation": organisation}
    return render(request, "access/enrol.html", context, status=422 if form.errors else 200)


def _ask_place(request: Request) -> HttpResponse:
    search = request.GET.get("cari", "")
    found = list(organisations_for(request.actor, rules.ENROL, search=search)[: SHOWN + 1])
    if len(found) == 1 and not search:
        return redirect(f"{reverse('access:enrol')}?organisasi={found[0].pk}")
    form = PlaceForm()
    form.offer([(str(o.pk), o.name) for o in found[:SHOWN]])
    context = {"form": form, "search": search, "more": len(found) > SHOWN}
    return render(request, "access/enrol_place.html", context)


def _form(request: Request, organisation: Organisation) -> EnrolForm:
    """The role is asked only where there is more than one to give."""
    givable = appointable(request.actor, Post(organisation), on=today(timezone.now()))
    if not givable:
        raise Denied(rules.MANAGE, organisation.ref)
    codes = [*(c for c in PRESETS if c in givable), *sorted(givable - set(PRESETS))]
    form = EnrolForm(request.POST or None, initial={**fresh_enrolment(), "role": codes[0]})
    form.offer(role_choices(codes))
    return form


def _enrol(request: Request, form: EnrolForm, organisation: Organisation) -> Enrolled | None:
    asked = {name: form.cleaned_data[name] for name in ("id", "name", "role")}
    try:
        return enrol_volunteer(request.actor, organisation=organisation, **asked, now=timezone.now())
    except Invalid as error:
        refuse(form, error)
        return None
