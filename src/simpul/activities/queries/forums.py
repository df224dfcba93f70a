"""Learning forums as a reader may see them: how far each has come, who is in it, who came when it met.

What is hidden from the reader is in no list and no count of theirs (decision 23).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from simpul.activities.forum_life import MIXED, ORDER, Lack, Stage
from simpul.activities.kinds import MEETINGS, stakeholder_of
from simpul.activities.models import Attendance, CoHost, Event, ForumStage
from simpul.activities.queries.events import LEVELS
from simpul.activities.rules.events import visible_to as events_visible_to
from simpul.activities.rules.forums import STAGE, forums_visible_to, stages_visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Period
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES, MembershipRole
from simpul.organisations.rules.organisations import KIND as ORGANISATION
from simpul.organisations.rules.organisations import visible_to
from simpul.records.models import known_at

_COORDINATOR = MembershipRole.COORDINATOR
_LEADING = (MembershipRole.PRESIDIUM, _COORDINATOR)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One organisation in one role, for one period."""

    member_id: UUID
    name: str
    stakeholder: str
    role: str
    signed: bool
    period: Period


@dataclass(frozen=True, slots=True)
class Makeup:
    """Who is in a forum on a day. `by` is stakeholder -> organisations; `leading` are those of the presidium, who
    coordinates it first.
    """

    members: int
    signed: int
    presidium: int
    by: Mapping[str, int]
    leading: Sequence[MemberRow] = field(default=(), compare=False)

    @property
    def is_mixed(self) -> bool:
        return len(self.by) >= MIXED

    def lacks(self, stage: str) -> Lack | None:
        """What the list of members doesn't show though this stage needs it."""
        if stage == Stage.READY and not self.signed:
            return Lack.SIGNED
        if stage == Stage.PRESIDIUM and not self.presidium:
            return Lack.PRESIDIUM
        return Lack.PARTIES if stage == Stage.LAUNCHED and not self.is_mixed else None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was held. `expected` members were in the forum on its day, `present` of them sent somebody.

    Of a sensitive one nobody is named, so that `expected` is 0: it is in no rate.
    """

    event: Event
    expected: int
    present: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Numerator and denominator over meetings; never averaged."""

    present: int = 0
    expected: int = 0
    meetings: int = 0

    @classmethod
    def of(cls, meetings: Iterable[Meeting]) -> "Rate":
        rows = list(meetings)
        return cls(sum(m.present for m in rows), sum(m.expected for m in rows), len(rows))


@dataclass(frozen=True, slots=True)
class ForumCard:
    """A forum in a list. `stage` is the furthest it reached, None where nothing is told."""

    forum: Organisation
    stage: Stage | None
    makeup: Makeup
    rate: Rate
    last_on: date | None
    meetings: Sequence[Meeting] = field(default_factory=tuple)


def forums_for(actor: Actor, *, area_code: str = "") -> QuerySet[Organisation]:
    """Of an area and all below it, by where they are seated."""
    rows = Organisation.objects.filter(forums_visible_to(actor)).select_related("seat")
    return rows.filter(seat__code__within=area_code) if area_code else rows


def forum_for(actor: Actor, forum_id: UUID) -> Organisation:
    """NotFound for what is out of sight, or no forum."""
    found = forums_for(actor).filter(pk=forum_id).first()
    if found is None:
        raise NotFound(ORGANISATION, forum_id)
    return found


def count_forums(actor: Actor, *, level: int, within: str = "") -> dict[str, int]:
    """Forums by the code of their area at a level (1 province, 2 regency or city ...)."""
    rows = forums_for(actor, area_code=within).filter(seat__level__gte=level)
    coded = rows.annotate(code=Substr("seat_id", 1, LEVELS[level])).order_by()
    return dict(coded.values_list("code").annotate(n=Count("pk")))


def stages_of(actor: Actor, forums: Collection[UUID]) -> dict[UUID, list[ForumStage]]:
    """Those that stand, in order. One query."""
    rows = ForumStage.objects.filter(stages_visible_to(actor), forum__in=forums, superseded_at=None)
    found: dict[UUID, list[ForumStage]] = {pk: [] for pk in forums}
    for row in rows.select_related("event"):
        found[row.forum_id].append(row)
    for stages in found.values():
        stages.sort(key=lambda row: (ORDER.index(Stage(row.stage)), row.reached_on, row.theme))
    return found


def stage_for(actor: Actor, stage_id: UUID) -> ForumStage:
    """One that stands. NotFound."""
    rows = ForumStage.objects.filter(stages_visible_to(actor), pk=stage_id, superseded_at=None)
    found = rows.select_related("forum", "event").first()
    if found is None:
        raise NotFound(STAGE, stage_id)
    return found


