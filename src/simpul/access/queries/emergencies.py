"""Reads about emergencies: whose records somebody may open, who stands in where, what was opened and who was told."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from simpul.access import emergencies as rules
from simpul.access.models import Deputy, EmergencyOpening
from simpul.kernel.actor import Actor, Member
from simpul.kernel.errors import NotFound
from simpul.notices.models import Recipient
from simpul.organisations.models import Organisation
from simpul.people.models import Affiliation, Person
from simpul.people.queries import today
from simpul.records.models import known_at, true_on


def coordinated_by(actor: Actor) -> QuerySet[Organisation]:
    """The very organisations the actor coordinates, by name."""
    rows = Organisation.objects.filter(pk__in=_coordinated(actor))
    return rows.order_by("sort_key", "pk")


def _coordinated(actor: Actor) -> set[UUID]:
    if not isinstance(actor, Member) or actor.via:
        return set()
    return {g.organisation_id for g in actor.grants if g.role == "coordinator" and g.organisation_id}


def openable_places(actor: Actor) -> QuerySet[Organisation]:
    """Organisations whose records the actor may open in an emergency, by name: `emergencies.require_may_open`."""
    stood_in = Q(pk__in=())
    if isinstance(actor, Member) and actor.second_factor and actor.person_id and not actor.via:
        stood_in = Q(pk__in=Deputy.objects.filter(person=actor.person_id, ended_at=None).values("organisation"))
    return Organisation.objects.filter(Q(pk__in=_coordinated(actor)) | stood_in).order_by("sort_key", "pk")


def deputies_for(actor: Actor) -> QuerySet[Deputy]:
    """Who stands in now at the organisations the actor coordinates, and where they stand in themself."""
    own = Q(person=actor.person_id) if actor.person_id and not actor.via else Q(pk__in=())
    rows = Deputy.objects.filter(own | Q(organisation__in=_coordinated(actor)), ended_at=None)
    return rows.select_related("person", "organisation").order_by("organisation__sort_key", "pk")


def deputy_for(actor: Actor, deputy_id: UUID) -> Deputy:
    """One the actor may end, also where it has ended. NotFound for others."""
    own = Q(person=actor.person_id) if actor.person_id and not actor.via else Q(pk__in=())
    rows = Deputy.objects.filter(own | Q(organisation__in=_coordinated(actor)), pk=deputy_id)
    found = rows.select_related("person", "organisation").first()
    if found is None:
        raise NotFound("access.deputy", deputy_id)
    return found


def coordinated_organisation(actor: Actor, organisation_id: UUID) -> Organisation:
    """NotFound for one the actor does not coordinate themself."""
    found = coordinated_by(actor).filter(pk=organisation_id).first()
    if found is None:
        raise NotFound("organisations.organisation", organisation_id)
    return found


def possible_deputies(actor: Actor, organisation: Organisation, *, on: date) -> QuerySet[Affiliation]:
    """Those of the organisation today, by name, but for the actor; for its coordinators alone."""
    rules.require_coordinator(actor, organisation)
    rows = Affiliation.objects.filter(known_at(None), true_on(on), organisation=organisation)
    return rows.exclude(person=actor.person_id).select_related("person").order_by("person__sort_key", "pk")


def opening_for(actor: Actor, opening_id: UUID) -> EmergencyOpening:
    """NotFound for one out of sight."""
    found = rules.openings_for(actor).filter(pk=opening_id).first()
    if found is None:
        raise NotFound("access.emergencyopening", opening_id)
    return found


def may_read_reason(actor: Actor, opening: EmergencyOpening, *, now: datetime) -> bool:
    return EmergencyOpening.objects.filter(rules.reads_reasons(actor, on=today(now)), pk=opening.pk).exists()


def would_be_told(actor: Actor, organisation: Organisation, *, now: datetime) -> list[Person]:
    """Whom an opening by the actor would be told to today, by name."""
    if actor.person_id is None:
        return []
    accounts = rules.witnesses(organisation, but=Person(pk=actor.person_id), on=today(now))
    return list(Person.objects.filter(user__in=accounts).order_by("sort_key", "pk"))


def were_told(opening: EmergencyOpening) -> list[tuple[Person, datetime | None]]:
    """Whom it was told to, by name, and when each opened the notice."""
    rows = Recipient.objects.filter(notice__about_kind=opening.ref.kind, notice__about_id=opening.pk)
    rows = rows.filter(user__person__isnull=False).select_related("user__person").order_by("user__person__sort_key")
    return [(row.user.person, row.opened_at) for row in rows]
