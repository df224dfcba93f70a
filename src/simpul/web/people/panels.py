"""People as the components show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import Grant
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, SimpulError
from simpul.kernel.time import Period
from simpul.organisations.rules.organisations import within
from simpul.people.codes import ContactKind
from simpul.people.models import Affiliation, ContactConsent, Person
from simpul.people.rules import MANAGE, READ, standing
from simpul.web import formats
from simpul.web.access.panels import areas_of, label_of, place_of, written
from simpul.web.components import Row, Text
from simpul.web.people.forms import PersonForm


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list: who, and what they are where the reader may know it."""

    person: Person
    titles: list[str]


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What somebody agreed to, and whether it stands."""

    key: UUID
    purpose: Text
    channel: Text
    given_on: date
    stands: bool


@dataclass(frozen=True, slots=True)
class AffiliationRow:
    """What somebody is or was, and what the reader may do about it."""

    key: UUID
    title: str
    organisation: str
    days: str
    is_over: bool
    may_correct: bool
    may_end: bool


def person_rows(actor: Actor, people: list[Person], *, on: date) -> list[PersonRow]:
    """Two queries, however many people."""
    rows = Affiliation.objects.filter(
        standing(on), within(actor.scope(READ), "organisation__"), person__in=[p.pk for p in people]
    )
    titles: dict[object, list[str]] = {}
    for row in rows.select_related("organisation").order_by("-on_board", "pk"):
        titles.setdefault(row.person_id, []).append(f"{title_of(row)}, {row.organisation.name}")
    return [PersonRow(person, titles.get(person.pk, [])) for person in people]


def title_of(row: Affiliation) -> str:
    return row.title.to(get_language() or "id") if row.title else str(row.get_role_display())


def facts_of(person: Person) -> list[Row]:
    return [
        Row(_("Name"), person.name),
        Row(_("How they are called"), person.salutation),
        Row(_("Sex"), person.get_sex_display()),
        Row(_("Year of birth"), person.birth_year or ""),
        Row(_("Signs in"), _("with an account") if person.user_id else _("has no account")),
    ]


def contact_rows(contacts: Mapping[str, str]) -> list[Row]:
    return [Row(kind.label, contacts.get(kind.value, "")) for kind in ContactKind]


def affiliation_rows(actor: Actor, rows: QuerySet[Affiliation], *, on: date) -> list[AffiliationRow]:
    """One query."""
    language = get_language() or "id"
    kept = Case(When(within(actor.scope(MANAGE), "organisation__"), then=Value(True)), default=Value(False))
    return [
        AffiliationRow(
            row.pk,
            title_of(row),
            row.organisation.name,
            formats.period(Period(row.valid_from, row.valid_until), language=language),
            is_over := row.valid_until is not None and row.valid_until <= on,
            may_correct=row.kept,
            may_end=not is_over and (row.kept or row.person_id == actor.person_id),
        )
        for row in rows.annotate(kept=kept)
    ]


def grant_rows(rows: Iterable[Grant]) -> list[Row]:
    held = list(rows)
    areas = areas_of(held)
    return [
        Row(label_of(row.role), f"{place_of(row, areas)}, {written(row.valid_from, row.valid_until)}") for row in held
    ]


def consent_rows(rows: Iterable[ContactConsent]) -> list[ConsentRow]:
    return [
        ConsentRow(row.pk, row.get_purpose_display(), row.get_channel_display(), row.given_on, row.withdrawn_at is None)
        for row in rows
    ]


def their_rows(error: SimpulError) -> list[Row]:
    """What somebody else wrote meanwhile, field by field."""
    if not isinstance(error, Conflict):
        return []
    labels = {name: field.label for name, field in PersonForm.base_fields.items()}
    return [Row(labels[name], value) for name, value in error.theirs.items() if labels.get(name)]
