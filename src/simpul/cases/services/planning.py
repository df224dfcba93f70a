"""The plan made with the person: what is to do, meetings, papers, costs, and looking in afterwards."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import processing_in, recording_in
from simpul.cases.dues import refresh_due
from simpul.cases.help_kinds import CostKind, DocumentKind, Payer, Wellbeing
from simpul.cases.life import today_of
from simpul.cases.models import Appointment, Case, Cost, DocumentNeeded, Need, Party, PlanItem, Visit
from simpul.cases.rules.people import require_of_case
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.organisations.models import ServicePoint

LONGEST = 500
DEAREST = 100_000_000  # rupiah: more is a slip of the finger


def plan_step(
    actor: Actor,
    case: Case,
    *,
    what: str,
    now: datetime,
    who: str = "",
    due_on: date | None = None,
    need: Need | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> PlanItem:
    """One thing agreed with the person. The same `id` twice is one. Denied; Invalid("what" | "who" | "need")."""
    with transaction.atomic():
        fresh = processing_in(actor, case.pk, now=now)
        words, by = _words("what", what), squeeze(who)[:160]
        if not words:
            raise Invalid("what", "what", message=_("Write what is to be done."))
        if need is not None and need.case_id != case.pk:
            raise Invalid("need", "need", message=_("Choose one of the needs of this case."))
        if taken := PlanItem.objects.filter(pk=id).first() if id else None:
            _require_same(taken.case_id, case)
            return taken
        row = PlanItem.objects.create(
            id=id or uuid7(), case=fresh, need=need, what=words, who=by or None, due_on=due_on, recorded_at=now
        )
        refresh_due(fresh)
        audit.record(actor, "cases.plan_step", case.ref, details={"item": row.pk})
    return row


def settle_step(actor: Actor, item: PlanItem, *, done: bool, now: datetime) -> None:
    """Done, or no longer to be done. Settled once: later calls change nothing."""
    with transaction.atomic():
        case = recording_in(actor, item.case_id, now=now)
        changes = {"done_at": now} if done else {"dropped_at": now}
        if PlanItem.objects.filter(pk=item.pk, done_at=None, dropped_at=None).update(**changes):
            refresh_due(case)
            audit.record(actor, "cases.settle_step", case.ref, details={"item": item.pk, "done": done})


def make_appointment(
    actor: Actor,
    party: Party,
    *,
    at: datetime,
    now: datetime,
    place: str = "",
    service_point: ServicePoint | None = None,
    to_bring: Sequence[str] = (),
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Appointment:
    """When and where the person is expected, and what to bring. The same `id` twice is one. Denied; Invalid("at")."""
    bring = [squeeze(word)[:100] for word in to_bring if squeeze(word)]
    with transaction.atomic():
        case = processing_in(actor, party.case_id, now=now, party=party)
        require_of_case(actor, party, case)
        if at <= now:
            raise Invalid("at", "at", message=_("Choose a time that is still to come."))
        if taken := Appointment.objects.filter(pk=id).first() if id else None:
            _require_same(taken.case_id, case)
            return taken
        row = Appointment.objects.create(
            id=id or uuid7(), case=case, party=party, service_point=service_point, at=at,
            place=_words("place", place) or None, to_bring=bring or None, recorded_at=now,
        )  # fmt: skip
        refresh_due(case)
        audit.record(actor, "cases.make_appointment", case.ref, details={"appointment": row.pk})
    return row


def settle_appointment(actor: Actor, appointment: Appointment, *, kept: bool, now: datetime) -> None:
    """Whether the person came. Settled once: later calls change nothing."""
    with transaction.atomic():
        case = recording_in(actor, appointment.case_id, now=now)
        if Appointment.objects.filter(pk=appointment.pk, settled_at=None).update(settled_at=now, kept=kept):
            refresh_due(case)
            audit.record(
                actor, "cases.settle_appointment", case.ref, details={"appointment": appointment.pk, "kept": kept}
            )


def need_document(actor: Actor, party: Party, *, kind: str, now: datetime) -> DocumentNeeded:
    """A paper on the list. Twice is one. Denied; Invalid("kind")."""
    with transaction.atomic():
        case = processing_in(actor, party.case_id, now=now, party=party)
        require_of_case(actor, party, case)
        if kind not in DocumentKind.values:
            raise Invalid("kind", "kind", message=_("Choose one of the answers in the list."))
        row, created = DocumentNeeded.objects.get_or_create(
            case=case, party=party, kind=kind, defaults={"recorded_at": now}
        )
        if created:
            audit.record(actor, "cases.need_document", case.ref, details={"document": row.pk})
    return row


def settle_document(
    actor: Actor, document: DocumentNeeded, *, had: bool, now: datetime, issued_on: date | None = None
) -> None:
    """It is there (`issued_on` where an office made it), or is missing after all. Denied; Invalid("issued_on")."""
    with transaction.atomic():
        case = recording_in(actor, document.case_id, now=now)
        if issued_on is not None and (not had or issued_on > today_of(case, now)):
            raise Invalid("issued_on", "issued_on", message=_("Write the day the office issued it, or leave it empty."))
        fresh = DocumentNeeded.objects.get(pk=document.pk)
        if ((fresh.had_at is not None), fresh.issued_on) == (had, issued_on):
            return
        fresh.had_at, fresh.issued_on = (fresh.had_at or now) if had else None, issued_on
        fresh.save(update_fields=["had_at", "issued_on"])
        audit.record(actor, "cases.settle_document", case.ref, details={"document": fresh.pk, "had": had})


def note_cost(
    actor: Actor,
    case: Case,
    *,
    kind: str,
    amount: int,
    paid_by: str,
    on: date,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> Cost:
    """What it cost, in rupiah, and who paid. The same `id` twice is one. Denied; Invalid("kind" | "amount" |
    "paid_by" | "on").
    """
    with transaction.atomic():
        case = processing_in(actor, case.pk, now=now)
        for field, value, allowed in (("kind", kind, CostKind.values), ("paid_by", paid_by, Payer.values)):
            if value not in allowed:
                raise Invalid(field, field, message=_("Choose one of the answers in the list."))
        if not 0 < amount <= DEAREST:
            raise Invalid("amount", "amount", message=_("Write the amount in rupiah, digits only."))
        if on > today_of(case, now):
            raise Invalid("on", "on", message=_("Choose today or an earlier day."))
        if taken := Cost.objects.filter(pk=id).first() if id else None:
            _require_same(taken.case_id, case)
            return taken
        row = Cost.objects.create(
            id=id or uuid7(), case=case, kind=kind, amount=amount, paid_by=paid_by, on=on, recorded_at=now
        )
        audit.record(actor, "cases.note_cost", case.ref, details={"cost": row.pk})
    return row


def record_visit(actor: Actor, visit: Visit, *, wellbeing: str, on: date, now: datetime, note: str = "") -> None:
    """How the person fares. Recorded once: later calls change nothing. Denied; Invalid("wellbeing" | "on" | "note")."""
    with transaction.atomic():
        case = processing_in(actor, visit.case_id, now=now)
        if wellbeing not in Wellbeing.values:
            raise Invalid("wellbeing", "wellbeing", message=_("Choose one of the answers in the list."))
        if on > today_of(case, now):
            raise Invalid("on", "on", message=_("Choose today or an earlier day."))
        words = _words("note", note)
        fresh = Visit.objects.get(pk=visit.pk)
        if fresh.visited_on is not None:
            return
        fresh.visited_on, fresh.wellbeing, fresh.note = on, wellbeing, words or None
        fresh.save(update_fields=["visited_on", "wellbeing", "note"])
        refresh_due(case)
        audit.record(actor, "cases.record_visit", case.ref, details={"visit": fresh.pk})


def _words(field: str, text: str) -> str:
    words = squeeze(text)
    if len(words) > LONGEST:
        raise Invalid("too_long", field, message=_("Write this shorter."))
    return words


def _require_same(case_id: UUID, case: Case) -> None:
    if case_id != case.pk:
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
