"""Giving a role for the whole platform: who keeps it, who watches it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.access import rules
from simpul.access.models import Grant
from simpul.access.queries.holders import person_of_account
from simpul.access.rules import Post, appointable
from simpul.access.services import grant_role
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.web.access.forms import PlatformForm
from simpul.web.access.panels import platform_rows, role_choices
from simpul.web.accounts.forms import refuse, sent
from simpul.web.accounts.guards import signed_in
from simpul.web.http import Request


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Request) -> HttpResponse:
    """Typed, looked over with the person's name, given with `yakin`. Nothing personal is in an address."""
    if not rules.gives_at_node(request.actor):
        raise Denied(rules.MANAGE)
    form = _form(request)
    person = _person(request, form) if form.is_valid() else None
    if person is not None and "yakin" in request.POST and (grant := _given(request, form, person)):
        return redirect(f"{reverse('access:grant', args=[grant.pk])}?baru")
    if person is not None and not form.errors:
        return render(request, "access/platform_check.html", {"form": form, "rows": platform_rows(form, person)})
    return render(request, "access/platform.html", {"form": form}, status=422 if form.errors else 200)


def _form(request: Request) -> PlatformForm:
    codes = sorted(appointable(request.actor, Post(None), on=today(timezone.now())), reverse=True)
    form = PlatformForm(sent(request))
    form.offer(role_choices(codes))
    return form


def _person(request: Request, form: PlatformForm) -> Person | None:
    """Whose code it is; where it is nobody's, or the giver's own, that stands beside it."""
    found = person_of_account(request.actor, form.cleaned_data["account"])
    if found is None:
        form.add_error("account", _("No open account has this code. Have them read it to you once more."))
    elif found.pk == request.actor.person_id:
        form.add_error("account", _("This is your own code. Nobody gives a role to themself."))
        return None
    return found


def _given(request: Request, form: PlatformForm, person: Person) -> Grant | None:
    given = form.cleaned_data
    try:
        return grant_role(
            request.actor,
            person,
            role=given["peran"],
            organisation=None,
            reason=given["reason"],
            valid_until=given["until"],
            now=timezone.now(),
        )
    except (Invalid, Conflict) as error:
        refuse(form, error)
        return None
