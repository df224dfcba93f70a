"""Noting what came of an event: what was put forward, said, agreed and handed out; taking a note back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import whole
from simpul.activities.kinds import EventKind
from simpul.activities.models import BulkServed, Contribution, Event, Outcome, SpeakerInput, Voice
from simpul.activities.queries.results import SPEAKING, Result, served_of
from simpul.activities.result_kinds import OutcomeKind, Scheme, Served
from simpul.activities.rules.consultations import require_consultation_keeper
from simpul.activities.rules.events import require_manager
from simpul.activities.states import EventState
from simpul.activities.voicing import Row, the_same, voiced, worded
from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import supersede
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import require_sight
from simpul.organisations.shapes import day, one_of
from simpul.records.locks import lock_graph
from simpul.territory.models import Area

MOST_PAPERS = 100_000


@dataclass(frozen=True, slots=True)
class Bulk:
    """So many papers of one kind, for residents of one village."""

    kind: str
    number: int
    area: Area | None = None


def note_input(
    actor: Actor,
    contribution: Contribution,
    *,
    words: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> SpeakerInput:
    """What a speaker put forward. The same id again is the same row.

    Invalid("words_needed" | "not_a_speaker"), Conflict("not_held" | "closed" | "nobody_named" | "id_taken").
    """
    event = contribution.event
    require_manager(actor, event)
    _refuse_untold(event)
    if contribution.part not in SPEAKING:
        message = _("Choose somebody who spoke: a speaker or a discussant.")
        raise Invalid("not_a_speaker", "contribution", message=message)
    row = SpeakerInput(contribution=contribution, words=worded(words), entered_by=actor.person_id)
    return _keep(actor, row, "activities.note_input", key=id, now=now, details={"event": str(event.pk)})


def note_voice(
    actor: Actor,
    event: Event,
    *,
    group: str,
    words: str,
    people: int | None = None,
    answers: SpeakerInput | None = None,
    now: datetime,
    id: UUID | None = None,  # noqa: A002
) -> Voice:
    """What people of one group said at an event. Invalid("words_needed" | "unknown_choice" | "not_a_count" |
    "input_of_another"), Conflict as `note_input`.
    """
    require_manager(actor, event)
    _refuse_untold(event)
    if answers is not None and answers.contribution.event_id != event.pk:
        message = _("Choose something that was put forward at this event.")
        raise Invalid("input_of_another", "answers", message=message)
    row = Voice(event=event, answers=answers, **voiced(actor, group, words, people))
    return _keep(
        actor, row, "activities.note_voice", key=id, now=now, details={"event": str(event.pk), "group": row.group}
    )


def note_outcome(
    actor: Actor,
    event: Event,
    *,
    kind: str,
    words: str,
    scheme: str = "",
    organisation: Organisation | None = None,
    due_on: date | None = None,
    now: datetime,
    id: UUID | None = None,  # noqa: A002
) -> Outcome:
    """What was agreed or found. Invalid("words_needed" | "scheme_needed" | ...), Conflict as `note_input`."""
    require_manager(actor, event)
    _refuse_untold(event)
    if organisation is not None:
        require_sight(actor, organisation)
    row = Outcome(
        event=event,
        kind=one_of(OutcomeKind, blank=False)("kind", kind),
        scheme=_scheme(kind, scheme),
        words=worded(words),
        organisation=organisation,
        due_on=day("due_on", due_on),
        entered_by=actor.person_id,
    )
    return _keep(
        actor, row, "activities.note_outcome", key=id, now=now, details={"event": str(event.pk), "kind": row.kind}
    )


def count_served(actor: Actor, event: Event, *, rows: Sequence[Bulk], now: datetime) -> list[BulkServed]:
    """How many papers a mobile service handed out or took in. What was counted before is superseded as a whole; the
    same count again changes nothing. Conflict("no_service" | "not_held" | "closed").
    """
    require_manager(actor, event)
    if event.kind != EventKind.MOBILE_SERVICE:
        message = _("Papers are counted at a mobile service. Change what kind of event it is first.")
        raise Conflict("no_service", message=message)
    _refuse_unheld(event)
    drawn = [_bulk(actor, event, bulk, now) for bulk in rows]
    with transaction.atomic():
        lock_graph(f"activities.served.{event.pk}")
        before = list(served_of(event))
        if sorted(map(_description, before)) == sorted(map(_description, drawn)):
            return before
        BulkServed.objects.filter(pk__in=[row.pk for row in before]).update(superseded_at=now)
        BulkServed.objects.bulk_create(drawn)
        papers = sum(row.number for row in drawn)
        audit.record(actor, "activities.count_served", event.ref, details={"rows": len(drawn), "papers": papers})
    return list(served_of(event))


def withdraw_result(actor: Actor, row: Result, *, now: datetime) -> None:
    """It was noted by mistake. Twice changes nothing more."""
    _require_keeper(actor, row)
    with transaction.atomic():
        if supersede(row, now=now):
            audit.record(actor, "activities.withdraw_result", row.ref)


def _scheme(kind: str, scheme: str) -> str:
    if kind != OutcomeKind.SCHEME:
        return ""
    if scheme not in Scheme.values:
        raise Invalid("scheme_needed", "scheme", message=_("Choose how organisations are to be strengthened."))
    return scheme


def _refuse_unheld(event: Event) -> None:
    if event.state is EventState.CLOSED:
        message = _("This event is closed. Open it again to change what is said of it.")
        raise Conflict("closed", message=message)
    if event.state is not EventState.HELD:
        raise Conflict("not_held", message=_("Say first that the event was held."))


def _refuse_untold(event: Event) -> None:
    _refuse_unheld(event)
    if event.is_sensitive:
        message = _("Nothing is told of what was said at a sensitive event.")
        raise Conflict("nobody_named", message=message)


def _keep(actor: Actor, row: Row, act: str, *, key: UUID | None, now: datetime, details: dict[str, Detail]) -> Row:
    row.pk, row.recorded_at = key or uuid7(), now
    with transaction.atomic():
        lock_graph(f"activities.result.{row.pk}")
        if there := type(row)._default_manager.filter(pk=row.pk).first():
            return the_same(there, row)
        row.save(force_insert=True)
        audit.record(actor, act, row.ref, details=details)
    return row


def _bulk(actor: Actor, event: Event, bulk: Bulk, now: datetime) -> BulkServed:
    return BulkServed(
        event=event,
        kind=one_of(Served, blank=False)("kind", bulk.kind),
        number=whole(1, MOST_PAPERS)("number", bulk.number),
        area=bulk.area,
        entered_by=actor.person_id,
        recorded_at=now,
    )


def _description(row: BulkServed) -> tuple[str, str, int]:
    return row.area_id or "", row.kind, row.number


def _require_keeper(actor: Actor, row: Result) -> None:
    if isinstance(row, Voice) and row.event is None:
        assert row.consultation is not None  # by constraint
        require_consultation_keeper(actor, row.consultation)
    else:
        event = row.contribution.event if isinstance(row, SpeakerInput) else row.event
        assert event is not None
        require_manager(actor, event)
