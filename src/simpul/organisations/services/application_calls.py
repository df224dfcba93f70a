"""A network says that it takes applications, and what it asks of a member."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.admission import MANAGE
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import ApplicationCall, Organisation
from simpul.organisations.rules.organisations import authorise
from simpul.records.locks import lock_graph


def open_applications(
    actor: Actor,
    network: Organisation,
    *,
    terms: LocalizedText | None = None,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> ApplicationCall:
    """From now on there is a form. Other terms than before close the old call and open one; the same ones change
    nothing. Invalid("not_a_network").
    """
    authorise(actor, MANAGE, network)
    if network.kind not in NETWORKS:
        raise Invalid("not_a_network", "network", message=_("Choose a network or forum: only these have members."))
    with transaction.atomic():
        lock_graph(f"organisations.applicationcall.{network.pk}")
        standing = ApplicationCall.objects.filter(network=network, closed_at=None).first()
        if standing and standing.terms == terms:
            return standing
        if standing:
            _close(actor, standing, now)
        made = ApplicationCall.objects.create(
            id=id or uuid7(), network=network, terms=terms, opened_at=now, opened_by=actor.person_id
        )
        audit.record(actor, "organisations.open_applications", network.ref, details={"call": made.pk})
    return made


def close_applications(actor: Actor, network: Organisation, *, now: datetime) -> None:
    """No form any more; what was sent stays. Twice changes nothing more."""
    authorise(actor, MANAGE, network)
    with transaction.atomic():
        lock_graph(f"organisations.applicationcall.{network.pk}")
        standing = ApplicationCall.objects.filter(network=network, closed_at=None).first()
        if standing:
            _close(actor, standing, now)
            audit.record(actor, "organisations.close_applications", network.ref, details={"call": standing.pk})


def _close(actor: Actor, call: ApplicationCall, now: datetime) -> None:
    call.closed_at, call.closed_by = now, actor.person_id
    call.save(update_fields=["closed_at", "closed_by"])
