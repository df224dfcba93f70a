"""The decision: who made it, on which day, why; and what follows from it at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.kernel.time import Zone, local_date
from simpul.organisations.admission import Act, ApplicationState
from simpul.organisations.models import MembershipApplication
from simpul.organisations.queries.applications import alike_to, application_for
from simpul.organisations.rules.organisations import may_register
from simpul.organisations.services.acceptance import accept_application
from simpul.organisations.services.applications import refuse_application
from simpul.web.accounts.guards import private, signed_in
from simpul.web.editing.entry import accepted, sent
from simpul.web.http import Request
from simpul.web.joining.forms import NEW, DecideForm


@signed_in
def decide(request: Request, row: UUID) -> HttpResponse:
    """Only what is verified is decided; anything else goes back to the application, which says what is missing."""
    found = application_for(request.actor, row)
    if found.state != ApplicationState.VERIFIED and request.method != "POST":
        return redirect("joining:application", found.pk)
    form = _form(request, found)
    if accepted(form, lambda: _decided(request, found, form)):
        messages.success(request, _("The decision is written down. The letter to the applicant is ready below."))
        return redirect("joining:application", found.pk)
    context = {"application": found, "form": form}
    return private(render(request, "joining/decide.html", context, status=422 if form.errors else 200))


def _form(request: Request, found: MembershipApplication) -> DecideForm:
    known = alike_to(request.actor, found).organisations
    registers = may_register(request.actor, found.seat_id)
    return DecideForm(
        sent(request),
        known=known,
        may_register=registers,
        today=local_date(timezone.now(), Zone.WIB),
        # Where one of the directory has the same name, nobody registers a second one without having chosen so.
        initial={"member": str(found.applicant_id or "") if known else NEW},
    )


def _decided(request: Request, found: MembershipApplication, form: DecideForm) -> object:
    if form.cleaned_data["outcome"] == Act.REFUSE:
        return refuse_application(request.actor, found, now=timezone.now(), **form.decision())
    since = form.cleaned_data["valid_from"]
    return accept_application(
        request.actor, found, member=form.chosen(), valid_from=since, now=timezone.now(), **form.decision()
    )
