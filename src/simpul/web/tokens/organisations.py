"""The tokens of an organisation, for who manages them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from simpul.access import rules
from simpul.access.queries import organisation_for
from simpul.access.queries.tokens import service_token_for, service_tokens_for
from simpul.access.services import create_service_token, revoke_service_token
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import own_organisations
from simpul.web.accounts.forms import refuse, sent
from simpul.web.accounts.guards import private, signed_in
from simpul.web.http import Request
from simpul.web.tokens.forms import TokenForm, fresh_token, offered_to
from simpul.web.tokens.panels import service_row


@signed_in
@require_safe
def tokens(request: Request, organisation_id: UUID) -> HttpResponse:
    organisation = organisation_for(request.actor, rules.TOKENS, organisation_id)
    rows = service_tokens_for(request.actor, organisation, now=timezone.now())
    is_own = organisation.pk in own_organisations(request.actor)
    context = {"organisation": organisation, "rows": [service_row(row) for row in rows], "may_make": is_own}
    return render(request, "tokens/organisation.html", context)


@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, organisation_id: UUID) -> HttpResponse:
    """The answer to the form is the only page that ever shows the secret."""
    organisation = organisation_for(request.actor, rules.TOKENS, organisation_id)
    back = reverse("tokens:organisation", args=[organisation.pk])
    form = TokenForm(sent(request), initial=fresh_token())
    form.offer(offered_to(request.actor, personal=False))
    secret = _made(request, form, organisation) if form.is_valid() else ""
    if secret:
        shown = {"secret": secret, "name": form.cleaned_data["name"], "organisation": organisation, "back": back}
        return private(render(request, "tokens/shown.html", shown))
    context = {"form": form, "organisation": organisation, "back": back}
    return render(request, "tokens/new.html", context, status=422 if form.errors else 200)


def _made(request: Request, form: TokenForm, organisation: Organisation) -> str:
    now = timezone.now()
    try:
        return create_service_token(request.actor, request.user, organisation, **form.cleaned_data, now=now)[1]
    except (Invalid, Conflict) as error:
        refuse(form, error)
        return ""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, service_id: UUID) -> HttpResponse:
    service = service_token_for(request.actor, service_id)
    back = reverse("tokens:organisation", args=[service.organisation_id])
    if request.method != "POST":
        return render(request, "tokens/end.html", {"row": service_row(service), "back": back})
    revoke_service_token(request.actor, service, now=timezone.now())
    messages.success(request, _("The token opens nothing any more."))
    return redirect(back)
