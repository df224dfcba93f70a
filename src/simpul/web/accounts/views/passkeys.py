"""Passkeys: signing in with one, and keeping one's own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from simpul.accounts import passkeys as ceremony
from simpul.accounts import services
from simpul.accounts.models import Method, Passkey
from simpul.accounts.passkeys import Site, State
from simpul.accounts.queries import has_second_factor, passkeys_for
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.web.accounts import doors
from simpul.web.accounts.forms import AddPasskeyForm, PasskeyNameForm, PasskeySignInForm, refuse, sent
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request

ASKED: Final = "passkey"  # session key: what this browser was asked, for which ceremony, and until when
ASKED_FOR: Final = timedelta(minutes=10)


def site_of(request: Request) -> Site:
    host = request.get_host()
    return Site(host.rpartition(":")[0] if ":" in host else host, f"{request.scheme}://{host}")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    form = PasskeySignInForm(sent(request), initial={"lanjut": doors.way_on(request)})
    if form.is_valid() and _entered(request, form):
        return redirect(doors.way_on(request))
    options, state = ceremony.begin_using(site_of(request))
    _ask(request, "use", state)
    context = {"form": form, "options": options}
    return render(request, "accounts/passkey_sign_in.html", context, status=422 if form.errors else 200)


def _entered(request: Request, form: forms.Form) -> bool:
    now = timezone.now()
    try:
        state, answer = _asked(request, "use"), form.cleaned_data["answer"]
        user = services.check_passkey(site_of(request), state=state, answer=answer, now=now)
    except Invalid as error:
        refuse(form, error)
        return False
    doors.enter(request, user, method=Method.PASSKEY, now=now)
    return True


@signed_in
@require_safe
def passkeys(request: Request) -> HttpResponse:
    context = {
        "passkeys": [(key, key.name.open()) for key in passkeys_for(request.actor)],
        "may_add": not doors.is_shared(request) and has_second_factor(request.user),
        "shared": doors.is_shared(request),
    }
    return render(request, "accounts/passkeys.html", context)


@sensitive_post_parameters("code")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    if doors.is_shared(request) or not has_second_factor(request.user):
        return redirect("accounts:passkeys")
    form = AddPasskeyForm(sent(request))
    if form.is_valid() and _kept(form, lambda: _add(request, form)):
        messages.success(request, _("The passkey is added. Try it when you sign in next."))
        return redirect("accounts:passkeys")
    # A mistyped code does not cost the key that the phone has just made: the same answer is sent again.
    again = bool(form.errors) and ASKED in request.session
    context = {"form": form, "again": again, "options": "" if again else _begin(request)}
    return render(request, "accounts/add_passkey.html", context, status=422 if form.errors else 200)


def _begin(request: Request) -> str:
    options, state = ceremony.begin_making(site_of(request), request.user, list(passkeys_for(request.actor)))
    _ask(request, "make", state)
    return options


def _add(request: Request, form: forms.Form) -> None:
    data, state = form.cleaned_data, _asked(request, "make")
    try:
        services.add_passkey(
            request.actor, request.user, site=site_of(request), state=state, answer=data["answer"],
            name=data["name"], code=data["code"], now=timezone.now(),
        )  # fmt: skip
    except Invalid as error:
        if error.code != "passkey_refused":
            _ask(request, "make", state)
        raise


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: Request, passkey_id: UUID) -> HttpResponse:
    passkey = _own(request, passkey_id)
    form = PasskeyNameForm(sent(request), initial={"name": passkey.name.open()})
    if form.is_valid():
        name = form.cleaned_data["name"]
        if _kept(form, lambda: services.rename_passkey(request.actor, passkey, name=name)):
            return redirect("accounts:passkeys")
    return render(request, "accounts/rename_passkey.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: Request, passkey_id: UUID) -> HttpResponse:
    passkey = _own(request, passkey_id)
    if request.method != "POST":
        return render(request, "accounts/remove_passkey.html", {"title": passkey.name.open()})
    services.remove_passkey(request.actor, passkey)
    messages.success(request, _("The passkey is removed. Delete it on your phone too, where it still offers it."))
    return redirect("accounts:passkeys")


def _own(request: Request, passkey_id: UUID) -> Passkey:
    found = passkeys_for(request.actor).filter(pk=passkey_id).first()
    if found is None:
        raise NotFound("accounts.passkey", passkey_id)
    return found


def _kept(form: forms.Form, act: Callable[[], Any]) -> bool:
    try:
        act()
    except (Invalid, Conflict) as error:
        refuse(form, error)
        return False
    return True


def _ask(request: Request, what: str, state: State) -> None:
    until = int((timezone.now() + ASKED_FOR).timestamp())
    request.session[ASKED] = {"what": what, "state": state, "until": until}


def _asked(request: Request, what: str) -> State:
    """What this browser was asked, once: an answer is good for one try."""
    asked = request.session.pop(ASKED, None)
    if not asked or asked["what"] != what or asked["until"] < timezone.now().timestamp():
        raise Invalid("passkey_refused", message=_("The page lay open for too long. Try once more."))
    state: State = asked["state"]
    return state
