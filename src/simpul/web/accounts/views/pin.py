"""The PIN: signing in on a trusted device, and opening its lock."""

from datetime import datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from simpul.accounts import services
from simpul.accounts.models import Device, Method, User
from simpul.kernel.errors import Invalid
from simpul.web.accounts import doors, parcels
from simpul.web.accounts.forms import PinForm, refuse, sent
from simpul.web.http import Request


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: Request) -> HttpResponse:
    devices = _devices(request)
    if not devices:
        return _no_device(request)
    form = PinForm(sent(request), devices=devices, initial={"lanjut": doors.way_on(request)})
    if form.is_valid():
        device, secret = form.chosen()
        try:
            user = services.check_pin(device, secret, pin=form.cleaned_data["pin"], now=timezone.now())
        except Invalid as error:
            refuse(form, error)
        else:
            return _let_in(request, user, device, secret)
    return _page(request, form, status=422 if form.errors else 200)


def ask_to_unlock(request: HttpRequest) -> HttpResponse:
    """The PIN page in place of the page asked for. What was being sent comes along, sealed, in the page itself."""
    if request.method in ("GET", "HEAD"):
        return _go(request, f"{reverse('accounts:pin')}?{urlencode({'lanjut': _page_shown(request)})}")
    devices = _devices(request)
    if not devices:
        return _no_device(request)
    parcel = parcels.pack(request, doors.locked_user_id(request))
    form = PinForm(devices=devices, initial={"lanjut": _page_shown(request), "titipan": parcel})
    if _asks_for_a_part(request):
        response = _page(request, form, kept=bool(parcel))
        response.headers["HX-Retarget"] = "body"
        return response
    return _page(request, form, status=403, kept=bool(parcel))


def ask_to_sign_in_again(request: HttpRequest) -> HttpResponse:
    """A shared device's session has ended: nothing of what was being sent is kept there."""
    asked = urlencode({"lanjut": _page_shown(request), "habis": "1"})
    return _go(request, f"{reverse('accounts:sign-in')}?{asked}")


def _asks_for_a_part(request: HttpRequest) -> bool:
    """htmx, which would put a whole page where a part of one belongs."""
    return "HX-Request" in request.headers


def _page_shown(request: HttpRequest) -> str:
    """The page to come back to: forms are sent to the address of their own page, parts of pages name theirs."""
    shown = urlsplit(request.headers.get("HX-Current-URL", "")) if _asks_for_a_part(request) else None
    if shown is None or shown.netloc != request.get_host():
        return request.get_full_path()
    return urlunsplit(("", "", shown.path, shown.query, ""))


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """There, with the whole page also where only a part was asked for."""
    return HttpResponse(headers={"HX-Redirect": address}) if _asks_for_a_part(request) else redirect(address)


def _page(request: HttpRequest, form: PinForm, *, status: int = 200, kept: bool = False) -> HttpResponse:
    context = {"form": form, "locked": bool(doors.locked_user_id(request)), "kept": kept}
    return render(request, "accounts/pin.html", context, status=status)


def _devices(request: HttpRequest) -> list[tuple[Device, str]]:
    """Those of this browser; while it is locked, the one it was locked on."""
    devices = doors.devices_here(request)
    locked = request.session.get("device") if doors.locked_user_id(request) else None
    return [(d, s) for d, s in devices if not locked or str(d.pk) == locked]


def _no_device(request: HttpRequest) -> HttpResponse:
    if doors.locked_user_id(request):
        request.session.flush()
    return redirect(f"{reverse('accounts:sign-in')}?{urlencode({'cara': 'sandi', 'lanjut': doors.way_on(request)})}")


def _let_in(request: Request, user: User, device: Device, secret: str) -> HttpResponse:
    now = timezone.now()
    parcel = parcels.unpack(request.POST.get("titipan", ""), str(user.pk))
    _open(request, user, device, now)
    response = _carry_on(request, parcel) if parcel else redirect(doors.way_on(request))
    doors.remember(request, response, secret)
    return response


def _carry_on(request: Request, parcel: parcels.Parcel) -> HttpResponse:
    return render(request, "accounts/carry_on.html", {"parcel": parcel, "onward": doors.way_on(request)})


def _open(request: Request, user: User, device: Device, now: datetime) -> None:
    if doors.locked_user_id(request) == str(user.pk):
        doors.unlock(request, now)
    else:
        doors.enter(request, user, method=Method.PIN, device=device, now=now)
