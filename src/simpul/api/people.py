"""People, for who may read them: nobody is listed to the public here, however many agreed to be named."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.conditions import seen_version
from simpul.api.describing import told
from simpul.api.organisations.profiles import area_named
from simpul.api.paging import Cut, Page, page_of
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, Day, OrganisationRef, OwnKey, Sent, Words, localized, on_day, words
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.rules.organisations import within
from simpul.people.codes import Division, RoleTitle, Sex
from simpul.people.models import Affiliation, Person
from simpul.people.queries import (
    affiliations_for,
    contacts_for,
    members_for,
    names_in,
    people_for,
    person_for,
)
from simpul.people.rules import READ as READ_PEOPLE
from simpul.people.rules import standing
from simpul.people.services import affiliate_person, change_contacts, change_person, register_person

router = Router(tags=["people"])
READ: Final = ("people:read", "people:write")
WRITE: Final = ("people:write",)


class AffiliationLine(Shape):
    """What somebody is in an organisation."""

    id: UUID
    organisation: OrganisationRef
    role: RoleTitle
    title: Words | None = Field(description=prose("The words they use themselves, where the list falls short."))
    division: Division
    on_board: bool
    valid_from: Day | None
    valid_until: Day | None


class PersonLine(Shape):
    """A person, with what they are today where the reader may know it."""

    id: UUID
    name: str
    salutation: str
    affiliations: list[AffiliationLine]


class Contacts(Shape):
    """How somebody is reached; empty where it is not known."""

    phone: str = Field("", max_length=40)
    whatsapp: str = Field("", max_length=40)
    email: str = Field("", max_length=254)


class PersonFull(PersonLine):
    """A person, with all that they were where the reader may know it. Its ETag names the version you change."""

    sex: Sex
    birth_year: int | None
    area: str = Field(description=prose("The code of where they live; empty where it is not known."))
    contacts: Contacts


class MemberLine(Shape):
    """Somebody in an organisation."""

    person: UUID
    name: str
    role: RoleTitle
    title: Words | None
    division: Division
    on_board: bool


class PublicNameLine(Shape):
    """All that the public is told of a person who agreed to be named."""

    name: str
    role: RoleTitle
    title: Words | None
    on_board: bool


class PersonFields(Sent):
    """A person. Everything but the name may stay open."""

    name: str = Field(max_length=160, description=prose("As they say it: one word or five."))
    salutation: str = Field("", max_length=60)
    sex: Sex = Sex.UNKNOWN
    birth_year: int | None = None
    area: AreaCode | None = None


class NewPerson(PersonFields):
    id: OwnKey = None
    organisation: UUID
    role: RoleTitle


class NewAffiliation(Sent):
    id: OwnKey = None
    organisation: UUID
    role: RoleTitle
    title: Words | None = None
    division: Division = Division.NONE
    on_board: bool | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None


class NewContacts(Contacts, Sent):
    """All of them at once: what is empty is taken out."""


@router.get(
    "/people",
    **told(
        prose("List people"), prose("Those that you may read, by name."), response=Page[PersonLine], scopes=READ,
        needs_token=True,
    ),
)  # fmt: skip
def list_people(request: Call, cut: Query[Cut]) -> Page[PersonLine]:
    today = on_day(None)
    rows = people_for(request.actor, on=today)
    return page_of(request, rows, cut, lambda found: _lines(request, found, today), by=("sort_key", "pk"))


@router.get(
    "/people/{uuid:person_id}",
    **told(
        prose("Read a person"), prose("With their contacts, and what they are and were."), response=PersonFull,
        scopes=READ, needs_token=True,
    ),
)  # fmt: skip
def read_person(request: Call, person_id: UUID) -> PersonFull:
    return _full(request, person_for(request.actor, person_id, on=on_day(None)))


@router.get(
    "/organisations/{uuid:organisation_id}/people",
    **told(
        prose("Who is in an organisation"), prose("For who may read its people; nobody for others."),
        response=Page[MemberLine], scopes=READ, needs_token=True,
    ),
)  # fmt: skip
def list_members_of_organisation(request: Call, organisation_id: UUID, cut: Query[Cut]) -> Page[MemberLine]:
    organisation = organisation_for(request.actor, organisation_id)
    rows = members_for(request.actor, organisation, on=on_day(None))
    return page_of(request, rows, cut, lambda found: [_member(row) for row in found])


@router.get(
    "/organisations/{uuid:organisation_id}/public-people",
    **told(
        prose("Who of an organisation agreed to be named"),
        prose("Names and roles alone, of those who said that the directory may show them."),
        response=list[PublicNameLine],
    ),
)
def list_public_people(request: Call, organisation_id: UUID) -> list[PublicNameLine]:
    organisation = organisation_for(request.actor, organisation_id)
    return [
        PublicNameLine(name=row.name, role=RoleTitle(row.role), title=words(row.title), on_board=row.on_board)
        for row in names_in(organisation, on=on_day(None))
    ]


@router.post(
    "/people",
    **told(
        prose("Register a person"), prose("And what they are in an organisation from today."), response=PersonFull,
        status=201, scopes=WRITE, needs_token=True,
    ),
)  # fmt: skip
def create_person(request: Call, sent: NewPerson) -> PersonFull:
    organisation = organisation_for(request.actor, sent.organisation)
    person = register_person(
        request.actor, organisation=organisation, role=sent.role, name=sent.name, salutation=sent.salutation,
        sex=sent.sex, birth_year=sent.birth_year, area_code=_area(sent.area), id=sent.id, now=timezone.now(),
    )  # fmt: skip
    request.location = reverse("api:read_person", args=[person.pk])
    return _full(request, person)


@router.put(
    "/people/{uuid:person_id}",
    **told(
        prose("Change a person"), prose("All fields at once."), response=PersonFull, scopes=WRITE, needs_token=True,
        versioned=True,
    ),
)  # fmt: skip
def replace_person(request: Call, person_id: UUID, sent: PersonFields) -> PersonFull:
    version = seen_version(request)
    person = person_for(request.actor, person_id, on=on_day(None))
    fresh = change_person(
        request.actor, person, version=version, name=sent.name, salutation=sent.salutation, sex=sent.sex,
        birth_year=sent.birth_year, area_code=_area(sent.area), now=timezone.now(),
    )  # fmt: skip
    return _full(request, fresh)


@router.put(
    "/people/{uuid:person_id}/contacts",
    **told(
        prose("Change how somebody is reached"), prose("All contacts at once: what is empty is taken out."),
        response=PersonFull, scopes=WRITE, needs_token=True, versioned=True,
    ),
)  # fmt: skip
def replace_contacts(request: Call, person_id: UUID, sent: NewContacts) -> PersonFull:
    version = seen_version(request)
    person = person_for(request.actor, person_id, on=on_day(None))
    fresh = change_contacts(
        request.actor, person, version=version, phone=sent.phone, whatsapp=sent.whatsapp, email=sent.email,
        now=timezone.now(),
    )  # fmt: skip
    return _full(request, fresh)


@router.post(
    "/people/{uuid:person_id}/affiliations",
    **told(
        prose("Enter what somebody is in an organisation"), response=AffiliationLine, status=201, scopes=WRITE,
        needs_token=True,
    ),
)  # fmt: skip
def create_affiliation(request: Call, person_id: UUID, sent: NewAffiliation) -> AffiliationLine:
    row = affiliate_person(
        request.actor, person_for(request.actor, person_id, on=on_day(None)),
        organisation=organisation_for(request.actor, sent.organisation), role=sent.role,
        title=localized("title", sent.title), division=sent.division, on_board=sent.on_board,
        valid_from=sent.valid_from, valid_until=sent.valid_until, id=sent.id, now=timezone.now(),
    )  # fmt: skip
    return affiliation_line(row)


def _area(code: str | None) -> str:
    found = area_named("area", code)
    return found.pk if found else ""


def _lines(call: Call, people: Sequence[Person], today: date) -> list[PersonLine]:
    """One query for what they are."""
    rows = Affiliation.objects.filter(
        standing(today), within(call.actor.scope(READ_PEOPLE), "organisation__"), person__in=[p.pk for p in people]
    )
    mine: dict[UUID, list[AffiliationLine]] = defaultdict(list)
    for row in rows.select_related("organisation").order_by("-on_board", "pk"):
        mine[row.person_id].append(affiliation_line(row))
    return [PersonLine(id=p.pk, name=p.name, salutation=p.salutation, affiliations=mine[p.pk]) for p in people]


def _full(call: Call, person: Person) -> PersonFull:
    call.version = person.version
    return PersonFull(
        id=person.pk, name=person.name, salutation=person.salutation, sex=Sex(person.sex),
        birth_year=person.birth_year, area=person.area_code,
        contacts=Contacts(**contacts_for(call.actor, person, on=on_day(None))),
        affiliations=[affiliation_line(row) for row in affiliations_for(call.actor, person)],
    )  # fmt: skip


def affiliation_line(row: Affiliation) -> AffiliationLine:
    return AffiliationLine(
        id=row.pk, organisation=OrganisationRef.of(row.organisation), role=RoleTitle(row.role),
        title=words(row.title), division=Division(row.division), on_board=row.on_board, valid_from=row.valid_from,
        valid_until=row.valid_until,
    )  # fmt: skip


def _member(row: Affiliation) -> MemberLine:
    return MemberLine(
        person=row.person_id, name=row.person.name, role=RoleTitle(row.role), title=words(row.title),
        division=Division(row.division), on_board=row.on_board,
    )  # fmt: skip
