"""Asking those who came what they thought, and putting their answers together. Decision 33 says what nobody learns."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.asking import BY_KEY, LONGEST, MOST, Answering
from simpul.activities.codes import FEWEST, draw_codes, put_together, ticket_of
from simpul.activities.feedback_sending import hand_over, ways_of
from simpul.activities.letterboxes import put_in
from simpul.activities.models import Event, FeedbackBag, FeedbackForm, FeedbackLetter, FeedbackTicket, Participant
from simpul.activities.queries.attendance import tally
from simpul.activities.rules.events import require_manager
from simpul.activities.states import EventState
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.text import squeeze
from simpul.kernel.time import local_date
from simpul.organisations.shapes import words
from simpul.records.locks import lock_graph

LONGEST_OPEN: Final = 60  # days
MOST_CODES: Final = 5_000


def open_feedback(
    actor: Actor, event: Event, *, questions: Sequence[str], days: int = 14, now: datetime
) -> FeedbackForm:
    """Ask everybody who came. Opened once: the same again is the form that is there.

    Letters and slips are drawn here, mails by the worker (`send_feedback_codes`). Results are told once it is closed,
    after `days` or before. Invalid("no_question" | "too_many" | "unknown_choice" | "not_a_count"), Conflict("not_yet" |
    "cancelled" | "too_few").
    """
    require_manager(actor, event)
    asked = _questions(questions)
    if type(days) is not int or not 1 <= days <= LONGEST_OPEN:
        wanted = {"least": 1, "most": LONGEST_OPEN}
        raise Invalid("not_a_count", "days", message=_("Write a whole number from %(least)s to %(most)s.") % wanted)
    with transaction.atomic():
        lock_graph(f"activities.feedback.{event.pk}")
        if found := FeedbackForm.objects.filter(event=event).first():
            return found
        _refuse_early(event, now)
        people = min(tally(event).people, MOST_CODES)
        if people < FEWEST:
            message = _("Fewer than five people are noted as there. What they said could be told apart: talk to them.")
            raise Conflict("too_few", message=message)
        form = FeedbackForm(
            event=event, questions=asked, opened_on=local_date(now, event.clock), opened_by=actor.person_id,
            closes_at=now + timedelta(days=days),
        )  # fmt: skip
        _draw(form, event, people)
        audit.record(actor, "activities.open_feedback", event.ref, details={"codes": form.codes, "asked": asked})
    return form


def _questions(keys: Sequence[str]) -> list[str]:
    asked = [key for key in BY_KEY if key in set(keys)]
    if len(asked) != len(set(keys)):
        raise Invalid("unknown_choice", "questions", message=_("Choose one of the list."))
    if not asked:
        raise Invalid("no_question", "questions", message=_("Choose at least one question."))
    if len(asked) > MOST:
        message = _("Choose at most %(most)s questions: people answer what is short.") % {"most": MOST}
        raise Invalid("too_many", "questions", message=message)
    return asked


def _refuse_early(event: Event, now: datetime) -> None:
    if event.state is EventState.CANCELLED:
        raise Conflict("cancelled", message=_("This event was cancelled."))
    if event.state is EventState.DRAFT or event.starts_at > now:
        raise Conflict("not_yet", message=_("Ask once it has begun, and it is noted who came."))


def _draw(form: FeedbackForm, event: Event, people: int) -> None:
    """The form with its bags, and the codes of letters and slips in one draw, so that they can't be told apart."""
    ways = ways_of(event, people)
    form.codes = people
    form.mails, form.slips = len(ways.by_mail), ways.on_paper
    form.save(force_insert=True)
    FeedbackBag.objects.bulk_create(
        [FeedbackBag(form=form, question=key, held={"counts": {}, "texts": []}) for key in form.questions]
    )
    codes = draw_codes(form, len(ways.by_letter) + ways.on_paper)
    letters = [
        FeedbackLetter(registration=row.registration, form=form, letter=put_in(row.registration.letterbox, code))
        for row, code in zip(ways.by_letter, codes, strict=False)
    ]
    FeedbackLetter.objects.bulk_create(sorted(letters, key=lambda row: row.id))
    form.slip_codes = sorted(codes[len(letters) :])
    form.save(update_fields=["slip_codes"])


