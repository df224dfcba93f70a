"""Forums that meet, and the organisations they engage.

Rows are of all organisations; a figure counts those that its reader may see (decision 23).
"""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from simpul.activities.facts.events import held_events
from simpul.activities.kinds import MEETINGS, Stakeholder, kinds_of
from simpul.activities.models import Attendance, CoHost
from simpul.kernel.time import Period
from simpul.organisations.facts.networks import forum_members
from simpul.organisations.kinds import CIVIL_SOCIETY, OrganisationKind
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.models.programmes import ProgrammeRole, ProgrammeRoleKind
from simpul.records.models import known_at, true_on

MIXED = 2  # types of stakeholder among its members, from which on a forum is one of several parties


def forums_at_work(
    programme_id: UUID | None,
    *,
    period: Period,
    day: date,
    as_of: datetime | None = None,
    area_code: str | None = None,
) -> QuerySet[Organisation]:
    """Learning forums that held a meeting in the period, alone or with others, and whose members on `day` are of at
    least two types of stakeholder.
    """
    forums = _forums(programme_id, day, as_of, area_code)
    meetings = held_events(period=period, as_of=as_of).filter(kind__in=MEETINGS)
    together = CoHost.objects.filter(event__in=meetings.values("pk"), confirmed_at__isnull=False)
    met = Q(pk__in=meetings.values("owner_organisation_id")) | Q(pk__in=together.values("organisation_id"))
    return forums.filter(met, pk__in=_mixed(day, as_of))


def _forums(
    programme_id: UUID | None, day: date, as_of: datetime | None, area_code: str | None
) -> QuerySet[Organisation]:
    if programme_id is None and area_code is None:
        return Organisation.objects.filter(kind=OrganisationKind.LEARNING_FORUM)
    roles = ProgrammeRole.objects.filter(true_on(day), known_at(as_of), role=ProgrammeRoleKind.LEARNING_FORUM)
    if programme_id:
        roles = roles.filter(programme=programme_id)
    if area_code:
        roles = roles.filter(area__code__within=area_code)
    return Organisation.objects.filter(pk__in=roles.values("organisation_id"))


def _mixed(day: date, as_of: datetime | None) -> QuerySet[Membership, UUID]:
    """Networks whose members come from several stakeholders."""
    whose = Case(
        *(When(member__kind__in=kinds_of(s), then=Value(s.value)) for s in Stakeholder if kinds_of(s)),
        default=Value(Stakeholder.OTHER.value),
        output_field=CharField(),
    )
    rows = Membership.objects.filter(true_on(day), known_at(as_of), role__in=COUNTED_ROLES)
    counted = rows.order_by().values("network_id").annotate(types=Count(whose, distinct=True))
    return counted.filter(types__gte=MIXED).values_list("network_id", flat=True)


def engaged_organisations(
    programme_id: UUID | None,
    *,
    period: Period,
    day: date,
    as_of: datetime | None = None,
    area_code: str | None = None,
) -> QuerySet[Organisation]:
    """Organisations of citizens that are members of the forums on `day`, or whose people came to an event that one of
    them held in the period; each once, however many forums and events.
    """
    members = forum_members(programme_id, day=day, as_of=as_of, area_code=area_code)
    forums = _forums(programme_id, day, as_of, area_code)
    events = held_events(period=period, as_of=as_of).filter(owner_organisation__in=forums.values("pk"))
    came = known_attendance(as_of).filter(session__event__in=events.values("pk"))
    there = came.filter(participant__organisation__isnull=False)
    either = Q(pk__in=members.values("member_id")) | Q(pk__in=there.values("participant__organisation_id"))
    return Organisation.objects.filter(either, kind__in=CIVIL_SOCIETY)


def known_attendance(as_of: datetime | None) -> QuerySet[Attendance]:
    """As it was known then; None: now."""
    if as_of is None:
        return Attendance.objects.filter(undone_at=None)
    return Attendance.objects.filter(Q(undone_at=None) | Q(undone_at__gt=as_of), recorded_at__lte=as_of)
