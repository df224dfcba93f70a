"""Who was asked to come, and who has not answered."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.models import Event, Invitation
from simpul.activities.queries.invitations import kept_invitation
from simpul.activities.services.invitations import decline, invite, remind_unanswered
from simpul.activities.services.letters import withdraw_invitation
from simpul.kernel.errors import NotFound
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Organisation
from simpul.organisations.queries.directory import Search, directory
from simpul.web.accounts.guards import private, signed_in
from simpul.web.activities.entry import asked, kept_event, organisation_meant, pressed
from simpul.web.activities.views.organising import form_page
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.inviting.entry import INVITATIONS, up_to_invitations
from simpul.web.inviting.forms import OrganisationForm
from simpul.web.inviting.panels import invited

MOST_MEMBERS = 500


@signed_in
@form_page
def invitations(request: Request, event_id: UUID) -> HttpResponse:
    """Each with its answer; one press reminds the organisations that have given none."""
    found = kept_event(request, event_id)
    if request.method == "POST":
        told: list[int] = []
        act = lambda: told.append(remind_unanswered(request.actor, found, now=timezone.now()))  # noqa: E731
        return pressed(
            request, act, said=_("Reminded, unless they were within a day."), back=INVITATIONS, to=[found.pk]
        )
    context = {"event": found, **invited(request.actor, found, now=timezone.now())}
    return private(render(request, "inviting/invitations.html", context))


@signed_in
@form_page
def organisation_new(request: Request, event_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    form = OrganisationForm(sent(request))
    act = lambda: invite(  # noqa: E731
        request.actor, found, organisations=_meant(request, found, form), now=timezone.now()
    )
    return asked(
        request, form, act, title=_("Invite an organisation"), said=_("Invited. Its people are told in Simpul."),
        back=INVITATIONS, to=[found.pk], action=_("Invite"), **up_to_invitations(found),
    )  # fmt: skip


def _meant(request: Request, found: Event, form: OrganisationForm) -> list[Organisation]:
    one = organisation_meant(request, form.cleaned_data["search"])
    if not form.cleaned_data["members"] or one.kind not in NETWORKS:
        return [one]
    members = directory(request.actor, Search(network=one.pk), limit=MOST_MEMBERS).rows
    return [row for row in (one, *members) if row.pk != found.owner_organisation_id]


@signed_in
@require_POST
def withdrawn(request: Request, invitation_id: UUID) -> HttpResponse:
    row = kept_invitation(request.actor, invitation_id)
    act = lambda: withdraw_invitation(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Removed."), back=INVITATIONS, to=[row.event_id])


@signed_in
@require_POST
def declined(request: Request, invitation_id: UUID) -> HttpResponse:
    """Nobody of the organisation comes, say its own people."""
    row = Invitation.objects.filter(pk=invitation_id).select_related("event", "organisation").first()
    if row is None:
        raise NotFound("activities.invitation")
    act = lambda: decline(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Thank you for saying so."), back="activities:event", to=[row.event_id])
