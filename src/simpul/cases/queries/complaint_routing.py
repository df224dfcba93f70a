"""Who answers a complaint: the village group whose area it is, and whoever is above it where the group must not.

Left out is whoever the complaint is about or is kept from: their office never receives it, and they never see it where
they are one of those who would. Where no group is found it is for whom this Simpul names; where they must not read it,
or can't, for a supervisor of whichever organisation here accompanies groups: farther away than nobody is no one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from django.db.models import Max, Q
from django.db.models.functions import Length

from simpul.access import rules as grants
from simpul.access.models import Grant
from simpul.cases.complaint_kinds import About, Level
from simpul.cases.complaint_naming import may_be
from simpul.cases.models import Complaint
from simpul.kernel.refs import RecordRef
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Accompaniment, Node, Organisation, WorkingArea
from simpul.people import rules as people
from simpul.people.models import Affiliation, Person
from simpul.records.models import known_at, true_on
from simpul.territory.names import level_of, lineage_of, parent_of

# Complaints about these are never answered by the group next door to them.
ABOUT_OFFICE_HERE: Final = frozenset({About.GROUP, About.VILLAGE})
MOST: Final = 12  # groups of one place that are looked at
MOST_BELOW: Final = 200  # groups to choose from


@dataclass(frozen=True, slots=True)
class Route:
    """`handler` None only where this Simpul is nobody's yet. `excluded` are persons to whom it must not exist."""

    level: Level
    handler: Organisation | None
    about_group: Organisation | None
    excluded: frozenset[UUID]


@dataclass(frozen=True)
class Asked:
    """What a complaint says that decides its way. `typed`: whom it is about, whom it is kept from, as written."""

    area_code: str | None
    about: str
    typed: str
    on: date

    @cached_property
    def is_about_office_here(self) -> bool:
        return self.about in ABOUT_OFFICE_HERE


def route_of(asked: Asked) -> Route:
    """The nearest that may. It always has an answer: what nobody can take goes to whom this Simpul names."""
    groups = list(_groups_at(asked.area_code, asked.on)) if asked.area_code else []
    about = groups[0] if groups and asked.about == About.GROUP else None
    if not asked.is_about_office_here:
        for group in groups:
            if suspects := _may_answer(asked, group, "coordinator"):
                return Route(Level.GROUP, group, None, suspects.excluded)
    for supporter in _above(groups, asked):
        if suspects := _may_answer(asked, supporter, "supervisor"):
            return Route(Level.ABOVE, supporter, about, suspects.excluded)
    return _at_node(asked, about)


def _at_node(asked: Asked, about: Organisation | None) -> Route:
    node = Node.objects.select_related("host").first()
    if node is None:
        return Route(Level.NODE, None, about, frozenset())
    receiver = receiver_of(node)
    if receiver is None or _is_meant(asked, receiver):
        for supporter in _anywhere(asked):
            if suspects := _may_answer(asked, supporter, "supervisor"):
                return Route(Level.ABOVE, supporter, about, suspects.excluded)
    excluded = _people(asked, node.host).excluded
    meant = {receiver.pk} if receiver is not None and _is_meant(asked, receiver) else set[UUID]()
    return Route(Level.NODE, node.host, about, excluded | meant)


def receiver_of(node: Node) -> Person | None:
    """Whom this Simpul names for what no group was found for; None where nobody is named who can sign in."""
    if not node.complaints_to:
        return None
    named = Person.objects.filter(pk=RecordRef.parse(node.complaints_to).uuid)
    return named.filter(user__is_active=True).first()


def _is_meant(asked: Asked, person: Person) -> bool:
    return bool(asked.typed) and may_be(asked.typed, person.name)


def _anywhere(asked: Asked) -> list[Organisation]:
    """Whoever accompanies any group here. Not the groups' own next door: those of the place were asked before."""
    return _supporters(asked.on, Q())


