"""Writing down what the secretariat did for its members."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import supersede
from simpul.organisations.models import Organisation, ServedMember, ServiceRecord
from simpul.organisations.queries.networks import member_organisations
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.secretariat import MANAGE, ServiceKind, ServiceOutcome
from simpul.organisations.shapes import check_past, one_of, words


def log_service(
    actor: Actor,
    network: Organisation,
    *,
    kind: str,
    served_on: date,
    outcome: str,
    members: Collection[Organisation] = (),
    summary: str = "",
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> ServiceRecord:
    """`members` were served; without any, all of them at once. The same id again is the same record.

    Invalid("unknown_choice" | "in_the_future" | "not_a_member"), Conflict("id_taken").
    """
    authorise(actor, MANAGE, network)
    check_past(served_on, "served_on", now)
    row = ServiceRecord(
        id=id or uuid7(),
        network=network,
        kind=one_of(ServiceKind, blank=False)("kind", kind),
        served_on=served_on,
        outcome=one_of(ServiceOutcome, blank=False)("outcome", outcome),
        summary=words(300)("summary", summary),
        for_all=not members,
        entered_by=actor.person_id,
        recorded_at=now,
    )
    served = sorted({member.pk for member in members})
    inside = member_organisations(actor, network, on=served_on).filter(pk__in=served)
    if served and inside.count() != len(served):
        raise Invalid("not_a_member", "members", message=_("Choose among the members of the network on that day."))
    with transaction.atomic():
        if there := ServiceRecord.objects.filter(pk=row.pk).first():
            return _the_same(there, row)
        row.save(force_insert=True)
        ServedMember.objects.bulk_create(ServedMember(record=row, organisation_id=key) for key in served)
        audit.record(actor, "organisations.log_service", row.ref, details={"kind": row.kind, "members": len(served)})
    return row


def withdraw_service(actor: Actor, record: ServiceRecord, *, now: datetime) -> None:
    """It was entered by mistake. Twice changes nothing more."""
    authorise(actor, MANAGE, record.network)
    with transaction.atomic():
        if supersede(record, now=now):
            audit.record(actor, "organisations.withdraw_service", record.ref)


def _the_same(there: ServiceRecord, row: ServiceRecord) -> ServiceRecord:
    if all(getattr(there, name) == getattr(row, name) for name in ("network_id", "kind", "served_on", "outcome")):
        return there
    raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