def send_feedback_codes(actor: Actor, form: FeedbackForm, *, now: datetime) -> int:
    """Write to those who left an address, once and all together; how many mails were handed over.

    The codes are stored first, as digests, and mailed from memory.
    """
    event = form.event
    require_manager(actor, event)
    with transaction.atomic():
        lock_graph(f"activities.feedback.{event.pk}")
        due = FeedbackForm.objects.filter(pk=form.pk, drawn_at=None, closed_at=None, mails__gt=0)
        if not due.update(drawn_at=now):
            return 0
        people = _still_reachable(event, form.mails)
        codes = draw_codes(form, len(people))
        lost = form.mails - len(people)
        FeedbackForm.objects.filter(pk=form.pk).update(codes=form.codes - lost, mails=len(people))
        audit.record(actor, "activities.send_feedback_codes", event.ref, details={"codes": len(codes)})
    handed = hand_over(event, people, codes)
    FeedbackForm.objects.filter(pk=form.pk).update(handed_over=handed)
    return handed


def _still_reachable(event: Event, most: int) -> Sequence[Participant]:
    """Fewer than were counted when it was opened, where somebody asked to be forgotten since; never more."""
    return ways_of(event, 0).by_mail[:most]


def give_feedback(actor: Actor, code: str, *, answers: Mapping[str, str], now: datetime) -> FeedbackForm:  # noqa: ARG001
    """What somebody thought, for whoever holds a code that was not used. Nothing of it is left in the record of acts.

    A question may be left out, not all of them. Invalid("unknown_code" | "nothing_said" | "unknown_choice" |
    "too_long"), Conflict("answered_already" | "feedback_closed").
    """
    ticket = ticket_of(code)
    if ticket is None:
        message = _("We know no such code. Compare it letter by letter; once the time is over it is deleted.")
        raise Invalid("unknown_code", "code", message=message)
    said = _cleaned(ticket.form.questions, answers)
    with transaction.atomic():
        lock_graph(f"activities.feedback.{ticket.form.event_id}")
        form = FeedbackForm.objects.get(pk=ticket.form_id)
        if form.closed_at or now >= form.closes_at:
            message = _("The time for answers is over. Write to the organisers if something matters to you.")
            raise Conflict("feedback_closed", message=message)
        if not FeedbackTicket.objects.filter(pk=ticket.pk, is_spent=False).update(is_spent=True):
            message = _("This code was used already: the answers are there. Thank you.")
            raise Conflict("answered_already", message=message)
        for bag in FeedbackBag.objects.filter(form=form).order_by("pk"):
            held = bag.held.open()
            if bag.question in said:
                held = put_together(held, said[bag.question], in_words=_in_words(bag.question))
            bag.held = held  # sealed anew each time, so that every bag changes with every answer
            bag.save(update_fields=["held"])
        FeedbackForm.objects.filter(pk=form.pk).update(answered=form.answered + 1)
    return ticket.form


def _in_words(key: str) -> bool:
    return BY_KEY[key].answering is Answering.TEXT


def _cleaned(asked: Sequence[str], answers: Mapping[str, str]) -> dict[str, str]:
    said = {}
    for key in asked:
        answer = squeeze(str(answers.get(key) or ""))
        if not answer:
            continue
        question = BY_KEY[key]
        if question.answering is Answering.TEXT:
            said[key] = words(LONGEST)(key, answer)
        elif answer in question.choices:
            said[key] = answer
        else:
            raise Invalid("unknown_choice", key, message=_("Choose one of the list."))
    if not said:
        raise Invalid("nothing_said", message=_("Answer at least one question."))
    return said


def close_feedback(actor: Actor, form: FeedbackForm, *, now: datetime) -> FeedbackForm:
    """No more answers: what was said is told now, from five answers on. Codes, letters and slips are deleted.

    It is never opened again: what came after the first look would be told apart. Twice changes nothing more.
    """
    require_manager(actor, form.event)
    with transaction.atomic():
        lock_graph(f"activities.feedback.{form.event_id}")
        if FeedbackForm.objects.filter(pk=form.pk, closed_at=None).update(closed_at=now):
            fresh = FeedbackForm.objects.get(pk=form.pk)
            fresh.slip_codes = None
            fresh.save(update_fields=["slip_codes"])
            FeedbackTicket.objects.filter(form=form).delete()
            FeedbackLetter.objects.filter(form=form).delete()
            audit.record(actor, "activities.close_feedback", form.event.ref, details={"codes": fresh.codes})
    return FeedbackForm.objects.select_related("event__owner_organisation").get(pk=form.pk)
