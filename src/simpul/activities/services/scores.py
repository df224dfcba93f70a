"""Points of the tests before and after a training, put in for many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.models import Event, Participant, Stage, TestScore
from simpul.activities.rules.events import require_receiver
from simpul.activities.states import EventState
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, NotFound
from simpul.records.locks import lock_graph


@dataclass(frozen=True, slots=True)
class Points:
    """Of one participant; None leaves a test as it is, and `erase` names those to be emptied."""

    before: Decimal | None = None
    after: Decimal | None = None
    erase: frozenset[str] = frozenset()


def put_scores(actor: Actor, event: Event, *, rows: Mapping[UUID, Points], now: datetime) -> int:
    """Participant -> points. How many scores are new or changed; the same again changes nothing.

    All of them or none. NotFound for somebody of another event; Conflict("cancelled" | "counts_only").
    """
    require_receiver(actor, event)
    if event.state is EventState.CANCELLED:
        raise Conflict("cancelled", message=_("This event was cancelled."))
    if event.is_sensitive:
        raise Conflict("counts_only", message=_("Nobody is named at this event. Count heads instead."))
    with transaction.atomic():
        lock_graph(f"activities.scores.{event.pk}")
        people = set(Participant.objects.filter(event=event, pk__in=rows).values_list("pk", flat=True))
        if strange := set(rows) - people:
            raise NotFound("activities.participant", min(strange))
        changed = sum(_put(actor, key, told, now) for key, told in rows.items())
        if changed:
            audit.record(actor, "activities.put_scores", event.ref, details={"scores": changed})
    return changed


def _put(actor: Actor, participant: UUID, told: Points, now: datetime) -> int:
    gone, _each = TestScore.objects.filter(participant=participant, stage__in=told.erase).delete()
    return gone + sum(
        _write(actor, participant, stage, value, now)
        for stage, value in ((Stage.BEFORE, told.before), (Stage.AFTER, told.after))
        if value is not None
    )


def _write(actor: Actor, participant: UUID, stage: Stage, value: Decimal, now: datetime) -> int:
    standing = TestScore.objects.filter(participant=participant, stage=stage).first()
    if standing is not None and standing.points == value:
        return 0
    row = standing or TestScore(participant_id=participant, stage=stage)
    row.points, row.recorded_at, row.recorded_by = value, now, actor.person_id
    row.save()
    return 1
