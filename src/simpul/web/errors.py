"""Answers when something went wrong: one page an HTTP status, each saying what to do next."""

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

LAST_RESORT = (
    "<!doctype html><html lang=id><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>Simpul</title>"
    "<h1>Ada yang rusak di pihak kami</h1>"
    "<p>Coba lagi sebentar lagi. / Something broke on our side. Try again in a moment.</p>"
)


def page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    """The page of that status. It is drawn without a query: an error may be the database's."""
    request.in_error = True  # type: ignore[attr-defined]  # read by web.context
    return render(request, f"base/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's name for what can't be read; too much of it is told apart."""
    too_much = isinstance(exception, (RequestDataTooBig, TooManyFilesSent))
    return page(request, 413 if too_much else 400)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django names it
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django names it
    return page(request, 404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django names it
    """The form's token is missing or old, nearly always because the page lay open for long."""
    return page(request, 403, stale=True)


def broken(_request: HttpRequest) -> HttpResponse:
    """A fault of ours. Nothing of the request is used, not even its session."""
    try:
        return HttpResponseServerError(loader.render_to_string("base/500.html"))
    except Exception:  # whatever broke may have broken the templates too
        return HttpResponseServerError(LAST_RESORT)
