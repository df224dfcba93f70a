"""Where somebody one answers for is signed in, and signing them out there: for a phone that is lost or stolen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from simpul.access import rules
from simpul.access.queries.holders import account_holder_for
from simpul.access.services import sign_out_device, sign_out_session
from simpul.accounts.queries import devices_for, sessions_for
from simpul.kernel.errors import NotFound
from simpul.people.models import Person
from simpul.web.access.panels import device_lines, session_lines
from simpul.web.accounts.guards import signed_in
from simpul.web.accounts.panels import shown_name
from simpul.web.http import Request


@signed_in
@require_safe
def devices(request: Request, person_id: UUID) -> HttpResponse:
    person = _holder(request, person_id)
    assert person.user is not None
    now = timezone.now()
    context = {
        "person": person,
        "devices": device_lines(person, devices_for(request.actor, person.user)),
        "sessions": session_lines(person, sessions_for(request.actor, person.user, now=now)),
    }
    return render(request, "access/devices.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_of_device(request: Request, person_id: UUID, device_id: UUID) -> HttpResponse:
    """Sent twice, the second answer says that it is done."""
    person = _holder(request, person_id)
    assert person.user is not None
    device = person.user.devices.filter(pk=device_id).select_related("user").first()
    if device is None:
        raise NotFound("accounts.device", device_id)
    if request.method != "POST":
        context = {"person": person, "name": shown_name(device), "gone": device.revoked_at}
        return render(request, "access/sign_out_device.html", context)
    sign_out_device(request.actor, person, device, now=timezone.now())
    messages.success(request, _("Signed out. That phone opens nothing any more, and its PIN holds no longer."))
    return redirect("access:devices", person.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_of_session(request: Request, person_id: UUID, session_id: UUID) -> HttpResponse:
    person, now = _holder(request, person_id), timezone.now()
    assert person.user is not None
    session = sessions_for(request.actor, person.user, now=now).filter(pk=session_id).first()
    if session is None and request.method != "POST":
        raise NotFound("accounts.session", session_id)
    if request.method != "POST":
        return render(request, "access/sign_out_session.html", {"person": person, "session": session})
    if session is not None:
        sign_out_session(request.actor, person, session, now=now)
    messages.success(request, _("Signed out there."))
    return redirect("access:devices", person.pk)


def _holder(request: Request, person_id: UUID) -> Person:
    return account_holder_for(request.actor, rules.DEVICES, person_id, now=timezone.now())
