"""People, for who may read them. Nobody is shown to the public here."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.access.queries import grants_for
from simpul.access.rules import DEVICES, RECOVER, answered
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.text import fold_words
from simpul.people import rules
from simpul.people.models import Person
from simpul.people.queries import affiliations_for, consents_for, contacts_for, people_for, person_for, today
from simpul.people.services import change_contacts, change_person
from simpul.web.accounts.forms import refuse
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Row
from simpul.web.http import Request
from simpul.web.people.forms import ContactsForm, PersonForm
from simpul.web.people.panels import (
    affiliation_rows,
    consent_rows,
    contact_rows,
    facts_of,
    grant_rows,
    person_rows,
    their_rows,
)

PAGE = 50


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: Request) -> HttpResponse:
    """By name. A search is sent, not asked for in the address: a name in an address ends in logs."""
    search = request.POST.get("cari", "")
    rows = people_for(request.actor, on=today(timezone.now())).filter(sort_key__contains=fold_words(search))
    found = list(_after(rows, request.GET.get("setelah", ""))[: PAGE + 1])
    context = {
        "people": person_rows(request.actor, found[:PAGE], on=today(timezone.now())),
        "search": search,
        "more": len(found) > PAGE,
        "older": f"?setelah={found[PAGE - 1].pk}" if len(found) > PAGE and not search else "",
        "may_enrol": request.actor.may(rules.ENROL),
        "may_export": bool(request.actor.scope(rules.READ)),
    }
    return render(request, "people/people.html", context)


def _after(rows: QuerySet[Person], last: str) -> QuerySet[Person]:
    """The page after that person; the first one where there is no such person in sight."""
    try:
        person = rows.filter(pk=UUID(last)).first() if last else None
    except ValueError:
        person = None
    if person is None:
        return rows
    return rows.filter(Q(sort_key__gt=person.sort_key) | Q(sort_key=person.sort_key, pk__gt=person.pk))


@signed_in
@require_safe
def person(request: Request, person_id: UUID) -> HttpResponse:
    now = timezone.now()
    found = person_for(request.actor, person_id, on=today(now))
    context = {
        "person": found,
        "facts": facts_of(found) + contact_rows(contacts_for(request.actor, found, on=today(now))),
        "affiliations": affiliation_rows(request.actor, affiliations_for(request.actor, found), on=today(now)),
        "may_affiliate": request.actor.may(rules.MANAGE),
        "grants": grant_rows(grants_for(request.actor, now=now).filter(person=found)),
        "consents": consent_rows(consents_for(request.actor, found, on=today(now))),
        "may_change": _may_change(request, found),
        "may_erase": _may_erase(request, found),
        **_account_ways(request, found),
    }
    return render(request, "people/person.html", context)


def _account_ways(request: Request, person: Person) -> dict[str, bool]:
    """What the reader may do about the person's account, other than their own: that has its own pages."""
    if person.user_id is None or person.pk == request.actor.person_id:
        return {}
    reached = answered(request.actor, (RECOVER, DEVICES), person, on=today(timezone.now()))
    return {"may_recover": RECOVER in reached, "may_see_devices": DEVICES in reached}


def _may_erase(request: Request, person: Person) -> bool:
    """No query for who keeps nobody."""
    erasable = rules.erasable_by(request.actor, on=today(timezone.now()))
    return request.actor.may(rules.MANAGE) and Person.objects.filter(erasable, pk=person.pk).exists()


def _may_change(request: Request, person: Person) -> bool:
    if person.pk == request.actor.person_id:
        return True
    reached = rules.reached_by(request.actor, rules.MANAGE, on=today(timezone.now()))
    return Person.objects.filter(reached, pk=person.pk).exists()


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, person_id: UUID) -> HttpResponse:
    """Two who write at once both see what the other wrote, and choose what stays."""
    found = person_for(request.actor, person_id, on=today(timezone.now()))
    form = PersonForm(request.POST or None, initial=PersonForm.values_of(found))
    theirs: list[Row] = []
    if form.is_valid():
        form, theirs = _save(request, found, form)
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("people:person", found.pk)
    context = {"person": found, "form": form, "theirs": theirs}
    return render(request, "people/change.html", context, status=422 if form.errors else 200)


def _save(request: Request, person: Person, form: PersonForm) -> tuple[PersonForm, list[Row]]:
    """The form, refused where it was: what was typed, upon the version that is there now, so that it can stay."""
    try:
        change_person(request.actor, person, **form.cleaned_data, now=timezone.now())
    except (Invalid, Conflict) as error:
        fresh = PersonForm({**form.cleaned_data, "version": Person.objects.get(pk=person.pk).version})
        refuse(fresh, error)
        return fresh, their_rows(error)
    return form, []


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: Request, person_id: UUID) -> HttpResponse:
    on = today(timezone.now())
    found = person_for(request.actor, person_id, on=on)
    known = {**contacts_for(request.actor, found, on=on), "version": found.version}
    form = ContactsForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            change_contacts(request.actor, found, **form.cleaned_data, now=timezone.now())
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            return redirect("people:person", found.pk)
    return render(request, "people/contacts.html", {"person": found, "form": form}, status=422 if form.errors else 200)
