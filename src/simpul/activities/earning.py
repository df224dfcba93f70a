"""Who of an event has been there for long enough to earn a certificate."""

from collections.abc import Sequence
from dataclasses import dataclass

from simpul.activities.models import Attendance, CertificateRule, Event, Measure, Participant


@dataclass(frozen=True, slots=True)
class Presence:
    """`sessions` attended, and `minutes`: of an online meeting as its report says, else the length of the session."""

    participant: Participant
    sessions: int
    minutes: int

    def meets(self, rule: CertificateRule) -> bool:
        return (self.sessions if rule.measure == Measure.SESSIONS else self.minutes) >= rule.least


def presence_at(event: Event) -> Sequence[Presence]:
    """Everybody who came and was not forgotten, in the order in which they became known. One query."""
    rows = Attendance.objects.filter(session__event=event, undone_at=None, participant__erased_at=None)
    found: dict[Participant, list[int]] = {}
    for row in rows.select_related("session", "participant__registration", "participant__organisation"):
        length = int((row.session.ends_at - row.session.starts_at).total_seconds() // 60)
        found.setdefault(row.participant, []).append(length if row.minutes is None else min(row.minutes, length))
    people = sorted(found, key=lambda person: (person.recorded_at, person.pk))
    return [Presence(person, len(found[person]), sum(found[person])) for person in people]


def earned(event: Event, rule: CertificateRule) -> Sequence[Presence]:
    return [one for one in presence_at(event) if one.meets(rule)]
