"""The tables of this context."""

from simpul.activities.models.actions import ActionPoint, ActionState
from simpul.activities.models.attendance import Attendance, HeadCount
from simpul.activities.models.certificates import Certificate, CertificateRule, Measure, Validity
from simpul.activities.models.consultations import Consultation, ConsultationAnswer, ConsultationMeeting
from simpul.activities.models.events import CoHost, Coverage, Event, EventStep
from simpul.activities.models.feedback import FeedbackBag, FeedbackForm, FeedbackLetter, FeedbackTicket
from simpul.activities.models.forums import ForumStage
from simpul.activities.models.invitations import Invitation
from simpul.activities.models.library import LibraryEdition, LibraryItem, LibraryReading
from simpul.activities.models.minutes import Minutes
from simpul.activities.models.notes import MeetingNote
from simpul.activities.models.participants import Participant
from simpul.activities.models.presence import Presence
from simpul.activities.models.programme import Contribution, ProgrammeItem, Session
from simpul.activities.models.questions import EventAnswer, EventQuestion
from simpul.activities.models.registrations import Registration, SeatReservation
from simpul.activities.models.responses import (
    AT_WORK,
    WANTING,
    ActivityPart,
    ActivityStatus,
    NeedStatus,
    PartKind,
    ReportedNeed,
    Response,
    ResponseActivity,
    ResponseArea,
    ResponseCell,
)
from simpul.activities.models.results import BulkServed, Outcome, SpeakerInput, Voice
from simpul.activities.models.scores import Stage, TestScore
from simpul.activities.models.series import EventSeries, SeriesBreak
from simpul.activities.models.situation import SituationReport, SituationSection
from simpul.activities.models.tellings import Telling, Way, What

__all__ = [
    "AT_WORK",
    "WANTING",
    "ActionPoint",
    "ActionState",
    "ActivityPart",
    "ActivityStatus",
    "Attendance",
    "BulkServed",
    "Certificate",
    "CertificateRule",
    "CoHost",
    "Consultation",
    "ConsultationAnswer",
    "ConsultationMeeting",
    "Contribution",
    "Coverage",
    "Event",
    "EventAnswer",
    "EventQuestion",
    "EventSeries",
    "EventStep",
    "FeedbackBag",
    "FeedbackForm",
    "FeedbackLetter",
    "FeedbackTicket",
    "ForumStage",
    "HeadCount",
    "Invitation",
    "LibraryEdition",
    "LibraryItem",
    "LibraryReading",
    "Measure",
    "MeetingNote",
    "Minutes",
    "NeedStatus",
    "Outcome",
    "PartKind",
    "Participant",
    "Presence",
    "ProgrammeItem",
    "Registration",
    "ReportedNeed",
    "Response",
    "ResponseActivity",
    "ResponseArea",
    "ResponseCell",
    "SeatReservation",
    "SeriesBreak",
    "Session",
    "SituationReport",
    "SituationSection",
    "SpeakerInput",
    "Stage",
    "Telling",
    "TestScore",
    "Validity",
    "Voice",
    "Way",
    "What",
]
