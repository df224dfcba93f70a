"""Stating that somebody reached a stage on the way to a secretariat and a network of their own."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.corrections import supersede
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Organisation, ReadinessRecord
from simpul.organisations.rules.organisations import authorise, require_sight
from simpul.organisations.secretariat import MANAGE, ReadinessStage
from simpul.organisations.shapes import check_past, one_of, words
from simpul.records.locks import lock_graph
from simpul.records.models import known_at

ORDER: Final = tuple(ReadinessStage)


def reach_stage(
    actor: Actor,
    network: Organisation,
    *,
    organisation: Organisation,
    stage: str,
    reached_on: date,
    evidence: str,
    formed: Organisation | None = None,
    now: datetime,
) -> ReadinessRecord:
    """`network` says that `organisation` reached `stage` on that day. The same again is the row already there.

    Invalid("evidence_needed" | "formed_needed" | "not_a_network"), Conflict("too_early") before the stage below it,
    Conflict("stated_already") where another day or network stands there: withdraw that first.
    """
    authorise(actor, MANAGE, network)
    require_sight(actor, organisation, *([formed] if formed else []))
    stage = one_of(ReadinessStage, blank=False)("stage", stage)
    check_past(reached_on, "reached_on", now)
    row = ReadinessRecord(
        network=network,
        organisation=organisation,
        stage=stage,
        reached_on=reached_on,
        evidence=words(300)("evidence", evidence),
        formed=_formed(stage, formed),
        entered_by=actor.person_id,
        recorded_at=now,
    )
    if not row.evidence:
        message = _("Write where this can be seen: an attendance list, a letter, minutes.")
        raise Invalid("evidence_needed", "evidence", message=message)
    return _state(actor, row)


def withdraw_stage(actor: Actor, record: ReadinessRecord, *, now: datetime) -> None:
    """It was stated by mistake. Conflict("built_upon") while a later stage stands. Twice changes nothing more."""
    authorise(actor, MANAGE, record.network)
    with transaction.atomic():
        lock_graph(f"organisations.readiness.{record.organisation_id}")
        later = ORDER[ORDER.index(ReadinessStage(record.stage)) + 1 :]
        if _standing(record).filter(stage__in=later).exists():
            message = _("A later stage stands on this one. Withdraw that first.")
            raise Conflict("built_upon", message=message)
        if supersede(record, now=now):
            audit.record(actor, "organisations.withdraw_stage", record.ref)


def _formed(stage: str, formed: Organisation | None) -> Organisation | None:
    if stage != ReadinessStage.FORMED:
        return None
    if formed is None:
        raise Invalid("formed_needed", "formed", message=_("Choose the network that was formed."))
    if formed.kind not in NETWORKS:
        raise Invalid("not_a_network", "formed", message=_("Choose a network or forum: only these have members."))
    return formed


def _state(actor: Actor, row: ReadinessRecord) -> ReadinessRecord:
    with transaction.atomic():
        lock_graph(f"organisations.readiness.{row.organisation_id}")
        if there := _standing(row).filter(stage=row.stage).first():
            if (there.reached_on, there.formed_id) == (row.reached_on, row.formed_id):
                return there
            message = _("This stage is stated already, with another day. Withdraw that entry first.")
            raise Conflict("stated_already", message=message)
        _refuse_leap(row)
        row.save(force_insert=True)
        audit.record(actor, "organisations.reach_stage", row.ref, details={"stage": row.stage})
    return row


def _refuse_leap(row: ReadinessRecord) -> None:
    before = ORDER[: ORDER.index(ReadinessStage(row.stage))]
    if before and not _standing(row).filter(stage=before[-1], reached_on__lte=row.reached_on).exists():
        message = _("First trained, then declared ready, then network formed: state the stage before it first.")
        raise Conflict("too_early", message=message, theirs={"needed": before[-1].value})


def _standing(row: ReadinessRecord) -> QuerySet[ReadinessRecord]:
    return ReadinessRecord.objects.filter(known_at(None), network=row.network, organisation=row.organisation)
