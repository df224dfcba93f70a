"""The desk: what waits, by when it is due; what is one's own. Flat however many cases there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from simpul.cases.models import Case, Party, PartyType
from simpul.cases.queries.clocks import pauses
from simpul.cases.queries.heads import first_of, keys_of
from simpul.cases.relations import PartyRole
from simpul.cases.rules.sight import (
    assigned_to,
    brought_keys,
    brought_to,
    owners,
    shelves_of,
    singled_out_for,
    visible_to,
)
from simpul.cases.stages import COORDINATE, RECORD
from simpul.deadlines.reckoning import end_of
from simpul.kernel.actor import Actor
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.territory.names import level_of

SOON: Final = 3  # days after today
VILLAGE: Final = 4  # how deep an area lies
MOST: Final = 100  # nobody counts along beyond that


class Shelf(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked at. `zone` says where today ends; `area_code`: that village, or all within that area. `mine`: what
    one helps in; `brought`: what was brought to one from a group one accompanies.
    """

    shelf: Shelf = Shelf.OPEN
    mine: bool = False
    brought: bool = False
    area_code: str = ""
    zone: Zone = Zone.WITA


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page; `after` is where the next one begins, None at the end."""

    cases: list[Case]
    after: tuple[datetime, UUID] | None


def groups_of(actor: Actor) -> QuerySet[Organisation]:
    """The organisations at which the actor keeps cases, by name."""
    return Organisation.objects.filter(pk__in=owners(actor, RECORD, COORDINATE)).order_by("sort_key", "id")


def worklist(
    actor: Actor,
    wanted: Filter,
    *,
    now: datetime,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 30,
) -> Worklist:
    """What is due first comes first; open and ended cases the newest first. Narratives are not loaded.

    Each with `waits`: why one of its clocks stands still, None where none does.
    """
    column, order = (
        ("due_at", ("due_at", "id")) if _is_dated(wanted.shelf) else ("received_at", ("-received_at", "-id"))
    )
    rows = _rows(actor, wanted, now)
    parts = _parts(actor, _beyond(rows, column, after) if after else rows, wanted, now)
    return _page(list(first_of(parts, _listed(), order, limit + 1)), column, limit)


def worklist_with_counts(
    actor: Actor,
    wanted: Filter,
    *,
    now: datetime,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 30,
) -> tuple[Worklist, dict[Shelf, int]]:
    """`worklist`, and how many are overdue, due today and soon; more than MOST means that many or more.

    Of one instant: what was read to count what is overdue is what its page shows. One query counts; a second one on a
    desk with so much overdue that what comes after it was not reached.
    """
    known = _dues(actor, wanted, now)
    counts = _counted(actor, wanted, known, now)
    if wanted.shelf is not Shelf.OVERDUE or after or limit >= MOST:
        return worklist(actor, wanted, now=now, after=after, limit=limit), counts
    keys = [key for key, due in known if due <= now][: limit + 1]
    return _page(list(_listed().filter(pk__in=keys).order_by("due_at", "id")), "due_at", limit), counts


def _listed() -> QuerySet[Case]:
    """As the list shows them."""
    return Case.objects.defer("narrative").select_related("area").annotate(**pauses())


def _page(found: list[Case], column: str, limit: int) -> Worklist:
    """Of one case more than the page holds, where there are more."""
    last = found[limit - 1] if len(found) > limit else None
    prefetch_related_objects(found, _people())
    return Worklist(found[:limit], (getattr(last, column), last.pk) if last else None)


def _counted(actor: Actor, wanted: Filter, known: list[tuple[UUID, datetime]], now: datetime) -> dict[Shelf, int]:
    tonight = end_of(local_date(now, wanted.zone), wanted.zone)
    overdue = sum(due <= now for _key, due in known)
    today = sum(now < due <= tonight for _key, due in known)
    counts = {Shelf.OVERDUE: overdue, Shelf.TODAY: today, Shelf.SOON: len(known) - overdue - today}
    if len(known) < 3 * MOST:
        return counts
    # So much is overdue that what comes after it was not reached: each of the others for itself, in one statement.
    others = shelf_lists(actor, wanted, now=now, shelves=(Shelf.TODAY, Shelf.SOON))
    keys = others[Shelf.TODAY].union(others[Shelf.SOON])
    later = list(Case.objects.filter(pk__in=keys).values_list("due_at", flat=True))
    counts[Shelf.TODAY] = sum(due is not None and due <= tonight for due in later)
    counts[Shelf.SOON] = len(later) - counts[Shelf.TODAY]
    return counts


def shelf_lists(
    actor: Actor, wanted: Filter, *, now: datetime, shelves: Sequence[Shelf] = (Shelf.OVERDUE, Shelf.TODAY, Shelf.SOON)
) -> dict[Shelf, QuerySet[Any, Any]]:
    """What lies overdue, due today and soon, each case once, to be counted with other lists: MOST + 1 of each part of
    it at most.
    """
    found: dict[Shelf, QuerySet[Any, Any]] = {}
    for shelf in shelves:
        looked = replace(wanted, shelf=shelf)
        parts = _parts(actor, _rows(actor, looked, now), looked, now)
        found[shelf] = keys_of(parts, ("due_at", "id"), MOST + 1)
    return found


def _dues(actor: Actor, wanted: Filter, now: datetime) -> list[tuple[UUID, datetime]]:
    """All that is overdue, due today or soon, and when: the first 3 * MOST."""
    parts = _parts(actor, _rows(actor, wanted, now, until_soon=True), wanted, now)
    found = first_of(parts, Case.objects.values_list("id", "due_at"), ("due_at", "id"), 3 * MOST)
    return [(key, due) for key, due in found if due]


def _parts(actor: Actor, rows: QuerySet[Case], wanted: Filter, now: datetime) -> list[QuerySet[Case]]:
    """`rows` in parts, each of which is found by an index: shelves are walked in their order, single cases by key."""
    if wanted.mine:
        keys = [assigned_to(actor)]
    else:
        keys = [brought_keys(actor)] if wanted.brought else singled_out_for(actor, now=now)
    some = keys[0].union(*keys[1:]) if keys[1:] else keys[0]
    # All else is asked of the row that a key led to: SQLite would rather look through the whole group for it.
    single = Case.objects.filter(Exists(rows.filter(pk=OuterRef("pk"))), pk__in=some)
    if wanted.mine or wanted.brought:
        return [single]
    return [*(rows.filter(part) for part in shelves_of(actor, of_village=_is_village(wanted))), single]


def _beyond(rows: QuerySet[Case], column: str, after: tuple[datetime, UUID]) -> QuerySet[Case]:
    """Those that follow `after` in the order of the page."""
    if column == "due_at":
        return rows.filter(due_at__gte=after[0]).exclude(due_at=after[0], pk__lte=after[1])
    return rows.filter(received_at__lte=after[0]).exclude(received_at=after[0], pk__gte=after[1])


def _rows(actor: Actor, wanted: Filter, now: datetime, *, until_soon: bool = False) -> QuerySet[Case]:
    """What may be on the page, wherever it is looked for. A village is asked for as itself: an index serves it so."""
    rows = Case.objects.filter(visible_to(actor, now=now), _on(wanted, now, until_soon=until_soon))
    if wanted.brought:
        rows = rows.filter(brought_to(actor))
    if wanted.area_code:
        here = "area" if _is_village(wanted) else "area__code__within"
        rows = rows.filter(**{here: wanted.area_code})
    return rows


def _on(wanted: Filter, now: datetime, *, until_soon: bool) -> Q:
    tonight = end_of(local_date(now, wanted.zone), wanted.zone)
    horizon = tonight + timedelta(days=SOON)
    if until_soon:  # whichever shelf is looked at
        return Q(closed_on=None, due_at__lte=horizon)
    if wanted.shelf is Shelf.ENDED:
        return Q(closed_on__isnull=False)
    spans = {
        Shelf.OVERDUE: Q(due_at__lte=now),
        Shelf.TODAY: Q(due_at__gt=now, due_at__lte=tonight),
        Shelf.SOON: Q(due_at__gt=tonight, due_at__lte=horizon),
    }
    return Q(closed_on=None) & spans.get(wanted.shelf, Q())


def _is_village(wanted: Filter) -> bool:
    return bool(wanted.area_code) and level_of(wanted.area_code) == VILLAGE


def _is_dated(shelf: Shelf) -> bool:
    return shelf in (Shelf.OVERDUE, Shelf.TODAY, Shelf.SOON)


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
