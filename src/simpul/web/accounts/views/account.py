"""One's account: how one signs in, from which devices, and ending that."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from simpul.accounts import services
from simpul.accounts.models import Device
from simpul.accounts.queries import devices_for, has_second_factor, passkeys_for, session_of_key, sessions_for
from simpul.kernel.errors import Invalid, NotFound
from simpul.web.accounts import doors
from simpul.web.accounts.forms import ChangePinForm, refuse, sent
from simpul.web.accounts.guards import signed_in
from simpul.web.accounts.panels import account_tasks, device_rows, session_rows, shown_name
from simpul.web.http import Request


@signed_in
@require_safe
def account(request: Request) -> HttpResponse:
    here = doors.device_of_session(request)
    tasks = account_tasks(
        request.user,
        second_factor=has_second_factor(request.user),
        trusted=here is not None,
        passkeys=passkeys_for(request.actor).count(),
    )
    context = {"tasks": tasks, "handle": request.user.handle, "shared": doors.is_shared(request)}
    return render(request, "accounts/account.html", context)


@signed_in
@require_safe
def devices(request: Request) -> HttpResponse:
    now, here = timezone.now(), session_of_key(request.session.session_key or "")
    rows = {
        "devices": device_rows(devices_for(request.actor, request.user), here),
        "sessions": session_rows(sessions_for(request.actor, request.user, now=now), here),
        "may_trust": _may_trust(request),
    }
    return render(request, "accounts/devices.html", rows)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_device(request: Request, device_id: UUID) -> HttpResponse:
    device = devices_for(request.actor, request.user).select_related("user").filter(pk=device_id).first()
    if device is None:
        raise NotFound("accounts.device", device_id)
    here = request.session.get("device") == str(device.pk)
    if request.method != "POST":
        shown = {"device": device, "title": shown_name(device), "this_one": here}
        return render(request, "accounts/revoke.html", shown)
    services.revoke_device(request.actor, device, now=timezone.now())
    if here:
        request.session.flush()
        return redirect("accounts:sign-in")
    messages.success(request, _("The device is signed out and can no longer be used to sign in."))
    return redirect("accounts:devices")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_session(request: Request, session_id: UUID) -> HttpResponse:
    sessions = sessions_for(request.actor, request.user, now=timezone.now())
    session = sessions.select_related("user", "device").filter(pk=session_id).first()
    if session is None:
        raise NotFound("accounts.session", session_id)
    if request.method != "POST":
        return render(request, "accounts/revoke.html", {"session": session})
    services.revoke_session(request.actor, session)
    messages.success(request, _("Signed out there."))
    return redirect("accounts:devices")


@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_pin(request: Request) -> HttpResponse:
    found = doors.device_of_session(request)
    if found is None:
        raise NotFound("accounts.device")
    form = ChangePinForm(sent(request))
    if form.is_valid() and _pin_changed(request, form, *found):
        messages.success(request, _("Your new PIN holds from now on, on this device."))
        return redirect("accounts:account")
    return render(request, "accounts/change_pin.html", {"form": form}, status=422 if form.errors else 200)


def _pin_changed(request: Request, form: ChangePinForm, device: Device, secret: str) -> bool:
    data = form.cleaned_data
    try:
        services.change_pin(request.actor, device, secret, current=data["current"], new=data["pin"], now=timezone.now())
    except Invalid as error:
        if error.code == "pin_wrong":
            error.field = "current"
        refuse(form, error)
        return False
    return True


def _may_trust(request: Request) -> bool:
    here = doors.device_of_session(request)
    return here is None and not doors.is_shared(request) and doors.second_factor_done(request)
