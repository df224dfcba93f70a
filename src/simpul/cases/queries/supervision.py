"""Figures of how a group works, for who accompanies it: never which case, and numbers only in bands of five.

They are as of the beginning of the week and stand still until the next: whoever looks every day must not see one case
come, go, or change hands. Nothing and a few are the same band. All is read up to a limit, so that a page stays flat
however many cases there are; beyond it the page says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from simpul.access.models import Grant
from simpul.access.roles import roles_with
from simpul.access.rules import standing
from simpul.cases.models import (
    Appointment,
    Assignment,
    Case,
    CaseStep,
    ClosureRequest,
    Complaint,
    Need,
    PlanItem,
    Referral,
    Satisfaction,
    Visit,
)
from simpul.cases.models.sight import AssignedRole
from simpul.cases.rules.complaints import visible_to as complaints_visible_to
from simpul.cases.rules.sight import KIND
from simpul.cases.rules.supervision import counted_for, watched_by
from simpul.cases.stages import OPEN_STAGES, RECORD, Act
from simpul.deadlines.models import Clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.people.queries import today

CROWD: Final = 5
MOST: Final = 2_000  # cases, referrals and faces that are looked at for one page
LATELY: Final = timedelta(days=90)
YEAR: Final = timedelta(days=365)
AGES: Final = (7, 30, 90)  # days; beyond the last is its own column


@dataclass(frozen=True, slots=True)
class Band:
    """A number that tells of nobody: the crowd of five it lies in. `least` is 0, 5, 10, ...: few may be none."""

    least: int

    @property
    def most(self) -> int:
        """The largest number it may be."""
        return self.least + CROWD - 1


def band(number: int) -> Band:
    return Band(max(0, number // CROWD * CROWD))


def as_of(now: datetime) -> datetime:
    """The beginning of the week, in the west, where it begins last."""
    day = local_date(now, Zone.WIB)
    return datetime.combine(day - timedelta(days=day.weekday()), time(), Zone.WIB.info)


@dataclass(frozen=True, slots=True)
class Workload:
    """`by_companion`: who may help there, and in how many open cases, those with most first. `ages`: every open stage,
    and a band for each of AGES and one beyond, by how long the case has stood there. `is_cut`: there are more than were
    looked at.
    """

    open: Band
    overdue: Band
    unassigned: Band
    reopened: Band
    closures: Band
    complaints: Band
    by_companion: list[tuple[str, Band]]
    ages: dict[str, list[Band]]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Answering:
    """How one office answers that was asked by a crowd. `days` is the median until it answered, in whole days, None
    where fewer than a crowd did.
    """

    office: str
    sent: Band
    unanswered: Band
    days: int | None


@dataclass(frozen=True, slots=True)
class Faces:
    """`shares`: face -> whole percent; None where fewer than a crowd of people said anything."""

    said: Band
    shares: dict[int, int] | None


def groups_for(actor: Actor) -> QuerySet[Organisation]:
    """The groups whose figures the actor reads, by name."""
    return Organisation.objects.filter(watched_by(actor)).order_by("sort_key", "id")


def group_for(actor: Actor, organisation_id: UUID) -> Organisation:
    """NotFound for one whose figures the actor doesn't read."""
    found = groups_for(actor).filter(pk=organisation_id).first()
    if found is None:
        raise NotFound("organisations.organisation", organisation_id)
    return found


def workload_of(actor: Actor, group: Organisation, *, now: datetime) -> Workload:
    """What was open when the week began, with whom and for how long; for a group that `group_for` gave. Six queries."""
    at = as_of(now)
    rows = _open(actor, group, at)
    shown = [row for row in rows[:MOST] if row.stage in OPEN_STAGES]
    with_whom = _companions(actor, group, at)
    helped = {case_id for case_id, _person, _name in with_whom}
    return Workload(
        open=band(len(shown)),
        overdue=band(sum(row.late for row in shown)),
        unassigned=band(sum(row.pk not in helped for row in shown)),
        reopened=band(_reopened(actor, group, at)),
        closures=band(_closures(actor, group, at)),
        complaints=band(len(_complaints(actor, group, at)[:MOST])),
        by_companion=_by_companion(with_whom, _helpers(group, now)),
        ages=_ages(shown, at),
        is_cut=len(rows) > MOST,
    )


def answering_of(actor: Actor, group: Organisation, *, now: datetime) -> list[Answering]:
    """How the offices that were asked by a crowd answered, in cases of the last year, the busiest first. One query."""
    at = as_of(now)
    seen = Case.objects.filter(counted_for(actor.person_id), owner_organisation=group, received_at__gte=at - YEAR)
    rows = Referral.objects.filter(case__in=seen, sent_at__lte=at).order_by()
    by_office: dict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for office, sent, answered in rows.values_list("service_point__name", "sent_at", "answered_at")[:MOST]:
        if sent is not None:
            by_office[office].append((sent, answered if answered is not None and answered <= at else None))
    found = [_answering(office, times) for office, times in by_office.items() if len(times) >= CROWD]
    return sorted(found, key=lambda one: (-one.sent.least, one.office))


