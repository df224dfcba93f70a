"""What a browser keeps of being signed in: the session's facts, and the cookie of trusted devices.

Session keys, all of them set by `enter` and read here and in `web.middleware.idle` alone:
`second_factor` (bool), `device` (id of the trusted device), `shared` (bool), `idle` (seconds without a request after
which the session locks or ends), `active_at` and `touched_at` (Unix seconds), `locked` (what `lock` took away).
"""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from simpul.accounts import services
from simpul.accounts.models import Device, Method, User
from simpul.accounts.queries import trusted_devices
from simpul.kernel.actor import Actor, Anonymous
from simpul.web.http import SECOND_FACTOR

BACKEND: Final = "simpul.accounts.backends.ActiveUsers"
LOCKS_AFTER: Final = 5 * 60
SHARED_ENDS_AFTER: Final = 15 * 60

COOKIE: Final = "perangkat"
COOKIE_DAYS: Final = 400  # browsers keep none longer; every sign-in sets it anew
MOST_DEVICES: Final = 8  # accounts on one phone
_AUTH: Final = (auth.SESSION_KEY, auth.BACKEND_SESSION_KEY, auth.HASH_SESSION_KEY, SECOND_FACTOR)

Trusted = tuple[Device, str]  # with its secret


def enter(
    request: HttpRequest,
    user: User,
    *,
    method: Method,
    now: datetime,
    device: Device | None = None,
    shared: bool = False,
) -> None:
    """Sign this browser in; the session gets a new key, so that nobody who knew the old one is signed in with it."""
    if auth.SESSION_KEY in request.session or locked_user_id(request):
        leave(request, Anonymous())
    auth.login(request, user, backend=BACKEND)
    session = request.session
    session[SECOND_FACTOR] = method != Method.PASSWORD
    session["shared"] = shared
    session["device"] = str(device.pk) if device else ""
    session["idle"] = SHARED_ENDS_AFTER if shared else LOCKS_AFTER if device else 0
    session["active_at"] = session["touched_at"] = int(now.timestamp())
    session.set_expiry(0 if shared else None)
    session.save()
    assert session.session_key
    services.begin_session(user, key=session.session_key, method=method, now=now, device=device, shared=shared)


def stay(request: HttpRequest) -> None:
    """Keep this browser signed in after its owner's password changed, under the same session."""
    user = User.objects.get(pk=request.session[auth.SESSION_KEY])
    request.session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()


def leave(request: HttpRequest, actor: Actor) -> None:
    """Sign this browser out: its session is gone from the server."""
    if request.session.session_key:
        services.end_session(actor, request.session.session_key)
    auth.logout(request)
    request.actor = Anonymous()  # type: ignore[attr-defined]  # the page that says so is nobody's


def second_factor_done(request: HttpRequest) -> bool:
    """Whether this session began with two factors: a code after the password, or a trusted device and its PIN."""
    return bool(request.session.get(SECOND_FACTOR))


def is_shared(request: HttpRequest) -> bool:
    return bool(request.session.get("shared"))


def lock(request: HttpRequest) -> None:
    """Take the sign-in out of the session and keep it aside: until the PIN, this browser is nobody."""
    session = request.session
    session["locked"] = {key: session.pop(key) for key in _AUTH if key in session}


def locked_user_id(request: HttpRequest) -> str:
    """Whose session waits for its PIN; "" where none does."""
    locked: dict[str, Any] = request.session.get("locked") or {}
    return str(locked.get(auth.SESSION_KEY, ""))


def unlock(request: HttpRequest, now: datetime) -> None:
    """Put the sign-in back. The password may have changed meanwhile: Django then finds that it no longer holds."""
    session = request.session
    for key, value in session.pop("locked").items():
        session[key] = value
    session["active_at"] = int(now.timestamp())


def devices_here(request: HttpRequest) -> list[tuple[Device, str]]:
    """Trusted devices, with their secrets, that this browser stands for: one for each account on this phone."""
    secrets = [s for s in request.COOKIES.get(COOKIE, "").split(".") if s][:MOST_DEVICES]
    return trusted_devices(secrets) if secrets else []


def device_of_session(request: HttpRequest) -> Trusted | None:
    """The trusted device this session was opened on, with its secret."""
    wanted = request.session.get("device")
    return next(((d, s) for d, s in devices_here(request) if str(d.pk) == wanted), None)


def remember(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    """Add the secret of a device to this browser's cookie, first; secrets no longer trusted fall out of it."""
    known = [s for _device, s in devices_here(request) if s != secret]
    response.set_cookie(
        COOKIE,
        ".".join([secret, *known][:MOST_DEVICES]),
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Lax",
    )


def way_on(request: HttpRequest, default: str = "/") -> str:
    """Where somebody was going when they were asked to sign in; only ever a page of this site."""
    asked = request.POST.get("lanjut") or request.GET.get("lanjut") or ""
    safe = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe else default
