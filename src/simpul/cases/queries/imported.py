"""Reports that come in from another tool: whether one of them is a case already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain, count
from typing import Final
from uuid import UUID, uuid5

from django.db.models import F

from simpul.cases.models import Case, CaseTombstone, Party
from simpul.cases.relations import PartyRole
from simpul.cases.rights_kinds import Ground
from simpul.cases.rules.sight import of_visible, visible_to
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation

# Keys that follow from the report's own number: the same file twice, or by two at once, is each case once.
_SPACE: Final = UUID("0f4a1f8e-6f0f-4a53-9a6e-2f6a0e6f7b90")


class Fate(StrEnum):
    NEW = "new"
    ENTERED = "entered"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Spot:
    """`key` is that of the case that is there, was there, or may be opened."""

    key: UUID
    fate: Fate


def spot_of(actor: Actor, organisation: Organisation, number: str, *, now: datetime) -> Spot:
    """Of the report that bears this number in the tool it comes from.

    One that was erased stays so, unless it should never have been written down: then it may come in anew, under
    another key. Of a case that is hidden from the actor nothing shows: for them it is not there, and theirs is another.
    """
    base = f"{organisation.pk}/{number}"
    seeds = chain([base], (f"{base}/{actor.person_id}/{n}" for n in count()))
    return next(spot for seed in seeds if (spot := _spot(actor, seed, now)))


def _spot(actor: Actor, seed: str, now: datetime) -> Spot | None:
    """None where a case stands there that the actor must not see."""
    for turn in count():
        key = uuid5(_SPACE, f"{seed}/{turn}")
        if Case.objects.filter(pk=key).exists():
            seen = Case.objects.filter(visible_to(actor, now=now), pk=key).exists()
            return Spot(key, Fate.ENTERED) if seen else None
        ground = CaseTombstone.objects.filter(pk=key).values_list("ground", flat=True).first()
        if ground is None:
            return Spot(key, Fate.NEW)
        if ground != Ground.MISTAKE:
            return Spot(key, Fate.ERASED)
    return None


@dataclass(frozen=True, slots=True)
class Assisted:
    party: Party
    types: list[str]


def assisted_in(actor: Actor, cases: Iterable[Case], *, now: datetime) -> Mapping[UUID, Sequence[Assisted]]:
    """Whom these cases are about and in what, of those the actor sees. One query."""
    by_key = {case.pk: case for case in cases}
    found: dict[UUID, dict[UUID, Assisted]] = defaultdict(dict)
    rows = Party.objects.filter(of_visible(actor, now=now), case__in=by_key, role=PartyRole.VICTIM)
    for party in rows.annotate(type_code=F("types__code")).order_by("recorded_at", "id", "type_code"):
        party.case = by_key[party.case_id]
        told = found[party.case_id].setdefault(party.pk, Assisted(party, []))
        if party.type_code:
            told.types.append(party.type_code)
    return {key: list(people.values()) for key, people in found.items()}
