"""How far what somebody sent has come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.notices import rules
from simpul.notices.models import Channel, Delivery, Notice, Recipient
from simpul.notices.states import State


@dataclass(frozen=True, slots=True)
class Standing:
    """`by_channel` counts deliveries; `retryable` those that failed for who has not opened it."""

    recipients: int = 0
    opened: int = 0
    escalated: int = 0
    by_channel: dict[Channel, dict[State, int]] = field(default_factory=dict)
    retryable: int = 0


def sent_for(actor: Actor) -> QuerySet[Notice]:
    """What the actor sent, the newest first."""
    return Notice.objects.filter(rules.sent(actor)).order_by("-sent_at", "-pk")


def sent_notice_for(actor: Actor, notice_id: UUID) -> Notice:
    """NotFound for one that the actor did not send."""
    found = sent_for(actor).filter(pk=notice_id).first()
    if found is None:
        raise NotFound("notices.notice", notice_id)
    return found


def opened_of(notices: Iterable[Notice]) -> dict[UUID, tuple[int, int]]:
    """Notice -> how many opened it, of how many; one query."""
    rows = Recipient.objects.filter(notice__in=[n.pk for n in notices]).order_by().values("notice_id")
    counted = rows.annotate(opened=Count("pk", filter=Q(opened_at__isnull=False)), all=Count("pk"))
    return {row["notice_id"]: (row["opened"], row["all"]) for row in counted}


def standing_of(actor: Actor, notice: Notice) -> Standing:
    """How far it has come, without a name; two queries. Denied("notice.send") for anybody but its sender."""
    rules.require_sender(actor, notice)
    counted = Recipient.objects.filter(notice=notice).aggregate(
        recipients=Count("pk"),
        opened=Count("pk", filter=Q(opened_at__isnull=False)),
        escalated=Count("pk", filter=Q(step__isnull=False)),
    )
    unopened = Q(recipient__opened_at=None)
    rows = Delivery.objects.filter(recipient__notice=notice).order_by().values("channel", "state")
    by_channel: dict[Channel, dict[State, int]] = {}
    retryable = 0
    for row in rows.annotate(number=Count("pk"), waiting=Count("pk", filter=unopened)):
        by_channel.setdefault(Channel(row["channel"]), {})[State(row["state"])] = row["number"]
        retryable += row["waiting"] if row["state"] in (State.GIVEN_UP, State.FAILED) else 0
    return Standing(**counted, by_channel=by_channel, retryable=retryable)
