"""The page that works without a signal, its worker, what it takes along, and what it delivers."""

import json
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from simpul.activities.kinds import NoteKind
from simpul.kernel.errors import Conflict, Invalid
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import received_session
from simpul.web.http import Request
from simpul.web.offline.forms import StrangerForm
from simpul.web.offline.keeping import MOST_BYTES, kit_of, receive
from simpul.web.workers import addresses, shell_worker

# What the page draws itself with, beside what every page needs.
FILES: Final = (
    "css/activities.css", "js/camera.js", "js/outbox.js", "js/outbox-list.js", "js/outbox-door.js",
    "vendor/qr/decode.js",
)  # fmt: skip
# Asked for by the decoder under its own name, without the mark of its content.
PLAIN_FILES: Final = ("vendor/qr/index.js",)
PAGES: Final = r"^/hadir/sesi/[0-9a-f-]{36}/(tanpa-sinyal/)?$"


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Its scope is the door alone. It is told every address it may keep; no rule lets it keep more."""
    files = [*addresses(*FILES), *(f"{settings.STATIC_URL}{name}" for name in PLAIN_FILES)]
    return shell_worker(cache_name="simpul-pintu", shell=reverse("offline:shell"), pages=PAGES, files=files)


@signed_in
@require_safe
def shell(request: Request) -> HttpResponse:
    """The page as the phone keeps it: nothing of anybody, and of no event."""
    return render(request, "offline/door.html", _questions())


@signed_in
@require_safe
def door(request: Request, session_id: UUID) -> HttpResponse:
    """The same page with a signal: it fetches what it takes along."""
    session = received_session(request, session_id)
    return private(render(request, "offline/door.html", {**_questions(), "session": session}))


@signed_in
@require_POST
def kit(request: Request, session_id: UUID) -> HttpResponse:
    """The key of the outbox and the list under it, for the open page alone: neither is stored as it comes. A refusal is
    an answer like any other: its `code`, and words to show.
    """
    session = received_session(request, session_id)
    try:
        told = kit_of(request, session, _body(request), now=timezone.now())
    except Conflict as refusal:
        return _json({"code": refusal.code, "said": str(refusal.message)})
    return _json(told)


@csrf_exempt  # it proves by itself who sends it: no other site can write under the outbox's key
@require_POST
def deliver(request: HttpRequest) -> HttpResponse:
    """What a phone wrote. Each record is answered by itself, and the answer lies under the key of its outbox."""
    try:
        return _json({"answers": receive(request, _body(request), now=timezone.now())})
    except Invalid:
        return _json({"answers": []}, HTTPStatus.BAD_REQUEST)


def _questions() -> dict[str, Any]:
    return {"form": StrangerForm(), "kinds": NoteKind.choices}


def _body(request: HttpRequest) -> dict[str, Any]:
    """{} for what is no object of JSON, or is too much of it."""
    try:
        long = int(request.headers.get("Content-Length") or 0) > MOST_BYTES
        body = {} if long else json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        body = {}
    return body if isinstance(body, dict) else {}


def _json(told: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store"})
