"""What happens at an event: sessions, points of the programme, who does what; who holds it together, what was published
on it; and series.
"""

from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from pydantic import Field

from simpul.activities.kinds import EventKind, Part, Rhythm, Visibility
from simpul.activities.models import CoHost, Contribution, Coverage, ProgrammeItem, Session
from simpul.activities.queries.events import event_for, one_series_for, session_for
from simpul.activities.services.hosting import (
    add_coverage,
    confirm_co_host,
    name_co_host,
    remove_co_host,
    remove_coverage,
)
from simpul.activities.services.programme import (
    add_contribution,
    add_item,
    add_session,
    change_session,
    remove_contribution,
    remove_item,
    remove_session,
)
from simpul.activities.services.series import add_break, change_series, create_series
from simpul.api.activities.events import SeriesLine, router, series_line
from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.organisations.applications import organisation_or_none
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import Day, Instant, OwnKey, Sent, Words, localized, needed_words
from simpul.kernel.errors import NotFound
from simpul.organisations.queries.profiles import organisation_for

WRITE: Final = ("events:write",)
WRITING: Final[dict[str, Any]] = {"scopes": WRITE, "needs_token": True}


class MadeLine(Shape):
    """What was made is known by this."""

    id: UUID


class SessionTimes(Sent):
    starts_at: Instant
    ends_at: Instant
    title: Words | None = None
    track: str = Field("", max_length=60, description=prose("A room or a group: two of one never share a minute."))


class NewSession(SessionTimes):
    id: OwnKey = None


class NewProgrammePoint(Sent):
    id: OwnKey = None
    title: Words
    minutes: int | None = Field(None, ge=1, le=1440)


class NewContributor(Sent):
    id: OwnKey = None
    part: Part
    name: str = Field(max_length=160)
    position: str = Field("", max_length=120)
    organisation: UUID | None = None
    point: UUID | None = Field(None, description=prose("The point of the programme; null: the whole event."))
    is_public: bool = Field(False, description=prose("They agreed to be named."))


class NewCoHost(Sent):
    organisation: UUID


class NewEventCoverage(Sent):
    title: str = Field(max_length=200)
    url: str = Field("", max_length=200)
    published_on: Day


class SeriesSaid(Sent):
    about: Words | None = None
    ends_on: Day | None = None


class NewSeries(SeriesSaid):
    id: OwnKey = None
    organisation: UUID
    title: Words
    kind: EventKind
    visibility: Visibility
    rhythm: Rhythm = Rhythm.NONE
    starts_on: Day


class SeriesChange(SeriesSaid):
    title: Words | None = None
    rhythm: Rhythm | None = None
    visibility: Visibility | None = None


class NewBreak(Sent):
    since: Day = Field(description=prose("The first day on which none is due."))
    until: Day = Field(description=prose("The first day on which one is due again."))
    reason: str = Field(max_length=200)


