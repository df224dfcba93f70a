"""What a network says of itself."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import DeclaredReach, Organisation
from simpul.organisations.rules.organisations import authorise
from simpul.records.locks import lock_graph


def declare_reach(
    actor: Actor,
    network: Organisation,
    *,
    count: int,
    declared_on: date,
    is_approximate: bool = True,
    note: str = "",
    now: datetime,
) -> DeclaredReach:
    """On that date the network says it reaches `count` organisations. Another count for the same date supersedes it;
    the same declaration twice is one row.

    Invalid("not_a_network" | "count_below_zero" | "declared_in_future").
    """
    authorise(actor, "membership.manage", network)
    if network.kind not in NETWORKS:
        raise Invalid("not_a_network", "network", message=_("Choose a network or forum: only these have members."))
    if count < 0:
        raise Invalid("count_below_zero", "count", message=_("Enter how many organisations, as a whole number."))
    # A day of grace: the date is local, and the east of Indonesia is ahead of `now`.
    if (declared_on - now.date()).days > 1:
        raise Invalid("declared_in_future", "declared_on", message=_("Enter the date it was said: today or earlier."))
    says = {"count": count, "is_approximate": is_approximate, "note": note.strip()}
    with transaction.atomic():
        lock_graph("organisations.declared_reach")
        current = DeclaredReach.objects.filter(network=network, declared_on=declared_on, superseded_at=None)
        if (found := current.first()) and all(getattr(found, name) == value for name, value in says.items()):
            return found
        current.update(superseded_at=now)
        row = DeclaredReach.objects.create(
            network=network, declared_on=declared_on, **says, recorded_at=now, entered_by=actor.user_id
        )
        audit.record(actor, "organisations.declare_reach", row.ref, details={"network": network.pk, "count": count})
    return row
