"""The doors from an event, and from a registration, to what comes after it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.models import Event, Registration
from simpul.activities.queries.certificates import own_certificate
from simpul.activities.queries.feedback import code_for
from simpul.activities.rules.events import may_receive
from simpul.activities.states import EventState
from simpul.kernel.actor import Actor
from simpul.web.components import Task, Tone


def doors_of(actor: Actor, event: Event, now: datetime) -> list[Task]:
    """For who keeps the event. What needs people who came is there once it has begun."""
    if event.state is EventState.CANCELLED:
        return []
    pages = [
        (_("Minutes and official record"), "outcomes:minutes", _("what was said and agreed, to print and to sign")),
        (_("Action points"), "outcomes:actions", _("who does what until when; open ones come to the next meeting")),
    ]
    if event.state is not EventState.DRAFT and event.starts_at <= now:
        pages.append((_("What people thought"), "outcomes:feedback", _("a few questions, answered without a name")))
        if may_receive(actor, event) and not event.is_sensitive:
            pages.append((_("Certificates"), "outcomes:certificates", _("for those who were there long enough")))
            pages.append((_("Test scores"), "outcomes:scores", _("points before and after")))
    return [Task(label, "", Tone.INFO, reverse(page, args=[event.pk]), hint) for label, page, hint in pages]


def after_registering(found: Registration, receipt: str, now: datetime) -> dict[str, Any]:
    """What waits for whoever holds the receipt. Looking changes nothing."""
    return {"certificate": own_certificate(found), "feedback_code": code_for(found, receipt, now=now)}
