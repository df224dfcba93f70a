"""Counting how many an outreach event reached. In bulk: nobody is named, and no case is opened."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.models import OutreachCount
from simpul.cases.queue_kinds import MOST_ATTENDING, Topic
from simpul.cases.rules.sight import require_opening
from simpul.cases.rules.tickets import kept_visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.time import local_date
from simpul.organisations.models import Organisation
from simpul.territory.models import Area

_WRITTEN = (
    "owner_organisation", "area", "held_on", "topic", "women", "men", "unstated", "children", "disabled", "recorded_at",
    "recorded_by_id",
)  # fmt: skip


def count_outreach(
    actor: Actor,
    organisation: Organisation,
    *,
    area: Area,
    held_on: date,
    topic: str,
    women: int,
    men: int,
    now: datetime,
    unstated: int = 0,
    children: int = 0,
    disabled: int = 0,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> OutreachCount:
    """So many came. `children` and `disabled` are among them.

    The same `id` twice is the same count, unchanged. Denied("case.record"); Invalid("held_on" | "topic" | "women" |
    "children" | "disabled"); Conflict("id_taken").
    """
    require_opening(actor, organisation, area.code)
    row = OutreachCount(
        id=id or uuid7(), owner_organisation=organisation, area=area, held_on=held_on, topic=topic, women=women,
        men=men, unstated=unstated, children=children, disabled=disabled, recorded_at=now,
        recorded_by_id=actor.person_id,
    )  # fmt: skip
    _check(row, now)
    with transaction.atomic():
        kept, created = OutreachCount.objects.get_or_create(
            id=row.pk, defaults={name: getattr(row, name) for name in _WRITTEN}
        )
        if (kept.owner_organisation_id, kept.area_id) != (organisation.pk, area.pk):
            message = _("This entry was already used for something else. Reload the page.")
            raise Conflict("id_taken", message=message)
        if created:
            audit.record(actor, "cases.count_outreach", kept.ref, details={"organisation": str(organisation.pk)})
    return kept


def withdraw_outreach(actor: Actor, event: OutreachCount, *, now: datetime) -> None:
    """Counted by mistake: it stays to be seen in the log, and counts no more. Twice changes nothing. NotFound."""
    seen = OutreachCount.objects.filter(kept_visible_to(actor), pk=event.pk)
    if not seen.exists():
        raise NotFound("cases.outreachcount", event.pk)
    with transaction.atomic():
        if OutreachCount.objects.filter(pk=event.pk, withdrawn_at=None).update(withdrawn_at=now):
            audit.record(actor, "cases.withdraw_outreach", event.ref)


def _check(row: OutreachCount, now: datetime) -> None:
    if row.topic not in Topic.values:
        raise Invalid("topic", "topic", message=_("Choose what it was about."))
    if row.held_on > local_date(now, row.area.zone):
        raise Invalid("held_on", "held_on", message=_("Count an event once it has been."))
    counts = (row.women, row.men, row.unstated, row.children, row.disabled)
    if not row.attending or any(not 0 <= number <= MOST_ATTENDING for number in counts):
        raise Invalid("women", "women", message=_("Write how many came, from 1 to 10,000."))
    for field in ("children", "disabled"):
        if getattr(row, field) > row.attending:
            raise Invalid("too_many", field, message=_("These are counted among all who came: they can't be more."))
