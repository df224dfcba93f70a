"""How I am; what threatens me, and what was done about it."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.cases.care_kinds import Danger
from simpul.cases.queries.care import (
    Threat,
    colleagues_of,
    lately_shared,
    open_threats_for,
    own_checkins,
    reads_too,
    shared_checkins,
    threat_for,
    threats_for,
    workplaces_of,
)
from simpul.cases.rules.sight import SUPERVISE
from simpul.cases.services.care import check_in, forget_checkin, report_threat, settle_threat
from simpul.cases.stages import RECORD
from simpul.kernel.errors import Denied
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.care.forms import CheckinForm, SettleForm, ThreatForm
from simpul.web.cases.care.panels import checkin_rows
from simpul.web.cases.desk.pages import key_after, one_of
from simpul.web.cases.desk.panels import zone_at
from simpul.web.components import Task, Tone
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request

TREND = 12
MANY = 100
form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@form_page
def mine(request: Request) -> HttpResponse:
    """Three questions; what one said before; what others let one read. `?yang=dibagikan`: what they said of late."""
    place = workplaces_of(request.actor).first()
    if place is None:
        raise Denied(RECORD)
    if gone := request.POST.get("hapus"):
        return _forget(request, gone)
    if request.method != "POST" and request.GET.get("yang") == "dibagikan":
        return _shared(request)
    people = {str(one.pk): one for one in colleagues_of(request.actor, place, now=timezone.now())}
    form = CheckinForm([(key, str(one)) for key, one in people.items()], sent(request))
    if request.method == "POST" and accepted(form, lambda: _checked_in(request, place, form, people)):
        messages.success(request, _("Kept. Thank you for taking care of yourself too."))
        return private(redirect("care:mine"))
    return _mine(request, form, reads=reads_too(place))


def _shared(request: Request) -> HttpResponse:
    rows = checkin_rows(lately_shared(request.actor, now=timezone.now())[:MANY])
    return private(render(request, "care/shared.html", {"rows": rows}))


def _checked_in(request: Request, place: Organisation, form: CheckinForm, people: Mapping[str, Person]) -> None:
    told = form.given()
    reader = people.get(told.pop("shared_with"))
    check_in(request.actor, place, **told, shared_with=reader, now=timezone.now())


def _forget(request: Request, key: str) -> HttpResponse:
    """One's own, pressed away. NotFound for any other."""
    forget_checkin(request.actor, one_of(own_checkins(request.actor), key), now=timezone.now())
    messages.success(request, _("It is gone."))
    return private(redirect("care:mine"))


def _mine(request: Request, form: CheckinForm, *, reads: bool) -> HttpResponse:
    context = {
        "form": form,
        "reads": reads,
        "own": checkin_rows(own_checkins(request.actor)[:TREND]),
        "others": checkin_rows(shared_checkins(request.actor)[:TREND]),
    }
    return private(render(request, "care/mine.html", context, status=422 if form.errors else 200))


@signed_in
@form_page
def threats(request: Request) -> HttpResponse:
    """Safety first; then telling; then what was told and what was done."""
    actor, place = request.actor, workplaces_of(request.actor).first()
    if request.method != "POST" and request.GET.get("yang") == "terbuka":
        return _open_ones(request, place)
    if not place and not (actor.may(SUPERVISE) and request.method != "POST"):
        raise Denied(RECORD)
    form = ThreatForm(sent(request), initial={"tells": ["coordinator", "supervisor"]}) if place else None
    if form and request.method == "POST" and accepted(form, lambda: _told(request, place, form)):
        messages.success(request, _("Told at once. Go where you are safe."))
        return private(redirect("care:threats"))
    return _threats(request, form)


def _open_ones(request: Request, place: Organisation | None) -> HttpResponse:
    """What others told and nobody has settled. Denied to who is told nothing."""
    if not place and not request.actor.may(SUPERVISE):
        raise Denied(RECORD)
    rows = [_task(row) for row in open_threats_for(request.actor)[:MANY]]
    return private(render(request, "care/open.html", {"tasks": rows}))


def _told(request: Request, place: Organisation | None, form: ThreatForm) -> None:
    assert place
    report_threat(request.actor, place, **form.given(), now=timezone.now())


def _threats(request: Request, form: ThreatForm | None) -> HttpResponse:
    found = list(threats_for(request.actor, after=key_after(request))[: TREND + 1])
    older = f"?setelah={found[TREND - 1].pk}" if len(found) > TREND else ""
    context = {"form": form, "tasks": [_task(row) for row in found[:TREND]], "older": older}
    status = 422 if form is not None and form.errors else 200
    return private(render(request, "care/threats.html", context, status=status))


def _task(row: Threat) -> Task:
    status, tone = (_("Settled"), Tone.OK) if row.settled_at else (_("Open"), Tone.BAD)
    return Task(Danger(row.danger).label, status, tone, reverse("care:threat", args=[row.pk]), str(row.person))


@signed_in
@form_page
def threat(request: Request, key: UUID) -> HttpResponse:
    row = threat_for(request.actor, key)
    form = SettleForm(sent(request))
    if request.method == "POST" and accepted(
        form, lambda: settle_threat(request.actor, row, done=form.cleaned_data["done"], now=timezone.now())
    ):
        messages.success(request, _("Noted."))
        return private(redirect("care:threats"))
    return private(render(request, "care/threat.html", _one(row, form), status=422 if form.errors else 200))


def _one(row: Threat, form: SettleForm) -> dict[str, object]:
    words, done = (sealed.open() if sealed else "" for sealed in (row.words, row.done))
    return {
        "row": row,
        "zone": zone_at(row.organisation),
        "label": Danger(row.danger).label,
        "words": words,
        "done": done,
        "form": form,
    }
