"""Deciding which of two values of a field stays."""

from datetime import datetime

from django.db import transaction

from simpul.audit import services as audit
from simpul.cases import particulars
from simpul.cases.case_locks import coordinating_in
from simpul.cases.life import note_counted
from simpul.cases.merging import put
from simpul.cases.models import Case, FieldClash, Party
from simpul.kernel.actor import Actor


def settle_clash(actor: Actor, clash: FieldClash, *, take: bool, now: datetime) -> None:
    """`take`: the value that was kept beside is written after all; else what stands stays. Deciding again changes
    nothing. Denied("case.coordinate").
    """
    with transaction.atomic():
        case = coordinating_in(actor, clash.case_id, now=now)
        waiting = FieldClash.objects.filter(pk=clash.pk, settled_at=None)
        if not waiting.update(settled_at=now, settled_by_id=actor.person_id, was_taken=take):
            return
        if take:
            _write(case, FieldClash.objects.get(pk=clash.pk))
            note_counted(case, now=now)
        audit.record(
            actor, "cases.settle_clash", case.ref, details={"clash": clash.pk, "field": clash.field, "taken": take}
        )


def _write(case: Case, clash: FieldClash) -> None:
    value = clash.offered.open() if clash.offered else None
    if clash.party_id is None:
        put(case, {clash.field: value})
        return
    party = put(Party.objects.select_for_update().get(pk=clash.party_id), {clash.field: value})
    put(party, {"likeness": particulars.likeness_for(party)})
