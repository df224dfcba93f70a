"""Events and series, as far as a reader may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from simpul.activities.invited import answered_by, without_answer
from simpul.activities.kinds import Part
from simpul.activities.models import (
    CoHost,
    Contribution,
    Coverage,
    Event,
    EventSeries,
    EventStep,
    ProgrammeItem,
    Session,
)
from simpul.activities.rules.events import (
    KIND,
    SERIES,
    kept_by,
    organised_by,
    received_by,
    series_visible_to,
    visible_to,
)
from simpul.activities.states import MANAGE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.rules.organisations import visible_to as organisations_visible_to
from simpul.organisations.rules.organisations import within
from simpul.organisations.rules.reach import members_of

LEVELS = {1: 2, 2: 5, 3: 8, 4: 13}  # level of an area -> length of its code


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which events: of a network and its members, of one host, in an area, of a series, of some kinds."""

    network: UUID | None = None
    organisation: UUID | None = None
    area_code: str = ""
    series: UUID | None = None
    kinds: Collection[str] = ()

    def as_q(self) -> Q:
        wanted = Q()
        if self.network:
            own = Q(owner_organisation=self.network)
            wanted &= own | members_of([self.network], "owner_organisation__")
        if self.organisation:
            co_hosted = CoHost.objects.filter(organisation=self.organisation, confirmed_at__isnull=False)
            wanted &= Q(owner_organisation=self.organisation) | Q(pk__in=co_hosted.values("event_id"))
        if self.area_code:
            wanted &= Q(area__code__within=self.area_code)
        if self.series:
            wanted &= Q(series=self.series)
        if self.kinds:
            wanted &= Q(kind__in=self.kinds)
        return wanted


ALL = Narrowing()


def events_for(actor: Actor) -> QuerySet[Event]:
    """With host, area and series."""
    return Event.objects.filter(visible_to(actor)).select_related("owner_organisation", "area", "series")


def events_kept_for(actor: Actor) -> QuerySet[Event]:
    """Those that the actor may change, the newest first."""
    rows = Event.objects.filter(kept_by(actor)).select_related("owner_organisation", "area", "series")
    return rows.order_by("-starts_at", "-id")


def events_received_for(actor: Actor) -> QuerySet[Event]:
    """Those at which the actor keeps the programme or receives people, the newest first."""
    rows = Event.objects.filter(organised_by(actor)).select_related("owner_organisation", "area", "series")
    return rows.order_by("-starts_at", "-id")


def event_for(actor: Actor, event_id: UUID) -> Event:
    """NotFound for what is out of sight."""
    found = events_for(actor).filter(pk=event_id).first()
    if found is None:
        raise NotFound(KIND, event_id)
    return found


@dataclass(frozen=True, slots=True)
class Doors:
    """What the reader may do with an event: keep it, receive people at it, answer an invitation to it."""

    keeps: bool
    receives: bool
    is_asked: bool


def event_with_doors(actor: Actor, event_id: UUID) -> tuple[Event, Doors]:
    """As `event_for`, and what may be done with it, in the one statement."""
    asked = without_answer().filter(answered_by(actor), event=OuterRef("pk"))
    rows = events_for(actor).annotate(
        keeps=_is(kept_by(actor)), receives=_is(received_by(actor)), is_asked=Exists(asked)
    )
    found = rows.filter(pk=event_id).first()
    if found is None:
        raise NotFound(KIND, event_id)
    return found, Doors(found.keeps, found.receives, found.is_asked)


