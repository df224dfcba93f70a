"""Who may open an empty Simpul: whoever sits at the machine, or can read its terminal."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from simpul.access.queries import may_open
from simpul.access.setup_code import is_setup_code
from simpul.web.http import Request

LOOPBACK = frozenset({"127.0.0.1", "::1"})
SESSION = "first_run_code"
View = Callable[..., HttpResponse]


def let_in(request: Request) -> bool:
    """On the machine itself, unless a proxy stands before it; else with the code its terminal printed."""
    at_the_machine = not settings.BEHIND_PROXY and request.META.get("REMOTE_ADDR") in LOOPBACK
    return at_the_machine or is_setup_code(request.session.get(SESSION, ""))


def while_empty(view: View) -> View:
    """Only while this Simpul is nobody's: afterwards the front page, where signing in is."""

    @wraps(view)
    def guarded(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        if not may_open():
            return HttpResponseRedirect("/")
        if not let_in(request):
            return HttpResponseRedirect(reverse("firstrun:code"))
        return view(request, *args, **kwargs)

    return guarded
