"""The page that works without a signal, its worker, what it takes along, and what it delivers."""

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
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

SOURCES: Final = Path(__file__).resolve().parent.parent
# What the page draws itself with.
FILES: Final = (
    "css/base.css", "css/components.css", "css/activities.css", "fonts/plus-jakarta-sans.woff2", "icons.svg",
    "mark.svg", "js/camera.js", "js/outbox.js", "js/outbox-list.js", "js/outbox-door.js", "vendor/qr/decode.js",
)  # fmt: skip
# Asked for by the decoder under its own name, without the mark of its content.
PLAIN_FILES: Final = ("vendor/qr/index.js",)


LIBRARY_FILES: Final = (
    "css/base.css", "css/components.css", "css/print.css", "fonts/plus-jakarta-sans.woff2", "icons.svg", "mark.svg",
    "js/library.js",
)  # fmt: skip


@cache
def _source(name: str) -> str:
    return (SOURCES / name).read_text(encoding="utf-8")


def _worker(name: str, told: dict[str, Any]) -> HttpResponse:
    source = f"const TOLD = {json.dumps(told)};\n{_source(name)}"
    return HttpResponse(source, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def library(_request: HttpRequest) -> HttpResponse:
    """The worker of what anybody may read in the library, and has opened once."""
    return _worker("library.js", {"files": [staticfiles_storage.url(name) for name in LIBRARY_FILES]})


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Its scope is the door alone. It is told every address it may keep; no rule lets it keep more."""
    files = [staticfiles_storage.url(name) for name in FILES] + [f"{settings.STATIC_URL}{name}" for name in PLAIN_FILES]
    return _worker("worker.js", {"shell": reverse("offline:shell"), "files": files})


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
