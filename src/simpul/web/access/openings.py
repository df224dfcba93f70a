"""Emergencies as their pages show them: what was opened, by whom, and who knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import Deputy, EmergencyOpening
from simpul.access.openable import openable_of
from simpul.access.queries.emergencies import were_told
from simpul.access.services.emergencies import LASTS
from simpul.kernel.actor import Actor
from simpul.kernel.time import Zone
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from simpul.threads.registry import resolve
from simpul.web import formats
from simpul.web.components import Row, Text

ZONE = Zone.WIB  # organisations of three zones stand in one list: one clock for all of them, named beside each time
HOURS = int(LASTS.total_seconds() // 3600)


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One line of the list. `state` is a word and its tone."""

    when: str
    person: str
    organisation: str
    capacity: Text
    state: Text
    tone: str
    href: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An organisation one coordinates, and who stands in there."""

    organisation: Organisation
    deputy: Deputy | None


def moment(instant: datetime) -> str:
    return formats.moment(instant, ZONE, language=get_language() or "id")


def opening_rows(openings: Iterable[EmergencyOpening], now: datetime) -> list[OpeningRow]:
    return [
        OpeningRow(
            moment(opening.opened_at),
            str(opening.person),
            opening.organisation.name,
            capacity_of(opening),
            state_of(opening, now),
            "warn" if is_open(opening, now) else "idle",
            reverse("access:opening", args=[opening.pk]),
        )
        for opening in openings
    ]


def place_rows(places: Iterable[Organisation], deputies: Sequence[Deputy]) -> list[PlaceRow]:
    named = {deputy.organisation_id: deputy for deputy in deputies}
    return [PlaceRow(place, named.get(place.pk)) for place in places]


def is_open(opening: EmergencyOpening, now: datetime) -> bool:
    return opening.closed_at is None and opening.opened_at <= now < opening.until


def state_of(opening: EmergencyOpening, now: datetime) -> str:
    if is_open(opening, now):
        return _("open until %(moment)s") % {"moment": moment(opening.until)}
    return _("closed on %(moment)s") % {"moment": moment(opening.closed_at or opening.until)}


def capacity_of(opening: EmergencyOpening) -> str:
    return _("as the deputy") if opening.as_deputy else _("as coordinator")


def page_of_record(opening: EmergencyOpening, actor: Actor, now: datetime) -> str:
    """Its address for the one to whom it is open now; "" for everybody else, and where its kind has no page."""
    if opening.person_id != actor.person_id or not is_open(opening, now):
        return ""
    knot = resolve([opening.record], actor).get(opening.record)
    return knot.href or "" if knot else ""


def facts_of(opening: EmergencyOpening, *, reads_reason: bool, now: datetime) -> list[Row]:
    """Of the record its kind alone."""
    openable = openable_of(opening.ref_kind)
    told = [_told(person, at) for person, at in were_told(opening)]
    rows = [
        Row(_("What was opened"), openable.label if openable else _("A closed record")),
        Row(_("Of which organisation"), opening.organisation.name),
        Row(_("Who opened it"), f"{opening.person}, {capacity_of(opening)}"),
        Row(_("When"), moment(opening.opened_at)),
        Row(_("How long"), state_of(opening, now)),
        Row(_("Told to"), "; ".join(told) or formats.NOTHING),
    ]
    reason = opening.reason.open() if reads_reason else _("Kept for those who answer for this organisation")
    return [*rows, Row(_("Why"), reason)]


def _told(person: Person, at: datetime | None) -> str:
    if at is None:
        return _("%(person)s (has not opened it yet)") % {"person": person}
    return _("%(person)s (opened it on %(moment)s)") % {"person": person, "moment": moment(at)}


def check_rows(place: Organisation, label: Text, number: str, reason: str, told: Iterable[Person]) -> list[Row]:
    """What will happen, before it does."""
    return [
        Row(_("What you open"), f"{label}: {number}"),
        Row(_("Of which organisation"), place.name),
        Row(_("How long"), _("%(count)s hours from now, then it closes by itself") % {"count": HOURS}),
        Row(_("Who is told at once"), ", ".join(str(person) for person in told)),
        Row(_("Why"), reason),
    ]
