"""New organisations: one, or all that an import brings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record_each
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, SimpulError
from simpul.kernel.ids import uuid7
from simpul.kernel.time import PartialDate, Precision
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.listing import list_new, sort_key_of
from simpul.organisations.models import Organisation, OrganisationName
from simpul.organisations.models.items import LISTS
from simpul.organisations.profiling import cleaned_profile, columns_of, items_of
from simpul.organisations.rules.organisations import may_register
from simpul.organisations.shapes import check_past, clean_name, one_of
from simpul.records.batches import insert_all
from simpul.territory.models import Area

REGISTERED: Final = "organisations.register_organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """An organisation nobody has entered yet, as `register_organisation` takes it. `id`: the client's own key."""

    kind: str
    name: str
    acronym: str = ""
    seat: Area | None = None
    founded: PartialDate | None = None
    named_since: PartialDate | None = None
    profile: Mapping[str, Any] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True, slots=True)
class Registered:
    """By id: what was made, what an earlier call with the same id had made, and what was refused, with why."""

    made: Mapping[UUID, Organisation]
    there: Mapping[UUID, Organisation]
    refused: Mapping[UUID, SimpulError]


@dataclass(frozen=True, slots=True)
class _New:
    row: Organisation
    name: OrganisationName
    told: Mapping[str, Any]  # of its profile


def register_organisation(
    actor: Actor,
    *,
    kind: str,
    name: str,
    now: datetime,
    acronym: str = "",
    seat: Area | None = None,
    founded: PartialDate | None = None,
    named_since: PartialDate | None = None,
    profile: Mapping[str, Any] | None = None,
    id: UUID | None = None,  # noqa: A002 - the client's own key, so that a retry makes nothing twice
) -> Organisation:
    """Enter an organisation with its first name; the directory lists it at once.

    `named_since`: from when it bears the name, where that is known. `profile`: what is known of it besides, by the
    names of `profiling.CLEANERS`; to change it later takes organisation.edit. Conflict("id_taken") where `id` belongs
    to another.
    """
    wanted = Registration(
        kind=kind,
        name=name,
        acronym=acronym,
        seat=seat,
        founded=founded,
        named_since=named_since,
        profile=profile or {},
        id=id or uuid7(),
    )
    done = register_organisations(actor, [wanted], now=now)
    for refusal in done.refused.values():
        raise refusal
    return {**done.made, **done.there}[wanted.id]


def register_organisations(actor: Actor, wanted: Sequence[Registration], *, now: datetime) -> Registered:
    """`register_organisation` of many, in as many statements as of one, and in one transaction.

    What is refused keeps no other from being entered. ValueError for an id twice.
    """
    if len({one.id for one in wanted}) < len(wanted):
        raise ValueError("an id twice among those to be registered")
    new: dict[UUID, _New] = {}
    refused: dict[UUID, SimpulError] = {}
    for one in wanted:
        try:
            new[one.id] = _new(actor, one, now)
        except SimpulError as refusal:
            refused[one.id] = refusal
    with transaction.atomic():
        there = _enter(new)
        made = [one for one in new.values() if one.row.pk not in there]
        insert_all([one.name for one in made])
        insert_all(
            [item for one in made for field in LISTS if field in one.told for item in items_of(one.row, field, now)]
        )
        list_new([one.row for one in made])
        record_each(actor, REGISTERED, [(one.row.ref, {"kind": one.row.kind}) for one in made])
    refused |= _others(there, new)
    same = {pk: row for pk, row in there.items() if pk not in refused}
    return Registered({one.row.pk: one.row for one in made}, same, refused)


def _new(actor: Actor, wanted: Registration, now: datetime) -> _New:
    """Unsaved. Denied, or Invalid, where it may not be entered so."""
    if not may_register(actor, wanted.seat.pk if wanted.seat else None):
        raise Denied("organisation.register")
    kind = one_of(OrganisationKind, blank=False)("kind", wanted.kind)
    name, acronym = clean_name(wanted.name, wanted.acronym)
    check_past(wanted.founded, "founded", now)
    check_past(wanted.named_since, "named_since", now)
    told = cleaned_profile(wanted.profile, now)
    founded, since = wanted.founded, wanted.named_since
    columns = {
        "kind": kind,
        "founded_on": founded.day if founded else None,
        "founded_precision": founded.precision if founded else "",
        **columns_of(told),
    }
    row = Organisation(
        id=wanted.id,
        name=name,
        acronym=acronym,
        sort_key=sort_key_of(name),
        seat=wanted.seat,
        changed_at=now,
        **columns,
    )
    first = OrganisationName(
        organisation=row,
        name=name,
        acronym=acronym,
        valid_from=since.day if since else None,
        from_precision=since.precision if since else Precision.DAY,
        recorded_at=now,
    )
    return _New(row, first, told)


def _enter(new: Mapping[UUID, _New]) -> dict[UUID, Organisation]:
    """Insert those that nobody has entered; the others, as they are there."""
    there: dict[UUID, Organisation] = {}
    while True:
        there |= Organisation.objects.in_bulk([pk for pk in new if pk not in there])
        try:
            with transaction.atomic():
                insert_all([one.row for pk, one in new.items() if pk not in there])
        except IntegrityError:
            # The same request at the same moment was quicker with one of them: it is there by now. Else it is a fault.
            if not Organisation.objects.filter(pk__in=[pk for pk in new if pk not in there]).exists():
                raise
        else:
            return there


def _others(there: Mapping[UUID, Organisation], new: Mapping[UUID, _New]) -> dict[UUID, SimpulError]:
    """Those whose id belongs to an organisation of another kind, or that was entered under another name."""
    first: dict[UUID, str] = {}
    names = OrganisationName.objects.filter(organisation__in=there).order_by("recorded_at", "id")
    for pk, name in names.values_list("organisation_id", "name") if there else ():
        first.setdefault(pk, name)
    taken = Conflict("id_taken", message=_("This entry exists already. Start again with a new form."))
    return {pk: taken for pk, row in there.items() if (row.kind, first.get(pk)) != (new[pk].row.kind, new[pk].row.name)}
