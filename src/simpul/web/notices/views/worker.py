"""The service worker, at the root so that its scope is the whole site."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

SOURCE = Path(__file__).resolve().parent.parent / "worker.js"


@cache
def _source() -> bytes:
    return SOURCE.read_bytes()


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The same for everybody; asked for anew each time the browser looks whether it has changed."""
    return HttpResponse(_source(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
