"""Making a phone trusted: by a coordinator's QR code, or one's own browser from inside."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from simpul.accounts import services
from simpul.accounts.models import Method
from simpul.accounts.queries import open_enrolment_for
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.web.accounts import doors
from simpul.web.accounts.forms import EnrolForm, refuse, sent
from simpul.web.accounts.guards import private, signed_in
from simpul.web.http import Request


@sensitive_post_parameters("pin", "pin_again")
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: Request, token: str) -> HttpResponse:
    """Opening the link uses nothing up: messengers and phones open links to preview them."""
    now, form = timezone.now(), EnrolForm(sent(request))
    try:
        open_enrolment_for(token, now=now)
        if form.is_valid():
            return _claim(request, token, form)
    except Invalid as error:
        refuse(form, error)
    except NotFound:
        return private(render(request, "accounts/link_over.html", {"enrolment": True}, status=404))
    return private(render(request, "accounts/enrol.html", {"form": form}, status=422 if form.errors else 200))


def _claim(request: Request, token: str, form: EnrolForm) -> HttpResponse:
    now, data = timezone.now(), form.cleaned_data
    user, device, secret = services.claim_enrolment(token, pin=data["pin"], device_name=data["name"], now=now)
    doors.enter(request, user, method=Method.PIN, device=device, now=now)
    response = redirect("accounts:enrolled")
    doors.remember(request, response, secret)
    return private(response)


@signed_in
@require_safe
def enrolled(request: Request) -> HttpResponse:
    return render(request, "accounts/enrolled.html")


@sensitive_post_parameters("pin", "pin_again")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def trust(request: Request) -> HttpResponse:
    if doors.is_shared(request) or not doors.second_factor_done(request):
        return render(request, "accounts/trust_refused.html", {"shared": doors.is_shared(request)}, status=403)
    form = EnrolForm(sent(request))
    if form.is_valid():
        try:
            return _trust(request, form)
        except (Invalid, Conflict) as error:
            refuse(form, error)
    return render(request, "accounts/trust.html", {"form": form}, status=422 if form.errors else 200)


def _trust(request: Request, form: EnrolForm) -> HttpResponse:
    now, data, user = timezone.now(), form.cleaned_data, request.user
    device, secret = services.trust_device(request.actor, user, pin=data["pin"], device_name=data["name"], now=now)
    doors.enter(request, user, method=Method.PIN, device=device, now=now)
    response = redirect("accounts:enrolled")
    doors.remember(request, response, secret)
    return response
