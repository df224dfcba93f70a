"""Who holds an event together with its owner, and what was published on it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.models import CoHost, Coverage
from simpul.activities.services.hosting import (
    add_coverage,
    confirm_co_host,
    name_co_host,
    remove_co_host,
    remove_coverage,
)
from simpul.kernel.errors import NotFound
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import asked, kept_event, organisation_meant, pressed
from simpul.web.activities.forms.programme import CoHostForm, CoverageForm
from simpul.web.activities.views.organising import form_page
from simpul.web.activities.views.programme import PAGE, of_mine, up_to
from simpul.web.editing.entry import sent
from simpul.web.http import Request


@signed_in
@form_page
def co_host_new(request: Request, event_id: UUID) -> HttpResponse:
    """Named by its name in the directory; where several have it, its page says the whole one."""
    found = kept_event(request, event_id)
    form = CoHostForm(sent(request))
    act = lambda: name_co_host(  # noqa: E731
        request.actor, found, organisation=organisation_meant(request, form.cleaned_data["search"]), now=timezone.now()
    )
    said = _("Named. It is shown once its own people confirm it.")
    return asked(
        request, form, act, title=_("Who holds it with you?"), said=said, back=PAGE, to=[found.pk], **up_to(found)
    )


@signed_in
@require_POST
def co_host_remove(request: Request, row_id: UUID) -> HttpResponse:
    row = of_mine(request, CoHost.objects.filter(pk=row_id).first())
    act = lambda: remove_co_host(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Removed."), back=PAGE, to=[row.event_id])


@signed_in
@require_POST
def co_host_confirm(request: Request, row_id: UUID) -> HttpResponse:
    """By the organisation that was named: it may not see a draft, and is led here by its own list."""
    row = CoHost.objects.filter(pk=row_id).select_related("event", "organisation").first()
    if row is None:
        raise NotFound("activities.event")
    act = lambda: confirm_co_host(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Confirmed: you hold it together."), back="activities:kept")


@signed_in
@form_page
def coverage_new(request: Request, event_id: UUID) -> HttpResponse:
    found = kept_event(request, event_id)
    form = CoverageForm(sent(request))
    act = lambda: add_coverage(request.actor, found, now=timezone.now(), **form.cleaned_data)  # noqa: E731
    return asked(
        request, form, act, title=_("Something written about it"), said=_("Added."), back=PAGE, to=[found.pk],
        **up_to(found),
    )  # fmt: skip


@signed_in
@require_POST
def coverage_remove(request: Request, row_id: UUID) -> HttpResponse:
    row = of_mine(request, Coverage.objects.filter(pk=row_id).first())
    act = lambda: remove_coverage(request.actor, row, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Removed."), back=PAGE, to=[row.event_id])
