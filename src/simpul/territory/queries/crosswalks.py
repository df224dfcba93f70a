"""What an area became."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from simpul.records.models import known_at
from simpul.territory.models import Crosswalk


@dataclass(frozen=True, slots=True, order=True)
class Successor:
    """A code that is (part of) what another was; `share` None where a step on the way has none."""

    code: str
    share: Decimal | None = Decimal(1)


def successors(code: str, *, on: date, known: datetime | None = None) -> tuple[Successor, ...]:
    """What `code` had become by that day, by code: itself where nothing had happened to it.

    Followed in the order of time: an area split in 2020 whose part was merged in 2024 leads to the merged one. Rows as
    known at `known`, else as known now.
    """
    steps: dict[str, list[Crosswalk]] = {}
    for row in Crosswalk.objects.filter(known_at(known), valid_from__lte=on).order_by("valid_from", "new_id"):
        steps.setdefault(row.old_code, []).append(row)
    ends: dict[str, Decimal | None] = {}
    walking: list[tuple[str, date, Decimal | None]] = [(code, date.min, Decimal(1))]
    while walking:
        at, since, share = walking.pop()
        ahead = [row for row in steps.get(at, ()) if row.valid_from > since]
        next_ones = [row for row in ahead if row.valid_from == ahead[0].valid_from]
        alone = len(next_ones) == 1
        walking.extend((row.new_id, row.valid_from, _part(share, row.share, alone=alone)) for row in next_ones)
        if not ahead:
            ends[at] = share if at not in ends else _sum(ends[at], share)
    return tuple(Successor(at, ends[at]) for at in sorted(ends))


def crosswalks() -> QuerySet[Crosswalk]:
    """Every row as known now, the latest change first, with its area."""
    return Crosswalk.objects.filter(known_at(None)).select_related("new")


def _part(share: Decimal | None, of: Decimal | None, *, alone: bool) -> Decimal | None:
    if of is None:
        return share if alone else None
    return None if share is None else share * of


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