def next_stages(rows: Sequence[ForumStage]) -> list[Stage]:
    """Which stages may be told of now: the one after the furthest; advocacy again for another theme."""
    reached = {row.stage for row in rows}
    missing = [stage for stage in ORDER if stage not in reached]
    return missing[:1] or [Stage.ADVOCACY]


def members_of_forums(actor: Actor, forums: Collection[UUID]) -> dict[UUID, list[MemberRow]]:
    """Every standing membership, of whatever period, of members in sight. One query."""
    rows = Membership.objects.filter(
        visible_to(actor, "member__"), known_at(None), network__in=forums, role__in=COUNTED_ROLES
    )
    found: dict[UUID, list[MemberRow]] = {pk: [] for pk in forums}
    for row in rows.select_related("member").order_by("member__sort_key", "valid_from", "pk"):
        found[row.network_id].append(
            MemberRow(
                row.member_id,
                row.member.name,
                stakeholder_of(row.member.kind).value,
                row.role,
                row.has_readiness_statement,
                row.period,
            )
        )
    return found


def makeup_on(rows: Iterable[MemberRow], day: date) -> Makeup:
    """Each organisation once, in however many roles."""
    there = [row for row in rows if row.period.contains(day)]
    kinds = {row.member_id: row.stakeholder for row in there}
    by: dict[str, int] = defaultdict(int)
    for stakeholder in kinds.values():
        by[stakeholder] += 1
    leading = sorted((row for row in there if row.role in _LEADING), key=lambda row: row.role != _COORDINATOR)
    return Makeup(
        members=len(kinds),
        signed=len({row.member_id for row in there if row.signed}),
        presidium=len({row.member_id for row in leading}),
        by=dict(sorted(by.items(), key=lambda pair: (-pair[1], pair[0]))),
        leading=leading,
    )


def meetings_of(
    actor: Actor, members: Mapping[UUID, Sequence[MemberRow]], *, period: Period | None = None
) -> dict[UUID, list[Meeting]]:
    """Meetings that these forums held, alone or with others, the last first. Three queries, however many forums.

    Of the organisations that came those count that were members on the day, each once.
    """
    rows = Event.objects.filter(events_visible_to(actor), held_at__isnull=False, kind__in=MEETINGS)
    if period and period.start:
        rows = rows.filter(starts_on__gte=period.start)
    if period and period.until:
        rows = rows.filter(starts_on__lt=period.until)
    shared = CoHost.objects.filter(organisation__in=members, confirmed_at__isnull=False)
    with_others: dict[UUID, set[UUID]] = defaultdict(set)
    for event_id, forum_id in shared.values_list("event_id", "organisation_id"):
        with_others[event_id].add(forum_id)
    held = list(
        rows.filter(Q(owner_organisation__in=members) | Q(pk__in=shared.values("event_id"))).order_by(
            "-starts_at", "-id"
        )
    )
    came = _who_came(held)
    found: dict[UUID, list[Meeting]] = {pk: [] for pk in members}
    for event in held:
        for forum_id in with_others[event.pk] | {event.owner_organisation_id}:
            if forum_id in found:
                found[forum_id].append(_meeting(event, members[forum_id], came[event.pk]))
    return found


def _who_came(events: Collection[Event]) -> Mapping[UUID, set[UUID]]:
    rows = Attendance.objects.filter(session__event__in=[e.pk for e in events], undone_at=None).order_by()
    there = rows.filter(participant__organisation__isnull=False)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for event_id, organisation_id in there.values_list("session__event_id", "participant__organisation_id").distinct():
        found[event_id].add(organisation_id)
    return found


def _meeting(event: Event, members: Iterable[MemberRow], came: set[UUID]) -> Meeting:
    if event.is_sensitive:
        return Meeting(event, 0, 0)
    expected = {row.member_id for row in members if row.period.contains(event.starts_on)}
    return Meeting(event, len(expected), len(expected & came))


def cards_of(actor: Actor, forums: Sequence[Organisation], day: date) -> list[ForumCard]:
    """As many queries for three forums as for one."""
    keys = [forum.pk for forum in forums]
    stages, members = stages_of(actor, keys), members_of_forums(actor, keys)
    meetings = meetings_of(actor, members)
    return [_card(forum, stages[forum.pk], members[forum.pk], meetings[forum.pk], day) for forum in forums]


def _card(
    forum: Organisation, stages: Sequence[ForumStage], members: Sequence[MemberRow], held: Sequence[Meeting], day: date
) -> ForumCard:
    return ForumCard(
        forum=forum,
        stage=Stage(stages[-1].stage) if stages else None,
        makeup=makeup_on(members, day),
        rate=Rate.of(held),
        last_on=held[0].event.starts_on if held else None,
        meetings=held,
    )
