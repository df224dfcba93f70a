"""Members, reach and a network's own word, for figures.

Rows are of all organisations; a figure counts those that its reader may see (rules.visible_to, decision 23).
"""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from simpul.kernel.actor import Actor, System
from simpul.organisations.kinds import CIVIL_SOCIETY, NETWORKS
from simpul.organisations.models import DeclaredReach, Membership, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.models.programmes import ProgrammeRole, ProgrammeRoleKind
from simpul.organisations.queries.walk import Sight, tree
from simpul.records.models import known_at, true_on

_EVERYBODY: Final = System("figures")


def direct_members(network_id: UUID, *, day: date, as_of: datetime | None = None) -> QuerySet[Organisation]:
    """Organisations and networks that are members of it themselves."""
    rows = _counted(day, as_of).filter(network=network_id)
    return Organisation.objects.filter(pk__in=rows.values("member_id"))


def reach(
    network_id: UUID, *, day: date, as_of: datetime | None = None, reader: Actor = _EVERYBODY
) -> QuerySet[Organisation]:
    """Organisations that are no networks, members of it through any number of levels, each once.

    Nobody is reached through what is hidden from the reader: what only a hidden network ties to it would tell of that.
    """
    below, params = tree(Sight.of(reader, day, as_of), network_id, None)
    ids = RawSQL(f"WITH RECURSIVE {below} SELECT id FROM nearest WHERE depth > 0", params)  # noqa: S608, S611
    return Organisation.objects.filter(pk__in=ids).exclude(kind__in=NETWORKS)


def declared_reaches(network_id: UUID, *, day: date, as_of: datetime | None = None) -> QuerySet[DeclaredReach]:
    """What it said of itself by that day, the latest first."""
    rows = DeclaredReach.objects.filter(known_at(as_of), network=network_id, declared_on__lte=day)
    return rows.order_by("-declared_on")


def forum_members(
    programme_id: UUID | None, *, day: date, as_of: datetime | None = None, area_code: str | None = None
) -> QuerySet[Membership]:
    """Memberships of citizens' organisations in the learning forums of a programme (None: of any).

    Count `member` distinctly: who is in two forums has two rows. `area_code` keeps the forums of that area.
    """
    roles = ProgrammeRole.objects.filter(true_on(day), known_at(as_of), role=ProgrammeRoleKind.LEARNING_FORUM)
    if programme_id:
        roles = roles.filter(programme=programme_id)
    if area_code:
        roles = roles.filter(area__code__within=area_code)
    rows = _counted(day, as_of).filter(network__in=roles.values("organisation_id"), member__kind__in=CIVIL_SOCIETY)
    return rows.select_related("member", "network")


def _counted(day: date, as_of: datetime | None) -> QuerySet[Membership]:
    holds: Q = true_on(day) & known_at(as_of)
    return Membership.objects.filter(holds, role__in=COUNTED_ROLES)
