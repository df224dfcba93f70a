"""Links and printed letters: shown once, in the answer to the press that made them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.cases.queries.referrals import Referral, link_by_token, referral_for, valid_link_of
from simpul.cases.services.referral_links import Issued, issue_link, revoke_link
from simpul.kernel.errors import Conflict, Invalid
from simpul.paper.letters import print_letter
from simpul.web.accounts.guards import private, signed_in
from simpul.web.cases.referral.printing import letter_of
from simpul.web.http import Request


@signed_in
@require_POST
def issue(request: Request, key: UUID) -> HttpResponse:
    """The address and the PIN, this once. The one before ends."""
    found = referral_for(request.actor, key, now=timezone.now())
    printed = bool(request.POST.get("cetak"))
    try:
        issued = issue_link(request.actor, found, printed=printed, now=timezone.now())
    except (Invalid, Conflict) as refused:
        messages.error(request, str(refused.message))
        return private(redirect("referral:one", key))
    return private(render(request, "referral/issued.html", _issued(request, found, issued)))


def _issued(request: Request, found: Referral, issued: Issued) -> dict[str, object]:
    address = _address(request, issued.token)
    return {
        "referral": found,
        "issued": issued,
        "pin": f"{issued.pin[:3]} {issued.pin[3:]}",
        "address": address,
        "message": _("There is a letter for your office: %(address)s") % {"address": address},
    }


@signed_in
@require_POST
def revoke(request: Request, key: UUID) -> HttpResponse:
    found = referral_for(request.actor, key, now=timezone.now())
    if link := valid_link_of(found):
        revoke_link(request.actor, link, now=timezone.now())
    messages.success(request, _("The link opens nothing any more."))
    return private(redirect("referral:one", key))


@signed_in
@require_POST
def printed(request: Request, key: UUID) -> HttpResponse:
    """The letter for the link that was just made: its token comes with the press, it is kept nowhere."""
    found, token = referral_for(request.actor, key, now=timezone.now()), request.POST.get("kunci", "")
    link = link_by_token(request.actor, found, token, now=timezone.now())
    if not link.printed:
        raise Invalid("not_printed", message=_("Make a letter to print it."))
    pdf = print_letter(letter_of(found, _address(request, token), timezone.now()))
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="surat.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return private(response)


def _address(request: Request, token: str) -> str:
    return request.build_absolute_uri(reverse("referral:front", args=[token]))
