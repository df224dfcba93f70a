"""What a group counted on paper before it had Simpul: brought in many at once, without anybody in it.

The bulk way into figures. A line is one person assisted, as figures know them: where, of what, of which age band.
No case is opened, so there is nothing to read, to refer or to erase; whoever wants to be accompanied has a case opened.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.kinds import CASE_TYPES, branch_of, family_of, form_of
from simpul.cases.models import CountedType, CountedVictim
from simpul.cases.models.counted import Counting
from simpul.cases.outcomes import outcomes_for
from simpul.cases.rights_kinds import AGE_BANDS, age_band
from simpul.cases.stages import COORDINATE, Stage
from simpul.cases.vulnerabilities import Disability
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, Invalid
from simpul.organisations.models import Organisation
from simpul.people.codes import Sex
from simpul.records.batches import insert_all
from simpul.territory.queries.areas import areas_by_code

MOST: Final = 20_000
_VILLAGE: Final = 4
_BANDS: Final = {"", *(age_band(low) for low, _high in AGE_BANDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCount:
    """One person assisted. `village` is a code, `age` a band ("25-59"); sex, age, disability "" where not written."""

    village: str
    received_on: date
    ended_on: date
    types: Collection[str]
    sex: str = ""
    age: str = ""
    disability: str = ""
    outcome: str = ""


def bring_past_counts(
    actor: Actor, organisation: Organisation, counts: Sequence[PastCount], *, source: str, now: datetime
) -> int:
    """All or nothing; how many are new. `source` names the register they stand in ("2024"): the same lines of the same
    source again, longer perhaps, add only what is new.

    Denied("case.coordinate") for the organisation or a village out of reach; Invalid("village" | "types" | "sex" |
    "age" | "disability" | "outcome" | "ended_on" | "too_many").
    """
    villages = {count.village for count in counts}
    _authorise(actor, organisation, villages)
    if len(counts) > MOST:
        raise Invalid("too_many", "counts", message=_("Bring them in parts: there are too many at once."))
    if sum(area.level == _VILLAGE for area in areas_by_code(villages).values()) < len(villages):
        raise Invalid("village", "village", message=_("Choose one of the list."))
    for count in counts:
        _check(count, now)
    keys = [uuid5(organisation.pk, f"past count {source} {number}") for number in range(len(counts))]
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        known = _known(organisation, {count.received_on for count in counts})
        new = [(key, count) for key, count in zip(keys, counts, strict=True) if key not in known]
        if new:
            rows = [_row(organisation, key, count, now) for key, count in new]
            insert_all(rows)
            insert_all([kind for row, (_key, count) in zip(rows, new, strict=True) for kind in _types(row, count)])
            audit.record(actor, "cases.bring_past_counts", organisation.ref, details={"lines": len(new)})
    return len(new)


def _authorise(actor: Actor, organisation: Organisation, villages: Iterable[str]) -> None:
    asked: list[str | None] = [*villages]
    for village in asked or [None]:
        if not actor.may_at(COORDINATE, organisation.pk, village):
            raise Denied(COORDINATE, organisation.ref)


def _check(count: PastCount, now: datetime) -> None:
    if not count.types or not set(count.types) <= CASE_TYPES.keys():
        raise Invalid("types", "types", message=_("Choose what it was about."))
    if count.sex not in Sex.values:
        raise Invalid("sex", "sex", message=_("Choose one of the list."))
    if count.age not in _BANDS:
        raise Invalid("age", "age", message=_("Choose one of the list."))
    if count.disability not in {"", *Disability.values}:
        raise Invalid("disability", "disability", message=_("Choose one of the list."))
    if count.outcome not in {"", *outcomes_for(count.types)}:
        raise Invalid("outcome", "outcome", message=_("Choose one of the list."))
    if not count.received_on <= count.ended_on <= now.date():
        raise Invalid("ended_on", "ended_on", message=_("It ended after it came in, and before today."))


def _known(organisation: Organisation, days: Collection[date]) -> set[UUID]:
    if not days:
        return set()
    kept = CountedVictim.objects.filter(
        owner_organisation=organisation, received_on__gte=min(days), received_on__lte=max(days)
    )
    return set(kept.values_list("victim_key", flat=True))


def _row(organisation: Organisation, key: UUID, count: PastCount, now: datetime) -> CountedVictim:
    said: dict[str, Any] = {name: getattr(count, name) for name in ("received_on", "sex", "disability", "outcome")}
    return CountedVictim(
        victim_key=key,
        case_key=key,
        owner_organisation=organisation,
        area_id=count.village,
        branch=branch_of(count.types),
        stage=Stage.CLOSED,
        stage_since=count.ended_on,
        closed_on=count.ended_on,
        age_band=count.age,
        counting=Counting.UNASKED,
        recorded_at=now,
        **said,
    )


def _types(row: CountedVictim, count: PastCount) -> list[CountedType]:
    return [
        CountedType(counted=row, family=family_of(code), form=form_of(code), code=code) for code in sorted(count.types)
    ]