def takers_below(row: Complaint, *, on: date) -> list[Organisation]:
    """Village groups that may be given what lies above them, by name: those that whoever answers it accompanies; of
    what no group was found for, any here. Never what is about a group or an office of the village, nor an objection.

    For who was authorised for the complaint.
    """
    if row.level == Level.GROUP or row.about in ABOUT_OFFICE_HERE or row.appeal_of_id is not None:
        return []
    rows = Organisation.objects.filter(kind=OrganisationKind.VILLAGE_GROUP, dissolved_on=None)
    if row.level == Level.ABOVE:
        near = Accompaniment.objects.filter(known_at(None), true_on(on), supporter=row.handler)
        rows = rows.filter(pk__in=near.values("group"))
    led = Grant.objects.filter(grants.standing(on), role="coordinator").values("organisation")
    return list(rows.filter(pk__in=led).order_by("sort_key", "pk")[:MOST_BELOW])


def taken_by(row: Complaint, group: Organisation, typed: str, *, on: date) -> frozenset[UUID] | None:
    """To whom of the group it must not exist, where they may answer it; None where they may not."""
    asked = Asked(row.area_id, row.about, typed, on)
    people = _may_answer(asked, group, "coordinator")
    return people.excluded if people else None


@dataclass(frozen=True, slots=True)
class _People:
    """`answering` of an organisation who may, `excluded` who may not."""

    answering: frozenset[UUID]
    excluded: frozenset[UUID]

    def __bool__(self) -> bool:
        return bool(self.answering)


def _may_answer(asked: Asked, organisation: Organisation, role: str) -> _People:
    """Nobody where it is itself what the complaint is about, or where nobody of that role is left."""
    if may_be_office(asked.typed, organisation):
        return _People(frozenset(), frozenset())
    return _people(asked, organisation, role)


def may_be_office(typed: str, organisation: Organisation) -> bool:
    """Whether its whole name, or its short name, was typed: an office shares single words with many others."""
    words = f" {' '.join(typed.casefold().split())} "
    names = (organisation.name, organisation.acronym)
    return any(f" {' '.join(name.casefold().split())} " in words for name in names if len(name) > 2)


def _people(asked: Asked, organisation: Organisation, role: str = "") -> _People:
    """All of its people, by affiliation or by grant, one query each."""
    held = Grant.objects.filter(grants.standing(asked.on), organisation=organisation)
    holders = list(held.values_list("person_id", "person__name", "role"))
    affiliated = Affiliation.objects.filter(people.standing(asked.on), organisation=organisation)
    named = {person: name for person, name, _role in holders}
    named.update(affiliated.values_list("person_id", "person__name"))
    excluded = frozenset(person for person, name in named.items() if asked.typed and may_be(asked.typed, name))
    return _People(frozenset(p for p, _name, r in holders if r == role and p not in excluded), excluded)


def _groups_at(code: str, on: date) -> Iterator[Organisation]:
    """Village groups that work in the area or in what it lies in, the nearest first; none for a whole province."""
    if level_of(code) < 2:
        return
    working = WorkingArea.objects.filter(known_at(None), true_on(on), area__in=lineage_of(code)[1:])
    nearest = dict(working.annotate(n=Length("area")).values_list("organisation").annotate(nearest=Max("n")))
    rows = Organisation.objects.filter(
        Q(pk__in=list(nearest)) | Q(seat=code), kind=OrganisationKind.VILLAGE_GROUP, dissolved_on=None
    ).order_by("sort_key", "pk")[:MOST]
    yield from sorted(rows, key=lambda row: -(len(code) if row.seat_id == code else nearest.get(row.pk, 0)))


def _above(groups: Iterable[Organisation], asked: Asked) -> Iterator[Organisation]:
    """Whoever accompanies these groups; else whoever accompanies a group somewhere in the same regency or city."""
    near = [group.pk for group in groups]
    if near:
        yield from _supporters(asked.on, Q(group__in=near))
    elif asked.area_code and (regency := _regency(asked.area_code)):
        here = WorkingArea.objects.filter(known_at(None), true_on(asked.on), area__code__within=regency)
        somewhere = Q(group__in=here.values("organisation")) | Q(group__seat__code__within=regency)
        yield from _supporters(asked.on, somewhere)


def _regency(code: str) -> str | None:
    if level_of(code) < 2:
        return None
    while level_of(code) > 2:
        code = parent_of(code) or code
    return code


def _supporters(on: date, of: Q) -> list[Organisation]:
    rows = Accompaniment.objects.filter(known_at(None), true_on(on), of)
    found = Organisation.objects.filter(pk__in=rows.values("supporter"), dissolved_on=None)
    return list(found.order_by("sort_key", "pk")[:MOST])
