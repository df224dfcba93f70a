"""Asking a question, hearing voices, giving the answer back."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import titled, told
from simpul.activities.kinds import Visibility
from simpul.activities.models import Consultation, ConsultationAnswer, ConsultationMeeting, Event, Voice
from simpul.activities.result_kinds import Reply
from simpul.activities.rules.consultations import require_consultation_keeper
from simpul.activities.rules.events import require_sight
from simpul.activities.states import MANAGE
from simpul.activities.voicing import the_same, voiced
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.shapes import check_past, day, localized, one_of, words
from simpul.records.locks import claim_version, lock_graph

FIELDS: Final = ("question", "about", "area", "asked", "opens_on", "closes_on", "answer_due_on", "visibility")


def ask_question(
    actor: Actor,
    organisation: Organisation,
    *,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
    **said: Any,
) -> Consultation:
    """A draft. `said` are FIELDS. The same id again is the same one.

    Invalid("title_needed" | "asked_needed" | "ends_before_start" | ...), Conflict("id_taken").
    """
    authorise(actor, MANAGE, organisation)
    row = Consultation(id=id or uuid7(), owner_organisation=organisation, created_at=now, **_cleaned(said))
    _check_days(row.opens_on, row.closes_on, row.answer_due_on)
    with transaction.atomic():
        lock_graph(f"activities.consultation.{row.pk}")
        if there := Consultation.objects.filter(pk=row.pk).first():
            if there.owner_organisation_id == organisation.pk:
                return there
            raise _taken()
        row.save(force_insert=True)
        audit.record(actor, "activities.ask_question", row.ref)
    return row


def change_consultation(actor: Actor, row: Consultation, *, seen: int, now: datetime, **said: Any) -> Consultation:  # noqa: ARG001
    """Write FIELDS. Invalid as `ask_question`, Conflict("edited_meanwhile") with their values."""
    require_consultation_keeper(actor, row)
    changes = _cleaned(said)
    _check_days(*(changes.get(name, getattr(row, name)) for name in ("opens_on", "closes_on", "answer_due_on")))
    with transaction.atomic():
        fresh = claim_version(row, seen, changes)
        audit.record(actor, "activities.change_consultation", row.ref, details={"fields": sorted(changes)})
    return fresh


def publish_consultation(actor: Actor, row: Consultation, *, now: datetime) -> Consultation:
    """From now on it is seen by those it is for. Again changes nothing."""
    require_consultation_keeper(actor, row)
    with transaction.atomic():
        if Consultation.objects.filter(pk=row.pk, published_at=None).update(published_at=now):
            audit.record(actor, "activities.publish_consultation", row.ref)
    row.refresh_from_db()
    return row


def add_consultation_meeting(
    actor: Actor,
    row: Consultation,
    *,
    event: Event,
    now: datetime,  # noqa: ARG001
) -> ConsultationMeeting:
    """An event at which it is asked. Twice is the same row."""
    require_consultation_keeper(actor, row)
    require_sight(actor, event)
    with transaction.atomic():
        made, is_new = ConsultationMeeting.objects.get_or_create(consultation=row, event=event)
        if is_new:
            audit.record(actor, "activities.add_consultation_meeting", row.ref, details={"event": str(event.pk)})
    return made


def hear_voice(
    actor: Actor,
    row: Consultation,
    *,
    group: str,
    words: str,
    people: int | None = None,
    event: Event | None = None,
    now: datetime,
    id: UUID | None = None,  # noqa: A002
) -> Voice:
    """What people of one group said, at one of its meetings or elsewhere. The same id again is the same row.

    Invalid as `note_voice` and ("meeting_of_another", "event"), Conflict("not_published" | "id_taken").
    """
    require_consultation_keeper(actor, row)
    if row.published_at is None:
        raise Conflict("not_published", message=_("Publish the question first: people must know what is asked."))
    if event is not None and not ConsultationMeeting.objects.filter(consultation=row, event=event).exists():
        raise Invalid("meeting_of_another", "event", message=_("Choose one of the meetings of this question."))
    voice = Voice(
        id=id or uuid7(), consultation=row, event=event, recorded_at=now, **voiced(actor, group, words, people)
    )
    with transaction.atomic():
        lock_graph(f"activities.result.{voice.pk}")
        if there := Voice.objects.filter(pk=voice.pk).first():
            return the_same(there, voice)
        voice.save(force_insert=True)
        audit.record(actor, "activities.hear_voice", voice.ref, details={"group": voice.group})
    return voice


def give_answer(
    actor: Actor,
    row: Consultation,
    *,
    reply: str,
    words: LocalizedText,
    answered_on: date,
    answered_by: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002
) -> ConsultationAnswer:
    """What was given back to those who spoke; it takes the place of an earlier answer, which is kept.

    Invalid("words_needed" | "answered_by_needed" | ...), Conflict("not_published" | "too_early" | "id_taken").
    """
    require_consultation_keeper(actor, row)
    if row.published_at is None:
        raise Conflict("not_published", message=_("Publish the question first: people must know what is asked."))
    check_past(answered_on, "answered_on", now)
    if answered_on < row.opens_on:
        message = _("The answer would come before the question. Check the day.")
        raise Invalid("too_early", "answered_on", message=message)
    answer = ConsultationAnswer(
        id=id or uuid7(),
        consultation=row,
        reply=one_of(Reply, blank=False)("reply", reply),
        words=_answer(words),
        answered_on=answered_on,
        answered_by=_office(answered_by),
        entered_by=actor.person_id,
        recorded_at=now,
    )
    with transaction.atomic():
        lock_graph(f"activities.consultation.{row.pk}")
        if there := ConsultationAnswer.objects.filter(pk=answer.pk).first():
            if there.consultation_id == row.pk:
                return there
            raise _taken()
        ConsultationAnswer.objects.filter(consultation=row, superseded_at=None).update(superseded_at=now)
        answer.save(force_insert=True)
        audit.record(actor, "activities.give_answer", answer.ref, details={"reply": answer.reply})
    return answer


def _cleaned(said: dict[str, Any]) -> dict[str, Any]:
    """ValueError for a name that is none of FIELDS."""
    if unknown := set(said) - set(FIELDS):
        raise ValueError(f"not to be written: {sorted(unknown)}")
    clean = {
        "question": titled,
        "about": told,
        "area": lambda _field, value: value,
        "asked": _asked,
        "visibility": one_of(Visibility, blank=False),
        **dict.fromkeys(("opens_on", "closes_on", "answer_due_on"), _needed_day),
    }
    return {name: clean[name](name, value) for name, value in said.items()}


def _asked(field: str, value: Any) -> str:
    asked: str = words(200)(field, value)
    if not asked:
        message = _("Say who has to answer: the village government, the district health office.")
        raise Invalid("asked_needed", field, message=message)
    return asked


def _needed_day(field: str, value: Any) -> date:
    found: date | None = day(field, value)
    if found is None:
        raise Invalid("day_needed", field, message=_("Choose a day."))
    return found


def _check_days(opens: date, closes: date, due: date) -> None:
    if closes < opens:
        raise Invalid("ends_before_start", "closes_on", message=_("It would close before it opens. Check both days."))
    if due < closes:
        message = _("The answer comes after the last day on which voices are heard.")
        raise Invalid("ends_before_start", "answer_due_on", message=message)


def _answer(value: LocalizedText) -> LocalizedText:
    found: LocalizedText | None = localized("words", value or None)
    if found is None:
        raise Invalid("words_needed", "words", message=_("Write what is given back to those who spoke."))
    checked = told("words", found)
    assert checked is not None
    return checked


def _office(value: str) -> str:
    office: str = words(200)("answered_by", value)
    if not office:
        message = _("Say which office answered, such as: Village government of Lentera Jati.")
        raise Invalid("answered_by_needed", "answered_by", message=message)
    return office


def _taken() -> Conflict:
    return Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
