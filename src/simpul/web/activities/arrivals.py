"""Who was there, as the pages of the door and the summary show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.activities.kinds import AgeBand, Disability, How, Stakeholder
from simpul.activities.models import Attendance, Event, Participant, Session
from simpul.activities.queries.attendance import Tally, attendance_of
from simpul.activities.services.attendance import CheckIn
from simpul.kernel.actor import Actor
from simpul.people.codes import Sex
from simpul.territory.models import Area
from simpul.web import formats
from simpul.web.activities.when import when
from simpul.web.components import Bar, Text

LAST: Final = 12  # arrivals shown at the door
MOST_AREAS: Final = 40


@dataclass(frozen=True, slots=True)
class Arrived:
    """`again`: somebody had noted it before, at `clock`."""

    name: str
    from_: str
    again: bool
    clock: str


def arrived(done: CheckIn, event: Event) -> Arrived:
    row = done.attendance
    return Arrived(name_of(row.participant), from_of(row.participant), not done.is_new, _clock(row, event))


def name_of(person: Participant) -> str:
    return person.name.open() if person.name else str(_("Name deleted"))


def from_of(person: Participant) -> str:
    if person.organisation:
        return person.organisation.name
    if person.organisation_name:
        return str(person.organisation_name.open())
    return ""


def _clock(row: Attendance, event: Event) -> str:
    return formats.clock(row.arrived_at, event.clock, language=get_language() or "id") if row.arrived_at else ""


@dataclass(frozen=True, slots=True)
class AtDoor:
    """Somebody on a list of the door. `key` is of their attendance where they are there, else of themselves."""

    key: UUID
    name: str
    from_: str
    clock: str
    how: Text
    here: bool


def arrivals_of(actor: Actor, session: Session) -> dict[str, Any]:
    """How many are there, and who came last."""
    rows = attendance_of(actor, session)
    last = rows.order_by("-recorded_at", "-pk")[:LAST]
    count = rows.count()
    number = formats.number(count, language=get_language() or "id")
    said = ngettext("%(n)s person is here", "%(n)s people are here", count) % {"n": number}
    return {"count": count, "said_count": said, "last": [_at_door(row, session.event) for row in last]}


def _at_door(row: Attendance, event: Event) -> AtDoor:
    person = row.participant
    return AtDoor(row.pk, name_of(person), from_of(person), _clock(row, event), How(row.how).label, here=True)


def found_rows(session: Session, people: Sequence[Participant]) -> list[AtDoor]:
    """Those found by name, each with whether they are there already. One query."""
    live = Attendance.objects.filter(session=session, undone_at=None, participant__in=people)
    there = {row.participant_id: row for row in live}
    made = []
    for person in people:
        row = there.get(person.pk)
        clock = _clock(row, session.event) if row else ""
        made.append(
            AtDoor(row.pk if row else person.pk, name_of(person), from_of(person), clock, "", here=row is not None)
        )
    return made


def sessions_told(event: Event, found: Tally) -> list[tuple[Session, str, int]]:
    """Each session, when it is, and how many were there."""
    counts = found.sessions
    return [(row, when(row.starts_at, row.ends_at, event.clock), counts.get(row.pk, 0)) for row in event.sessions.all()]


def tally_told(found: Tally) -> dict[str, Any]:
    """Everybody once, by all they are counted by; what was not said is counted as not said."""
    words: list[tuple[str, Text, dict[str, Text]]] = [
        ("sex", _("Sex"), _labels(Sex.choices)),
        ("age_band", _("Age"), _labels(AgeBand.choices)),
        ("disability", _("Disability"), _labels(Disability.choices)),
        ("stakeholder", _("Came as"), {**_labels(Stakeholder.choices), "": _("Not said")}),
        ("area", _("Village"), _areas(found.by.get("area", {}))),
    ]
    groups = [(label, _bars(found.by.get(name, {}), labels, found.people)) for name, label, labels in words]
    return {
        "total": found.people,
        "unannounced": found.came_unannounced,
        "registered": found.registered,
        "groups": [(label, bars) for label, bars in groups if bars],
    }


def _labels(choices: Iterable[Any]) -> dict[str, Text]:
    return {str(value): label for value, label in choices}


def _areas(counts: dict[str, int]) -> dict[str, Text]:
    codes = [code for code in counts if code]
    titles = {area.code: area.title for area in Area.objects.filter(code__in=codes)}
    return {**titles, "": _("Not said")}


def _bars(counts: dict[str, int], labels: dict[str, Text], total: int) -> list[Bar]:
    """In the order of the list, who did not say last; nothing where nobody said anything."""
    if not any(number for code, number in counts.items() if code):
        return []
    language = get_language() or "id"
    known = sorted((code for code in labels if counts.get(code)), key=lambda code: code == "")
    return [
        Bar(labels[code], counts[code], formats.number(counts[code], language=language), total)
        for code in known[:MOST_AREAS]
    ]
