"""The secretariat's log counted: by kind, by member, and who has had nothing for a year."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation, ServedMember, ServiceRecord
from simpul.organisations.queries.networks import member_organisations
from simpul.organisations.rules.organisations import within
from simpul.organisations.secretariat import MANAGE, ServiceKind
from simpul.records.models import known_at

A_YEAR: Final = timedelta(days=365)
KIND: Final = "organisations.servicerecord"


@dataclass(frozen=True, slots=True)
class KindCount:
    """How often in the period, and for how many distinct members by name; `for_all` of the times were for everybody."""

    kind: ServiceKind
    times: int
    members: int
    for_all: int


def services_for(actor: Actor, network: Organisation, *, since: date, until: date) -> QuerySet[ServiceRecord]:
    """What is in the log from `since` up to the day before `until`, the latest first, for who keeps the network."""
    rows = _kept(actor).filter(network=network, served_on__gte=since, served_on__lt=until)
    return rows.prefetch_related("served__organisation").order_by("-served_on", "-pk")


def service_for(actor: Actor, key: UUID) -> ServiceRecord:
    found = _kept(actor).filter(pk=key).select_related("network").first()
    if found is None:
        raise NotFound(KIND, key)
    return found


def count_services(actor: Actor, network: Organisation, *, since: date, until: date) -> list[KindCount]:
    """Every kind, those without any too. One query."""
    rows = _kept(actor).filter(network=network, served_on__gte=since, served_on__lt=until)
    counted = (
        rows.order_by()
        .values("kind")
        .annotate(
            times=Count("pk", distinct=True),
            members=Count("served__organisation", distinct=True),
            general=Count("pk", distinct=True, filter=Q(for_all=True)),
        )
    )
    found = {row["kind"]: row for row in counted}
    return [_count(kind, found.get(kind.value)) for kind in ServiceKind]


def _count(kind: ServiceKind, row: Any) -> KindCount:
    return KindCount(kind, row["times"], row["members"], row["general"]) if row else KindCount(kind, 0, 0, 0)


def unserved(actor: Actor, network: Organisation, *, on: date, limit: int = 100) -> list[Organisation]:
    """The network's own members in sight whom nothing in the log names in the year up to `on`, by name. One query.

    What was for everybody at once does not count: it says of no member that somebody turned to it.
    """
    served = ServedMember.objects.filter(
        known_at(None, "record__"),
        organisation=OuterRef("pk"),
        record__network=network,
        record__served_on__gt=on - A_YEAR,
        record__served_on__lte=on,
    )
    rows = member_organisations(actor, network, on=on, levels=1).filter(~Exists(served))
    return list(rows[:limit])


def _kept(actor: Actor) -> QuerySet[ServiceRecord]:
    return ServiceRecord.objects.filter(within(actor.scope(MANAGE), "network__"), known_at(None))