def faces_of(group: Organisation, *, now: datetime) -> Faces:
    """How people said it was, in the last four quarters that are over: this one is not told while it grows by one."""
    this = local_date(now, Zone.WIB)
    until = date(this.year, 3 * ((this.month - 1) // 3) + 1, 1)
    said = Satisfaction.objects.filter(
        handler=group, quarter__lt=until, quarter__gte=until.replace(year=until.year - 1)
    )
    counted = Counter(said.order_by().values_list("face", flat=True)[:MOST])
    total = sum(counted.values())
    whole = total >= CROWD
    # In steps of five percent: two readings that differ by one person's face should read the same.
    shares = {face: 5 * round(20 * counted[face] / total) for face in (3, 2, 1)} if whole else None
    return Faces(band(total), shares)


@dataclass(frozen=True, slots=True)
class _Open:
    """A case as it stood at one instant: where, since when, and whether something in it was late."""

    pk: UUID
    stage: str
    since: datetime
    late: bool


def _open(actor: Actor, group: Organisation, at: datetime) -> list[_Open]:
    """Cases that had not ended by then, or ended that day: their last step by then says which."""
    steps = CaseStep.objects.filter(case=OuterRef("pk"), at__lte=at).order_by("-id")
    rows = _counted(actor, group).filter(Q(closed_on=None) | Q(closed_on__gte=local_date(at, Zone.WIB)))
    stood = rows.annotate(
        stood=Subquery(steps.values("to_stage")[:1]), since=Subquery(steps.values("at")[:1]), late=_late(at)
    )
    listed = stood.filter(stood__isnull=False).order_by().values_list("pk", "stood", "since", "late")
    return [_Open(*row) for row in listed[: MOST + 1]]


def _late(at: datetime) -> Q:
    """Whether something was past its time and still to be done: as it was then, whatever was done since."""
    day, case = local_date(at, Zone.WIB), OuterRef("pk")
    undone = Q(dropped_at=None) | Q(dropped_at__gt=at)
    needs = Need.objects.filter(undone, _after("implemented_at", at), case=case, due_on__lt=day)
    plans = PlanItem.objects.filter(undone, _after("done_at", at), case=case, due_on__lt=day)
    visits = Visit.objects.filter(_after("visited_on", day, "gte"), case=case, due_on__lt=day)
    meetings = Appointment.objects.filter(_after("settled_at", at), case=case, at__lte=at)
    clocks = Clock.objects.filter(
        _after("stopped_at", at), about_kind=KIND, about_id=case, due_at__lte=at, paused_at=None
    )
    return Q(Exists(needs)) | Q(Exists(plans)) | Q(Exists(visits)) | Q(Exists(meetings)) | Q(Exists(clocks))


def _after(name: str, at: datetime | date, lookup: str = "gt") -> Q:
    """Not yet then."""
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__{lookup}": at})


def _counted(actor: Actor, group: Organisation) -> QuerySet[Case]:
    return Case.objects.filter(counted_for(actor.person_id), owner_organisation=group)


def _companions(actor: Actor, group: Organisation, at: datetime) -> list[tuple[UUID, UUID, str]]:
    cases = _counted(actor, group).filter(Q(closed_on=None) | Q(closed_on__gte=local_date(at, Zone.WIB)))
    rows = Assignment.objects.filter(
        _after("ended_at", at), case__in=cases, started_at__lte=at, role=AssignedRole.COMPANION
    ).order_by()
    return [(row.case_id, row.person_id, str(row.person)) for row in rows.select_related("person")[: 2 * MOST]]


def _helpers(group: Organisation, now: datetime) -> list[tuple[UUID, str]]:
    """Who may help there now: somebody who helps nobody stands in the list as well."""
    rows = Grant.objects.filter(standing(today(now)), organisation=group, role__in=roles_with(RECORD))
    return [(row.person_id, str(row.person)) for row in rows.select_related("person").order_by()]


def _by_companion(rows: Iterable[tuple[UUID, UUID, str]], others: Iterable[tuple[UUID, str]]) -> list[tuple[str, Band]]:
    names, counted = dict(others), Counter[UUID]()
    for _case, person_id, name in rows:
        names[person_id] = name
        counted[person_id] += 1
    return sorted(((name, band(counted[key])) for key, name in names.items()), key=lambda one: (-one[1].least, one[0]))


def _reopened(actor: Actor, group: Organisation, at: datetime) -> int:
    """Cases, not how often each."""
    rows = CaseStep.objects.filter(act=Act.REOPEN, at__gte=at - LATELY, at__lte=at, case__in=_counted(actor, group))
    return len(rows.order_by().values_list("case", flat=True).distinct()[:MOST])


def _closures(actor: Actor, group: Organisation, at: datetime) -> int:
    rows = ClosureRequest.objects.filter(_after("decided_at", at), asked_at__lte=at, case__in=_counted(actor, group))
    return len(rows.order_by().values_list("case", flat=True).distinct()[:MOST])


def _complaints(actor: Actor, group: Organisation, at: datetime) -> QuerySet[Complaint, UUID]:
    """About the group, which the actor may read anyway."""
    rows = Complaint.objects.filter(
        complaints_visible_to(actor), _after("decided_at", at), about_group=group, received_at__lte=at
    )
    return rows.order_by().values_list("pk", flat=True)


def _ages(rows: Iterable[_Open], at: datetime) -> dict[str, list[Band]]:
    counted = {stage.value: [0] * (len(AGES) + 1) for stage in OPEN_STAGES}
    for row in rows:
        days = (at - row.since).days
        counted[row.stage][sum(days > age for age in AGES)] += 1
    return {stage: [band(n) for n in numbers] for stage, numbers in counted.items()}


def _answering(office: str, times: Sequence[tuple[datetime, datetime | None]]) -> Answering:
    waits = [(answered - sent).total_seconds() / 86_400 for sent, answered in times if answered]
    days = round(median(waits)) if len(waits) >= CROWD else None
    return Answering(office, band(len(times)), band(len(times) - len(waits)), days)
