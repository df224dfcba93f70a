"""A complaint becomes a case: a decision of its own, carrying over how it came, and whom it is kept from."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.cases.complaint_deciding import record_decision
from simpul.cases.complaint_kinds import Level, ReportedBy, Verdict
from simpul.cases.kinds import branch_of
from simpul.cases.models import Case, Complaint, ComplaintDecision
from simpul.cases.relations import PartyRole
from simpul.cases.rules.complaints import RECORD, decided_by, require
from simpul.cases.services.opening import open_case
from simpul.cases.services.parties import add_party
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.people.models import Person
from simpul.territory.models import Area

# Keys that follow from the complaint's own: pressed twice, it is one case and one decision.
_SPACE: Final = UUID("6f1c1a52-0d5e-4a3b-9b1e-3b1f0e6b6a11")
_YES_NO: Final = {"yes": True, "no": False}


def open_case_from_complaint(
    actor: Actor, complaint: Complaint, *, area: Area | None, types: Collection[str], words: str, now: datetime
) -> Case:
    """Open the case and record the decision, in one transaction; again, it is the same case.

    It carries channel, relation, the instant of receiving, what was told, how to reach them safely, and everybody it is
    kept from; whom it is about only where the actor coordinates. NotFound, Denied as `decide_complaint`;
    Conflict("decided_already" | "is_above"); Invalid("area" | "words_needed") and those of `open_case`.
    """
    with transaction.atomic():
        row = Complaint.objects.select_for_update().get(pk=complaint.pk)
        require(actor, decided_by(actor), row, RECORD)
        if row.level != Level.GROUP or row.handler is None:
            raise Conflict("is_above", message=_("A case is kept by a village group: this one is not with a group."))
        if area is None:
            raise Invalid("area", "area", message=_("Choose the village the case is kept for."))
        if not words.strip():
            message = _("Write what the person will read: a few warm, plain words.")
            raise Invalid("words_needed", "words", message=message)
        decided = ComplaintDecision.objects.filter(complaint=row, verdict=Verdict.CASE).first()
        if decided is not None and decided.case_id:
            return Case.objects.get(pk=decided.case_id)
        case = _opened(actor, row, area, types, now)
        decision = ComplaintDecision(
            id=uuid5(_SPACE, f"decision/{row.pk}"),
            complaint=row,
            verdict=Verdict.CASE,
            words=words.strip(),
            case_id=case.pk,
            decided_at=now,
            decided_by_id=actor.person_id,
        )
        record_decision(actor, decision)
    return case


def _opened(actor: Actor, row: Complaint, area: Area, types: Collection[str], now: datetime) -> Case:
    assert row.handler is not None
    case = open_case(
        actor,
        row.handler,
        id=uuid5(_SPACE, f"case/{row.pk}"),
        area=area,
        branch=branch_of(types),
        types=types,
        victim=_victim(row),
        narrative=row.narrative.open() if row.narrative else "",
        channel=row.channel,
        relation=row.relation,
        received_at=row.received_at,
        complaint_id=row.pk,
        hide_from=list(Person.objects.filter(pk__in=row.exclusions.values("person"))),
        now=now,
    )
    _bring(actor, row, case, now)
    return case


def _victim(row: Complaint) -> dict[str, Any]:
    """Particulars of who made it, where they made it for themself; of anybody else nothing is known yet."""
    said: dict[str, Any] = row.contact.open() if row.contact else {}
    if row.reported_by == ReportedBy.OTHER:
        return {}
    return {"name": said.get("name", ""), "phone": said.get("phone", ""), "safe_contact": _safe(said)}


def _safe(said: dict[str, Any]) -> dict[str, Any]:
    answers = {name: _YES_NO.get(said.get(name, "")) for name in ("safe_to_call", "may_leave_message")}
    return {**answers, "hours": said.get("hours", ""), "via": said.get("via", "")}


def _bring(actor: Actor, row: Complaint, case: Case, now: datetime) -> None:
    """Who reported for somebody else; and whom it is about, for who coordinates (R11)."""
    said: dict[str, Any] = row.contact.open() if row.contact else {}
    if row.reported_by == ReportedBy.OTHER and said:
        details = {"name": said.get("name", ""), "phone": said.get("phone", ""), "safe_contact": _safe(said)}
        key = uuid5(_SPACE, f"reporter/{row.pk}")
        add_party(actor, case, role=PartyRole.REPORTER, details=details, id=key, now=now)
    if row.named and actor.may_at("case.coordinate", case.owner_organisation_id, case.area_id):
        key = uuid5(_SPACE, f"alleged/{row.pk}")
        add_party(actor, case, role=PartyRole.ALLEGED, details={"name": row.named.open()[:160]}, id=key, now=now)
