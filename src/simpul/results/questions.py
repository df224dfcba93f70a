"""What is asked of an indicator: about whom, where, for which period, as known on which day."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from uuid import UUID

from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.time import Period, Zone


@dataclass(frozen=True, slots=True)
class Question:
    """`as_of` is a day: what was true on it and known by its end.

    `period` is the reporting window (None: everything up to `as_of`); `subject_id` the programme, network or
    organisation the indicator is about; `area_code` narrows to one area and those below it.
    """

    as_of: date
    actor: Actor = field(default_factory=Anonymous)
    period: Period | None = None
    subject_id: UUID | None = None
    area_code: str | None = None

    @property
    def known_at(self) -> datetime:
        """The end of the day in the westernmost zone, which is the last of the three to end."""
        return datetime.combine(self.as_of + timedelta(days=1), clock_time(), Zone.WIB.info)

    @property
    def window(self) -> Period:
        """The period counted: the one asked for, cut off after `as_of`."""
        upto = Period(None, self.as_of + timedelta(days=1))
        return upto if self.period is None else self.period.intersection(upto) or Period(self.as_of, upto.until)

    @property
    def subject(self) -> UUID:
        """ValueError for a question that names nobody where the indicator needs one."""
        if self.subject_id is None:
            raise ValueError("this indicator is about something: name it")
        return self.subject_id

    def about(self, subject_id: UUID | None) -> "Question":
        return replace(self, subject_id=subject_id)
