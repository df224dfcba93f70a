"""Who sees a case: assigning, hiding, bringing it to the supervisor; and that each look is written down."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import coordinating_in, held_case, recording_in
from simpul.cases.models import (
    Assignment,
    Case,
    ClosureRequest,
    Escalation,
    Exclusion,
    Opening,
    PoliceDecision,
    Restriction,
    Transfer,
)
from simpul.cases.models.sight import AssignedRole, EscalationGround
from simpul.cases.rules.people import could_assist
from simpul.cases.rules.sight import (
    KIND,
    lifted_by,
    may,
    require_naming,
    require_sight,
    visible_to,
)
from simpul.cases.stages import COORDINATE, RECORD
from simpul.cases.transfer_kinds import OPEN_TRANSFERS
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.organisations.models import Organisation
from simpul.organisations.rules.reach import accompanied_by
from simpul.people.models import Person
from simpul.people.queries import today
from simpul.records.constants import constant

_PAGE = re.compile(r"[a-z_:]{1,40}")


def assign_companion(
    actor: Actor,
    case: Case,
    person: Person,
    *,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Assignment:
    """From now on `person` helps in the case and sees it. Twice is one assignment.

    Denied("case.coordinate"); Invalid("person") for somebody who keeps no cases at this organisation, or from whom the
    case is hidden: the same answer for both.
    """
    with transaction.atomic():
        case = coordinating_in(actor, case.pk, now=now)
        if not could_assist(person, case, on=today(now)):
            raise Invalid("person", "person", message=_("Choose a companion or coordinator of this group."))
        return _assign(actor, case, person, AssignedRole.COMPANION, act="assign_companion", key=id, now=now)


def name_coordinator(
    actor: Actor,
    case: Case,
    person: Person,
    *,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Assignment:
    """From now on `person` leads this case among those who coordinate. Twice is one.

    By whoever leads it, by any coordinator while nobody does, and by the supervisor it was brought to:
    Denied("case.coordinate"). Invalid("person") for who coordinates nothing there, or from whom it is hidden.
    """
    with transaction.atomic():
        case = held_case(actor, case.pk, now=now)
        if may(actor, (COORDINATE,), case) and (found := _standing(case, person, AssignedRole.COORDINATOR)):
            return found
        require_naming(actor, case, now=now)
        if not could_assist(person, case, on=today(now), permissions=(COORDINATE,)):
            raise Invalid("person", "person", message=_("Choose a coordinator of this group."))
        return _assign(actor, case, person, AssignedRole.COORDINATOR, act="name_coordinator", key=id, now=now)


def _standing(case: Case, person: Person, role: str) -> Assignment | None:
    return Assignment.objects.filter(case=case, person=person, role=role, ended_at=None).first()


def _assign(
    actor: Actor, case: Case, person: Person, role: str, *, act: str, key: UUID | None, now: datetime
) -> Assignment:
    if found := _standing(case, person, role):
        return found
    row = Assignment.objects.create(
        id=key or uuid7(), case=case, person=person, role=role, started_at=now, assigned_by_id=actor.person_id
    )
    audit.record(actor, f"cases.{act}", case.ref, details={"person": str(person.pk), "role": str(role)})
    return row


def end_assignment(actor: Actor, assignment: Assignment, *, now: datetime) -> None:
    """They no longer help, and see a protected case no more, from this moment. By the coordinator or by themself; of
    whoever leads the case, by who may name another.
    """
    with transaction.atomic():
        case = held_case(actor, assignment.case_id, now=now)
        is_own = actor.person_id == assignment.person_id and may(actor, (RECORD,), case)
        if not is_own:
            _require_ending(actor, case, assignment, now)
        if Assignment.objects.filter(pk=assignment.pk, ended_at=None).update(ended_at=now):
            details = {"person": str(assignment.person_id), "role": assignment.role}
            audit.record(actor, "cases.end_assignment", case.ref, details=details)


def _require_ending(actor: Actor, case: Case, assignment: Assignment, now: datetime) -> None:
    if not may(actor, (COORDINATE,), case):
        raise Denied(COORDINATE, case.ref)
    if assignment.role == AssignedRole.COORDINATOR:
        require_naming(actor, case, now=now)


def exclude_person(
    actor: Actor,
    case: Case,
    person: Person,
    *,
    now: datetime,
    reason: str = "",
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Exclusion:
    """From now on there is no such case for `person`, coordinator or not. Whatever they were assigned to here ends.

    Never oneself, so that somebody always sees it: Invalid("oneself"). Twice is one exclusion.
    """
    with transaction.atomic():
        # Two who hide it from one another at the same moment: the second one no longer sees it.
        recording_in(actor, case.pk, now=now)
        if person.pk == actor.person_id:
            raise Invalid("oneself", "person", message=_("You can't hide a case from yourself."))
        if found := Exclusion.objects.filter(case=case, person=person, lifted_at=None).first():
            return found
        row = Exclusion.objects.create(
            id=id or uuid7(), case=case, person=person, reason=squeeze(reason) or None, made_at=now,
            made_by_id=actor.person_id,
        )  # fmt: skip
        Assignment.objects.filter(case=case, person=person, ended_at=None).update(ended_at=now)
        audit.record(actor, "cases.exclude_person", case.ref, details={"person": str(person.pk)})
    return row


def lift_exclusion(actor: Actor, exclusion: Exclusion, *, now: datetime) -> None:
    """The person may see the case again, where their role reaches it. Twice changes nothing more.

    By the coordinator: NotFound, Denied("case.coordinate") for a companion, and for a coordinator where another one is
    assigned to the case and asked for it.
    """
    with transaction.atomic():
        case = held_case(actor, exclusion.case_id, now=now)
        if not Exclusion.objects.filter(lifted_by(actor, case, now=now), pk=exclusion.pk).exists():
            raise Denied(COORDINATE, case.ref)
        rows = Exclusion.objects.filter(pk=exclusion.pk, lifted_at=None)
        if rows.update(lifted_at=now, lifted_by_id=actor.person_id):
            details = {"person": str(exclusion.person_id)}
            audit.record(actor, "cases.lift_exclusion", case.ref, details=details)


def escalate_case(
    actor: Actor,
    case: Case,
    *,
    to: Organisation,
    reason: str,
    now: datetime,
    ground: str = EscalationGround.ESCALATED,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Escalation:
    """The supervisors of `to`, which accompanies the group, see the case while this stands. Twice is one.

    By whoever records the case: a companion needs nobody's leave for it. Invalid("to" | "reason").
    """
    if ground not in EscalationGround.values or ground == EscalationGround.REQUEST:
        raise ValueError(f"no such ground: {ground}")
    with transaction.atomic():
        case = recording_in(actor, case.pk, now=now)
        if not Organisation.objects.filter(accompanied_by({to.pk}), pk=case.owner_organisation_id).exists():
            raise Invalid("to", "to", message=_("Choose the organisation that accompanies this group."))
        words = squeeze(reason)
        if not words or len(words) > 1000:
            raise Invalid("reason", "reason", message=_("Write in a few words why."))
        if found := Escalation.objects.filter(case=case, to_organisation=to, ended_at=None).first():
            return _in_its_own_right(actor, found, ground, words)
        row = Escalation.objects.create(
            id=id or uuid7(), case=case, to_organisation=to, ground=ground, reason=words, made_at=now,
            made_by_id=actor.person_id,
        )  # fmt: skip
        audit.record(actor, "cases.escalate_case", case.ref, details={"to": str(to.pk), "ground": str(ground)})
    return row


def end_escalation(actor: Actor, escalation: Escalation, *, now: datetime) -> None:
    """It is settled: the supervisor sees the case no more. By the coordinator, or by a supervisor it was brought to.

    Conflict("to_be_answered") for what a request about a child brought there: it ends with the answer.
    """
    with transaction.atomic():
        case = held_case(actor, escalation.case_id, now=now)
        if not may(actor, (COORDINATE,), case) and not _is_brought_to(actor, escalation):
            raise Denied(COORDINATE, case.ref)
        # What stands as it was asked for may have been brought in its own right since, and the other way round.
        escalation.refresh_from_db(fields=["ground", "ended_at"])
        if escalation.ground == EscalationGround.REQUEST and escalation.ended_at is None:
            message = _("The supervisor has to answer what was asked first. Then it ends by itself.")
            raise Conflict("to_be_answered", message=message)
        if Escalation.objects.filter(pk=escalation.pk, ended_at=None).update(ended_at=now):
            audit.record(actor, "cases.end_escalation", case.ref, details={"to": str(escalation.to_organisation_id)})


def _in_its_own_right(actor: Actor, standing: Escalation, ground: str, words: str) -> Escalation:
    """What stood for a request alone now stands for itself too: it doesn't end with the answer."""
    if standing.ground != EscalationGround.REQUEST:
        return standing
    standing.ground, standing.reason = ground, words
    standing.save(update_fields=["ground", "reason"])
    details = {"to": str(standing.to_organisation_id), "ground": str(ground)}
    audit.record(actor, "cases.escalate_case", standing.case.ref, details=details)
    return standing


