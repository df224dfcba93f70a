"""Reads of people."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from simpul.audit.models import Act
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import within
from simpul.people import rules
from simpul.people.models import Affiliation, ContactConsent, ContactPoint, Person


def today(now: datetime) -> date:
    """The day that affiliations and grants go by: Jakarta's, so that one ends at one moment in all of the country."""
    return local_date(now, Zone.WIB)


def people_for(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Persons the actor may read in full, by name. The public reads none: see `names_in`."""
    return Person.objects.filter(rules.visible_to(actor, on=on)).order_by("sort_key", "pk")


def person_for(actor: Actor, person_id: UUID, *, on: date) -> Person:
    """NotFound for one out of sight as for one that does not exist."""
    found = people_for(actor, on=on).filter(pk=person_id).first()
    if found is None:
        raise NotFound("people.person", person_id)
    return found


def person_to_erase(actor: Actor, person_id: UUID, *, on: date) -> Person | None:
    """Whom the actor may erase; None for one they have erased themself. NotFound for anybody else."""
    found = Person.objects.filter(rules.erasable_by(actor, on=on), pk=person_id).first()
    if found is None and not _erased_by(actor, person_id):
        raise NotFound("people.person", person_id)
    return found


def _erased_by(actor: Actor, person_id: UUID) -> bool:
    done = Act.objects.filter(act="people.erase_person", ref_id=person_id, person_id=actor.person_id)
    return actor.person_id is not None and done.exists()


def affiliations_for(actor: Actor, person: Person) -> QuerySet[Affiliation]:
    """What a person is and was, newest first: all of it for themself, else where the actor's right to read reaches."""
    rows = Affiliation.objects.filter(_in_sight(actor), person=person, superseded_at=None)
    return rows.select_related("organisation").order_by("-valid_from", "-pk")


def affiliation_for(actor: Actor, affiliation_id: UUID, *, also_before: bool = False) -> Affiliation:
    """One affiliation as known now; with `also_before` also one that was corrected since. NotFound out of sight."""
    rows = Affiliation.objects.filter(_in_sight(actor), pk=affiliation_id).select_related("organisation", "person")
    found = (rows if also_before else rows.filter(superseded_at=None)).first()
    if found is None:
        raise NotFound("people.affiliation", affiliation_id)
    return found


def _in_sight(actor: Actor) -> Q:
    own = Q(person=actor.person_id) if actor.person_id and actor.allows(rules.READ) else Q(pk__in=())
    return own | within(actor.scope(rules.READ), "organisation__")


def members_for(actor: Actor, organisation: Organisation, *, on: date) -> QuerySet[Affiliation]:
    """Who is in an organisation that day, for who may read its people; nobody for others."""
    rows = Affiliation.objects.filter(rules.standing(on), organisation=organisation)
    rows = rows.filter(within(actor.scope(rules.READ), "organisation__"))
    return rows.select_related("person").order_by("-on_board", "person__sort_key", "pk")


def consents_for(actor: Actor, person: Person, *, on: date) -> QuerySet[ContactConsent]:
    """What the person has agreed to, newest first, for who may read them."""
    seen = people_for(actor, on=on).filter(pk=person.pk).order_by()
    return ContactConsent.objects.filter(person__in=seen).order_by("-recorded_at", "-pk")


def consent_for(actor: Actor, consent_id: UUID, *, on: date) -> ContactConsent:
    """One consent. NotFound unless the actor may read the person."""
    seen = people_for(actor, on=on).order_by()
    found = ContactConsent.objects.filter(person__in=seen, pk=consent_id).select_related("person").first()
    if found is None:
        raise NotFound("people.contactconsent", consent_id)
    return found


def contacts_for(actor: Actor, person: Person, *, on: date) -> dict[str, str]:
    """Kind -> how the person is reached, opened, for who may read them; nothing for others."""
    seen = people_for(actor, on=on).filter(pk=person.pk).order_by()
    return {point.kind: str(point.value.open()) for point in ContactPoint.objects.filter(person__in=seen)}


@dataclass(frozen=True, slots=True)
class PublicName:
    """All that the public is told of a person. `person_id` ties the rows of one person together and is told nobody."""

    person_id: UUID
    name: str
    role: str  # code of people.codes.RoleTitle
    title: LocalizedText | None
    on_board: bool


def names_in(organisation: Organisation, *, on: date) -> list[PublicName]:
    """Those in an organisation that day who agreed to be named in the directory; none where it is in safety mode."""
    rows = Affiliation.objects.filter(
        rules.standing(on), rules.listed("person__"), organisation=organisation, organisation__in_safety_mode=False
    )
    return [
        PublicName(row.person_id, row.person.name, row.role, row.title, row.on_board)
        for row in rows.select_related("person").order_by("-on_board", "person__sort_key", "pk")
    ]


def person_of_user(user_id: UUID) -> Person | None:
    """Who an account belongs to."""
    return Person.objects.filter(user_id=user_id).first()
