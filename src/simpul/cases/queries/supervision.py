"""Figures of how a group works, for who accompanies it: never which case, and small numbers only in bands of five.

All is read up to a limit, so that a page stays flat however many cases there are; beyond it the page says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final
from uuid import UUID

from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery

from simpul.cases.models import Assignment, Case, CaseStep, ClosureRequest, Complaint, Referral, Satisfaction
from simpul.cases.models.sight import AssignedRole
from simpul.cases.rules.complaints import visible_to as complaints_visible_to
from simpul.cases.rules.supervision import counted_for, watched_by
from simpul.cases.stages import Act
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation

CROWD: Final = 5
MOST: Final = 2_000  # cases, referrals and faces that are looked at for one page
LATELY: Final = timedelta(days=90)
YEAR: Final = timedelta(days=365)
AGES: Final = (7, 30, 90)  # days; beyond the last is its own column


@dataclass(frozen=True, slots=True)
class Band:
    """A number that tells of nobody: none, or a crowd of five it lies in. `least` is 0 for none, else 1, 5, 10, ..."""

    least: int

    @property
    def most(self) -> int:
        """The largest number it may be."""
        return {0: 0, 1: CROWD - 1}.get(self.least, self.least + CROWD - 1)


def band(number: int) -> Band:
    return Band(0 if number <= 0 else max(1, number // CROWD * CROWD))


@dataclass(frozen=True, slots=True)
class Workload:
    """`by_companion`: who helps, in how many open cases, those with most first. `ages`: stage -> a band for each of
    AGES and one beyond, by how long the case has stood there. `is_cut`: there are more cases than were looked at.
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
    """How one office answers. `days` is the median until it answered, None where fewer than a crowd did."""

    office: str
    sent: Band
    unanswered: Band
    days: float | None


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
    """What is open, with whom and for how long; for a group that `group_for` gave. Six queries."""
    rows = _open(actor, group)
    shown = rows[:MOST]
    with_whom = _companions(actor, group)
    helped = {case_id for case_id, _name in with_whom}
    return Workload(
        open=band(len(shown)),
        overdue=band(sum(1 for _pk, _stage, due, _since in shown if due is not None and due <= now)),
        unassigned=band(sum(1 for pk, *_rest in shown if pk not in helped)),
        reopened=band(_reopened(actor, group, now)),
        closures=band(_closures(actor, group)),
        complaints=band(len(_complaints(actor, group)[:MOST])),
        by_companion=_by_companion(with_whom),
        ages=_ages(shown, now),
        is_cut=len(rows) > MOST,
    )


def answering_of(actor: Actor, group: Organisation, *, now: datetime) -> list[Answering]:
    """How the offices answered what the group sent them in cases of the last year, the busiest first. One query."""
    seen = Case.objects.filter(counted_for(actor.person_id), owner_organisation=group, received_at__gte=now - YEAR)
    rows = Referral.objects.filter(case__in=seen, sent_at__isnull=False).order_by()
    by_office: dict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for office, sent, answered in rows.values_list("service_point__name", "sent_at", "answered_at")[:MOST]:
        if sent is not None:
            by_office[office].append((sent, answered))
    found = [_answering(office, times) for office, times in by_office.items()]
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


def _open(actor: Actor, group: Organisation) -> list[tuple[UUID, str, datetime | None, datetime]]:
    since = CaseStep.objects.filter(case=OuterRef("pk")).order_by("-id").values("at")[:1]
    rows = Case.objects.filter(counted_for(actor.person_id), owner_organisation=group, closed_on=None)
    listed = rows.annotate(since=Subquery(since, output_field=DateTimeField())).order_by()
    return list(listed.values_list("pk", "stage", "due_at", "since")[: MOST + 1])


def _counted(actor: Actor, group: Organisation) -> QuerySet[Case]:
    return Case.objects.filter(counted_for(actor.person_id), owner_organisation=group)


def _companions(actor: Actor, group: Organisation) -> list[tuple[UUID, str]]:
    cases = _counted(actor, group).filter(closed_on=None)
    rows = Assignment.objects.filter(case__in=cases, ended_at=None, role=AssignedRole.COMPANION).order_by()
    return [(row.case_id, str(row.person)) for row in rows.select_related("person")[: 2 * MOST]]


def _by_companion(rows: Iterable[tuple[UUID, str]]) -> list[tuple[str, Band]]:
    counted = Counter(name for _case, name in rows)
    return sorted(((name, band(n)) for name, n in counted.items()), key=lambda one: (-one[1].least, one[0]))


def _reopened(actor: Actor, group: Organisation, now: datetime) -> int:
    rows = CaseStep.objects.filter(act=Act.REOPEN, at__gte=now - LATELY, case__in=_counted(actor, group))
    return len(rows.order_by().values_list("case", flat=True)[:MOST])


def _closures(actor: Actor, group: Organisation) -> int:
    rows = ClosureRequest.objects.filter(decided_at=None, case__in=_counted(actor, group))
    return len(rows.order_by().values_list("pk", flat=True)[:MOST])


def _complaints(actor: Actor, group: Organisation) -> QuerySet[Complaint, UUID]:
    """About the group, which the actor may read anyway."""
    rows = Complaint.objects.filter(complaints_visible_to(actor), about_group=group, decided_at=None)
    return rows.order_by().values_list("pk", flat=True)


def _ages(rows: Sequence[tuple[UUID, str, datetime | None, datetime]], now: datetime) -> dict[str, list[Band]]:
    counted: dict[str, list[int]] = defaultdict(lambda: [0] * (len(AGES) + 1))
    for _pk, stage, _due, since in rows:
        days = (now - since).days
        counted[stage][sum(days > age for age in AGES)] += 1
    return {stage: [band(n) for n in numbers] for stage, numbers in counted.items()}


def _answering(office: str, times: Sequence[tuple[datetime, datetime | None]]) -> Answering:
    waits = [(answered - sent).total_seconds() / 86_400 for sent, answered in times if answered]
    days = round(median(waits), 1) if len(waits) >= CROWD else None
    return Answering(office, band(len(times)), band(len(times) - len(waits)), days)
