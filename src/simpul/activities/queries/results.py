"""What came of an event, for who may see the event."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from simpul.activities.kinds import Part
from simpul.activities.models import BulkServed, Contribution, Event, Outcome, SpeakerInput, Voice
from simpul.activities.queries.events import Contributor, contributors_of
from simpul.activities.rules.consultations import consultations_visible_to
from simpul.activities.rules.events import visible_to
from simpul.activities.states import MANAGE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.rules.organisations import visible_to as organisations_visible_to
from simpul.organisations.rules.organisations import within

SPEAKING = (Part.SPEAKER, Part.DISCUSSANT)
Result = SpeakerInput | Voice | Outcome
KINDS: dict[str, type[Result]] = {"input": SpeakerInput, "voice": Voice, "outcome": Outcome}


@dataclass(frozen=True, slots=True)
class Said:
    """A speaker's input, with the voices that answered it. The name is "" for who did not agree to be named."""

    row: SpeakerInput
    by: Contributor
    voices: Sequence[Voice] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Results:
    """`voices` are those that answer no input. `groups` is group -> how often its voice was noted, over all voices."""

    inputs: Sequence[Said]
    voices: Sequence[Voice]
    outcomes: Sequence[Outcome]
    served: Sequence[BulkServed]
    groups: dict[str, int]

    def __bool__(self) -> bool:
        return bool(self.inputs or self.voices or self.outcomes or self.served)


def results_of(actor: Actor, event: Event, *, keeps: bool = False) -> Results:
    """Five queries. `keeps` as in `contributors_of`: the caller asked, and sees every name."""
    by = {row.id: row for row in contributors_of(event, keeps=keeps)}
    told = Q(consultation=None) | consultations_visible_to(actor, "consultation__")
    voices = list(Voice.objects.filter(told, event=event, superseded_at=None))
    inputs = SpeakerInput.objects.filter(contribution__event=event, superseded_at=None)
    said = [
        Said(row, by[row.contribution_id], tuple(voice for voice in voices if voice.answers_id == row.pk))
        for row in inputs
        if row.contribution_id in by
    ]
    answered = {voice.pk for one in said for voice in one.voices}
    groups: dict[str, int] = {}
    for voice in voices:
        groups[voice.group] = groups.get(voice.group, 0) + 1
    return Results(
        inputs=said,
        voices=[voice for voice in voices if voice.pk not in answered],
        outcomes=_outcomes(actor, event),
        served=list(served_of(event)),
        groups=groups,
    )


def _outcomes(actor: Actor, event: Event) -> list[Outcome]:
    """Who sees to it is named where the reader may know of them."""
    rows = list(Outcome.objects.filter(event=event, superseded_at=None).select_related("organisation"))
    named = [row for row in rows if row.organisation and row.organisation.in_safety_mode]
    if named:
        seen = organisations_visible_to(actor, "organisation__")
        shown = set(Outcome.objects.filter(seen, pk__in=[row.pk for row in named]).values_list("pk", flat=True))
        for row in named:
            if row.pk not in shown:
                row.organisation = None
    return rows


def served_of(event: Event) -> QuerySet[BulkServed]:
    """As they were last counted, by village and kind."""
    rows = BulkServed.objects.filter(event=event, superseded_at=None).select_related("area")
    return rows.order_by("area", "kind", "pk")


def speakers_of(event: Event) -> QuerySet[Contribution]:
    """Those whose inputs may be noted."""
    return Contribution.objects.filter(event=event, part__in=SPEAKING)


def result_for(actor: Actor, kind: str, result_id: UUID) -> Result:
    """One that stands, of an event or a consultation in the actor's sight. NotFound."""
    model = KINDS.get(kind)
    if model is None:
        raise NotFound("activities.result", result_id)
    found = _standing(actor, model).filter(pk=result_id).first()
    if found is None:
        raise NotFound("activities.result", result_id)
    return found


def _standing(actor: Actor, model: type[Result]) -> QuerySet[Result]:
    rows: QuerySet[Result] = model._default_manager.filter(superseded_at=None)
    if model is SpeakerInput:
        return rows.filter(visible_to(actor, "contribution__event__")).select_related(
            "contribution__event__owner_organisation"
        )
    if model is Outcome:
        return rows.filter(visible_to(actor, "event__")).select_related("event__owner_organisation")
    kept = within(actor.scope(MANAGE), "consultation__owner_organisation__")
    return rows.filter(visible_to(actor, "event__") | kept).select_related(
        "event__owner_organisation", "consultation__owner_organisation"
    )
