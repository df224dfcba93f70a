"""Keeping what figures know of a case in step with the case: appended in the transaction that changed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from simpul.cases.consent_kinds import AGGREGATE
from simpul.cases.kinds import family_of, form_of
from simpul.cases.models import Case, Consent, CountedType, CountedVictim, Party
from simpul.cases.models.counted import Counting
from simpul.cases.relations import PartyRole
from simpul.cases.rights_kinds import age_band

_COUNTED: Final = (
    "case_key", "owner_organisation_id", "area_id", "branch", "received_on", "stage", "stage_since", "outcome",
    "closed_on", "sex", "age_band", "disability", "counting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Picture:
    """A victim as they would be counted now."""

    fields: dict[str, Any]
    codes: frozenset[str]

    def is_of(self, row: CountedVictim) -> bool:
        same = all(getattr(row, name) == self.fields[name] for name in _COUNTED)
        return same and {one.code for one in row.types.all()} == self.codes


def count_again(case: Case, *, today: date, now: datetime) -> int:
    """Append what differs from what figures knew of the case; for how many victims. `case` is locked by the caller.

    `today` is the date on the calendar of its village.
    """
    standing = {row.victim_key: row for row in _standing(case)}
    victims = case.parties.filter(role=PartyRole.VICTIM).order_by("pk").prefetch_related("types")
    answers = _answers(case)
    changed = 0
    for first, victim in _numbered(victims):
        known = standing.get(victim.pk)
        is_same_stage = known is not None and known.stage == case.stage
        since = known.stage_since if known is not None and is_same_stage else today
        answer = answers.get(victim.pk, Counting.UNASKED)
        if known is not None and victim.erased_at is not None:
            answer = known.counting  # their consents are erased: what they had said to being counted stands
        picture = _picture(case, victim, since, answer)
        if known is not None and picture.is_of(known):
            continue
        stay = _stay(known, today) if first and not is_same_stage else {}
        _append(victim.pk, known, picture, stay, now)
        changed += 1
    return changed


def _standing(case: Case) -> Iterable[CountedVictim]:
    return CountedVictim.objects.filter(case_key=case.pk, superseded_at=None).prefetch_related("types")


def _numbered(victims: Iterable[Party]) -> Iterable[tuple[bool, Party]]:
    return ((number == 0, victim) for number, victim in enumerate(victims))


def _picture(case: Case, victim: Party, since: date, counting: str) -> _Picture:
    fields = {
        "case_key": case.pk,
        "owner_organisation_id": case.owner_organisation_id,
        "area_id": case.area_id,
        "branch": case.branch,
        "received_on": case.received_on,
        "stage": case.stage,
        "stage_since": since,
        "outcome": case.outcome,
        "closed_on": case.closed_on,
        "sex": victim.sex,
        "age_band": age_band(victim.age_on(case.received_on)),
        "disability": victim.disability,
        "counting": counting,
    }
    return _Picture(fields, frozenset(row.code for row in victim.types.all()))


def _stay(known: CountedVictim | None, today: date) -> dict[str, Any]:
    if known is None:
        return {}
    return {"left": known.stage, "left_after": max(0, (today - known.stage_since).days)}


def _append(
    victim_key: UUID, known: CountedVictim | None, picture: _Picture, stay: dict[str, Any], now: datetime
) -> None:
    if known is not None:
        CountedVictim.objects.filter(pk=known.pk, superseded_at=None).update(superseded_at=now)
    row = CountedVictim.objects.create(victim_key=victim_key, recorded_at=now, **picture.fields, **stay)
    CountedType.objects.bulk_create(
        CountedType(counted=row, family=family_of(code), form=form_of(code), code=code)
        for code in sorted(picture.codes)
    )


def _answers(case: Case) -> dict[UUID, str]:
    """Victim -> what they said to being counted: yes where any consent that stands covers it, no where they were asked
    for anything at all and none does.
    """
    found: dict[UUID, str] = {}
    rows = Consent.objects.filter(party__case=case).values_list("party_id", "purposes", "withdrawal__id")
    for party, purposes, withdrawal in rows:
        agreed = withdrawal is None and AGGREGATE in purposes
        if agreed or party not in found:
            found[party] = Counting.AGREED if agreed else Counting.REFUSED
    return found
