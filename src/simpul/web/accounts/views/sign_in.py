"""Signing in with a password and a code, and signing out."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib import auth
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from simpul.accounts import services
from simpul.accounts.models import Method, User
from simpul.accounts.queries import has_second_factor
from simpul.kernel.errors import Invalid
from simpul.web.accounts import doors
from simpul.web.accounts.forms import CodeForm, SignInForm, refuse, sent
from simpul.web.http import Request

HALF_WAY: Final = "half_way"  # session key: whose password was right, and until when their code is waited for
HALF_WAY_FOR: Final = timedelta(minutes=10)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    if request.method != "POST" and "cara" not in request.GET and doors.devices_here(request):
        return redirect(f"/masuk/pin/?{request.GET.urlencode()}")
    form = SignInForm(sent(request))
    if form.is_valid():
        now, data = timezone.now(), form.cleaned_data
        try:
            user = services.check_password(data["identifier"], data["password"], now=now)
        except Invalid as error:
            refuse(form, error)
        else:
            return _go_on(request, user, shared=data["shared"])
    status = 422 if form.errors else 200
    return render(request, "accounts/sign_in.html", _sign_in_page(request, form), status=status)


def _sign_in_page(request: Request, form: SignInForm) -> dict[str, object]:
    return {
        "form": form,
        "onward": doors.way_on(request),
        "ended": "habis" in request.GET,
        "trusted": bool(doors.devices_here(request)),
    }


def _go_on(request: Request, user: User, *, shared: bool) -> HttpResponse:
    """In, or to the code."""
    now, onward = timezone.now(), doors.way_on(request)
    if not has_second_factor(user):
        doors.enter(request, user, method=Method.PASSWORD, shared=shared, now=now)
        return redirect(onward)
    until = int((now + HALF_WAY_FOR).timestamp())
    request.session.cycle_key()
    request.session[HALF_WAY] = {"user": str(user.pk), "shared": shared, "onward": onward, "until": until}
    return redirect("accounts:code")


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Request) -> HttpResponse:
    waiting = request.session.get(HALF_WAY)
    user = _half_way(waiting)
    if user is None or waiting is None:
        return redirect("accounts:sign-in")
    form = CodeForm(sent(request))
    if form.is_valid():
        try:
            services.check_code(user, form.cleaned_data["code"], now=timezone.now())
        except Invalid as error:
            refuse(form, error)
        else:
            return _finish(request, user, waiting)
    return render(request, "accounts/code.html", {"form": form}, status=422 if form.errors else 200)


def _half_way(waiting: dict[str, str] | None) -> User | None:
    if not waiting or int(waiting["until"]) < timezone.now().timestamp():
        return None
    return User.objects.filter(pk=UUID(waiting["user"]), is_active=True).first()


def _finish(request: Request, user: User, waiting: dict[str, object]) -> HttpResponse:
    del request.session[HALF_WAY]
    doors.enter(request, user, method=Method.TOTP, shared=bool(waiting["shared"]), now=timezone.now())
    return redirect(str(waiting["onward"]))


@require_POST
def demo(request: Request) -> HttpResponse:
    user = services.sign_in_as_demo(request.POST.get("handle", ""))
    doors.enter(request, user, method=Method.DEMO, now=timezone.now())
    return redirect(doors.way_on(request))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: Request) -> HttpResponse:
    """A link asks first: no other site's picture of /keluar/ signs anybody out."""
    device = _device_left(request)
    if request.method != "POST":
        return render(request, "accounts/sign_out.html", {"device": device})
    shared = doors.is_shared(request)
    known = auth.SESSION_KEY in request.session or doors.locked_user_id(request)
    doors.leave(request, request.actor)
    response = render(request, "accounts/signed_out.html", {"shared": shared, "known": known, "device": device})
    return _leaving_nothing(request, response) if shared else _unkept(response)


def _device_left(request: Request) -> str:
    """The trusted device whose keepings go with its owner; from behind the lock nothing does."""
    here = doors.device_of_session(request) if auth.SESSION_KEY in request.session else None
    return str(here[0].pk) if here else ""


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def _leaving_nothing(request: Request, response: HttpResponse) -> HttpResponse:
    """The cookies of other people's trusted devices stay, and what they kept here without a signal and never sent: a
    neighbour signing in here must neither lock them out nor lose it. A shared session itself keeps nothing there.
    """
    kept = "" if doors.COOKIE in request.COOKIES else ', "storage", "cookies"'
    response.headers["Clear-Site-Data"] = f'"cache"{kept}'
    return _unkept(response)
