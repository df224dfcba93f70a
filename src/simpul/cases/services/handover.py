"""Another companion takes over, quietly: whoever leaves learns nothing but that it was handed over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.cases.care_kinds import Asked
from simpul.cases.case_locks import coordinating_in
from simpul.cases.closing_notices import HANDED_OVER, TAKEN_ON
from simpul.cases.models import Assignment, Case, Exclusion, Handover
from simpul.cases.models.sight import AssignedRole
from simpul.cases.rules.people import could_assist
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.notices.services.sending import send_notice
from simpul.people.models import Person
from simpul.people.queries import today


def replace_companion(
    actor: Actor,
    case: Case,
    *,
    leaving: Person,
    successor: Person,
    asked: str,
    now: datetime,
    reason: str = "",
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Handover:
    """From this instant `successor` helps and `leaving` sees the case no more, whatever else they are at the group.

    The person assisted was asked, or it is said why not. The same `id` twice is one. Denied("case.coordinate");
    Invalid("leaving" | "successor" | "asked" | "reason" | "oneself"); Conflict("id_taken").
    """
    words = squeeze(reason)
    with transaction.atomic():
        # Two who relieve one another at the same moment: the second one no longer sees it.
        case = coordinating_in(actor, case.pk, now=now)
        _check(actor, leaving, successor, asked, words)
        if there := Handover.objects.filter(pk=id).first() if id else None:
            return _same(there, case)
        ended = Assignment.objects.filter(case=case, person=leaving, role=AssignedRole.COMPANION, ended_at=None)
        if not ended.exists():
            raise Invalid("leaving", "leaving", message=_("Choose somebody who helps in it now."))
        if not could_assist(successor, case, on=today(now)):
            raise Invalid("successor", "successor", message=_("Choose a companion or coordinator of this group."))
        _change(actor, case, leaving, successor, now)
        row = Handover.objects.create(
            id=id or uuid7(), case=case, leaving=leaving, successor=successor, asked=asked, reason=words or None,
            at=now, by_id=actor.person_id,
        )  # fmt: skip
        details: dict[str, Detail] = {"leaving": leaving.pk, "successor": successor.pk, "asked": str(asked)}
        audit.record(actor, "cases.replace_companion", case.ref, details=details)
        _tell(actor, HANDED_OVER, case, leaving, now)
        _tell(actor, TAKEN_ON, case, successor, now)
    return row


def _check(actor: Actor, leaving: Person, successor: Person, asked: str, words: str) -> None:
    if asked not in Asked.values:
        raise Invalid("asked", "asked", message=_("Choose one of the answers in the list."))
    if asked == Asked.UNSAFE and not words:
        raise Invalid("reason", "reason", message=_("Write in a few words why."))
    if len(words) > 1000:
        raise Invalid("reason", "reason", message=_("Write this shorter."))
    if leaving.pk == successor.pk:
        raise Invalid("successor", "successor", message=_("Choose somebody else."))
    if leaving.pk == actor.person_id:
        raise Invalid("oneself", "leaving", message=_("You can't hide a case from yourself."))


def _change(actor: Actor, case: Case, leaving: Person, successor: Person, now: datetime) -> None:
    Assignment.objects.filter(case=case, person=leaving, ended_at=None).update(ended_at=now)
    Exclusion.objects.get_or_create(
        case=case, person=leaving, lifted_at=None, defaults={"made_at": now, "made_by_id": actor.person_id}
    )
    Assignment.objects.get_or_create(
        case=case, person=successor, role=AssignedRole.COMPANION, ended_at=None,
        defaults={"started_at": now, "assigned_by_id": actor.person_id},
    )  # fmt: skip


def _same(there: Handover, case: Case) -> Handover:
    if there.case_id != case.pk:
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return there


def _tell(actor: Actor, kind: str, case: Case, person: Person, now: datetime) -> None:
    if person.user_id is None:
        return
    try:
        send_notice(actor, kind=kind, about=case.ref, recipients=[person.user_id], now=now)
    except Invalid:
        return  # no open account
