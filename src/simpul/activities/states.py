"""The life of an event, and of a seat. Both are derived from dates; the table says which act leads where."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.kernel.lifecycle import Lifecycle, Transition

MANAGE: Final = "event.manage"


class EventState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("event", "Draft")
    PUBLISHED = "published", pgettext_lazy("event", "Announced")
    HELD = "held", pgettext_lazy("event", "Held")
    CLOSED = "closed", pgettext_lazy("event", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")


class Act(models.TextChoices):
    PUBLISH = "publish", pgettext_lazy("event", "Announced")
    RESCHEDULE = "reschedule", pgettext_lazy("event", "Moved to another time")
    CANCEL = "cancel", pgettext_lazy("event", "Cancelled")
    HOLD = "hold", pgettext_lazy("event", "Held")
    CLOSE = "close", pgettext_lazy("event", "Closed")
    REOPEN = "reopen", pgettext_lazy("event", "Opened again")


_S, _A = EventState, Act

LIFE: Final = Lifecycle[EventState](
    _S.DRAFT,
    (
        Transition(_S.DRAFT, _A.PUBLISH, _S.PUBLISHED, MANAGE),
        Transition(_S.DRAFT, _A.RESCHEDULE, _S.DRAFT, MANAGE),
        Transition(_S.DRAFT, _A.HOLD, _S.HELD, MANAGE),  # entered afterwards: it was never announced here
        Transition(_S.DRAFT, _A.CANCEL, _S.CANCELLED, MANAGE, needs_reason=True),
        Transition(_S.PUBLISHED, _A.RESCHEDULE, _S.PUBLISHED, MANAGE, needs_reason=True),
        Transition(_S.PUBLISHED, _A.CANCEL, _S.CANCELLED, MANAGE, needs_reason=True),
        Transition(_S.PUBLISHED, _A.HOLD, _S.HELD, MANAGE),
        Transition(_S.HELD, _A.CLOSE, _S.CLOSED, MANAGE),
        Transition(_S.CLOSED, _A.REOPEN, _S.HELD, MANAGE, needs_reason=True),
    ),
)


class SeatState(models.TextChoices):
    SEATED = "seated", _("Has a seat")
    WAITING = "waiting", _("Waits for a seat")
    OFFERED = "offered", _("Is offered a seat")
    LAPSED = "lapsed", _("Did not take the seat in time")
    WITHDRAWN = "withdrawn", pgettext_lazy("registration", "Withdrew")
