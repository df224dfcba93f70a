"""Registering, and what one can do with a registration: no account, and nothing of it in an address or a log."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.activities.models import Event, Registration
from simpul.activities.passes import pass_of
from simpul.activities.queries.answers import answers_of
from simpul.activities.queries.certificates import own_certificate
from simpul.activities.queries.events import event_for
from simpul.activities.queries.registrations import own_registrations, place_in_line, registration_by_receipt
from simpul.activities.rules.events import may_receive
from simpul.activities.services.claiming import claim_registration, renew_door_digest
from simpul.activities.services.participants import change_participant, erase_participant
from simpul.activities.services.registrations import accept_offer, register, withdraw
from simpul.activities.states import EventState, SeatState
from simpul.kernel.errors import NotFound
from simpul.kernel.time import local_date
from simpul.web.accounts.guards import private
from simpul.web.accounts.pictures import qr_data_uri
from simpul.web.activities.entry import accepted
from simpul.web.activities.forms.registration import ParticipantForm, ReceiptForm, RegisterForm
from simpul.web.activities.panels import seats_told
from simpul.web.activities.rows import event_rows
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.outcomes.doors import after_registering
from simpul.web.outcomes.printing import certificates_pdf

ACT: Final = "langkah"
TAKE, LEAVE, CHANGE, SAVE, ERASE, DOWNLOAD = "ambil", "batal", "ubah", "simpan", "hapus", "sertifikat"
CLAIM: Final = "akun"


@form_page
def registering(request: Request, event_id: UUID) -> HttpResponse:
    """One page of questions; the receipt is shown once, with the code for the door."""
    found = event_for(request.actor, event_id)
    seats = seats_told(found, timezone.now())
    if not seats.get("open") and request.method != "POST":
        return render(request, "activities/no_registration.html", {**_about(found), "seats": seats})
    me = request.actor.person_id is not None
    begin = {"number": RegisterForm.drawn(), "may_contact": True, "as_self": me and not _again(request, found)}
    form = RegisterForm(sent(request), event=found, has_account=me, initial=begin)
    made: list[Registration] = []
    if accepted(form, lambda: made.append(_registered(request, found, form))):
        return shown(request, made[0], form.cleaned_data["receipt"], fresh=True)
    context = {**_about(found), "form": form, "seats": seats}
    return private(render(request, "activities/register.html", context, status=422 if form.errors else 200))


def _again(request: Request, found: Event) -> bool:
    """Who registered themself, or receives people there, mostly registers somebody else."""
    return may_receive(request.actor, found) or own_registrations(request.actor).filter(event=found).exists()


def _about(found: Event) -> dict[str, Any]:
    return {"event": found, "row": event_rows([found], local_date(timezone.now(), found.clock))[0]}


def _registered(request: Request, found: Event, form: RegisterForm) -> Registration:
    given = form.cleaned_data
    return register(
        request.actor, found, receipt=given["receipt"], details=form.details(), code=given["code"],
        as_self=given.get("as_self", False), now=timezone.now(),
    )  # fmt: skip


@form_page
def mine(request: Request) -> HttpResponse:
    """How a registration stands, for who has its number. It is typed each time and sent in the body alone."""
    form = ReceiptForm(sent(request))
    found = _found(form)
    if found is None:
        return private(render(request, "activities/mine.html", {"form": form}, status=422 if form.errors else 200))
    acts = {CHANGE: _changing, SAVE: _changing, ERASE: _erased, TAKE: _answered, LEAVE: _answered}
    acts |= {DOWNLOAD: _certificate, CLAIM: _claimed}
    renew_door_digest(request.actor, found, receipt=form.cleaned_data["receipt"], now=timezone.now())
    act = acts.get(request.POST.get(ACT, ""), _shown_again)
    return act(request, found, form)


def _shown_again(request: Request, found: Registration, form: ReceiptForm) -> HttpResponse:
    return shown(request, found, form.cleaned_data["receipt"])


def _answered(request: Request, found: Registration, form: ReceiptForm) -> HttpResponse:
    """The offered seat is taken, or given back."""
    receipt = form.cleaned_data["receipt"]
    act = accept_offer if request.POST.get(ACT) == TAKE else withdraw
    done = accepted(form, lambda: act(request.actor, found, receipt=receipt, now=timezone.now()))
    return shown(request, registration_by_receipt(receipt) if done else found, receipt, refused=form)


def _claimed(request: Request, found: Registration, form: ReceiptForm) -> HttpResponse:
    """Kept with the account of whoever is signed in."""
    receipt = form.cleaned_data["receipt"]
    act = lambda: claim_registration(request.actor, found, receipt=receipt, now=timezone.now())  # noqa: E731
    if accepted(form, act):
        return shown(request, found, receipt, said=_("It stands under “My events” of your account now."))
    return shown(request, found, receipt, refused=form)


def _erased(request: Request, found: Registration, form: ReceiptForm) -> HttpResponse:
    receipt = form.cleaned_data["receipt"]
    erase_participant(request.actor, found.participant, receipt=receipt, now=timezone.now())
    return private(render(request, "activities/erased.html", _about(found.event)))


def _found(form: ReceiptForm) -> Registration | None:
    if not form.is_valid():
        return None
    try:
        return registration_by_receipt(form.cleaned_data["receipt"])
    except NotFound:
        form.add_error("receipt", _("We know no registration by this number. Compare it letter by letter."))
        return None


def _certificate(request: Request, found: Registration, form: ReceiptForm) -> HttpResponse:
    """Theirs, as a PDF; the page again where there is none (any more)."""
    certificate = own_certificate(found)
    return certificates_pdf([certificate]) if certificate else _shown_again(request, found, form)


def _changing(request: Request, found: Registration, asked: ReceiptForm) -> HttpResponse:
    """What one said of oneself, to be corrected."""
    receipt, saves = asked.cleaned_data["receipt"], request.POST.get(ACT) == SAVE
    form = ParticipantForm(request.POST if saves else None, event=found.event, initial=_told(found))
    change = lambda: change_participant(  # noqa: E731
        request.actor, found.participant, receipt=receipt, details=form.details(), now=timezone.now()
    )
    if saves and accepted(form, change):
        return shown(request, registration_by_receipt(receipt), receipt, said=_("Your answers are changed."))
    context = {**_about(found.event), "form": form, "receipt": receipt}
    return private(render(request, "activities/change.html", context, status=422 if form.errors else 200))


def _told(found: Registration) -> dict[str, Any]:
    person = found.participant
    plain = ("sex", "age_band", "disability", "stakeholder", "area", "publishing", "may_contact")
    sealed = ("name", "phone", "email", "organisation_name", "needs")
    opened = {name: value.open() if (value := getattr(person, name)) else "" for name in sealed}
    answers = {str(key): value for key, value in answers_of([person.pk]).get(person.pk, {}).items()}
    return {**{name: getattr(person, name) for name in plain}, **opened, **answers}


def shown(request: Request, found: Registration, receipt: str, **more: Any) -> HttpResponse:
    """In plain words how it stands, what comes next, and the code for the door."""
    context = {**_about(found.event), "receipt": receipt, **_standing(found, receipt), **more}
    context |= after_registering(found, receipt, timezone.now())
    context["claimable"] = request.actor.person_id is not None and found.participant.person_id is None
    refused = more.get("refused")
    status = 422 if refused is not None and refused.errors else 200
    return private(render(request, "activities/registered.html", context, status=status))


def _standing(found: Registration, receipt: str) -> dict[str, Any]:
    event, state = found.event, found.state
    cancelled = event.state is EventState.CANCELLED
    seated = state is SeatState.SEATED and not cancelled
    code = pass_of(receipt) if seated else ""
    return {
        "state": state.value,
        "cancelled": cancelled,
        "offered_until": found.offered_until,
        "place": place_in_line(found) if state is SeatState.WAITING else 0,
        "code": code,
        "qr": qr_data_uri(code.replace("-", "")) if code else "",
        "link": event.joining_link.open() if seated and event.joining_link else "",
        "still": state in {SeatState.SEATED, SeatState.WAITING, SeatState.OFFERED} and not cancelled,
    }
