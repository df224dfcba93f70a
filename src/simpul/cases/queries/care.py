"""How somebody was, time after time; what threatens those who help."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from simpul.access.models import Grant
from simpul.access.roles import roles_with
from simpul.access.rules import standing
from simpul.cases.care_kinds import CheckinReaders
from simpul.cases.models import Checkin, Threat
from simpul.cases.rules.care import THREAT, checkins_visible_to, threats_visible_to, works_at
from simpul.cases.rules.closing import rules_of
from simpul.cases.stages import COORDINATE, RECORD
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.people.queries import today

__all__ = ["Checkin", "Threat", "colleagues_of", "own_checkins", "reads_too", "shared_checkins", "threat_for"]
LATELY: Final = timedelta(days=14)
ASKED_AGAIN: Final = timedelta(days=30)


def workplaces_of(actor: Actor) -> QuerySet[Organisation]:
    """Where the actor assists people, by name."""
    return Organisation.objects.filter(pk__in=works_at(actor)).order_by("sort_key", "id")


def reads_too(organisation: Organisation) -> bool:
    """Whether what is written there now is read by the coordinator too."""
    found = rules_of(organisation.pk)
    return found is not None and found.checkins == CheckinReaders.COORDINATOR


def colleagues_of(actor: Actor, organisation: Organisation, *, now: datetime) -> Sequence[Person]:
    """Whom one may choose to read it: who assists people there, but oneself, by name."""
    held = Grant.objects.filter(
        standing(today(now)), organisation=organisation, role__in={*roles_with(RECORD), *roles_with(COORDINATE)}
    )
    rows = Person.objects.filter(pk__in=held.values("person")).exclude(pk__in=[actor.person_id])
    return list(rows.order_by("sort_key", "id"))


def own_checkins(actor: Actor) -> QuerySet[Checkin]:
    """One's own, the latest first."""
    rows = Checkin.objects.filter(checkins_visible_to(actor), person=actor.person_id)
    return rows.select_related("shared_with", "organisation").order_by("-id")


def shared_checkins(actor: Actor) -> QuerySet[Checkin]:
    """Those of others that one may read, the latest first."""
    rows = Checkin.objects.filter(checkins_visible_to(actor)).exclude(person=actor.person_id)
    return rows.select_related("person", "organisation").order_by("-id")


def lately_shared(actor: Actor, *, now: datetime) -> QuerySet[Checkin]:
    """Of those what was said in the last days."""
    return shared_checkins(actor).filter(said_at__gt=now - LATELY)


def said_lately(actor: Actor, *, now: datetime) -> QuerySet[Checkin]:
    """What one said oneself, long enough ago to be asked again once it is gone."""
    return Checkin.objects.filter(person=actor.person_id, said_at__gt=now - ASKED_AGAIN)


def threats_for(actor: Actor, *, after: UUID | None = None) -> QuerySet[Threat]:
    """Open ones first, the latest first. `after`: those that follow this one, all for an unknown one."""
    rows = Threat.objects.filter(threats_visible_to(actor)).select_related("person", "organisation")
    last = rows.filter(pk=after).first() if after else None
    if last is not None:
        same = Q(settled_at=last.settled_at, pk__lt=last.pk)
        beyond = Q(settled_at__isnull=False) if last.settled_at is None else Q(settled_at__lt=last.settled_at)
        rows = rows.filter(same | beyond)
    # Said aloud: PostgreSQL would put what has no time last, where a page ends before it.
    return rows.order_by(F("settled_at").desc(nulls_first=True), "-id")


def open_threats_for(actor: Actor) -> QuerySet[Threat]:
    """Of those what others told and nobody has settled."""
    return threats_for(actor).filter(settled_at=None).exclude(person=actor.person_id)


def threat_for(actor: Actor, key: UUID) -> Threat:
    """NotFound for one the actor was not told of."""
    found = threats_for(actor).filter(pk=key).first()
    if found is None:
        raise NotFound(THREAT, key)
    return found
