"""The letter as an office without an account opens it. Whoever only has the address sees a button and a field."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.cases.queries.referrals import Referral, letter_by_link
from simpul.cases.referral_secrets import Bearer
from simpul.cases.services.referral_answers import note_opened
from simpul.cases.services.referral_links import open_link
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import private
from simpul.web.cases.referral import devices
from simpul.web.cases.referral.forms import PinForm
from simpul.web.cases.referral.office import answer_form, answered, letter_page
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def front(request: Request, token: str) -> HttpResponse:
    """Every address of this kind looks the same: nothing is looked up before the PIN is sent, so previews use nothing
    up and learn nothing.
    """
    form, opened = PinForm(sent(request)), list[Bearer]()
    if request.method == "POST" and accepted(form, lambda: opened.append(_open(request, token, form))):
        response = redirect("referral:opened", opened[0].link_id)
        devices.keep(response, opened[0])
        return private(response)
    return private(render(request, "referral/front.html", {"form": form}, status=422 if form.errors else 200))


def _open(request: Request, token: str, form: PinForm) -> Bearer:
    return open_link(token, pin=form.cleaned_data["pin"], held_secrets=devices.held(request), now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: Request, key: UUID) -> HttpResponse:
    """On the device that opened it, for a while; anywhere else it isn't there."""
    bearer, now = devices.bearer_of(request, key), timezone.now()
    try:
        found = letter_by_link(bearer, now=now)
    except NotFound:
        return private(render(request, "referral/shut.html", status=404))
    form = answer_form(request, found)
    if answered(Anonymous(), found, form, bearer=bearer):
        return _thanks(request, found, bearer)
    note_opened(Anonymous(), found, now=now, bearer=bearer)
    return letter_page(request, found, form)


def _thanks(request: Request, found: Referral, bearer: Bearer) -> HttpResponse:
    """A refusal ends the letter: the page that says so is drawn here, for there is none to go back to."""
    found.refresh_from_db()
    if found.is_live:
        return private(redirect("referral:opened", bearer.link_id))
    return private(render(request, "referral/thanks.html", {"said": _("Your answer is with the group.")}))
