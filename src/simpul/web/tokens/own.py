"""One's own tokens."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from simpul.access.queries.tokens import personal
from simpul.access.services import create_personal_token
from simpul.accounts.queries import api_tokens_for
from simpul.accounts.services import revoke_api_token
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.web.accounts.forms import refuse, sent
from simpul.web.accounts.guards import private, signed_in
from simpul.web.http import Request
from simpul.web.tokens.forms import TokenForm, fresh_token, offered_to
from simpul.web.tokens.panels import own_row


@signed_in
@require_safe
def tokens(request: Request) -> HttpResponse:
    rows = personal(api_tokens_for(request.actor, now=timezone.now()))
    return render(request, "tokens/own.html", {"rows": [own_row(row) for row in rows]})


@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """The answer to the form is the only page that ever shows the secret."""
    form = TokenForm(sent(request), initial=fresh_token())
    form.offer(offered_to(request.actor))
    secret = _made(request, form) if form.is_valid() else ""
    if secret:
        shown = {"secret": secret, "name": form.cleaned_data["name"], "back": reverse("tokens:own")}
        return private(render(request, "tokens/shown.html", shown))
    context = {"form": form, "back": reverse("tokens:own")}
    return render(request, "tokens/new.html", context, status=422 if form.errors else 200)


def _made(request: Request, form: TokenForm) -> str:
    try:
        return create_personal_token(request.actor, request.user, **form.cleaned_data, now=timezone.now())[1]
    except (Invalid, Conflict) as error:
        refuse(form, error)
        return ""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, token_id: UUID) -> HttpResponse:
    token = personal(api_tokens_for(request.actor, now=timezone.now())).filter(pk=token_id).first()
    if token is None:
        raise NotFound("accounts.apitoken", token_id)
    if request.method != "POST":
        return render(request, "tokens/end.html", {"row": own_row(token), "back": reverse("tokens:own")})
    revoke_api_token(request.actor, token, now=timezone.now())
    messages.success(request, _("The token opens nothing any more."))
    return redirect("tokens:own")
