"""People as a table to take away: who took it, of which organisations and how many, stays in the record of acts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import transaction

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.text import fold_words
from simpul.organisations.rules.organisations import within
from simpul.people.models import Affiliation, ContactPoint
from simpul.people.queries import today
from simpul.people.rules import READ, standing

MOST_EXPORTED: Final = 50_000
_CHUNK: Final = 500
_NAMED: Final = 200  # organisations that the act names; of more, the first


@dataclass(frozen=True, slots=True)
class TakenPerson:
    """One person in one organisation, with the ways to reach them: kind -> words."""

    affiliation: Affiliation
    contacts: dict[str, str]


def export_people(actor: Actor, *, search: str, form: str, now: datetime) -> list[TakenPerson]:
    """Who is today in the organisations whose people the actor may read, by name; `search` is part of a name.

    Nobody through an organisation in safety mode, whoever asks: a file travels further than a page. Recorded before
    anything is given. Denied without the right to read people.
    """
    scope = actor.scope(READ)
    if not scope:
        raise Denied(READ)
    rows = Affiliation.objects.filter(
        standing(today(now)),
        within(scope, "organisation__"),
        organisation__in_safety_mode=False,
        person__sort_key__contains=fold_words(search),
    )
    found = rows.select_related("person", "organisation").order_by("person__sort_key", "person_id", "-on_board", "pk")
    with transaction.atomic():
        taken = list(_taken(found[:MOST_EXPORTED].iterator(chunk_size=_CHUNK)))
        organisations = sorted({row.affiliation.organisation_id for row in taken})
        audit.record(
            actor,
            "people.export_people",
            None,
            details={
                "rows": len(taken),
                "form": form,
                "narrowed": bool(search),
                "organisations": organisations[:_NAMED],
            },
        )
    return taken


def _taken(found: Iterator[Affiliation]) -> Iterator[TakenPerson]:
    while batch := list(islice(found, _CHUNK)):
        contacts: dict[UUID, dict[str, str]] = {}
        for point in ContactPoint.objects.filter(person__in={row.person_id for row in batch}):
            contacts.setdefault(point.person_id, {})[point.kind] = str(point.value.open())
        yield from (TakenPerson(row, contacts.get(row.person_id, {})) for row in batch)