def log_opening(actor: Actor, case: Case, *, page: str, now: datetime) -> Opening:
    """Write down that the actor looks at the case on this page ("case:parties"). NotFound where they don't see it."""
    require_sight(actor, case, now=now)
    _check_page(page)
    with transaction.atomic():
        return _write_opening(actor, case, page, now)


def look_at(actor: Actor, case_id: UUID, *, page: str, now: datetime) -> Case:
    """The case, for whoever sees it, with its opening written down: one step, so that none is looked at unlogged.

    `waiting_closure` is the key of what asks somebody to agree to its end, `waiting_transfer` of what hands it over;
    None where nothing does. `police_at` and `police_reports` are the last decision about the police; `stopped`: the use
    of the case is stopped, `stopped_in_part`: of what is one person's in it.
    NotFound out of sight, as for a case that does not exist.
    """
    _check_page(page)
    rows = Case.objects.filter(visible_to(actor, now=now), pk=case_id)
    case = rows.select_related("area").annotate(**_beside()).first()
    if case is None:
        raise NotFound(KIND, case_id)
    with transaction.atomic(savepoint=False):
        _write_opening(actor, case, page, now)
    case.found_for = (actor, now)
    return case


@constant(Case)
def _beside() -> dict[str, Any]:
    """What a case's own page tells of rows beside it, in its one query."""
    waiting = ClosureRequest.objects.filter(case=OuterRef("pk"), decided_at=None)
    police = PoliceDecision.objects.filter(case=OuterRef("pk")).order_by("-at", "-id")
    offered = Transfer.objects.filter(case=OuterRef("pk"), state__in=OPEN_TRANSFERS)
    stopped = Restriction.objects.filter(case=OuterRef("pk"), lifted_at=None)
    return {
        "waiting_closure": Subquery(waiting.values("pk")),
        "waiting_transfer": Subquery(offered.values("pk")),
        "police_at": Subquery(police.values("at")[:1]),
        "police_reports": Subquery(police.values("will_report")[:1]),
        "stopped": Exists(stopped.filter(party=None)),
        "stopped_in_part": Exists(stopped.filter(party__isnull=False)),
    }


def _check_page(page: str) -> None:
    if not _PAGE.fullmatch(page):
        raise ValueError("a page is named in code, never after what it shows")


def _write_opening(actor: Actor, case: Case, page: str, now: datetime) -> Opening:
    row = Opening.objects.create(case=case, person_id=actor.person_id, page=page, at=now)
    audit.record(actor, "cases.log_opening", case.ref, details={"page": page})
    return row


def _is_brought_to(actor: Actor, escalation: Escalation) -> bool:
    return escalation.to_organisation_id in actor.scope("case.supervise").organisations()
