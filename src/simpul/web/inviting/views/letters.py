"""An invitation by name: made and sent by the organiser, answered by whoever holds the letter, without an account."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.models import Invitation, Registration
from simpul.activities.queries.invitations import kept_invitation, letter_by_code
from simpul.activities.services.letters import decline_letter, invite_person, renew_letter
from simpul.activities.services.registrations import register
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.time import local_date
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import accepted, kept_event
from simpul.web.activities.rows import event_rows
from simpul.web.activities.views.organising import form_page
from simpul.web.activities.views.registering import shown
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.inviting.entry import up_to_invitations
from simpul.web.inviting.forms import ComingForm, LetterForm, PersonForm

ACT: Final = "langkah"
COMES, SENDS, STAYS = "datang", "kirim", "tidak"


@signed_in
@form_page
def person_new(request: Request, event_id: UUID) -> HttpResponse:
    """Once it is made, the letter with its code: shown this once."""
    found = kept_event(request, event_id)
    form = PersonForm(sent(request), initial={"key": uuid7()})
    made: list[tuple[Invitation, str]] = []
    if accepted(form, lambda: made.append(_invited(request, found, form))):
        return written(request, *made[0])
    context = {"form": form, "title": _("Invite somebody by name"), **up_to_invitations(found), "action": _("Invite")}
    return private(render(request, "activities/form.html", context, status=422 if form.errors else 200))


def _invited(request: Request, found: Any, form: PersonForm) -> tuple[Invitation, str]:
    given = dict(form.cleaned_data)
    return invite_person(request.actor, found, id=given.pop("key"), **given, now=timezone.now())


@signed_in
@require_POST
def again(request: Request, invitation_id: UUID) -> HttpResponse:
    """A new letter; the old one opens nothing any more."""
    row = kept_invitation(request.actor, invitation_id)
    try:
        code = renew_letter(request.actor, row, now=timezone.now())
    except (Invalid, Conflict) as refusal:
        return written(request, row, "", refused=str(refusal.message))
    return written(request, row, code)


def written(request: Request, row: Invitation, code: str, *, refused: str = "") -> HttpResponse:
    """The link to send, and the letter to print."""
    event = row.event
    about = event_rows([event], local_date(timezone.now(), event.clock))[0]
    address = f"{request.build_absolute_uri(reverse('inviting:letter'))}#{code}"
    share = _("You are invited: %(title)s") % {"title": about.title}
    context = {
        "event": event, "invitation": row, "name": row.name.open() if row.name else "", "code": code,
        "address": address, "share": f"{share}\n{about.when}\n{about.place}\n{address}", "refused": refused,
        **up_to_invitations(event),
    }  # fmt: skip
    return private(render(request, "inviting/written.html", context, status=409 if refused else 200))


@form_page
def letter(request: Request) -> HttpResponse:
    """For who holds a letter: what they are invited to, and two answers. The code is sent in the body alone."""
    form = LetterForm(sent(request))
    found = _found(form)
    if found is None:
        context = {"form": form}
        return private(render(request, "inviting/letter.html", context, status=422 if form.errors else 200))
    acts = {COMES: _coming, SENDS: _coming, STAYS: _staying}
    return acts.get(request.POST.get(ACT, ""), _invitation)(request, found, form)


def _found(form: LetterForm) -> Invitation | None:
    if not form.is_valid():
        return None
    try:
        return letter_by_code(form.cleaned_data["receipt"])
    except NotFound:
        form.add_error("receipt", _("We know no letter with this code. Perhaps you were sent a newer one."))
        return None


def _about(found: Invitation, form: LetterForm) -> dict[str, Any]:
    event = found.event
    row = event_rows([event], local_date(timezone.now(), event.clock))[0]
    return {"event": event, "row": row, "invitation": found, "code": form.cleaned_data["receipt"]}


def _invitation(request: Request, found: Invitation, form: LetterForm) -> HttpResponse:
    context = {**_about(found, form), "refused": form if form.errors else None}
    return private(render(request, "inviting/invited.html", context, status=422 if form.errors else 200))


def _staying(request: Request, found: Invitation, form: LetterForm) -> HttpResponse:
    code = form.cleaned_data["receipt"]
    accepted(form, lambda: decline_letter(request.actor, found, code=code, now=timezone.now()))
    return _invitation(request, letter_by_code(code), form)


def _coming(request: Request, found: Invitation, form: LetterForm) -> HttpResponse:
    """The form of the public, with the name filled in; sent, it is answered."""
    sends, name = request.POST.get(ACT) == SENDS, found.name.open() if found.name else ""
    initial = {"number": ComingForm.drawn(), "may_contact": True, "name": name}
    told = ComingForm(request.POST if sends else None, event=found.event, initial=initial)
    made: list[Registration] = []
    if sends and accepted(told, lambda: made.append(_registered(request, found, form, told))):
        return shown(request, made[0], told.cleaned_data["receipt"], fresh=True)
    context = {**_about(found, form), "form": told}
    return private(render(request, "inviting/coming.html", context, status=422 if told.errors else 200))


def _registered(request: Request, found: Invitation, form: LetterForm, told: ComingForm) -> Registration:
    return register(
        request.actor, found.event, receipt=told.cleaned_data["receipt"], details=told.details(),
        letter=form.cleaned_data["receipt"], now=timezone.now(),
    )  # fmt: skip
