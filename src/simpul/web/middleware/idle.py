"""Sessions nobody is using: locked on a trusted device, ended on a shared one. No cache keeps a signed-in page.

Comes after the CSRF check, whose `process_view` must have passed before the body of a POST is put into the PIN page.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from simpul.accounts import services
from simpul.kernel.actor import Anonymous
from simpul.web.accounts import doors
from simpul.web.accounts.views.pin import ask_to_sign_in_again, ask_to_unlock

# Where one may go while the screen is locked: the way in, the way out, the language, the workers, and what a phone kept
# without a signal, which brings its own proof along: a PIN, or the key of its outbox.
OPEN: Final = (
    "/masuk/", "/keluar/", "/bahasa/", "/daftar-perangkat/", "/sandi-baru/", "/sw.js", "/kasus/baru/sw.js",
    "/kasus/baru/kirim/", "/hadir/sw.js", "/hadir/kirim/", "/pustaka/sw.js",
)  # fmt: skip
NOTED_EVERY: Final = 20  # seconds: a session is not written on every click
TOUCHED_EVERY: Final = 15 * 60


class IdleSessions:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ended = _watch(request, timezone.now())
        request.session_ended = ended  # type: ignore[attr-defined]
        response = self.get_response(request)
        if ended or auth.SESSION_KEY in request.session or doors.locked_user_id(request):
            response.headers["Cache-Control"] = "no-store"
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if request.path.startswith(OPEN):
            return None
        if getattr(request, "session_ended", False):
            return ask_to_sign_in_again(request)
        return ask_to_unlock(request) if doors.locked_user_id(request) else None


def _watch(request: HttpRequest, now: datetime) -> bool:
    """Lock or end the session if it has idled too long; whether it was ended."""
    session = request.session
    if auth.SESSION_KEY not in session:
        return False
    moment = int(now.timestamp())
    limit = session.get("idle", 0)
    if limit and moment - session.get("active_at", 0) >= limit:
        if doors.is_shared(request):
            doors.leave(request, Anonymous())
            return True
        doors.lock(request)
        return False
    _note(request, moment, now)
    return False


def _note(request: HttpRequest, moment: int, now: datetime) -> None:
    session = request.session
    if session.get("idle") and moment - session.get("active_at", 0) >= NOTED_EVERY:
        session["active_at"] = moment
    if moment - session.get("touched_at", 0) >= TOUCHED_EVERY and session.session_key:
        session["touched_at"] = moment
        services.touch_session(session.session_key, now=now)
