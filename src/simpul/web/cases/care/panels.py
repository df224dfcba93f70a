"""How somebody was, as lines: the trend is read from top to bottom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from simpul.cases.care_kinds import Feeling, Relief, Weight
from simpul.cases.queries.care import Checkin
from simpul.kernel.time import Zone
from simpul.web.cases.desk.panels import zone_at
from simpul.web.components import Text, Tone

TONES: Final = {Feeling.WELL: Tone.OK, Feeling.TIRED: Tone.WARN, Feeling.HEAVY: Tone.BAD}


@dataclass(frozen=True, slots=True)
class CheckinRow:
    key: UUID
    at: datetime
    zone: Zone
    person: str
    feeling: Text
    tone: Tone
    details: list[Text]
    words: str
    reader: str


def checkin_rows(rows: Iterable[Checkin]) -> list[CheckinRow]:
    return [_row(row) for row in rows]


def _row(row: Checkin) -> CheckinRow:
    said = row.answers.open() if row.answers else {}
    feeling = Feeling(said["feeling"])
    details: list[Text] = [Weight(code).label for code in said["weights"]]
    details += [Relief(code).label for code in said["relief"]]
    reader = str(row.shared_with) if row.shared_with_id and row.shared_with else ""
    return CheckinRow(
        row.pk, row.said_at, zone_at(row.organisation), str(row.person), feeling.label, TONES[feeling], details,
        said["words"], reader,
    )  # fmt: skip
