"""Passwords: changing one, and a new one by a mailed link."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from simpul.accounts import services, throttle
from simpul.accounts.queries import mail_recipient, open_reset_for
from simpul.accounts.tasks import mail_password_reset
from simpul.kernel.errors import Invalid, NotFound
from simpul.kernel.text import fold
from simpul.web.accounts import doors
from simpul.web.accounts.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm, refuse, sent
from simpul.web.accounts.guards import private, signed_in
from simpul.web.http import Request


@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: Request) -> HttpResponse:
    if not request.user.has_usable_password():
        return render(request, "accounts/no_password.html")
    form = ChangePasswordForm(sent(request))
    if form.is_valid() and _changed(request, form):
        messages.success(request, _("Your new password holds from now on. Other browsers are signed out."))
        return redirect("accounts:account")
    return render(request, "accounts/change_password.html", {"form": form}, status=422 if form.errors else 200)


def _changed(request: Request, form: ChangePasswordForm) -> bool:
    now, data, key = timezone.now(), form.cleaned_data, request.session.session_key or ""
    try:
        services.change_password(
            request.actor, request.user, current=data["current"], new=data["new"], keep=key, now=now
        )
    except Invalid as error:
        refuse(form, error)
        return False
    doors.stay(request)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: Request) -> HttpResponse:
    """The same answer, after the same work, whether the address is anybody's or nobody's."""
    form = ForgottenForm(sent(request))
    if not form.is_valid():
        return render(request, "accounts/forgotten.html", {"form": form}, status=422 if form.errors else 200)
    _ask_for_mail(request, form.cleaned_data["identifier"])
    return render(request, "accounts/forgotten_done.html")


def _ask_for_mail(request: Request, identifier: str) -> None:
    now = timezone.now()
    try:
        throttle.take_try(throttle.RESET, fold(identifier), now)
    except Invalid:
        return
    recipient = mail_recipient(identifier)
    address = request.build_absolute_uri("/sandi-baru/")
    mail_password_reset.enqueue(str(recipient.pk) if recipient else "", address, now.isoformat())


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def reset_password(request: Request, token: str) -> HttpResponse:
    now, form = timezone.now(), NewPasswordForm(sent(request))
    try:
        open_reset_for(token, now=now)
        if form.is_valid():
            services.reset_password(token, new=form.cleaned_data["new"], now=now)
            messages.success(request, _("Your new password holds from now on. Sign in with it."))
            return redirect("/masuk/?cara=sandi")
    except Invalid as error:
        refuse(form, error)
    except NotFound:
        return private(render(request, "accounts/link_over.html", status=404))
    return private(render(request, "accounts/reset.html", {"form": form}, status=422 if form.errors else 200))
