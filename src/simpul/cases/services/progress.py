"""Moving a case through its life: sorting, helping, ending, opening again; and what is corrected on the way."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import held_case, recording_in
from simpul.cases.intake import check_narrative
from simpul.cases.kinds import Setting
from simpul.cases.life import transition, was_taken, write_step
from simpul.cases.merging import Merged, merge
from simpul.cases.models import Case, PartyType
from simpul.cases.outcomes import outcomes_for
from simpul.cases.rules.closing import ENDINGS_AGREED, may_close_alone, require_unmediated
from simpul.cases.rules.sight import may
from simpul.cases.stages import COORDINATE, RECORD, Act, Stage
from simpul.cases.triage import Authority, Risk
from simpul.cases.visiting import plan_visits
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.text import squeeze

CORRECTABLE: Final = frozenset(
    {
        "narrative",
        "happened_on",
        "happened_approximately",
        "settings",
        "guardian_conflict",
        "external_register_number",
        "legal_hold",
    }
)
# Each has an act of its own, which asks for more.
_APART: Final = (Act.CLOSE, Act.REOPEN, Act.DUPLICATE, Act.OPEN)


def triage_case(
    actor: Actor, case: Case, *, risk: str, authority: str, now: datetime, seen: int | None = None
) -> Merged[Case]:
    """The two axes beside the type. A case that was only received is now being sorted. Denied; Invalid("risk" |
    "authority"). `seen`: as `correct_case`; None writes over what stands.
    """
    with transaction.atomic():
        fresh = recording_in(actor, case.pk, now=now)
        if risk not in Risk.values:
            raise Invalid("risk", "risk", message=_("Choose how urgent it is."))
        if authority not in Authority.values:
            raise Invalid("authority", "authority", message=_("Choose who is competent for it."))
        version = fresh.version if seen is None else seen
        merged = merge(actor, fresh, {"risk": risk, "authority": authority}, seen=version, now=now)
        row, is_new = merged.row, merged.row.stage == Stage.RECEIVED
        if is_new:
            row = write_step(actor, row, Act.TRIAGE, Stage.TRIAGE, now=now)
        if is_new or merged.written or merged.clashing:
            details = {"fields": merged.written, "clashing": merged.clashing}
            audit.record(actor, "cases.triage_case", case.ref, details=details)
    return Merged(row, merged.written, merged.clashing)


def move_case(
    actor: Actor,
    case: Case,
    *,
    act: str,
    now: datetime,
    reason: str = "",
    id: UUID | None = None,  # noqa: A002 - of the step
) -> Case:
    """Any act of the table but closing, opening again and marking as a duplicate. The same act again changes nothing.

    Denied with the permission the table names; Conflict("transition_refused" | "reason_needed"), Conflict
    ("approval_needed") for an end, as `close_case`.
    """
    if act in _APART:
        raise ValueError(f"{act} has its own service")
    with transaction.atomic():
        held = held_case(actor, case.pk, now=now)
        if act in ENDINGS_AGREED:
            _require_alone(actor, held)
        return _take(actor, held, act, reason=reason, now=now, step_id=id)


def close_case(
    actor: Actor,
    case: Case,
    *,
    outcome: str,
    now: datetime,
    reason: str = "",
    id: UUID | None = None,  # noqa: A002 - of the step
) -> Case:
    """It has come to its end, with what came of it. Invalid("outcome"); Denied and Conflict as `move_case`.

    Conflict("approval_needed") where the organisation wants somebody else to agree (`closing.end_case` asks them);
    "mediated" where a mediation is noted in what is never mediated (R1).
    """
    with transaction.atomic():
        held = held_case(actor, case.pk, now=now)
        _require_alone(actor, held)
        if outcome not in outcomes_for(PartyType.objects.filter(party__case=case).values_list("code", flat=True)):
            raise Invalid("outcome", "outcome", message=_("Choose what came of it."))
        require_unmediated(held)
        return _take(actor, held, Act.CLOSE, reason=reason, extra={"outcome": outcome}, now=now, step_id=id)


def _require_alone(actor: Actor, case: Case) -> None:
    if not may_close_alone(actor, case):
        raise Conflict("approval_needed", message=_("Your group wants somebody else to agree first. Ask for it."))


def reopen_case(
    actor: Actor,
    case: Case,
    *,
    reason: str,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - of the step
) -> Case:
    """It is not over. Denied("case.coordinate"); Conflict("transition_refused" | "reason_needed")."""
    with transaction.atomic():
        return _take(actor, held_case(actor, case.pk, now=now), Act.REOPEN, reason=reason, now=now, step_id=id)


def mark_duplicate(actor: Actor, case: Case, *, of: Case, now: datetime) -> Case:
    """The same matter is kept as `of`, which the actor sees too. Invalid("duplicate_of"); Denied("case.coordinate")."""
    with transaction.atomic():
        held, stays = _held_both(actor, case, of, now)
        apart = stays.owner_organisation_id != held.owner_organisation_id
        if of.pk == case.pk or apart or stays.duplicate_of_id is not None:
            raise Invalid("duplicate_of", "duplicate_of", message=_("Choose the other case, the one that stays."))
        return _take(actor, held, Act.DUPLICATE, extra={"duplicate_of": stays}, now=now)


def _held_both(actor: Actor, case: Case, of: Case, now: datetime) -> tuple[Case, Case]:
    """In the order of their keys: two who mark them the other way round wait, and don't stand in one another's way."""
    held = {key: held_case(actor, key, now=now) for key in sorted({case.pk, of.pk})}
    return held[case.pk], held[of.pk]


def correct_case(actor: Actor, case: Case, changes: Mapping[str, object], *, seen: int, now: datetime) -> Merged[Case]:
    """`changes` are fields in CORRECTABLE; `seen` is the version that was read. Same-field clashes keep both values.

    A legal hold is the coordinator's: Denied("case.coordinate"). Invalid("narrative" | "happened_on" | "settings" |
    "too_long").
    """
    if unknown := set(changes) - CORRECTABLE:
        raise ValueError(f"not to be corrected: {sorted(unknown)}")
    with transaction.atomic():
        held = recording_in(actor, case.pk, now=now)
        if "legal_hold" in changes and not may(actor, (COORDINATE,), held):
            raise Denied(COORDINATE, case.ref)
        merged = merge(actor, held, _clean(held, changes), seen=seen, now=now)
        if merged.written or merged.clashing:
            details = {"fields": merged.written, "clashing": merged.clashing}
            audit.record(actor, "cases.correct_case", case.ref, details=details)
    return merged


def _clean(case: Case, changes: Mapping[str, object]) -> dict[str, object]:
    cleaned = dict(changes)
    if "narrative" in cleaned:
        cleaned["narrative"] = check_narrative(str(cleaned["narrative"] or ""))
    happened = cleaned.get("happened_on")
    if isinstance(happened, date) and happened > case.received_on:
        raise Invalid("happened_on", "happened_on", message=_("It can't have happened after it was reported."))
    if "settings" in cleaned:
        chosen = sorted(map(str, cleaned["settings"] or ()))  # type: ignore[call-overload]
        if set(chosen) - set(Setting.values):
            raise Invalid("settings", "settings", message=_("Choose one of the answers in the list."))
        cleaned["settings"] = chosen
    if "external_register_number" in cleaned:
        number = squeeze(str(cleaned["external_register_number"] or ""))
        if len(number) > 40:
            raise Invalid("too_long", "external_register_number", message=_("Write this shorter."))
        cleaned["external_register_number"] = number
    return cleaned


def _take(
    actor: Actor,
    case: Case,
    act: Act | str,
    *,
    reason: str = "",
    extra: Mapping[str, object] | None = None,
    now: datetime,
    step_id: UUID | None = None,
) -> Case:
    """In the caller's transaction, which holds the case."""
    if was_taken(case, act, step_id, actor):
        _require_any(actor, (RECORD, COORDINATE), case)
        return case
    row = transition(case, act, reason)
    _require_any(actor, (COORDINATE,) if row.permission == COORDINATE else (RECORD, COORDINATE), case)
    moved = write_step(actor, case, act, row.target, reason=reason, extra=extra, now=now, step_id=step_id)
    if act == Act.MONITOR:
        plan_visits(moved, now=now)
    audit.record(actor, "cases.move_case", case.ref, details={"act": str(act), "stage": str(row.target)})
    return moved


def _require_any(actor: Actor, permissions: tuple[str, ...], case: Case) -> None:
    if not may(actor, permissions, case):
        raise Denied(permissions[0], case.ref)
