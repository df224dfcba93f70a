"""Consultations as a reader may see them, with how each stands on a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from simpul.activities.models import Consultation, ConsultationAnswer, ConsultationMeeting, Event, Voice
from simpul.activities.result_kinds import ConsultationState
from simpul.activities.rules.consultations import KIND, consultations_visible_to
from simpul.activities.rules.events import visible_to as events_visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Standing:
    """A consultation on a day. `voices` is how many were noted, over `groups` groups."""

    row: Consultation
    state: ConsultationState
    answer: ConsultationAnswer | None
    voices: int
    groups: int
    meetings: int


def consultations_for(actor: Actor, *, area_code: str = "") -> QuerySet[Consultation]:
    rows = Consultation.objects.filter(consultations_visible_to(actor)).select_related("owner_organisation", "area")
    return rows.filter(area__code__within=area_code) if area_code else rows


def by_urgency(rows: QuerySet[Consultation], day: date) -> QuerySet[Consultation]:
    """Those whose answer is overdue first, then those that wait, those that hear voices, and the answered; each the
    newest first.
    """
    answered = ConsultationAnswer.objects.filter(superseded_at=None).values("consultation_id")
    turn = Case(
        When(pk__in=answered, then=Value(3)),
        When(published_at=None, then=Value(4)),
        When(answer_due_on__lt=day, then=Value(0)),
        When(closes_on__lt=day, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(turn=turn).order_by("turn", "-opens_on", "-id")


def consultation_for(actor: Actor, consultation_id: UUID) -> Consultation:
    """NotFound for what is out of sight."""
    found = consultations_for(actor).filter(pk=consultation_id).first()
    if found is None:
        raise NotFound(KIND, consultation_id)
    return found


def standings_of(rows: Sequence[Consultation], day: date) -> list[Standing]:
    """Three queries, however many."""
    keys = [row.pk for row in rows]
    answers = {
        a.consultation_id: a for a in ConsultationAnswer.objects.filter(consultation__in=keys, superseded_at=None)
    }
    voices = Voice.objects.filter(consultation__in=keys, superseded_at=None).order_by()
    heard: dict[UUID, list[str]] = {}
    for key, group in voices.values_list("consultation_id", "group"):
        heard.setdefault(key, []).append(group)
    met = _meetings(keys)
    return [
        Standing(
            row=row,
            state=row.state_on(day, answered=row.pk in answers),
            answer=answers.get(row.pk),
            voices=len(heard.get(row.pk, ())),
            groups=len(set(heard.get(row.pk, ()))),
            meetings=met.get(row.pk, 0),
        )
        for row in rows
    ]


def _meetings(keys: Collection[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    rows = ConsultationMeeting.objects.filter(consultation__in=keys)
    for key in rows.values_list("consultation_id", flat=True):
        found[key] = found.get(key, 0) + 1
    return found


def voices_of(consultation: Consultation) -> list[Voice]:
    """In the order in which they were noted, with the event where each was heard."""
    rows = Voice.objects.filter(consultation=consultation, superseded_at=None)
    return list(rows.select_related("event__owner_organisation"))


def answers_of(consultation: Consultation) -> list[ConsultationAnswer]:
    """The one that stands first, then those it superseded."""
    return list(ConsultationAnswer.objects.filter(consultation=consultation).order_by("-recorded_at", "-id"))


def meetings_of(actor: Actor, consultation: Consultation) -> QuerySet[Event]:
    """Those that the reader may see, in order."""
    rows = Event.objects.filter(events_visible_to(actor), consultations__consultation=consultation)
    return rows.select_related("owner_organisation").order_by("starts_at", "id")
