"""What somebody agreed to be shown or contacted for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from simpul.people import rules
from simpul.people.codes import ConsentChannel
from simpul.people.models import ContactConsent, Person
from simpul.people.queries import consent_for, person_for, today
from simpul.people.services import record_contact_consent, withdraw_contact_consent
from simpul.web.accounts.forms import sent
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import accepted
from simpul.web.http import Request
from simpul.web.people.forms import ConsentForm, OwnConsentForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, person_id: UUID) -> HttpResponse:
    on = today(timezone.now())
    person = person_for(request.actor, person_id, on=on)
    rules.require_self_or_over(request.actor, rules.MANAGE, person, on=on)
    own = person.pk == request.actor.person_id
    form = OwnConsentForm(sent(request)) if own else ConsentForm(sent(request), initial={"given_on": on})
    if accepted(form, lambda: _record(request, person, form.cleaned_data)):
        messages.success(request, _("Noted. It can be withdrawn at any time."))
        return redirect("people:person", person.pk)
    context = {"form": form, "person": person, "own": own}
    return render(request, "people/consent.html", context, status=422 if form.errors else 200)


def _record(request: Request, person: Person, given: dict[str, Any]) -> ContactConsent:
    now = timezone.now()
    told = {"given_on": today(now), "channel": ConsentChannel.ACCOUNT, **given}
    return record_contact_consent(request.actor, person, now=now, **told)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, consent_id: UUID) -> HttpResponse:
    """Sent twice it is withdrawn once."""
    now = timezone.now()
    consent = consent_for(request.actor, consent_id, on=today(now))
    rules.require_self_or_over(request.actor, rules.MANAGE, consent.person, on=today(now))
    if request.method != "POST":
        return render(request, "people/consent-withdraw.html", {"consent": consent, "person": consent.person})
    withdraw_contact_consent(request.actor, consent, now=now)
    messages.success(request, _("Withdrawn: from now on it no longer holds."))
    return redirect("people:person", consent.person_id)
