"""The questions an organiser adds to the registration of an event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import titled
from simpul.activities.kinds import AnswerKind
from simpul.activities.models import Event, EventQuestion
from simpul.activities.rules.events import require_manager
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.text import squeeze
from simpul.organisations.shapes import one_of
from simpul.records.locks import lock_graph

MOST: Final = 20
MOST_CHOICES: Final = 30
LONGEST_CHOICE: Final = 120
_CHOSEN: Final = (AnswerKind.ONE, AnswerKind.SEVERAL)


def add_question(
    actor: Actor,
    event: Event,
    *,
    kind: str,
    label: LocalizedText,
    choices: Sequence[str] = (),
    is_required: bool = False,
    id: UUID | None = None,  # noqa: A002 - the client's own key
    now: datetime,  # noqa: ARG001 - every service is told the time
) -> EventQuestion:
    """At the end of the form. The same id again is the same question.

    Invalid("title_needed" | "unknown_choice" | "choices_needed" | "too_long"), Conflict("too_many" | "counts_only" |
    "id_taken").
    """
    require_manager(actor, event)
    row = EventQuestion(
        id=id or uuid7(),
        event=event,
        kind=one_of(AnswerKind, blank=False)("kind", kind),
        label=titled("label", label),
        is_required=is_required,
    )
    row.choices = _choices(choices) if row.kind in _CHOSEN else []
    if event.is_sensitive:
        raise Conflict("counts_only", message=_("Nobody is named at this event, so nobody is asked anything."))
    with transaction.atomic():
        lock_graph(f"activities.questions.{event.pk}")
        if there := EventQuestion.objects.filter(pk=row.pk).first():
            if there.event_id == event.pk:
                return there
            raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
        standing = EventQuestion.objects.filter(event=event)
        if standing.filter(removed_at=None).count() >= MOST:
            message = _("%(most)s questions are enough: nobody fills in more on a phone. Remove one first.")
            raise Conflict("too_many", message=message % {"most": MOST})
        row.position = (standing.aggregate(top=Max("position"))["top"] or 0) + 1
        row.save(force_insert=True)
        audit.record(actor, "activities.add_question", event.ref, details={"kind": row.kind})
    return row


def remove_question(actor: Actor, question: EventQuestion, *, now: datetime) -> None:
    """It is asked no more; what was answered stays with those who answered. Twice changes nothing more."""
    require_manager(actor, question.event)
    with transaction.atomic():
        if question.answers.exists():
            gone = EventQuestion.objects.filter(pk=question.pk, removed_at=None).update(removed_at=now)
        else:
            gone, _rows = EventQuestion.objects.filter(pk=question.pk).delete()
        if gone:
            audit.record(actor, "activities.remove_question", question.event.ref, details={"kind": question.kind})


def _choices(given: Sequence[str]) -> list[str]:
    """Each once, in their order. Invalid("choices_needed" | "too_long", "choices")."""
    found = list(dict.fromkeys(words for one in given if (words := squeeze(one))))
    if not 2 <= len(found) <= MOST_CHOICES:
        message = _("Write two answers to choose from at least, and %(most)s at most: one on each line.")
        raise Invalid("choices_needed", "choices", message=message % {"most": MOST_CHOICES})
    if any(len(words) > LONGEST_CHOICE for words in found):
        too_long = _("Use at most %(longest)s characters.") % {"longest": LONGEST_CHOICE}
        raise Invalid("too_long", "choices", message=too_long)
    return found
