"""One's own e-mail address and phone number, to sign in with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from simpul.accounts.identifiers import shown_phone
from simpul.accounts.models import User
from simpul.accounts.queries import identifiers_of
from simpul.accounts.services import Proof, change_own_identifiers
from simpul.accounts.tasks import tell_old_address
from simpul.kernel.errors import Invalid
from simpul.web.accounts.doors import Trusted, device_of_session
from simpul.web.accounts.forms import IdentifiersForm, refuse, sent
from simpul.web.accounts.guards import private, signed_in
from simpul.web.http import Request


@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def identifiers(request: Request) -> HttpResponse:
    """Who has neither a password nor unlocked a phone here proves nothing on this page: it says where to."""
    here = device_of_session(request)
    if not (here or request.user.has_usable_password()):
        return render(request, "accounts/no_proof.html")
    form = IdentifiersForm(sent(request), by_pin=here is not None, initial=_known(request.user))
    if form.is_valid() and _changed(request, form, here):
        messages.success(request, _("Saved. You sign in with what stands here now."))
        return redirect("accounts:account")
    status = 422 if form.errors else 200
    return private(render(request, "accounts/identifiers.html", {"form": form}, status=status))


def _known(user: User) -> dict[str, str]:
    email, phone = identifiers_of(user)
    return {"email": email or "", "phone": shown_phone(phone) if phone else ""}


def _changed(request: Request, form: IdentifiersForm, here: Trusted | None) -> bool:
    """The old address is told after the change is written."""
    given, (device, secret) = form.cleaned_data, here or (None, "")
    proof = Proof(given["current"], device, secret)
    try:
        changed, before = change_own_identifiers(
            request.actor, request.user, email=given["email"], phone=given["phone"], proof=proof, now=timezone.now()
        )
    except Invalid as error:
        refuse(form, error)
        return False
    if changed:
        tell_old_address(before)
    return True