@router.post(
    "/events/{uuid:event_id}/sessions",
    **told(
        prose("Add a session"), prose("The event's one session gives way to the first that is added."),
        response=MadeLine, status=201, **WRITING,
    ),
)  # fmt: skip
def create_session(request: Call, event_id: UUID, sent: NewSession) -> MadeLine:
    event = event_for(request.actor, event_id)
    row = add_session(
        request.actor, event, starts_at=sent.starts_at, ends_at=sent.ends_at, title=localized("title", sent.title),
        track=sent.track, id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return MadeLine(id=row.pk)


@router.put("/sessions/{uuid:session_id}", **told(prose("Change a session"), response=MadeLine, **WRITING))
def replace_session(request: Call, session_id: UUID, sent: SessionTimes) -> MadeLine:
    row = session_for(request.actor, session_id)
    change_session(
        request.actor, row, starts_at=sent.starts_at, ends_at=sent.ends_at, title=localized("title", sent.title),
        track=sent.track, now=timezone.now(),
    )  # fmt: skip
    return MadeLine(id=row.pk)


@router.delete(
    "/sessions/{uuid:session_id}",
    **told(
        prose("Remove a session"), prose("One at which nobody was noted."), response=None, status=204, **WRITING
    ),
)  # fmt: skip
def delete_session(request: Call, session_id: UUID) -> None:
    remove_session(request.actor, session_for(request.actor, session_id), now=timezone.now())


@router.post(
    "/sessions/{uuid:session_id}/points",
    **told(prose("Add a point of the programme"), response=MadeLine, status=201, **WRITING),
)
def create_point(request: Call, session_id: UUID, sent: NewProgrammePoint) -> MadeLine:
    session, title = session_for(request.actor, session_id), needed_words("title", sent.title)
    row = add_item(request.actor, session, title=title, minutes=sent.minutes, id=sent.id, now=timezone.now())
    return MadeLine(id=row.pk)


@router.delete(
    "/sessions/{uuid:session_id}/points/{uuid:point_id}",
    **told(prose("Remove a point of the programme"), response=None, status=204, **WRITING),
)
def delete_point(request: Call, session_id: UUID, point_id: UUID) -> None:
    session = session_for(request.actor, session_id)
    remove_item(request.actor, _point(session, point_id), now=timezone.now())


def _point(session: Session, point_id: UUID) -> ProgrammeItem:
    found = ProgrammeItem.objects.filter(session=session, pk=point_id).select_related("session__event").first()
    if found is None:
        raise NotFound("activities.programmeitem", point_id)
    return found


@router.post(
    "/events/{uuid:event_id}/contributors",
    **told(
        prose("Say who does what"), prose("A name is shown only where they agreed to it."), response=MadeLine,
        status=201, **WRITING,
    ),
)  # fmt: skip
def create_contributor(request: Call, event_id: UUID, sent: NewContributor) -> MadeLine:
    event = event_for(request.actor, event_id)
    item = ProgrammeItem.objects.filter(session__event=event, pk=sent.point).first() if sent.point else None
    if sent.point and item is None:
        raise NotFound("activities.programmeitem", sent.point)
    row = add_contribution(
        request.actor, event, part=sent.part, name=sent.name, position=sent.position, is_public=sent.is_public,
        organisation=organisation_or_none(request, sent.organisation), item=item, id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return MadeLine(id=row.pk)


@router.delete(
    "/events/{uuid:event_id}/contributors/{uuid:row_id}",
    **told(prose("Take somebody out of the programme"), response=None, status=204, **WRITING),
)
def delete_contributor(request: Call, event_id: UUID, row_id: UUID) -> None:
    event = event_for(request.actor, event_id)
    row = Contribution.objects.filter(event=event, pk=row_id).select_related("event__owner_organisation").first()
    if row is None:
        raise NotFound("activities.contribution", row_id)
    remove_contribution(request.actor, row, now=timezone.now())


@router.post(
    "/events/{uuid:event_id}/co-hosts",
    **told(
        prose("Name a co-host"), prose("It is shown once its own people confirm it."), response=MadeLine, status=201,
        **WRITING,
    ),
)  # fmt: skip
def create_co_host(request: Call, event_id: UUID, sent: NewCoHost) -> MadeLine:
    event = event_for(request.actor, event_id)
    other = organisation_for(request.actor, sent.organisation)
    return MadeLine(id=name_co_host(request.actor, event, organisation=other, now=timezone.now()).pk)


@router.post(
    "/co-hosts/{uuid:row_id}/confirm",
    **told(prose("Hold an event together"), prose("By those who were named."), response=MadeLine, **WRITING),
)
def confirm_co_hosting(request: Call, row_id: UUID) -> MadeLine:
    return MadeLine(id=confirm_co_host(request.actor, _co_host(row_id), now=timezone.now()).pk)


@router.delete(
    "/co-hosts/{uuid:row_id}",
    **told(
        prose("End holding an event together"), prose("By either side."), response=None, status=204, **WRITING
    ),
)  # fmt: skip
def delete_co_host(request: Call, row_id: UUID) -> None:
    remove_co_host(request.actor, _co_host(row_id), now=timezone.now())


def _co_host(row_id: UUID) -> CoHost:
    """Those named may not see a draft: the services say who may do what."""
    found = CoHost.objects.filter(pk=row_id).select_related("event__owner_organisation", "organisation").first()
    if found is None:
        raise NotFound("activities.event")
    return found


@router.post(
    "/events/{uuid:event_id}/coverage",
    **told(prose("Add what was published on an event"), response=MadeLine, status=201, **WRITING),
)
def create_event_coverage(request: Call, event_id: UUID, sent: NewEventCoverage) -> MadeLine:
    event = event_for(request.actor, event_id)
    return MadeLine(id=add_coverage(request.actor, event, **dict(sent), now=timezone.now()).pk)


@router.delete(
    "/events/{uuid:event_id}/coverage/{uuid:row_id}",
    **told(prose("Remove what was published on an event"), response=None, status=204, **WRITING),
)
def delete_event_coverage(request: Call, event_id: UUID, row_id: UUID) -> None:
    event = event_for(request.actor, event_id)
    row = Coverage.objects.filter(event=event, pk=row_id).select_related("event__owner_organisation").first()
    if row is None:
        raise NotFound("activities.coverage", row_id)
    remove_coverage(request.actor, row, now=timezone.now())


@router.post("/event-series", **told(prose("Begin a series"), response=SeriesLine, status=201, **WRITING))
def create_event_series(request: Call, sent: NewSeries) -> SeriesLine:
    given: dict[str, Any] = {name: getattr(sent, name) for name in ("kind", "visibility", "rhythm", "starts_on")}
    row = create_series(
        request.actor, organisation_for(request.actor, sent.organisation), title=needed_words("title", sent.title),
        about=localized("about", sent.about), ends_on=sent.ends_on, id=sent.id, now=timezone.now(), **given,
    )  # fmt: skip
    request.location = f"{reverse('api:list_event_series')}/{row.pk}"
    return series_line(row)


@router.patch(
    "/event-series/{uuid:series_id}",
    **told(prose("Change a series"), response=SeriesLine, versioned=True, **WRITING),
)
def change_event_series(request: Call, series_id: UUID, sent: SeriesChange) -> SeriesLine:
    seen, row = seen_version(request), one_series_for(request.actor, series_id)
    said: dict[str, Any] = {name: getattr(sent, name) for name in sent.model_fields_set}
    for name in ("title", "about"):
        if name in said:
            said[name] = localized(name, said[name])
    fresh = change_series(request.actor, row, seen=seen, **said, now=timezone.now())
    request.version = fresh.version
    return series_line(fresh)


@router.post(
    "/event-series/{uuid:series_id}/breaks",
    **told(prose("Say when none of a series is due"), response=MadeLine, status=201, **WRITING),
)
def create_series_break(request: Call, series_id: UUID, sent: NewBreak) -> MadeLine:
    row = one_series_for(request.actor, series_id)
    made = add_break(
        request.actor, row, valid_from=sent.since, valid_until=sent.until, reason=sent.reason, now=timezone.now()
    )
    return MadeLine(id=made.pk)
