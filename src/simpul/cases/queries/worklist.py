"""The desk: what waits, by when it is due; what is one's own. Flat however many cases there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from simpul.cases.models import Assignment, Case, Party, PartyType
from simpul.cases.relations import PartyRole
from simpul.cases.rules.sight import visible_to
from simpul.cases.stages import COORDINATE, RECORD
from simpul.deadlines.reckoning import end_of
from simpul.kernel.actor import Actor, Reach
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation

SOON: Final = 3  # days after today
MOST: Final = 100  # nobody counts along beyond that


class Shelf(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked at. `zone` says where today ends; `area_code`: that village, or all within that area."""

    shelf: Shelf = Shelf.OPEN
    mine: bool = False
    area_code: str = ""
    zone: Zone = Zone.WITA


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page; `after` is where the next one begins, None at the end."""

    cases: list[Case]
    after: tuple[datetime, UUID] | None


def groups_of(actor: Actor) -> QuerySet[Organisation]:
    """The organisations at which the actor keeps cases, by name."""
    return Organisation.objects.filter(pk__in=_owners(actor)).order_by("sort_key", "id")


def worklist(
    actor: Actor,
    wanted: Filter,
    *,
    now: datetime,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 30,
) -> Worklist:
    """What is due first comes first; open and ended cases the newest first. Narratives are not loaded."""
    column = "due_at" if _is_dated(wanted.shelf) else "received_at"
    rows = _rows(actor, wanted, now)
    if column == "due_at":
        ordered = rows.order_by("due_at", "id")
        if after:
            ordered = ordered.filter(due_at__gte=after[0]).exclude(due_at=after[0], pk__lte=after[1])
    else:
        ordered = rows.order_by("-received_at", "-id")
        if after:
            ordered = ordered.filter(received_at__lte=after[0]).exclude(received_at=after[0], pk__gte=after[1])
    found = list(ordered.defer("narrative").select_related("area").prefetch_related(_people())[: limit + 1])
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return Worklist(found[:limit], (getattr(last, column), last.pk) if last else None)


def shelf_counts(actor: Actor, wanted: Filter, *, now: datetime) -> dict[Shelf, int]:
    """How many are overdue, due today and soon; MOST means that many or more. One query."""
    rows = _rows(actor, replace(wanted, shelf=Shelf.SOON), now, until_soon=True)
    dues = list(rows.order_by("due_at", "id").values_list("due_at", flat=True)[: 3 * MOST])
    known = [due for due in dues if due is not None]
    tonight = end_of(local_date(now, wanted.zone), wanted.zone)
    overdue = sum(due <= now for due in known)
    today = sum(now < due <= tonight for due in known)
    return {Shelf.OVERDUE: overdue, Shelf.TODAY: today, Shelf.SOON: len(known) - overdue - today}


def _rows(actor: Actor, wanted: Filter, now: datetime, *, until_soon: bool = False) -> QuerySet[Case]:
    rows = Case.objects.filter(visible_to(actor, now=now), _on(wanted, now, until_soon=until_soon))
    if owners := _owners(actor):
        rows = rows.filter(owner_organisation__in=owners)
    if wanted.area_code:
        rows = rows.filter(area__code__within=wanted.area_code)
    if wanted.mine:
        own = Assignment.objects.filter(case=OuterRef("pk"), person=actor.person_id, ended_at=None)
        rows = rows.filter(Exists(own))
    return rows


def _on(wanted: Filter, now: datetime, *, until_soon: bool) -> Q:
    if wanted.shelf is Shelf.ENDED:
        return Q(closed_on__isnull=False)
    tonight = end_of(local_date(now, wanted.zone), wanted.zone)
    horizon = tonight + timedelta(days=SOON)
    if until_soon:
        return Q(closed_on=None, due_at__lte=horizon)
    spans = {
        Shelf.OVERDUE: Q(due_at__lte=now),
        Shelf.TODAY: Q(due_at__gt=now, due_at__lte=tonight),
        Shelf.SOON: Q(due_at__gt=tonight, due_at__lte=horizon),
    }
    return Q(closed_on=None) & spans.get(wanted.shelf, Q())


def _is_dated(shelf: Shelf) -> bool:
    return shelf in (Shelf.OVERDUE, Shelf.TODAY, Shelf.SOON)


def _owners(actor: Actor) -> Sequence[UUID]:
    kept = (entry for permission in (RECORD, COORDINATE) for entry in actor.scope(permission).entries)
    return sorted({e.organisation_id for e in kept if e.organisation_id and e.reach is Reach.OWN})


def _people() -> Prefetch:  # type: ignore[type-arg]
    """Sex and age of whom each case is about: never a name."""
    rows = Party.objects.filter(role=PartyRole.VICTIM).order_by("recorded_at", "id")
    known = rows.only("case", "role", "sex", "birth_date", "age_stated", "age_stated_on")
    return Prefetch("parties", queryset=known, to_attr="assisted")


def types_of_cases(cases: Sequence[Case]) -> dict[UUID, list[str]]:
    """Case -> codes of its types, for cases the reader was given. One query."""
    rows = PartyType.objects.filter(party__case__in=cases).order_by("code").values_list("party__case", "code")
    found: dict[UUID, list[str]] = {case.pk: [] for case in cases}
    for case_id, code in rows:
        if code not in found[case_id]:
            found[case_id].append(code)
    return found
