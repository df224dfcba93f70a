"""A failure to protect data: written down, then told to the people and to the authority within three days."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.breach_kinds import CLOCK, NOTICES, Cause, DataClass, Told
from simpul.cases.models import BreachStep, DataBreach
from simpul.cases.rules.breaches import require_keeping
from simpul.deadlines.queries import running_clock
from simpul.deadlines.services import start_clock, stop_clock
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.people.queries import today


def record_breach(
    actor: Actor,
    organisation: Organisation,
    *,
    what: str,
    cause: str,
    classes: Collection[str],
    noticed_at: datetime,
    now: datetime,
    people: int | None = None,
    happened_on: date | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> DataBreach:
    """What is known. The clock runs from the moment somebody noticed. The same `id` twice is one.

    Denied("breach.record"); Invalid("what" | "cause" | "classes" | "noticed_at" | "happened_on" | "people");
    Conflict("id_taken").
    """
    require_keeping(actor, organisation)
    row = DataBreach(
        id=id or uuid7(), organisation=organisation, what=_words("what", what), cause=cause,
        classes=sorted(set(classes)), people=people, happened_on=happened_on, noticed_at=noticed_at, recorded_at=now,
        recorded_by_id=actor.person_id,
    )  # fmt: skip
    _check(row, now)
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if taken := DataBreach.objects.filter(pk=row.pk).first():
            if taken.organisation_id != organisation.pk:
                raise Conflict(
                    "id_taken", message=_("This entry was already used for something else. Reload the page.")
                )
            return taken
        row.save(force_insert=True)
        start_clock(actor, CLOCK, row.ref, organisation, area_code=None, starts_at=noticed_at, now=now)
        audit.record(actor, "cases.record_breach", row.ref, details={"classes": row.classes, "cause": cause})
    return row


def note_breach_step(
    actor: Actor,
    breach: DataBreach,
    *,
    kind: str,
    words: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> BreachStep:
    """Who was told and how, or what was done. Once the people and the authority were told, the clock ends.

    The same `id` twice is one. Denied("breach.record"); Invalid("kind" | "words");
    Conflict("id_taken"), and Conflict("closed") once its words are kept no longer.
    """
    require_keeping(actor, breach.organisation)
    if kind not in Told.values:
        raise Invalid("kind", "kind", message=_("Choose one of the answers in the list."))
    said = _words("words", words)
    with transaction.atomic():
        locked = DataBreach.objects.select_for_update(of=("self",)).get(pk=breach.pk)
        if locked.emptied_at:
            raise Conflict("closed", message=_("Its words are kept no longer: this breach is closed."))
        if taken := BreachStep.objects.filter(pk=id).first() if id else None:
            if taken.breach_id != breach.pk:
                raise Conflict(
                    "id_taken", message=_("This entry was already used for something else. Reload the page.")
                )
            return taken
        row = BreachStep.objects.create(
            id=id or uuid7(), breach=breach, kind=kind, words=said, at=now, by_id=actor.person_id
        )
        told = set(BreachStep.objects.filter(breach=breach).values_list("kind", flat=True))
        clock = running_clock(breach.ref, CLOCK)
        if clock and told.issuperset(NOTICES):
            stop_clock(actor, clock, decision="told", now=now)
        audit.record(actor, "cases.note_breach_step", breach.ref, details={"kind": kind})
    return row


def _check(row: DataBreach, now: datetime) -> None:
    if row.cause not in Cause.values:
        raise Invalid("cause", "cause", message=_("Choose one of the answers in the list."))
    if not row.classes or not set(row.classes) <= set(DataClass.values):
        raise Invalid("classes", "classes", message=_("Choose which kinds of data are concerned."))
    if row.noticed_at > now:
        raise Invalid("noticed_at", "noticed_at", message=_("This time is still to come. Enter when it happened."))
    if row.happened_on and row.happened_on > today(now):
        raise Invalid("happened_on", "happened_on", message=_("This day is still to come. Enter when it happened."))
    if row.people is not None and not 0 <= row.people <= 10_000_000:
        raise Invalid("people", "people", message=_("Write about how many people, in digits."))


def _words(field: str, words: str) -> str:
    said = words.strip()
    if not said or len(said) > 4000:
        raise Invalid(field, field, message=_("Write this in a few words, without names."))
    return said
