"""The tables of this context."""

from simpul.activities.models.attendance import Attendance, HeadCount
from simpul.activities.models.events import CoHost, Coverage, Event, EventStep
from simpul.activities.models.invitations import Invitation
from simpul.activities.models.participants import Participant
from simpul.activities.models.programme import Contribution, ProgrammeItem, Session
from simpul.activities.models.registrations import Registration, SeatReservation
from simpul.activities.models.series import EventSeries, SeriesBreak
from simpul.activities.models.tellings import Telling, Way, What

__all__ = [
    "Attendance",
    "CoHost",
    "Contribution",
    "Coverage",
    "Event",
    "EventSeries",
    "EventStep",
    "HeadCount",
    "Invitation",
    "Participant",
    "ProgrammeItem",
    "Registration",
    "SeatReservation",
    "SeriesBreak",
    "Session",
    "Telling",
    "Way",
    "What",
]
