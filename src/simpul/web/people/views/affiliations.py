"""What somebody is in which organisation: entered, corrected, ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import within
from simpul.people import rules
from simpul.people.models import Affiliation, Person
from simpul.people.queries import affiliation_for, people_for, person_for, today
from simpul.people.services import affiliate_person, correct_affiliation, end_affiliation
from simpul.web.accounts.forms import sent
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted
from simpul.web.http import Request
from simpul.web.people.forms import AffiliationForm, EndAffiliationForm, NewAffiliationForm
from simpul.web.people.panels import title_of

MOST = 200  # organisations to choose from


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, person_id: UUID) -> HttpResponse:
    """Sent twice it is entered once: the form brings its own key."""
    on = today(timezone.now())
    person = person_for(request.actor, person_id, on=on)
    organisations = _kept(request)
    form = NewAffiliationForm(sent(request), organisations=organisations, initial={"key": uuid7(), "valid_from": on})
    if accepted(form, lambda: _add(request, person, form)):
        messages.success(request, _("Entered. A role on the platform is given on its own page."))
        return redirect("people:person", person.pk)
    return _page(request, "affiliate", form, person)


def _kept(request: Request) -> dict[str, str]:
    """Organisations whose people the actor keeps, by name."""
    scope = request.actor.scope(rules.MANAGE)
    if not scope:
        raise Denied(rules.MANAGE)
    rows = Organisation.objects.filter(within(scope)).order_by("sort_key", "pk")[:MOST]
    return {str(row.pk): row.name for row in rows}


def _add(request: Request, person: Person, form: NewAffiliationForm) -> Affiliation:
    organisation = Organisation.objects.get(pk=form.cleaned_data["organisation"])
    return affiliate_person(
        request.actor,
        person,
        organisation=organisation,
        id=form.cleaned_data["key"],
        now=timezone.now(),
        **form.facts(),
    )


def _page(request: Request, name: str, form: object, person: Person, **more: object) -> HttpResponse:
    context = {"form": form, "person": person, **more}
    return render(request, f"people/{name}.html", context, status=422 if getattr(form, "errors", None) else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, affiliation_id: UUID) -> HttpResponse:
    """What was written down wrongly. What is over is ended instead: it was true."""
    row = _theirs_to_keep(request, affiliation_id)
    form = AffiliationForm(sent(request), initial=AffiliationForm.values_of(row))
    if accepted(form, lambda: correct_affiliation(request.actor, row, now=timezone.now(), **form.facts())):
        messages.success(request, _("Corrected. What it said before is kept as what was known until now."))
        return _back(request, row.person)
    return _page(request, "affiliation", form, row.person, row=row, title=title_of(row))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, affiliation_id: UUID) -> HttpResponse:
    """By who keeps people there, or by the person: one may leave."""
    row = affiliation_for(request.actor, affiliation_id, also_before=request.method == "POST")
    if row.person_id != request.actor.person_id and not rules.reaches(request.actor, rules.MANAGE, row.organisation):
        raise Denied(rules.MANAGE, row.ref)
    form = EndAffiliationForm(sent(request), initial={"valid_until": today(timezone.now())})
    if accepted(form, lambda: end_affiliation(request.actor, row, now=timezone.now(), **form.cleaned_data)):
        messages.success(request, _("Noted: it holds until that day. What was true before stays true."))
        return _back(request, row.person)
    return _page(request, "affiliation-end", form, row.person, row=row, title=title_of(row))


def _theirs_to_keep(request: Request, affiliation_id: UUID) -> Affiliation:
    """What is superseded is found when something is sent to it: the answer then says that somebody was faster."""
    row = affiliation_for(request.actor, affiliation_id, also_before=request.method == "POST")
    if not rules.reaches(request.actor, rules.MANAGE, row.organisation):
        raise Denied(rules.MANAGE, row.ref)
    return row


def _back(request: Request, person: Person) -> HttpResponse:
    """To the person; to the list where ending what they were has put them out of sight."""
    if people_for(request.actor, on=today(timezone.now())).filter(pk=person.pk).exists():
        return redirect("people:person", person.pk)
    return redirect("people:people")
