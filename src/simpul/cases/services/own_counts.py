"""Reading what one's group counts of its own cases: kept on record like taking out the register."""

from datetime import datetime

from django.db import transaction

from simpul.audit import services as audit
from simpul.cases.queries.own_counts import OwnCounts, own_counts
from simpul.cases.rules.desk import require_leading
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation


def read_own_counts(actor: Actor, organisation: Organisation, *, year: int, on_paper: bool, now: datetime) -> OwnCounts:
    """The unsuppressed counts of a year, for who leads the group's desk. Denied("case.coordinate")."""
    require_leading(actor, organisation)
    with transaction.atomic():
        found = own_counts(actor, organisation, year=year, now=now)
        details = {"year": year, "paper": on_paper}
        audit.record(actor, "cases.read_own_counts", organisation.ref, details=details)
    return found
