"""What a phone keeps for a place without a signal, and the way back."""

import json
import re
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

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
from simpul.web.workers import addresses, shell_worker

STATUSES: Final = {State.DAMAGED: HTTPStatus.BAD_REQUEST}
# What the shell draws itself with, beside what every page needs.
FILES: Final = ("css/cases.css", "js/unsent.js", "js/area-picker.js")
_SECONDS: Final = re.compile(r"\d{1,12}")


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Its scope is the first screen alone; the worker of notifications is another one."""
    shell, pages = reverse("unsent:shell"), f"^{reverse('cases:new')}$"
    return shell_worker(cache_name="simpul-tanpa-sinyal", shell=shell, pages=pages, files=addresses(*FILES))


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
