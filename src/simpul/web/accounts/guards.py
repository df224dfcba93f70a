"""Pages that need somebody signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from simpul.web.http import Request

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[Request, Arguments], HttpResponse]


def signed_in(view: View[Arguments]) -> View[Arguments]:
    """Anybody else is asked to sign in, and comes back."""

    @wraps(view)
    def guarded(request: Request, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def to_sign_in(request: HttpRequest, **more: str) -> HttpResponse:
    """The way in, and back to this page: a form's page for what was sent from it."""
    return redirect(f"{reverse('accounts:sign-in')}?{urlencode({'lanjut': request.get_full_path(), **more})}")


def private(response: HttpResponse) -> HttpResponse:
    """For a page whose address is a key while it lasts: neither kept nor told to the next page.

    Not `no-referrer`: browsers then send the page's own form with "Origin: null", which the CSRF check refuses.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
