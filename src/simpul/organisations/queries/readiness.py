"""Trained, ready, network formed: how many came how far, and who."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation, ReadinessRecord
from simpul.organisations.rules.organisations import visible_to, within
from simpul.organisations.secretariat import MANAGE, ReadinessStage
from simpul.records.models import known_at


@dataclass(frozen=True, slots=True)
class Way:
    """One organisation and the stages it has reached, in their order."""

    organisation: Organisation
    records: tuple[ReadinessRecord, ...]

    @property
    def stage(self) -> ReadinessStage:
        return ReadinessStage(self.records[-1].stage)


def ways_in(actor: Actor, network: Organisation, *, on: date) -> list[Way]:
    """Whom the network has seen reach a stage by that day, by name. One query."""
    rows = ReadinessRecord.objects.filter(
        known_at(None), visible_to(actor, "organisation__"), network=network, reached_on__lte=on
    )
    order = list(ReadinessStage.values)
    each: dict[UUID, list[ReadinessRecord]] = {}
    for row in rows.select_related("organisation", "formed").order_by("organisation__sort_key", "organisation_id"):
        each.setdefault(row.organisation_id, []).append(row)
    return [
        Way(found[0].organisation, tuple(sorted(found, key=lambda r: order.index(r.stage)))) for found in each.values()
    ]


def count_ways(ways: list[Way]) -> dict[ReadinessStage, int]:
    """Stage -> how many have reached it, whether they went on or not."""
    return {stage: sum(1 for way in ways if any(r.stage == stage for r in way.records)) for stage in ReadinessStage}


def stage_record_for(actor: Actor, key: UUID) -> ReadinessRecord:
    """For who keeps the network. NotFound for everybody else."""
    rows = ReadinessRecord.objects.filter(within(actor.scope(MANAGE), "network__"), pk=key)
    found = rows.select_related("network", "organisation").first()
    if found is None:
        raise NotFound("organisations.readinessrecord", key)
    return found
