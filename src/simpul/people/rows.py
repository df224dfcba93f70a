"""Writing rows of people within the caller's transaction, for the services here and those of `access` made of them.

Nothing here asks who may, or leaves an audit row: the service around it does both.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import User
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.text import fold_words, squeeze
from simpul.organisations.models import Organisation
from simpul.people import rules
from simpul.people.codes import BOARD, Division, RoleTitle, Sex
from simpul.people.models import Affiliation, Person
from simpul.people.queries import today
from simpul.records.operations import violated


def write_person(person: Person, *, now: datetime) -> tuple[Person, bool]:
    """Store a person in the caller's transaction; the one already kept under that id, and False, where there is one."""
    person.name, person.salutation = squeeze(person.name), squeeze(person.salutation)
    check_person(person, now)
    kept = Person.objects.filter(pk=person.pk).first()
    if kept:
        return kept, False
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:  # the same id arrived twice at once
        return Person.objects.get(pk=person.pk), False
    return person, True


def hold_person(person: Person) -> None:
    """Nobody erases them until the caller's transaction is over. NotFound where somebody has: nothing is hung on them
    any more."""
    if not Person.objects.select_for_update().filter(pk=person.pk, erased_at=None).values_list("pk", flat=True).first():
        raise NotFound("people.person", person.pk)


def tie(person: Person, user: User) -> bool:
    """Tie the two in the caller's transaction; False where they are tied already. Conflict("already_linked")."""
    if Person.objects.filter(pk=person.pk, user=user).exists():
        return False
    message = _("This person or this account is already tied to another. Ask the operator to look at both.")
    try:
        with transaction.atomic():
            claimed = Person.objects.filter(pk=person.pk, user=None, erased_at=None).update(user=user)
    except IntegrityError as error:
        raise Conflict("already_linked", message=message) from error
    if not claimed:
        raise Conflict("already_linked", message=message)
    person.user = user
    return True


def write_affiliation(
    person: Person,
    organisation: Organisation,
    *,
    role: str,
    now: datetime,
    valid_from: date | None = None,
    valid_until: date | None = None,
    title: LocalizedText | None = None,
    division: str = Division.NONE,
    on_board: bool | None = None,
    id: UUID | None = None,  # noqa: A002
) -> tuple[Affiliation, bool]:
    """The row, in the caller's transaction; the one already there, and False, where the same was said before."""
    check_role(role, division)
    hold_person(person)
    row = Affiliation(
        id=id or uuid7(),
        person=person,
        organisation=organisation,
        role=role,
        title=title,
        division=division,
        on_board=role in BOARD if on_board is None else on_board,
        valid_from=valid_from or today(now),
        valid_until=valid_until,
        recorded_at=now,
    )
    kept = Affiliation.objects.filter(
        person=person, organisation=organisation, role=role, superseded_at=None,
        valid_from=row.valid_from, valid_until=valid_until,
    ).first()  # fmt: skip
    if kept:
        return kept, False
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise translated(error) from error
    return row, True


def check_person(person: Person, now: datetime) -> None:
    if not person.name:
        raise Invalid("name_needed", "name", message=_("Write the name, as the person says it. One word is enough."))
    if len(person.name) > 160:
        raise Invalid("name_long", "name", message=_("Write the name in at most 160 letters."))
    if person.sex not in Sex.values:
        raise Invalid("sex", "sex", message=_("Choose one of the answers."))
    rules.check_birth_year(person.birth_year, on=today(now))
    person.sort_key = fold_words(person.name)


def check_role(role: str, division: str) -> None:
    if role not in RoleTitle.values:
        raise Invalid("role", "role", message=_("Choose what the person is in the organisation."))
    if division not in Division.values:
        raise Invalid("division", "division", message=_("Choose one of the divisions, or none."))


def translated(error: IntegrityError) -> Exception:
    if violated(error, "people_affiliation_overlap"):
        message = _("This person already has that role here in these days. End the earlier one first, or correct it.")
        return Conflict("affiliation_overlaps", message=message)
    if violated(error, "people_affiliation_period"):
        return Invalid("period", "valid_until", message=_("The end has to be after the beginning."))
    return error
