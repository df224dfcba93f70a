"""Who holds an event together, and what was published on it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.models import CoHost, Coverage, Event
from simpul.activities.rules.events import KIND, require_manager
from simpul.activities.states import MANAGE
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid, NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import may, require_sight
from simpul.organisations.shapes import check_past, web_address, words


def name_co_host(actor: Actor, event: Event, *, organisation: Organisation, now: datetime) -> CoHost:
    """It is shown, and its people see who comes, once they confirm it. Twice is the same row. Invalid("own_event")."""
    require_manager(actor, event)
    require_sight(actor, organisation)
    if organisation.pk == event.owner_organisation_id:
        raise Invalid("own_event", "organisation", message=_("This organisation holds the event already."))
    with transaction.atomic():
        made, is_new = CoHost.objects.get_or_create(event=event, organisation=organisation, defaults={"named_at": now})
        if is_new:
            audit.record(actor, "activities.name_co_host", event.ref, details={"organisation": organisation.pk})
    return made


def confirm_co_host(actor: Actor, co_host: CoHost, *, now: datetime) -> CoHost:
    """By its own people. Twice changes nothing more. NotFound for others."""
    if not may(actor, MANAGE, co_host.organisation):
        raise NotFound(KIND, co_host.event_id)
    with transaction.atomic():
        if CoHost.objects.filter(pk=co_host.pk, confirmed_at=None).update(confirmed_at=now):
            details = {"organisation": co_host.organisation_id}
            audit.record(actor, "activities.confirm_co_host", co_host.event.ref, details=details)
    co_host.refresh_from_db()
    return co_host


def remove_co_host(actor: Actor, co_host: CoHost, *, now: datetime) -> None:  # noqa: ARG001 - every service is told
    """By the event's owner or by its own people. Twice changes nothing more."""
    if not may(actor, MANAGE, co_host.organisation):
        require_manager(actor, co_host.event)
    with transaction.atomic():
        gone, _rows = CoHost.objects.filter(pk=co_host.pk).delete()
        if gone:
            details = {"organisation": co_host.organisation_id}
            audit.record(actor, "activities.remove_co_host", co_host.event.ref, details=details)


def add_coverage(
    actor: Actor, event: Event, *, title: str, published_on: date, url: str = "", now: datetime
) -> Coverage:
    """What was published on it, and on which day. Twice is the same row. Invalid("title_needed" | "in_the_future")."""
    require_manager(actor, event)
    called = words(200)("title", title)
    if not called:
        raise Invalid("title_needed", "title", message=_("Write what it is called."))
    check_past(published_on, "published_on", now)
    with transaction.atomic():
        made, is_new = Coverage.objects.get_or_create(
            event=event,
            title=called,
            published_on=published_on,
            defaults={"url": web_address("url", url), "recorded_at": now},
        )
        if is_new:
            audit.record(actor, "activities.add_coverage", event.ref, details={"published_on": published_on})
    return made


def remove_coverage(actor: Actor, coverage: Coverage, *, now: datetime) -> None:  # noqa: ARG001
    """Twice changes nothing more."""
    require_manager(actor, coverage.event)
    with transaction.atomic():
        gone, _rows = Coverage.objects.filter(pk=coverage.pk).delete()
        if gone:
            audit.record(actor, "activities.remove_coverage", coverage.event.ref)
