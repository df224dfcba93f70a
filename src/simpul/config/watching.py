"""What a monitoring system asks, answered before anything else is looked at: no session, no host name, no page.

    /-/live     this process answers
    /-/ready    the database, its version and the disk are fit to serve; the public reads one word
    /-/metrics  numbers, for who shows SIMPUL_METRICS_TOKEN as bearer; without that setting, for this machine alone

Whoever may read the numbers is also told by /-/ready which part is not fit.
"""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils.crypto import constant_time_compare

from simpul.config import metrics
from simpul.config.backup.state import unfinished

_PREFIX: Final = "/-/"
_ROOM: Final = 50_000_000  # bytes below which writing is about to fail
_KEPT: Final = 5.0  # seconds an answer of /-/ready is good for, so that asking often costs nothing
# Set by every proxy: what came through one was not asked on this machine.
_FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


class Watching:
    """The outermost middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(_PREFIX):
            return self.get_response(request)
        answer = _answer(request)
        answer["Cache-Control"] = "no-store"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def _answer(request: HttpRequest) -> HttpResponse:
    asked = request.path_info.removeprefix(_PREFIX)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotFound()
    if asked == "live":
        return HttpResponse("live\n", content_type="text/plain")
    if asked == "ready":
        return _ready(request)
    if asked == "metrics" and may_watch(request):
        return HttpResponse(metrics.render(datetime.now(UTC)), content_type="text/plain; version=0.0.4; charset=utf-8")
    return HttpResponseNotFound()


def may_watch(request: HttpRequest) -> bool:
    """Whoever shows the token; where none is set, whoever asks on this machine and through no proxy."""
    if settings.METRICS_TOKEN:
        kind, _, shown = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        return kind.lower() == "bearer" and constant_time_compare(shown.strip(), settings.METRICS_TOKEN)
    here = request.META.get("REMOTE_ADDR", "") in {"127.0.0.1", "::1"}
    return here and not any(name in request.META for name in _FORWARDED)


def _ready(request: HttpRequest) -> HttpResponse:
    parts = _fitness.now()
    fit = all(parts.values())
    status = 200 if fit else 503
    if may_watch(request):
        return JsonResponse({"ready": fit, "parts": parts}, status=status)
    return HttpResponse("ready\n" if fit else "not ready\n", status=status, content_type="text/plain")


@dataclass
class _Fitness:
    at: float = 0.0
    parts: dict[str, bool] | None = None

    def now(self) -> dict[str, bool]:
        if self.parts is None or time.monotonic() - self.at > _KEPT:
            self.parts, self.at = fitness(), time.monotonic()
        return self.parts


_fitness = _Fitness()


def fitness() -> dict[str, bool]:
    """Part -> whether pages can be served with it."""
    data = Path(settings.DATA)
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
        answers, of_this_version = True, applied == _expected()
    except DatabaseError:
        answers = of_this_version = False
    finally:
        connection.close_if_unusable_or_obsolete()
    return {
        "database": answers,
        "migrations": of_this_version,
        "restore": unfinished(data) is None,
        "disk": shutil.disk_usage(data).free > _ROOM,
    }


@cache
def _expected() -> frozenset[tuple[str, str]]:
    """Every migration of this program, as a database records them."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {name for key, m in loader.disk_migrations.items() if key in loader.graph.nodes for name in m.replaces}
    return frozenset({*loader.graph.nodes, *replaced})
