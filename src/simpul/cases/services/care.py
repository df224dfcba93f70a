"""Saying how one is; telling that one is threatened, and that something was done about it."""

from collections.abc import Collection
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.access.queries import actor_for
from simpul.audit import services as audit
from simpul.cases.care_kinds import Danger, Feeling, Relief, Weight
from simpul.cases.closing_notices import SETTLED, THREAT
from simpul.cases.models import Checkin, Threat
from simpul.cases.queries.care import colleagues_of, reads_too
from simpul.cases.rules.care import require_own, require_told, require_working, threats_visible_to
from simpul.deadlines.queries import holders
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.notices.services.sending import send_notice
from simpul.organisations.models import Organisation
from simpul.people.models import Person

LONGEST: Final = 2_000
_NOBODY: Final = _("Nobody you chose can be told here. Choose the other one too. In danger call the police, 110.")
Row = TypeVar("Row", Checkin, Threat)


def check_in(
    actor: Actor,
    organisation: Organisation,
    *,
    feeling: str,
    now: datetime,
    weights: Collection[str] = (),
    relief: Collection[str] = (),
    words: str = "",
    shared_with: Person | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Checkin:
    """How one is, for oneself and whom one chooses; the coordinator reads it only where that is the rule just now.

    The same `id` twice is one. Denied("case.record"); Invalid("feeling" | "weights" | "relief" | "shared_with" |
    "words"); Conflict("id_taken").
    """
    person_id = require_working(actor, organisation)
    answers = _answers(feeling, weights, relief, words)
    if shared_with is not None and shared_with not in colleagues_of(actor, organisation, now=now):
        raise Invalid("shared_with", "shared_with", message=_("Choose somebody of your group."))
    with transaction.atomic():
        Person.objects.select_for_update(of=("self",)).get(pk=person_id)  # sent twice at the same moment
        if there := Checkin.objects.filter(pk=id).first() if id else None:
            return _same(there, person_id)
        row = Checkin(
            id=id or uuid7(), person_id=person_id, organisation=organisation, answers=answers, said_at=now,
            shared_with=shared_with, with_coordinator=reads_too(organisation),
        )  # fmt: skip
        row.save(force_insert=True)
        audit.record(actor, "cases.check_in", row.ref)
    return row


def forget_checkin(actor: Actor, checkin: Checkin, *, now: datetime) -> None:  # noqa: ARG001 - one shape
    """One's own is gone for good. NotFound for anybody else's."""
    require_own(actor, checkin)
    with transaction.atomic():
        Checkin.objects.filter(pk=checkin.pk).delete()
        audit.record(actor, "cases.forget_checkin", checkin.ref)


def report_threat(
    actor: Actor,
    organisation: Organisation,
    *,
    danger: str,
    is_now: bool,
    now: datetime,
    words: str = "",
    tells_coordinator: bool = True,
    tells_supervisor: bool = True,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Threat:
    """One is threatened because one helps. Those it is told to are alerted at once, in words that tell nothing.

    The same `id` twice is one. Denied("case.record"); Invalid("danger" | "tells" | "words"); Conflict("id_taken").
    Invalid("nobody") where none of them can be told: nobody may think that help is on its way when it isn't.
    """
    person_id = require_working(actor, organisation)
    if danger not in Danger.values:
        raise Invalid("danger", "danger", message=_("Choose one of the answers in the list."))
    if not (tells_coordinator or tells_supervisor):
        raise Invalid("tells", "tells", message=_("Choose at least one who is told."))
    with transaction.atomic():
        Person.objects.select_for_update(of=("self",)).get(pk=person_id)  # sent twice at the same moment
        if there := Threat.objects.filter(pk=id).first() if id else None:
            return _same(there, person_id)
        row = Threat(
            id=id or uuid7(), person_id=person_id, organisation=organisation, danger=danger, is_now=is_now,
            words=_text(words), tells_coordinator=tells_coordinator, tells_supervisor=tells_supervisor, reported_at=now,
        )  # fmt: skip
        row.save(force_insert=True)
        audit.record(actor, "cases.report_threat", row.ref)
        roles = [role for role, told in (("coordinator", tells_coordinator), ("supervisor", tells_supervisor)) if told]
        accounts = _who_reads(row, holders(row.ref, organisation.pk, roles, now) - {actor.user_id}, now)
        if not _tell(actor, THREAT, row, accounts, now, urgent=True):
            raise Invalid("nobody", "tells", message=_NOBODY)
    return row


def _who_reads(row: Threat, accounts: Collection[UUID], now: datetime) -> set[UUID]:
    """Of these the ones that may open it: a notice that leads nowhere helps nobody, and says that it was told."""
    actors = {key: actor_for(key, now=now, second_factor=True) for key in accounts}
    rows = Threat.objects.filter(pk=row.pk)
    return {key for key, actor in actors.items() if rows.filter(threats_visible_to(actor)).exists()}


def settle_threat(actor: Actor, threat: Threat, *, done: str, now: datetime) -> Threat:
    """What was done about it, which whoever reported reads. Twice is once. NotFound out of sight; Invalid("done")."""
    require_told(actor, threat)
    text = _text(done)
    if text is None:
        raise Invalid("done", "done", message=_("Write in a few words what was done."))
    with transaction.atomic():
        row = Threat.objects.select_for_update(of=("self",)).get(pk=threat.pk)
        if row.settled_at is not None:
            return row
        row.settled_at, row.settled_by_id, row.done = now, actor.person_id, text
        row.save(update_fields=["settled_at", "settled_by", "done"])
        audit.record(actor, "cases.settle_threat", row.ref)
        keys = (
            Person.objects.filter(pk=row.person_id).exclude(pk__in=[actor.person_id]).values_list("user_id", flat=True)
        )
        _tell(actor, SETTLED, row, {key for key in keys if key}, now)
    return row


def _answers(feeling: str, weights: Collection[str], relief: Collection[str], words: str) -> dict[str, object]:
    for field, given, known in (
        ("feeling", {feeling}, Feeling.values),
        ("weights", set(weights), Weight.values),
        ("relief", set(relief), Relief.values),
    ):
        if given - set(known):
            raise Invalid(field, field, message=_("Choose one of the answers in the list."))
    return {"feeling": feeling, "weights": sorted(weights), "relief": sorted(relief), "words": _text(words) or ""}


def _text(words: str) -> str | None:
    text = words.strip()
    if len(text) > LONGEST:
        raise Invalid("too_long", "words", message=_("Write this shorter."))
    return text or None


def _same(there: Row, person_id: UUID) -> Row:
    if there.person_id != person_id:
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return there


def _tell(actor: Actor, kind: str, row: Threat, accounts: set[UUID], now: datetime, *, urgent: bool = False) -> bool:
    """Whether anybody could be told."""
    if not accounts:
        return False
    try:
        send_notice(actor, kind=kind, about=row.ref, recipients=sorted(accounts), urgent=urgent, now=now)
    except Invalid:
        return False  # none of them has an open account
    return True
