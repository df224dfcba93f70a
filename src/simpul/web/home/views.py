"""The front door, the language, and the pages every footer names."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from simpul.access.queries import may_open
from simpul.kernel.actor import Anonymous
from simpul.web.home.panels import collect
from simpul.web.http import Request

A_YEAR = 365 * 24 * 3600


def home(request: Request) -> HttpResponse:
    """What Simpul is, for the public; what waits, for those signed in; six questions while it is nobody's."""
    if isinstance(request.actor, Anonymous) and may_open():
        return HttpResponseRedirect(reverse("firstrun:begin"))
    template = "home/home.html" if isinstance(request.actor, Anonymous) else "home/work.html"
    return render(request, template, {"panels": collect(request)})


@csrf_exempt  # it changes a reader's language and nothing else; a token would give every reader a cookie
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Remember the language and return to the page; an unknown language changes nothing."""
    back = request.POST.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("bahasa", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=A_YEAR, secure=settings.PRODUCTION, samesite="Lax"
        )
    return response


def counting(request: Request) -> HttpResponse:
    return render(request, "home/counting.html")


def confidentiality(request: Request) -> HttpResponse:
    return render(request, "home/confidentiality.html")


def accessibility(request: Request) -> HttpResponse:
    return render(request, "home/accessibility.html")
