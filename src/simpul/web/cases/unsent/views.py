"""What a phone keeps for a place without a signal, and the way back."""

import json
import re
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from simpul.accounts.queries import device_of
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.first_screen import asked, first_screen, groups_at
from simpul.web.cases.unsent.keeping import MOST_BYTES, State, kit_of, receive, unpacked
from simpul.web.http import Request

SOURCE: Final = Path(__file__).with_name("worker.js")
STATUSES: Final = {State.DAMAGED: HTTPStatus.BAD_REQUEST}
# What the shell draws itself with.
FILES: Final = (
    "css/base.css", "css/components.css", "css/cases.css", "fonts/plus-jakarta-sans.woff2", "icons.svg", "mark.svg",
    "js/unsent.js", "js/area-picker.js",
)  # fmt: skip


_SECONDS: Final = re.compile(r"\d{1,12}")


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Its scope is the first screen alone; the worker of notifications is another one."""
    files = [staticfiles_storage.url(name) for name in FILES]
    told = {"page": reverse("cases:new"), "shell": reverse("unsent:shell"), "files": files}
    source = f"const TOLD = {json.dumps(told)};\n{_source()}"
    return HttpResponse(source, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@signed_in
@require_safe
def shell(request: Request) -> HttpResponse:
    """The first screen as the phone keeps it: the questions, and nothing of anybody."""
    groups_at(request.actor)
    return render(request, "unsent/shell.html", {"form": first_screen({}), **asked()})


@csrf_exempt  # it proves by itself who sends it: no other site can seal somebody's PIN
@require_POST
def deliver(request: HttpRequest) -> JsonResponse:
    """An envelope from a phone. The answer is one word, and nothing of the case."""
    body: Any = None
    try:
        if int(request.headers.get("Content-Length") or 0) <= MOST_BYTES:
            body = json.loads(request.body)
    except (ValueError, RecursionError):  # nested so deep that it was made to be
        body = None
    state = receive(request, body, now=timezone.now()) if isinstance(body, dict) else State.DAMAGED
    status = STATUSES.get(state, HTTPStatus.OK)
    return JsonResponse({"state": state}, status=status, headers={"Cache-Control": "no-store"})


@signed_in
@require_POST
def resume(request: Request) -> HttpResponse:
    """What was kept, opened into the first screen for its owner to complete; nothing is saved by this."""
    groups, now = groups_at(request.actor), timezone.now()
    try:
        device = device_of(request.actor, UUID(request.POST.get("device", "")))
    except ValueError:
        raise NotFound("accounts.device") from None
    seconds = request.POST.get("waited", "")
    kept = unpacked(
        device, request.POST.get("envelope", ""), seconds=int(seconds) if _SECONDS.fullmatch(seconds) else None
    )
    form = first_screen(groups, kept.answers)
    context = {"form": form, "kit": kit_of(request, groups, now=now), "resumed": True, **asked(kept.answers)}
    return render(request, "cases/new.html", context)
