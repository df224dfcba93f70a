"""Helping somebody back in: one opens it, another confirms it, then the new phone reads a code."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.access import rules, services
from simpul.access.queries import recoveries_for
from simpul.accounts.models import Recovery
from simpul.kernel.errors import Denied
from simpul.people.models import Person
from simpul.people.queries import person_for, today
from simpul.web.access.codes import code_page
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request

SHOWN = 50


@signed_in
@require_safe
def recoveries(request: Request) -> HttpResponse:
    if not (request.actor.may(rules.RECOVER) or request.actor.may(rules.CONFIRM)):
        raise Denied(rules.RECOVER)
    rows = recoveries_for(request.actor, now=timezone.now())[:SHOWN]
    return render(request, "access/recoveries.html", {"recoveries": rows})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: Request, person_id: UUID) -> HttpResponse:
    """One page, whose one button is the step that this actor can take now."""
    person = _person(request, person_id)
    recovery = recoveries_for(request.actor, now=timezone.now()).filter(user=person.user_id).first()
    step = _step(request, person, recovery)
    if request.method == "POST" and step and request.POST.get("langkah") == step:
        return _take(request, step, person, recovery)
    context = {"person": person, "recovery": recovery, "step": step}
    return render(request, "access/recover.html", context)


def _person(request: Request, person_id: UUID) -> Person:
    """Somebody the actor may read; or whose recovery they may confirm, who need not read people for it."""
    waiting = recoveries_for(request.actor, now=timezone.now()).filter(user__person=person_id).first()
    return waiting.user.person if waiting else person_for(request.actor, person_id, on=today(timezone.now()))


def _step(request: Request, person: Person, recovery: Recovery | None) -> str:
    """ "buka", "pastikan", "kode", or "" where somebody else has to do something first."""
    actor, on = request.actor, today(timezone.now())
    if person.user_id is None or person.pk == actor.person_id:
        return ""
    opener = recovery is not None and recovery.opened_by == actor.user_id
    if recovery is None:
        return "buka" if rules.answers(actor, rules.RECOVER, person, on=on) else ""
    if recovery.confirmed_by is None:
        return "pastikan" if not opener and rules.answers(actor, rules.CONFIRM, person, on=on) else ""
    return "kode" if opener and rules.answers(actor, rules.RECOVER, person, on=on) else ""


def _take(request: Request, step: str, person: Person, recovery: Recovery | None) -> HttpResponse:
    now = timezone.now()
    if recovery is None:
        services.open_recovery(request.actor, person, now=now)
        messages.success(request, _("Asked for. Now a supervisor has to confirm it."))
    elif step == "pastikan":
        services.confirm_recovery(request.actor, recovery, now=now)
        messages.success(request, _("Confirmed. Whoever opened it can now show the code."))
    else:
        enrolment, token = services.use_recovery(request.actor, recovery, now=now)
        return code_page(request, token=token, expires_at=enrolment.expires_at, name=person.name)
    return redirect("access:recover", person.pk)