def _is(held: Q) -> Case:
    return Case(When(held, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())


def session_for(actor: Actor, session_id: UUID) -> Session:
    rows = Session.objects.filter(visible_to(actor, "event__"), pk=session_id)
    found = rows.select_related("event__owner_organisation").first()
    if found is None:
        raise NotFound("activities.session", session_id)
    return found


def calendar_for(actor: Actor, *, first: date, until: date, narrowed: Narrowing = ALL) -> QuerySet[Event]:
    """Events that share a day with [first, until), by the dates on the wall where they are; cancelled ones too."""
    rows = events_for(actor).filter(narrowed.as_q(), starts_on__lt=until, ends_on__gte=first)
    return rows.order_by("starts_at", "id")


def upcoming_for(actor: Actor, *, since: date, narrowed: Narrowing = ALL) -> QuerySet[Event]:
    """What has not ended by `since`, the next first. Keyset: filter on (starts_at, id) greater than the last."""
    return events_for(actor).filter(narrowed.as_q(), ends_on__gte=since).order_by("starts_at", "id")


def count_by_area(actor: Actor, *, level: int, first: date, until: date, narrowed: Narrowing = ALL) -> dict[str, int]:
    """Events by the code of their area at a level (1 province, 2 regency or city ...); those without one left out."""
    rows = Event.objects.filter(visible_to(actor), narrowed.as_q(), starts_on__lt=until, ends_on__gte=first)
    rows = rows.filter(area__level__gte=level, cancelled_at=None).annotate(code=Substr("area_id", 1, LEVELS[level]))
    return dict(rows.order_by().values_list("code").annotate(n=Count("pk")))


def series_for(actor: Actor) -> QuerySet[EventSeries]:
    rows = EventSeries.objects.filter(series_visible_to(actor), organisations_visible_to(actor, "owner_organisation__"))
    return rows.select_related("owner_organisation").order_by("-created_at", "id")


def one_series_for(actor: Actor, series_id: UUID) -> EventSeries:
    found = series_for(actor).filter(pk=series_id).first()
    if found is None:
        raise NotFound(SERIES, series_id)
    return found


def events_of_series(actor: Actor, series: EventSeries) -> QuerySet[Event]:
    """The last first."""
    return events_for(actor).filter(series=series).order_by("-starts_at", "-id")


def sessions_of(event: Event) -> list[Session]:
    """In order, each with its `items`."""
    items = Prefetch("items", ProgrammeItem.objects.order_by("position", "id"))
    return list(event.sessions.prefetch_related(items))


@dataclass(frozen=True, slots=True)
class Contributor:
    """As one reader sees them: `name` is empty where they did not agree to be named and the reader keeps nothing."""

    id: UUID
    part: Part
    name: str
    position: str
    organisation: str
    item_id: UUID | None
    is_public: bool


def contributors_of(event: Event, *, keeps: bool) -> list[Contributor]:
    """`keeps`: the reader organises the event (rules.events.may_manage or may_receive) and sees every name."""
    rows = event.contributions.select_related("organisation")
    order = {part: place for place, part in enumerate(Part.values)}
    seen = [row for row in rows if keeps or row.is_public or row.position or row.organisation_id]
    return [
        Contributor(
            id=row.pk,
            part=Part(row.part),
            name=row.name.open() if keeps or row.is_public else "",
            position=row.position,
            organisation=_shown(row),
            item_id=row.item_id,
            is_public=row.is_public,
        )
        for row in sorted(seen, key=lambda row: order[row.part])
    ]


def _shown(row: Contribution) -> str:
    """A hidden organisation is named nowhere."""
    return row.organisation.name if row.organisation and not row.organisation.in_safety_mode else ""


def co_hosts_of(actor: Actor, event: Event, *, keeps: bool = False) -> list[CoHost]:
    """Those that confirmed it and may be seen; all of them for who keeps the event."""
    rows = event.co_hosts.select_related("organisation")
    if not keeps:
        rows = rows.filter(organisations_visible_to(actor, "organisation__"), confirmed_at__isnull=False)
    return list(rows)


def co_hosting_asked(actor: Actor) -> QuerySet[CoHost]:
    """Where the actor's organisations were named as co-hosts and have not answered, the next event first."""
    rows = CoHost.objects.filter(within(actor.scope(MANAGE), "organisation__"), confirmed_at=None)
    rows = rows.filter(event__cancelled_at=None).select_related("event__owner_organisation", "organisation")
    return rows.order_by("event__starts_at", "id")


def steps_of(event: Event) -> QuerySet[EventStep]:
    return event.steps.order_by("number")


def coverage_of(event: Event) -> QuerySet[Coverage]:
    return event.coverage.all()
