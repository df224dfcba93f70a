"""Telling that a learning forum reached a stage on its way, and taking that back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.activities.forum_life import ORDER, Stage, before
from simpul.activities.models import CoHost, Event, ForumStage
from simpul.activities.queries.forums import makeup_on, members_of_forums
from simpul.activities.rules.forums import require_forum_keeper
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import supersede
from simpul.organisations.models import Organisation
from simpul.organisations.sectors import Sector
from simpul.organisations.shapes import check_past, one_of, words
from simpul.records.locks import lock_graph

_EVERYBODY = System("forums")


def reach_forum_stage(
    actor: Actor,
    forum: Organisation,
    *,
    stage: str,
    reached_on: date,
    evidence: str,
    theme: str = "",
    event: Event | None = None,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> ForumStage:
    """The forum reached the stage on that day; papers are added to the row. The same again is the row already there.

    Invalid("evidence_needed" | "theme_needed" | "event_of_others" | ...). Conflict("too_early") before the stage that
    this one rests on; Conflict("nobody_signed" | "no_presidium" | "one_sided") where the members of that day don't
    show it; Conflict("stated_already") where another day stands there.
    """
    require_forum_keeper(actor, forum)
    stage = one_of(Stage, blank=False)("stage", stage)
    check_past(reached_on, "reached_on", now)
    row = ForumStage(
        id=id or uuid7(),
        forum=forum,
        stage=stage,
        theme=_theme(stage, theme),
        reached_on=reached_on,
        evidence=words(300)("evidence", evidence),
        event=event,
        entered_by=actor.person_id,
        recorded_at=now,
    )
    if not row.evidence:
        message = _("Write where this can be seen: minutes, an attendance list, a decree.")
        raise Invalid("evidence_needed", "evidence", message=message)
    if event is not None:
        _check_event(forum, event)
    return _state(actor, row)


def withdraw_forum_stage(actor: Actor, row: ForumStage, *, now: datetime) -> None:
    """It was told by mistake. Conflict("built_upon") while a later stage stands. Twice changes nothing more."""
    require_forum_keeper(actor, row.forum)
    with transaction.atomic():
        lock_graph(f"activities.forum.{row.forum_id}")
        if _is_built_upon(row):
            message = _("A later stage stands on this one. Withdraw that first.")
            raise Conflict("built_upon", message=message)
        if supersede(row, now=now):
            audit.record(actor, "activities.withdraw_forum_stage", row.ref, details={"stage": row.stage})


def _theme(stage: str, theme: str) -> str:
    if stage != Stage.ADVOCACY:
        return ""
    if theme not in Sector.values:
        raise Invalid("theme_needed", "theme", message=_("Choose what the policy is about."))
    return theme


def _check_event(forum: Organisation, event: Event) -> None:
    together = CoHost.objects.filter(event=event, organisation=forum, confirmed_at__isnull=False)
    if event.owner_organisation_id != forum.pk and not together.exists():
        message = _("Choose an event that the forum held itself, or together with others.")
        raise Invalid("event_of_others", "event", message=message)


def _state(actor: Actor, row: ForumStage) -> ForumStage:
    with transaction.atomic():
        lock_graph(f"activities.forum.{row.forum_id}")
        if sent := ForumStage.objects.filter(pk=row.pk).first():
            return _the_same(sent, row)
        if there := _standing(row).filter(stage=row.stage, theme=row.theme).first():
            if there.reached_on == row.reached_on:
                return there
            message = _("This stage is told already, with another day. Withdraw that entry first.")
            raise Conflict("stated_already", message=message)
        _refuse_leap(row)
        _refuse_unshown(row)
        row.save(force_insert=True)
        audit.record(actor, "activities.reach_forum_stage", row.ref, details={"stage": row.stage, "theme": row.theme})
    return row


def _the_same(sent: ForumStage, row: ForumStage) -> ForumStage:
    if (sent.forum_id, sent.stage, sent.theme) == (row.forum_id, row.stage, row.theme):
        return sent
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))


def _refuse_leap(row: ForumStage) -> None:
    needed = before(row.stage)
    if needed and not _standing(row).filter(stage=needed, reached_on__lte=row.reached_on).exists():
        message = _("First tell of the stage before this one: %(stage)s.") % {"stage": needed.label}
        raise Conflict("too_early", message=message, theirs={"needed": needed.value})


def _refuse_unshown(row: ForumStage) -> None:
    """All members are asked, also those that whoever tells of it may not see."""
    members = members_of_forums(_EVERYBODY, [row.forum_id])[row.forum_id]
    if lack := makeup_on(members, row.reached_on).lacks(row.stage):
        raise Conflict(lack.value, message=lack.label)


def _standing(row: ForumStage) -> QuerySet[ForumStage]:
    return ForumStage.objects.filter(forum=row.forum_id, superseded_at=None)


def _is_built_upon(row: ForumStage) -> bool:
    later = ORDER[ORDER.index(Stage(row.stage)) + 1 :]
    return _standing(row).filter(stage__in=later).exists()
