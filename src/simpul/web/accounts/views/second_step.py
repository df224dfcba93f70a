"""The code after the password: setting it up, new recovery codes, removing it."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.accounts import services
from simpul.accounts.models import User
from simpul.accounts.queries import has_second_factor
from simpul.kernel.errors import Invalid
from simpul.web.accounts.forms import CodeForm, refuse, sent
from simpul.web.accounts.guards import signed_in
from simpul.web.accounts.pictures import qr_data_uri
from simpul.web.http import SECOND_FACTOR, Request


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: Request) -> HttpResponse:
    if has_second_factor(request.user):
        return render(request, "accounts/second_step_done.html")
    form = CodeForm(sent(request))
    if form.is_valid():
        codes = _try(form, lambda code: _confirm(request, code))
        if codes:
            return render(request, "accounts/recovery_codes.html", {"codes": codes, "fresh": True})
    secret = services.begin_totp(request.actor, request.user)
    context = {"form": form, "picture": qr_data_uri(otpauth(request.user, secret)), "secret": in_fours(secret)}
    return render(request, "accounts/second_step.html", context, status=422 if form.errors else 200)


def _confirm(request: Request, code: str) -> list[str]:
    codes = services.confirm_totp(request.actor, request.user, code=code, now=timezone.now())
    request.session[SECOND_FACTOR] = True
    return codes


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: Request) -> HttpResponse:
    if not has_second_factor(request.user):
        return redirect("accounts:second-factor")
    form = CodeForm(sent(request))
    if form.is_valid():
        codes = _try(form, lambda code: _renew(request, code))
        if codes:
            return render(request, "accounts/recovery_codes.html", {"codes": codes})
    return render(request, "accounts/renew_codes.html", {"form": form}, status=422 if form.errors else 200)


def _renew(request: Request, code: str) -> list[str]:
    return services.renew_recovery_codes(request.actor, request.user, code=code, now=timezone.now())


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove_second_step(request: Request) -> HttpResponse:
    if not has_second_factor(request.user):
        return redirect("accounts:second-factor")
    form = CodeForm(sent(request))
    if form.is_valid() and _try(form, lambda code: _remove(request, code)):
        messages.success(request, _("The second step is removed. Set it up again soon."))
        return redirect("accounts:account")
    return render(request, "accounts/remove_step.html", {"form": form}, status=422 if form.errors else 200)


def _remove(request: Request, code: str) -> list[str]:
    services.remove_totp(request.actor, request.user, code=code, now=timezone.now())
    request.session[SECOND_FACTOR] = bool(request.session.get("device"))
    return [code]


def _try(form: CodeForm, act: Callable[[str], list[str]]) -> list[str]:
    """What `act` gives for the code typed; nothing, and the reason in the form, where it is refused."""
    try:
        return act(form.cleaned_data["code"])
    except Invalid as error:
        refuse(form, error)
        return []


def otpauth(user: User, secret: str) -> str:
    """What an authenticator app reads. It shows the account's code, never a name or an address."""
    label = quote(f"Simpul:{user.handle}", safe=":")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': 'Simpul'})}"


def in_fours(secret: str) -> str:
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
